import { ApolloServer, HeaderMap, type ApolloServerPlugin, type GraphQLResponse } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  type GraphQLError,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Authenticator } from '../authentication/authenticator';
import { GatewayError, type ErrorCode } from '../errors';
import { InvalidVariables, type Executor, type RequestedOperation } from '../operations/execute';
import { assertShallow } from '../operations/limits';
import type { Caller } from '../permissions/caller';
import type { Contracts } from '../permissions/contracts';
import type { Exchange } from '../sessions/exchange';
import { challengeFor } from './challenge';
import { clientError, type ClientErrorOptions } from './client-error';
import { tellContract } from './contract-endpoint';
import type { SessionCookie } from './session-cookie';
import type { RequestLimit } from './rate-limit';

export interface GraphQLEndpointParts {
  readonly schema: GraphQLSchema;
  readonly authenticator: Authenticator;
  readonly executor: Executor;
  readonly cookie: SessionCookie;
  readonly requests: RequestLimit;
  readonly contracts: Contracts;
}

/** What Apollo carries along with an operation. */
interface RequestScope extends ClientErrorOptions {
  readonly caller: Caller;
  readonly exchange: Exchange;
  readonly idempotencyKey: string | undefined;
  readonly showsCost: boolean;
  identifyAgain(): Promise<Caller>;
}

/** A request with this header is told what its operation costs. */
const COST_HEADER = 'x-fieldgate-cost';

/** The most tokens that an operation's text may have: a parser's work grows with them. */
const MOST_TOKENS = 10_000;

/** Adds `POST /graphql`. Who calls is found out before the body is read. */
export async function addGraphQLEndpoint(server: FastifyInstance, parts: GraphQLEndpointParts): Promise<void> {
  const callers: Callers = new WeakMap();
  const identify = identifying(parts, callers);
  const apollo = apolloServer(parts, (error) => server.log.error({ err: error }, 'A request failed'));
  await apollo.start();
  server.addHook('onClose', () => apollo.stop());
  server.route({
    method: 'POST',
    url: '/graphql',
    onRequest: async (request, reply) => {
      const caller = await identify(request);
      if (caller.kind !== 'credential') return;
      const { headers, refusal } = await parts.requests.count(caller.credentialId);
      void reply.headers(headers);
      if (refusal) throw refusal;
    },
    preHandler: (request, _reply, done) => {
      assertShallow(request.body);
      done();
    },
    onSend: (request, reply, _payload, done) => {
      tellContract(parts.contracts, callers.get(request), reply);
      done();
    },
    handler: fastifyApolloHandler(apollo, {
      context: (request, reply) =>
        Promise.resolve({
          caller: callers.get(request) ?? { kind: 'anonymous' },
          idempotencyKey: headerOf(request, 'idempotency-key'),
          showsCost: request.headers[COST_HEADER] === '1',
          identifyAgain: () => identify(request),
          exchange: parts.cookie.exchange(request, reply),
          requestId: request.id,
          logFailure: (error) => request.log.error({ err: error }, 'An operation failed'),
        }),
    }),
  });
}

type Callers = WeakMap<FastifyRequest, Caller>;

/** @returns finds out who sent a request, and notes it: the last one found is the one that is answered */
function identifying({ authenticator, cookie }: GraphQLEndpointParts, callers: Callers) {
  return async (request: FastifyRequest): Promise<Caller> => {
    const session = cookie.read(request);
    const caller = await authenticator.authenticate({ authorization: request.headers.authorization, session });
    callers.set(request, caller);
    return caller;
  };
}

/** @returns undefined as well when it came more than once: nobody can tell which is meant */
function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

function apolloServer(
  { schema, executor }: GraphQLEndpointParts,
  logFailure: ClientErrorOptions['logFailure'],
): ApolloServer<RequestScope> {
  return new ApolloServer<RequestScope>({
    schema,
    // Whoever is known may ask what there is, and is shown what they may use; anonymous callers never get that far.
    introspection: true,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    // A stored query would answer differently on a hit, which tells one client what another has sent.
    persistedQueries: false,
    parseOptions: { maxTokens: MOST_TOKENS },
    stopOnTerminationSignals: false,
    formatError: (_formatted, error) => clientError(error, { logFailure }),
    // The cache control plugin would wrap every field of a large answer.
    plugins: [ApolloServerPluginCacheControlDisabled(), ourExecution(executor)],
  });
}

/** Replaces Apollo's execution by ours, which judges the operation as a whole before anything runs. */
function ourExecution(executor: Executor): ApolloServerPlugin<RequestScope> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        responseForOperation: ({ schema, document, operation, request, contextValue }) =>
          // Apollo's types promise an operation; when the document has none of the wanted name, there is none.
          (operation as OperationDefinitionNode | undefined)
            ? respond(executor, contextValue, {
                schema,
                document,
                operation,
                variables: request.variables ?? {},
                caller: contextValue.caller,
                exchange: contextValue.exchange,
                idempotencyKey: contextValue.idempotencyKey,
                showsCost: contextValue.showsCost,
                identifyAgain: () => contextValue.identifyAgain(),
              })
            : Promise.resolve(NO_OPERATION),
      }),
  };
}

async function respond(
  executor: Executor,
  scope: RequestScope,
  requested: RequestedOperation,
): Promise<GraphQLResponse> {
  try {
    const { data, errors, extensions }: ExecutionResult = await executor.run(requested);
    return response(200, {
      data: data ?? null,
      ...(errors ? { errors: errors.map((error) => clientError(error, scope)) } : {}),
      ...(extensions ? { extensions } : {}),
    });
  } catch (error) {
    if (error instanceof InvalidVariables) return response(400, { errors: error.problems.map(inputError) });
    const status = error instanceof GatewayError ? error.status : 500;
    return response(status, { errors: [clientError(error, scope)] }, challengeFor(error));
  }
}

const NO_OPERATION = response(400, {
  errors: [
    {
      message: 'The request must name one operation of its document.',
      extensions: { code: 'OPERATION_RESOLUTION_FAILURE' satisfies ErrorCode },
    },
  ],
});

// graphql-js suggests names that are close to a wrong one. Apollo takes them from what validation says, but not from what is
// said about variables.
function inputError({ message, locations }: GraphQLError): GraphQLFormattedError {
  const withoutSuggestion = message.replace(/ Did you mean [^?]*\?$/, '');
  return { message: withoutSuggestion, ...(locations ? { locations } : {}), extensions: { code: 'BAD_USER_INPUT' } };
}

function response(
  status: number,
  singleResult: Pick<FormattedExecutionResult, 'data' | 'errors' | 'extensions'>,
  challenge?: string,
): GraphQLResponse {
  const headers = new HeaderMap();
  if (challenge !== undefined) headers.set('www-authenticate', challenge);
  const wait = Math.max(0, ...(singleResult.errors ?? []).map(waitOf));
  if (wait > 0) headers.set('retry-after', String(wait));
  return { http: { status, headers }, body: { kind: 'single', singleResult } };
}

/** Seconds. */
function waitOf({ extensions }: GraphQLFormattedError): number {
  const wait = extensions?.['retryAfterSeconds'];
  return typeof wait === 'number' ? wait : 0;
}
