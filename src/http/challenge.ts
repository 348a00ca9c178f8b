import { GatewayError } from '../errors';

/**
 * The `WWW-Authenticate` header that a refusal must carry. Bearer alone is named, although Basic is understood as well: a
 * browser would open a password window for it.
 *
 * @see RFC 6750 section 3, RFC 9110 section 11.6.1
 */
export function challengeFor(error: unknown): string | undefined {
  return error instanceof GatewayError && error.status === 401 ? 'Bearer realm="fieldgate"' : undefined;
}
