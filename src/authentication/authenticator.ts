import { GatewayError } from '../errors';
import type { Caller } from '../permissions/caller';
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

/** Turns the headers of a request to the GraphQL endpoint into its caller. */
export class Authenticator {
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
    if (authorization !== undefined) return callerOf(await this.identify(authorization));
    if (session === undefined) return ANONYMOUS;
    return (await this.sessions.caller(session)) ?? ANONYMOUS;
  }

  private identify(authorization: string): Promise<Identification> {
    const token = /^bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token !== undefined && ACCESS_TOKEN_PATTERN.test(token)) return this.store.byToken(token);
    const basic = readBasic(authorization);
    if (basic) return this.store.bySecret(basic.id, basic.secret);
    return Promise.resolve({ outcome: 'UNKNOWN' });
  }
}

function callerOf(identification: Identification): Caller {
  switch (identification.outcome) {
    case 'KNOWN':
      return identification.caller;
    case 'DISABLED':
      throw new GatewayError('CREDENTIAL_DISABLED', 'This credential is disabled or expired.');
    case 'UNKNOWN':
      throw new GatewayError('UNAUTHENTICATED', 'The token or secret is wrong, expired or revoked.');
  }
}
