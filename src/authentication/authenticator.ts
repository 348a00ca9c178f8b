import type { IncomingHttpHeaders } from 'node:http';
import { GatewayError } from '../errors';
import type { Caller } from '../permissions/caller';
import { ACCESS_TOKEN_PATTERN } from '../credentials/secret';
import type { AuthenticationStore, Identification } from './authentication.store';
import { readBasic } from './basic';

const ANONYMOUS: Caller = { kind: 'anonymous' };

/** Turns the headers of a request to the GraphQL endpoint into its caller. */
export class Authenticator {
  constructor(private readonly store: AuthenticationStore) {}

  /**
   * Reads a bearer token (RFC 6750) or HTTP Basic with client id and secret (RFC 7617).
   *
   * @throws GatewayError UNAUTHENTICATED for whatever does not identify a credential, CREDENTIAL_DISABLED for one that is
   *   switched off or expired
   */
  async authenticate(headers: IncomingHttpHeaders): Promise<Caller> {
    const { authorization } = headers;
    if (authorization === undefined) return ANONYMOUS;
    return callerOf(await this.identify(authorization));
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
