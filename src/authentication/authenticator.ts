import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { GatewayError } from '../errors';
import type { Caller, CredentialCaller } from '../permissions/caller';
import type { SessionStore } from '../sessions/session.store';
import { ACCESS_TOKEN_PATTERN } from '../credentials/secret';
import type { AuthenticationStore, Identification } from './authentication.store';
import { readBasic } from './basic';

const ANONYMOUS: Caller = { kind: 'anonymous' };

/** What a request brought along. */
export interface ShownProofs {
  /** The header's value. */
  readonly authorization: string | undefined;
  /** The session cookie's value, when the request may use it. */
  readonly session: string | undefined;
}

/** Who calls, as far as is known. */
export interface Authenticated {
  readonly caller: Caller;
  /** Whether it is taken from memory: then nothing may be served that no statement with the live check has confirmed. */
  readonly isAssumed: boolean;
}

/** How many credentials' proofs are remembered. */
const REMEMBERED_CALLERS = 10_000;

/** Turns the headers of a request to the GraphQL endpoint into its caller. */
export class Authenticator {
  // By a digest: what is remembered is no proof of anything.
  private readonly remembered = new LRUCache<string, CredentialCaller>({ max: REMEMBERED_CALLERS });

  constructor(
    private readonly store: AuthenticationStore,
    private readonly sessions: SessionStore,
  ) {}

  /**
   * Reads a bearer token (RFC 6750) or HTTP Basic with client id and secret (RFC 7617); without either, a session. A session
   * that has ended is nobody's: whoever comes with it may sign in again.
   *
   * @throws GatewayError UNAUTHENTICATED for whatever does not identify a credential, CREDENTIAL_DISABLED for one that is
   *   switched off or expired
   */
  async authenticate({ authorization, session }: ShownProofs): Promise<Caller> {
    if (authorization !== undefined) return this.credential(authorization);
    if (session === undefined) return ANONYMOUS;
    return (await this.sessions.caller(session)) ?? ANONYMOUS;
  }

  /**
   * The same, but takes a credential from memory that showed this proof before. It may be switched off by now, or have other
   * permissions: whoever reads data for it finds out in the same statement, and then calls `authenticate`.
   */
  async assume(proofs: ShownProofs): Promise<Authenticated> {
    const known = this.recall(proofs.authorization);
    return known ? { caller: known, isAssumed: true } : { caller: await this.authenticate(proofs), isAssumed: false };
  }

  /** Whom this header showed before, which proves nothing now: see `assume`. */
  recall(authorization: string | undefined): CredentialCaller | undefined {
    return authorization === undefined ? undefined : this.remembered.get(digest(authorization));
  }

  private async credential(authorization: string): Promise<CredentialCaller> {
    const key = digest(authorization);
    this.remembered.delete(key);
    const caller = callerOf(await this.identify(authorization));
    this.remembered.set(key, caller);
    return caller;
  }

  private identify(authorization: string): Promise<Identification> {
    const token = /^bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token !== undefined && ACCESS_TOKEN_PATTERN.test(token)) return this.store.byToken(token);
    const basic = readBasic(authorization);
    if (basic) return this.store.bySecret(basic.id, basic.secret);
    return Promise.resolve({ outcome: 'UNKNOWN' });
  }
}

function digest(authorization: string): string {
  return hash('sha256', authorization, 'base64');
}

function callerOf(identification: Identification): CredentialCaller {
  switch (identification.outcome) {
    case 'KNOWN':
      return identification.caller;
    case 'DISABLED':
      throw new GatewayError('CREDENTIAL_DISABLED', 'This credential is disabled or expired.');
    case 'UNKNOWN':
      throw new GatewayError('UNAUTHENTICATED', 'The token or secret is wrong, expired or revoked.');
  }
}
