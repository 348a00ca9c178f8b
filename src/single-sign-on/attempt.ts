import { hkdfSync } from 'node:crypto';

/** What somebody is sent to the identity provider for. */
export const ATTEMPT_PURPOSES = ['SIGN_IN', 'SIGN_IN_AGAIN', 'ACCEPT_INVITATION', 'LINK', 'REAUTHENTICATE'] as const;
export type AttemptPurpose = (typeof ATTEMPT_PURPOSES)[number];

/** Why nothing came of it. */
export const ATTEMPT_REFUSALS = ['EXPIRED', 'CANCELLED', 'FAILED', 'UNKNOWN', 'TAKEN', 'NOT_FRESH'] as const;
export type AttemptRefusal = (typeof ATTEMPT_REFUSALS)[number];

export interface Attempt {
  readonly purpose: AttemptPurpose;
  readonly sessionId: string | null;
  readonly startedAt: string;
}

/** How long somebody may take at the identity provider, in seconds. */
export const ATTEMPT_SECONDS = 10 * 60;

/** What binds an answer of the identity provider to the browser that was sent there. */
export interface AttemptProofs {
  readonly state: string;
  readonly nonce: string;
  /** RFC 7636. */
  readonly codeVerifier: string;
}

/**
 * Derives all of them from the one token that only the browser's cookie holds: the store keeps none, and none tells another.
 */
export function proofsOf(token: string): AttemptProofs {
  const derived = (use: string) =>
    Buffer.from(hkdfSync('sha256', token, '', `sign-on ${use}`, 32)).toString('base64url');
  return { state: derived('state'), nonce: derived('nonce'), codeVerifier: derived('code verifier') };
}
