import { later } from '../clock';
import type { CredentialSummary } from './credential';

/** In the order in which they are looked for: the first that applies is the credential's status. */
export const CREDENTIAL_STATUSES = ['DISABLED', 'EXPIRED', 'EXPIRES_SOON', 'NEVER_USED', 'UNUSED', 'ACTIVE'] as const;
export type CredentialStatus = (typeof CREDENTIAL_STATUSES)[number];

const DAY_SECONDS = 24 * 60 * 60;
const SOON_DAYS = 14;
const UNUSED_DAYS = 90;

/** The moments that separate one status from the next. */
export interface StatusMoments {
  readonly now: string;
  /** Whatever expires until then expires soon. */
  readonly soon: string;
  /** What was last used before is unused. */
  readonly unusedSince: string;
}

export function statusMoments(now: string): StatusMoments {
  return { now, soon: later(now, SOON_DAYS * DAY_SECONDS), unusedSince: later(now, -UNUSED_DAYS * DAY_SECONDS) };
}

export function statusOf(
  { enabled, expiresAt, lastUsedAt }: Pick<CredentialSummary, 'enabled' | 'expiresAt' | 'lastUsedAt'>,
  { now, soon, unusedSince }: StatusMoments,
): CredentialStatus {
  if (!enabled) return 'DISABLED';
  if (expiresAt !== null && expiresAt <= now) return 'EXPIRED';
  if (expiresAt !== null && expiresAt <= soon) return 'EXPIRES_SOON';
  if (lastUsedAt === null) return 'NEVER_USED';
  return lastUsedAt < unusedSince ? 'UNUSED' : 'ACTIVE';
}
