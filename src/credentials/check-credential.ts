import { userError, type UserError } from '../operations/user-error';
import type { DenialMode } from '../permissions/grants';
import { checkGrants, type Catalogue, type GrantsInput } from './check-grants';
import { isOneLine, LONGEST, type CredentialChange } from './credential';

/** What an admin says about a credential. Absent means unchanged, and null means cleared. */
export interface CredentialInput {
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly ownerContact?: string | null | undefined;
  readonly purpose?: string | null | undefined;
  readonly integrationId?: string | null | undefined;
  readonly expiresAt?: Date | string | null | undefined;
  readonly denialMode?: DenialMode | null | undefined;
  readonly grants?: GrantsInput | null | undefined;
}

export interface CheckedCredential {
  readonly change: CredentialChange;
  readonly userErrors: readonly UserError[];
}

const TEXTS = ['description', 'ownerContact', 'purpose'] as const;

/** Checks all that can be checked without looking at other credentials, and names every problem at once. */
export function checkCredential(input: CredentialInput, catalogue: Catalogue, now: string): CheckedCredential {
  const grants = input.grants ? checkGrants(input.grants, catalogue, ['grants']) : undefined;
  const expiresAt = input.expiresAt ? new Date(input.expiresAt).toISOString() : input.expiresAt;
  return {
    userErrors: [
      ...checkName(input.name),
      ...TEXTS.flatMap((field) => checkText(field, input[field])),
      ...checkExpiry(expiresAt, now),
      ...(input.denialMode === null ? [userError(['denialMode'], 'REQUIRED', 'Choose one.')] : []),
      ...(input.grants === null ? [userError(['grants'], 'REQUIRED', 'Send empty lists to grant nothing.')] : []),
      ...(grants?.userErrors ?? []),
    ],
    change: {
      ...(input.name ? { name: input.name.trim() } : {}),
      ...textsOf(input),
      ...(input.integrationId === undefined ? {} : { integrationId: input.integrationId || null }),
      ...(expiresAt === undefined ? {} : { expiresAt: expiresAt || null }),
      ...(input.denialMode ? { denialMode: input.denialMode } : {}),
      ...(grants ? { grants: grants.grants, separateDirections: grants.separateDirections } : {}),
    },
  };
}

export function checkName(name: string | null | undefined): UserError[] {
  if (name === undefined) return [];
  const text = (name ?? '').trim();
  if (!text) return [userError(['name'], 'REQUIRED', 'Give it a name.')];
  if (text.length > LONGEST.name) return [tooLong('name')];
  return isOneLine(text) ? [] : [userError(['name'], 'INVALID', 'A name is one line of text.')];
}

function checkText(field: (typeof TEXTS)[number], text: string | null | undefined): UserError[] {
  return (text ?? '').trim().length > LONGEST[field] ? [tooLong(field)] : [];
}

function tooLong(field: keyof typeof LONGEST): UserError {
  return userError([field], 'TOO_LONG', `It may have ${LONGEST[field]} characters.`);
}

function checkExpiry(expiresAt: string | null | undefined, now: string): UserError[] {
  const isPast = typeof expiresAt === 'string' && expiresAt <= now;
  return isPast ? [userError(['expiresAt'], 'IN_THE_PAST', 'Choose a moment to come, or disable the credential.')] : [];
}

function textsOf(input: CredentialInput): CredentialChange {
  const given = TEXTS.filter((field) => input[field] !== undefined);
  return Object.fromEntries(given.map((field) => [field, input[field]?.trim() || null]));
}
