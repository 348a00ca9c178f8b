import type { ImportOutcome } from '../importing/import-run';
import { problemLines } from '../tabular/problem';

/** What `--json` tells of an import. */
export function resultOf({ problems, problemCount, ...counts }: ImportOutcome): object {
  return counts.skipped > 0 ? { ...counts, problems, problemCount } : counts;
}

/** What people are told of an import. */
export function importText({
  created,
  updated,
  unchanged,
  skipped,
  dryRun,
  problems,
  problemCount,
}: ImportOutcome): string {
  const counts = `${created} created, ${updated} updated, ${unchanged} unchanged`;
  const lines = [dryRun ? `Nothing was changed. An import would give: ${counts}.` : `Imported: ${counts}.`];
  if (skipped > 0)
    lines.push(`${skipped} ${skipped === 1 ? 'row' : 'rows'} skipped:`, ...problemLines(problems, problemCount));
  return lines.join('\n');
}
