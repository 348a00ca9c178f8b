import { isCustomKey, type AttributeKey } from '../attributes/attribute';
import { systemAttribute } from '../attributes/system-attributes';
import type { DenialMode, Grants } from '../permissions/grants';

export type CredentialId = string;

/** What an admin decides about a credential. */
export interface CredentialDraft {
  readonly name: string;
  readonly enabled: boolean;
  /** ISO 8601, or null for never. */
  readonly expiresAt: string | null;
  readonly denialMode: DenialMode;
  readonly grants: Grants;
}

/** A credential as it is kept. */
export interface Credential extends CredentialDraft {
  readonly id: CredentialId;
  readonly clientId: string;
  readonly version: number;
  readonly createdAt: string;
}

/** The most characters of a credential's name. */
export const LONGEST_NAME = 100;

/** What must be unique among credentials: the name without regard to case and outer blanks. */
export function nameKey(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase();
}

/** @returns the keys that no catalogue knows, given the custom keys that exist */
export function unknownAttributes(
  keys: Iterable<AttributeKey>,
  customKeys: ReadonlySet<AttributeKey>,
): readonly AttributeKey[] {
  return [...keys].filter((key) => (isCustomKey(key) ? !customKeys.has(key) : !systemAttribute(key)));
}
