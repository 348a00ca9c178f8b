/** Why a value that an admin or an integration gave cannot be taken. */
export const USER_ERROR_CODES = [
  'REQUIRED',
  'INVALID',
  'TOO_SHORT',
  'TOO_LONG',
  'TAKEN',
  'UNKNOWN',
  'STALE',
  'WRONG',
  'NOT_ALLOWED',
  'IN_THE_PAST',
  'LIMIT',
  'CIRCLE',
  'DUPLICATE',
  'CONFLICT',
  'OVERLAP',
] as const;
export type UserErrorCode = (typeof USER_ERROR_CODES)[number];

/** A problem that the person who sent the input can mend. All of them come at once, and nothing is half applied. */
export interface UserError {
  /** Path into the input; null when it is about the whole. */
  readonly field: readonly string[] | null;
  readonly code: UserErrorCode;
  readonly message: string;
}

/** What became of a change: done, or refused for these reasons. */
export type Outcome<Value> =
  | { readonly value: Value; readonly userErrors: readonly [] }
  | { readonly value: null; readonly userErrors: readonly UserError[] };

export function done<Value>(value: Value): Outcome<Value> {
  return { value, userErrors: [] };
}

export function refused(userErrors: readonly UserError[]): Outcome<never> {
  return { value: null, userErrors };
}

export function userError(field: readonly string[] | null, code: UserErrorCode, message: string): UserError {
  return { field, code, message };
}
