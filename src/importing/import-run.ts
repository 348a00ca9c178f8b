import type { AuditDraft } from '../audit/audit-event';
import type { AuditLog } from '../audit/audit.store';
import type { Clock } from '../clock';
import type { Store, Transaction } from '../store/store';
import { ImportError, type Problem, type ProblemList } from '../tabular/problem';

/** What every import works with; a house has it all. */
export interface ImportGround {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

export interface ImportOptions {
  /** Says what would happen, and keeps nothing of it. */
  readonly dryRun?: boolean;
  /** Takes the good rows of a file that has bad ones. */
  readonly skipBad?: boolean;
}

export interface WrittenCounts {
  readonly created: number;
  readonly updated: number;
  /** Rows that tell nothing new; what they are about is not touched. */
  readonly unchanged: number;
}

export interface ImportOutcome extends WrittenCounts {
  /** Bad rows. */
  readonly skipped: number;
  readonly dryRun: boolean;
  /** At most 50 of what is wrong with the skipped rows. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
}

/** What a transaction took, and the events that are to tell of it. */
export interface Taken<Outcome> {
  readonly outcome: Outcome;
  readonly events: readonly AuditDraft[];
}

/** A file that was read once and waits for its transaction. */
export interface CheckedImport {
  /** @throws ImportError when the file cannot be taken */
  take(manager: Transaction): Promise<Taken<ImportOutcome>>;
}

/** @param share of the work that is done, 0 to 1 */
export type OnProgress = (share: number) => void;

/** @param total bytes of all readings together */
export function progressOver(total: number, onProgress: OnProgress): (bytes: number) => void {
  let done = 0;
  return (bytes) => {
    done += bytes;
    onProgress(Math.min(done / total, 1));
  };
}

/** Leaves a transaction by the only way that keeps nothing of it. */
class DryRunDone<Outcome> extends Error {
  constructor(readonly outcome: Outcome) {
    super('The dry run is done.');
  }
}

/** Runs `work` in one transaction, of which a dry run keeps nothing. */
export async function keptOrNot<Outcome>(
  { store, audit }: ImportGround,
  dryRun: boolean,
  work: (manager: Transaction) => Promise<Taken<Outcome>>,
): Promise<Outcome> {
  try {
    return await store.write(async (manager) => {
      const { outcome, events } = await work(manager);
      // Last: events wait for each other, and nobody's sign-in or disable shall wait for a whole import.
      for (const event of events) await audit.append(manager, event);
      if (dryRun) throw new DryRunDone(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof DryRunDone) return error.outcome as Outcome;
    throw error;
  }
}

/** @throws ImportError when there are bad rows and they may not be skipped, or there are no others */
export function refuseBadRows(name: string, problems: ProblemList, rowCount: number, skipBad: boolean): void {
  const { count, badRows } = problems;
  if (badRows === 0 || (skipBad && badRows < rowCount)) return;
  const found = count === 1 ? 'there is a problem' : `there are ${count} problems`;
  throw new ImportError(`Nothing of ${name} was imported, because ${found}:`, problems.problems, count);
}

export function outcomeOf(counts: WrittenCounts, problems: ProblemList, dryRun: boolean): ImportOutcome {
  return {
    ...counts,
    skipped: problems.badRows,
    dryRun,
    problems: problems.problems,
    problemCount: problems.count,
  };
}
