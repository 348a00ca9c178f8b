export const USER_ERROR_CODES = [
  'INVALID',
  'REQUIRED',
  'NOT_FOUND',
  'CIRCLE',
  'DUPLICATE',
  'CONFLICT',
  'OVERLAP',
  'NOT_ALLOWED',
] as const;
export type UserErrorCode = (typeof USER_ERROR_CODES)[number];

/** What is wrong with an input, as data. Tells what was given and never what is stored. */
export interface UserError {
  /** The field of the input, such as `fixSalary` or `customAttributes.shirtSize`; null when it is about the whole. */
  readonly field: string | null;
  readonly code: UserErrorCode;
  readonly message: string;
}

/**
 * The one answer to whatever clashes with what is stored: a version that somebody overtook, a number or email that is taken.
 * Which of them it was would tell about values that the writer may not read.
 */
export const CONFLICT: UserError = {
  field: null,
  code: 'CONFLICT',
  message: 'This clashes with what is stored: a version that is out of date, or a value that is taken.',
};

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

/** The most rows that one write may have. */
export const MOST_ROWS = 1_000;
