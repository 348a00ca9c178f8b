import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { GatewayError, type ErrorCode } from '../errors';
import type { Readiness } from '../health/readiness';
import type { AnsweredRequest } from '../metrics/metrics';
import { addAdminUi } from './admin-ui';
import { challengeFor } from './challenge';
import { clientError } from './client-error';
import { addContractEndpoint } from './contract-endpoint';
import { addDocs } from './docs';
import { addGraphQLEndpoint, type GraphQLEndpointParts } from './graphql-endpoint';
import { addHealth } from './health';
import { addPlayground, type PlaygroundParts } from './playground';
import { addTokenEndpoint, type TokenEndpointParts } from './token-endpoint';

export interface ServerParts extends GraphQLEndpointParts, TokenEndpointParts, PlaygroundParts {
  readonly logger: FastifyBaseLogger;
  readonly readiness: Readiness;
  /** Is told of every answer; absent where nobody reads figures. */
  readonly metrics?: { answered(request: AnsweredRequest): void } | undefined;
}

/** The most bytes that a request's body may have. */
const LARGEST_BODY = 1024 * 1024;
/** How long a client may take to send its request, in milliseconds. */
const REQUEST_TIMEOUT = 30_000;

/** Assembles the HTTP server. Whatever it refuses, it refuses as JSON with a code. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const server: FastifyInstance = Fastify({
    loggerInstance: parts.logger,
    // One line per answer is written below: without addresses' query strings, headers or anything that a client chose.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: LARGEST_BODY,
    requestTimeout: REQUEST_TIMEOUT,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    // What arrives on an open connection while the server closes is answered like everything else.
    return503OnClosing: false,
    clientErrorHandler: (_error, socket) => {
      socket.end(MALFORMED_HTTP);
    },
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply),
  });
  server.removeContentTypeParser('text/plain');
  server.setErrorHandler(sendError);
  server.setNotFoundHandler(refuseUnknown);
  server.addHook('onRequest', markAnswer);
  server.addHook('onRequest', endConnectionWhen(parts.readiness));
  server.addHook('onResponse', noteAnswer(parts.metrics));
  await server.register(helmet);
  await server.register(cookie);
  addHealth(server, parts.readiness);
  await addTokenEndpoint(server, parts);
  await addGraphQLEndpoint(server, parts);
  addContractEndpoint(server, parts);
  await addAdminUi(server, parts);
  await addPlayground(server, parts);
  await addDocs(server);
  return server;
}

function markAnswer(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  void reply.headers({
    'cache-control': 'no-store',
    vary: 'Authorization, Cookie',
    'x-request-id': request.id,
  });
  done();
}

type Hook = (request: FastifyRequest, reply: FastifyReply, done: () => void) => void;

// Clients keep connections open. One that is told to close it opens the next one elsewhere.
function endConnectionWhen(readiness: Readiness): Hook {
  return (_request, reply, done) => {
    if (readiness.isDraining) void reply.header('connection', 'close');
    done();
  };
}

function noteAnswer(metrics: ServerParts['metrics']): Hook {
  return (request, reply, done) => {
    const { method, log, routeOptions } = request;
    const [route, status] = [routeOptions.url ?? 'unknown', reply.statusCode];
    // Whoever watches a gateway asks every few seconds.
    const level = route.startsWith('/health/') ? 'debug' : 'info';
    log[level]({ method, route, status, milliseconds: Math.round(reply.elapsedTime) }, 'Answered');
    metrics?.answered({ method, route, status, seconds: reply.elapsedTime / 1_000 });
    done();
  };
}

const METHODS: ReadonlyMap<string, string> = new Map([
  ['/graphql', 'POST'],
  ['/contract', 'GET, HEAD'],
  ['/oauth/token', 'POST'],
  ['/oauth/revoke', 'POST'],
  ['/.well-known/oauth-authorization-server', 'GET, HEAD'],
  ['/health/live', 'GET, HEAD'],
  ['/health/ready', 'GET, HEAD'],
]);

function refuseUnknown(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const allowed = METHODS.get(request.url.split('?', 1)[0] ?? '');
  if (allowed === undefined) return refuse(reply, 'NOT_FOUND', 'There is nothing at this address.');
  void reply.header('allow', allowed);
  return refuse(reply, 'METHOD_NOT_ALLOWED', `This address takes ${allowed} only.`);
}

function refuse(reply: FastifyReply, code: ErrorCode, message: string): FastifyReply {
  return sendError(new GatewayError(code, message), reply.request, reply);
}

function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = error instanceof GatewayError ? error : ofFastify(error);
  const challenge = challengeFor(refusal);
  if (challenge !== undefined) void reply.header('www-authenticate', challenge);
  const shown = clientError(refusal ?? error, {
    requestId: request.id,
    logFailure: (cause) => request.log.error({ err: cause }, 'A request failed'),
  });
  return reply
    .code(refusal?.status ?? 500)
    .type('application/json; charset=utf-8')
    .send({ errors: [shown] });
}

/** Fastify's own refusals, by its documented codes, in our words. */
const FASTIFY_REFUSALS: Readonly<Record<string, readonly [code: ErrorCode, message: string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['UNSUPPORTED_MEDIA_TYPE', 'Send the operation as application/json.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['BAD_REQUEST', 'The body is not as long as its Content-Length says.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['PAYLOAD_TOO_LARGE', 'The body is larger than 1 MiB.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['BAD_REQUEST', 'The body is empty.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['BAD_REQUEST', 'The body is not valid JSON.'],
  FST_ERR_BAD_URL: ['BAD_REQUEST', 'The address is malformed.'],
};

function ofFastify(error: unknown): GatewayError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, statusCode } = error as Error & { code?: string; statusCode?: number };
  const [ours, message] = FASTIFY_REFUSALS[code ?? ''] ?? [];
  if (ours && message) return new GatewayError(ours, message);
  const isTheirFault = statusCode !== undefined && statusCode >= 400 && statusCode < 500;
  return isTheirFault ? new GatewayError('BAD_REQUEST', 'The request is malformed.') : undefined;
}

// The request never became one, so this is written to the bare socket.
const MALFORMED_BODY = JSON.stringify({
  errors: [{ message: 'The request is malformed.', extensions: { code: 'BAD_REQUEST' } }],
});
const MALFORMED_HTTP = [
  'HTTP/1.1 400 Bad Request',
  'content-type: application/json; charset=utf-8',
  `content-length: ${Buffer.byteLength(MALFORMED_BODY)}`,
  'connection: close',
  '',
  MALFORMED_BODY,
].join('\r\n');
