import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuthenticationStore } from '../authentication/authentication.store';
import { readBasic, type ShownSecret } from '../authentication/basic';
import type { FailureLimit } from '../authentication/failure-limit';
import type { TokenListener } from '../usage/usage';
import type { PublicAddress } from '../public-address';
import type { CredentialCaller } from '../permissions/caller';

export interface TokenEndpointParts {
  readonly authentication: AuthenticationStore;
  readonly failures: FailureLimit;
  /** Lifetime of an access token, in seconds. */
  readonly tokenSeconds: number;
  readonly address: PublicAddress;
  readonly usage: TokenListener;
}

/** Error codes of RFC 6749 section 5.2; `slow_down` is that of RFC 8628 section 3.5. */
const OAUTH_ERRORS = {
  invalid_request: { status: 400, description: 'The request is malformed, repeats a parameter or lacks one.' },
  invalid_client: {
    status: 401,
    description: 'The client id or secret is wrong, or the credential is disabled or expired.',
  },
  unsupported_grant_type: { status: 400, description: 'Only client_credentials is supported.' },
  invalid_scope: { status: 400, description: 'Scopes are not used: an admin decides what the credential may do.' },
  slow_down: { status: 429, description: 'Too many failures. Wait, and check the client id and secret.' },
  server_error: { status: 500, description: 'Something went wrong here.' },
  temporarily_unavailable: { status: 503, description: 'The store cannot be reached at the moment. Try again.' },
} as const;

type OAuthErrorCode = keyof typeof OAUTH_ERRORS;

/** A refusal in the form that OAuth asks for. */
class OAuthError extends Error {
  constructor(
    readonly code: OAuthErrorCode,
    readonly retryAfterSeconds?: number,
  ) {
    super(OAUTH_ERRORS[code].description);
  }
}

/** A form body: a repeated parameter arrives as a list. */
type Form = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Adds `POST /oauth/token` (RFC 6749 section 4.4), `POST /oauth/revoke` (RFC 7009) and the metadata of both (RFC 8414).
 * Unknown, wrong, disabled and expired all answer the same bytes.
 */
export async function addTokenEndpoint(server: FastifyInstance, parts: TokenEndpointParts): Promise<void> {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    await scope.register(formbody);
    scope.setErrorHandler(sendOAuthError);
    scope.post('/oauth/token', (request) => issue(request, parts));
    scope.post('/oauth/revoke', (request, reply) => revoke(request, reply, parts));
    scope.get('/.well-known/oauth-authorization-server', () => metadata(parts.address.url));
  });
}

async function issue(request: FastifyRequest, parts: TokenEndpointParts): Promise<object> {
  const form = formOf(request);
  const caller = await authenticated(request, form, parts);
  if (form['grant_type'] === undefined) throw new OAuthError('invalid_request');
  if (form['grant_type'] !== 'client_credentials') throw new OAuthError('unsupported_grant_type');
  if (form['scope']) throw new OAuthError('invalid_scope');
  const issued = await parts.authentication.issueToken(caller, parts.tokenSeconds);
  if (!issued) throw new OAuthError('invalid_client');
  parts.usage.recordToken(caller.credentialId);
  return { access_token: issued.token, token_type: 'Bearer', expires_in: issued.expiresIn };
}

async function revoke(request: FastifyRequest, reply: FastifyReply, parts: TokenEndpointParts): Promise<FastifyReply> {
  const form = formOf(request);
  const caller = await authenticated(request, form, parts);
  const token = form['token'];
  if (typeof token !== 'string' || token === '') throw new OAuthError('invalid_request');
  await parts.authentication.revokeToken(caller, token);
  return reply.code(200).send();
}

function metadata(issuer: string): object {
  const methods = ['client_secret_basic', 'client_secret_post'];
  return {
    issuer,
    token_endpoint: `${issuer}/oauth/token`,
    token_endpoint_auth_methods_supported: methods,
    revocation_endpoint: `${issuer}/oauth/revoke`,
    revocation_endpoint_auth_methods_supported: methods,
    grant_types_supported: ['client_credentials'],
    response_types_supported: [],
  };
}

function formOf(request: FastifyRequest): Form {
  const form = request.body as Form | undefined;
  const isRepeated = form && Object.values(form).some((value) => typeof value !== 'string');
  if (!form || isRepeated) throw new OAuthError('invalid_request');
  return form;
}

// Checked first and counted only when it was wrong: whoever has the right secret can never be locked out.
async function authenticated(
  request: FastifyRequest,
  form: Form,
  { authentication, failures }: TokenEndpointParts,
): Promise<CredentialCaller> {
  const shown = shownSecret(request.headers.authorization, form);
  const identification = await authentication.bySecret(shown.id, shown.secret);
  if (identification.outcome === 'KNOWN') return identification.caller;
  const seconds = await failures.count(shown.id, request.ip);
  throw seconds > 0 ? new OAuthError('slow_down', seconds) : new OAuthError('invalid_client');
}

function shownSecret(authorization: string | undefined, form: Form): ShownSecret {
  const { client_id: id, client_secret: secret } = form;
  if (authorization === undefined) {
    if (typeof id === 'string' && typeof secret === 'string') return { id, secret };
    throw new OAuthError('invalid_client');
  }
  const basic = readBasic(authorization);
  if (!basic) throw new OAuthError('invalid_client');
  // RFC 6749 section 2.3: one method of authentication in a request. A client id beside Basic must be the same one.
  if (secret !== undefined || (id !== undefined && id !== basic.id)) throw new OAuthError('invalid_request');
  return basic;
}

function sendOAuthError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = error instanceof OAuthError ? error : refusalOf(error);
  const { status, description } = OAUTH_ERRORS[refusal.code];
  if (status >= 500) request.log.error({ err: error }, 'The token endpoint failed');
  if (refusal.code === 'invalid_client') void reply.header('www-authenticate', 'Basic realm="fieldgate"');
  if (refusal.retryAfterSeconds !== undefined) void reply.header('retry-after', refusal.retryAfterSeconds);
  return reply.code(status).send({ error: refusal.code, error_description: description });
}

function refusalOf(error: unknown): OAuthError {
  const status = statusOf(error);
  if (status >= 400 && status < 500) return new OAuthError('invalid_request');
  return new OAuthError(status === 503 ? 'temporarily_unavailable' : 'server_error');
}

function statusOf(error: unknown): number {
  if (!(error instanceof Error)) return 500;
  const { status, statusCode } = error as Error & { status?: number; statusCode?: number };
  return status ?? statusCode ?? 500;
}
