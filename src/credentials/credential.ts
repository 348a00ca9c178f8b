import type { DenialMode, Grants } from '../permissions/grants';

/** Random (UUID). One that was deleted can never come back, because nobody can make a UUID that somebody had. */
export type CredentialId = string;

/** What people should know about a credential, and what grants nothing. */
export interface CredentialDetails {
  readonly description: string | null;
  /** Whom to ask about it. */
  readonly ownerContact: string | null;
  /** Why the data is needed. */
  readonly purpose: string | null;
  /** Informative: choosing an integration starts nothing and grants nothing. */
  readonly integrationId: string | null;
  /** Whether what may be read and what may be written are edited as two lists. */
  readonly separateDirections: boolean;
}

/** What decides about access. */
export interface CredentialAccess {
  readonly enabled: boolean;
  /** ISO 8601, or null for never. */
  readonly expiresAt: string | null;
  readonly denialMode: DenialMode;
  readonly grants: Grants;
}

/** What an admin decides about a new credential. */
export interface CredentialDraft extends CredentialAccess, Partial<CredentialDetails> {
  readonly name: string;
}

/** What an admin changes; what is absent stays. */
export type CredentialChange = Partial<CredentialDraft>;

/** A credential as it is kept. */
export interface Credential extends CredentialAccess, CredentialDetails {
  readonly id: CredentialId;
  readonly clientId: string;
  readonly name: string;
  /** Grows with every change. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Null while it was never used. */
  readonly lastUsedAt: string | null;
}

/** A credential's line in an overview. */
export type CredentialSummary = Omit<Credential, 'grants'>;

/** The most characters of each text. */
export const LONGEST = { name: 100, description: 2_000, ownerContact: 200, purpose: 500 } as const;
export const LONGEST_NAME = LONGEST.name;

const CONTROL_CHARACTERS = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** Whether a text can be a name: it stands in lists and logs. */
export function isOneLine(text: string): boolean {
  return !CONTROL_CHARACTERS.test(text);
}

/** What must be unique among credentials: the name without regard to case and outer blanks. */
export function nameKey(name: string): string {
  return name.trim().normalize('NFKC').trim().toLowerCase();
}
