import { randomUUID } from 'node:crypto';
import http from 'node:http';
import cookie from '@fastify/cookie';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { GatewayError, type ErrorCode } from '../errors';
import type { Readiness } from '../health/readiness';
import { addAdminUi } from './admin-ui';
import { COMMON_HEADERS } from './answer-headers';
import { noteAnswer, type AnswerListener } from './answered';
import { addContractEndpoint } from './contract-endpoint';
import { addDocs } from './docs';
import { addGraphQLEndpoint, type GraphQLEndpointParts } from './graphql-endpoint';
import { addSignOnEndpoint, type SignOnEndpointParts } from './sign-on-endpoint';
import { addHealth } from './health';
import { addPlayground, type PlaygroundParts } from './playground';
import { refusal } from './refusal';
import { RepeatedOperations } from './repeated-operations';
import { addTokenEndpoint, type TokenEndpointParts } from './token-endpoint';

export interface ServerParts extends GraphQLEndpointParts, TokenEndpointParts, SignOnEndpointParts, PlaygroundParts {
  readonly logger: FastifyBaseLogger;
  /** Proxies whose `X-Forwarded-For` is believed: limits of addresses must not count a proxy instead of its clients. */
  readonly trustedProxies: readonly string[];
  readonly readiness: Readiness;
  /** Is told of every answer; absent where nobody reads figures. */
  readonly metrics?: AnswerListener | undefined;
}

/** The most bytes that a request's body may have. */
const LARGEST_BODY = 1024 * 1024;
/** How long a client may take to send its request, in milliseconds. */
const REQUEST_TIMEOUT = 30_000;
/** How long an idle connection stays open, in milliseconds: longer than load balancers keep theirs, or they would meet it closing. */
const KEEP_ALIVE = 72_000;

/** Assembles the HTTP server. Whatever it refuses, it refuses as JSON with a code. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const repeated = new RepeatedOperations(parts);
  const server: FastifyInstance = Fastify({
    serverFactory: (handler) => httpServer(repeated.listener(handler)),
    loggerInstance: parts.logger,
    // `noteAnswer` writes the only line.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: LARGEST_BODY,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: parts.trustedProxies.length > 0 && [...parts.trustedProxies],
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
  server.addHook('onRequest', needHost);
  server.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions, log } = request;
    const answered = { method, route: routeOptions.url ?? 'unknown', status: reply.statusCode };
    noteAnswer(log, parts.metrics, { ...answered, milliseconds: reply.elapsedTime });
    done();
  });
  await server.register(cookie);
  addHealth(server, parts.readiness);
  await addTokenEndpoint(server, parts);
  await addGraphQLEndpoint(server, repeated, parts);
  addSignOnEndpoint(server, parts);
  addContractEndpoint(server, parts);
  await addAdminUi(server, parts);
  await addPlayground(server, parts);
  await addDocs(server);
  return server;
}

function httpServer(listener: http.RequestListener): http.Server {
  return http.createServer(
    // Node would refuse a request without Host itself, with an empty body: `needHost` says why.
    { requestTimeout: REQUEST_TIMEOUT, keepAliveTimeout: KEEP_ALIVE, requireHostHeader: false },
    listener,
  );
}

function markAnswer(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  void reply.headers({ ...COMMON_HEADERS, 'x-request-id': request.id });
  done();
}

type Hook = (request: FastifyRequest, reply: FastifyReply, done: () => void) => void;

// RFC 9112, section 3.2: a request of HTTP/1.1 without the header is answered with 400.
function needHost({ raw }: FastifyRequest, reply: FastifyReply, done: () => void): void {
  if (raw.headers.host !== undefined || raw.httpVersion === '1.0') return done();
  void refuse(reply, 'BAD_REQUEST', 'The request has no Host header.');
}

// Clients keep connections open. One that is told to close it opens the next one elsewhere.
function endConnectionWhen(readiness: Readiness): Hook {
  return (_request, reply, done) => {
    if (readiness.isDraining) void reply.header('connection', 'close');
    done();
  };
}

const METHODS: ReadonlyMap<string, string> = new Map([
  ['/graphql', 'POST'],
  ['/export', 'POST'],
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
  return reply.send(refusal(error, request, reply));
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
