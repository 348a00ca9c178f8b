import { userError, type UserError } from '../operations/user-error';

/**
 * The one answer to whatever clashes with what is stored: a version that somebody overtook, a number or email that is taken.
 * Which of them it was would tell about values that the writer may not read.
 */
export const CONFLICT = userError(
  null,
  'CONFLICT',
  'This clashes with what is stored: a version that is out of date, or a value that is taken.',
);

export const WRITE_MODES = ['ALL_OR_NOTHING', 'PER_ROW'] as const;
export type WriteMode = (typeof WRITE_MODES)[number];

export const ROW_STATUSES = ['CREATED', 'UPDATED', 'UNCHANGED', 'REFUSED', 'NOT_APPLIED'] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];

/** What became of one row of a write. */
export interface RowOutcome {
  readonly status: RowStatus;
  /** Of what was written. */
  readonly id: number | null;
  readonly errors: readonly UserError[];
}

/** What became of a write; the same again when it is sent again under its idempotency key. */
export interface WriteOutcome {
  /** Whether anything was written, so that the key is used up. */
  readonly isKept: boolean;
  readonly rows: readonly RowOutcome[];
}

/** What the argument says of itself. */
export const IDEMPOTENCY_TEXT =
  'Sent again with the same key within 24 hours, it answers as before and writes nothing. A header `Idempotency-Key` means the same.';

/** The most rows that one write may have. */
export const MOST_ROWS = 1_000;
