import type { Command } from 'commander';
import { openHouse } from '../app';
import { readConfig } from '../config';
import { importEmployees } from '../employees/import/import-employees';
import type { ImportOutcome } from '../importing/import-run';
import { readImportMap } from '../importing/import-map';
import { problemLines } from '../tabular/problem';
import { openTable } from '../tabular/table';
import { tell, type OutputOptions } from './output';
import { startProgress } from './progress';

interface ImportCommandOptions extends OutputOptions {
  readonly map?: string;
  readonly dryRun?: boolean;
  readonly skipBad?: boolean;
}

/** Adds `import employees FILE`. */
export function addImportCommand(program: Command): void {
  program
    .command('import')
    .description('Take data from files')
    .command('employees')
    .description('Take people from a CSV, JSON or NDJSON file: all of them, or nobody')
    .argument('<file>', 'UTF-8 text')
    .option('--map <file>', 'says which column is which attribute; see docs/importing.md')
    .option('--dry-run', 'say what would happen, and change nothing')
    .option('--skip-bad', 'take the good rows of a file that has bad ones, and tell the bad ones')
    .option('--json', 'print one JSON object')
    .action(async (file: string, options: ImportCommandOptions) => {
      const outcome = await runImport(file, options);
      tell(options, resultOf(outcome), textOf(outcome));
    });
}

async function runImport(file: string, options: ImportCommandOptions): Promise<ImportOutcome> {
  const config = readConfig();
  const map = options.map === undefined ? undefined : await readImportMap(options.map);
  const table = await openTable(file, map?.delimiter === undefined ? {} : { delimiter: map.delimiter });
  try {
    const house = await openHouse(config);
    return await withProgress((update) => importEmployees(house, table, map, options, update)).finally(() =>
      house.close(),
    );
  } finally {
    await table.close();
  }
}

async function withProgress<T>(work: (update: (share: number) => void) => Promise<T>): Promise<T> {
  const progress = startProgress('Importing');
  try {
    return await work((share) => progress.update(share));
  } finally {
    progress.stop();
  }
}

function resultOf({ problems, problemCount, ...counts }: ImportOutcome): object {
  return counts.skipped > 0 ? { ...counts, problems, problemCount } : counts;
}

function textOf({ created, updated, unchanged, skipped, dryRun, problems, problemCount }: ImportOutcome): string {
  const counts = `${created} created, ${updated} updated, ${unchanged} unchanged`;
  const lines = [dryRun ? `Nothing was changed. An import would give: ${counts}.` : `Imported: ${counts}.`];
  if (skipped > 0)
    lines.push(`${skipped} ${skipped === 1 ? 'row' : 'rows'} skipped:`, ...problemLines(problems, problemCount));
  return lines.join('\n');
}
