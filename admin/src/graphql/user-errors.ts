import type { TFunction } from 'i18next';
import type { introspection } from './schema.generated.d.ts';

type UserErrorCode = introspection['types']['UserErrorCode']['enumValues'];

export interface UserError {
  readonly field: readonly string[] | null;
  readonly code: UserErrorCode;
  readonly message: string;
}

/** What to write beside each field, by the name of the field in the input; what is about the whole is under `''`. */
export function fieldErrors(errors: readonly UserError[], t: TFunction): Readonly<Record<string, string>> {
  return Object.fromEntries(errors.map(({ field, code }) => [field?.[0] ?? '', t(`userError.${code}`)]));
}
