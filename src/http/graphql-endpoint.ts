import { ApolloServer, HeaderMap, type ApolloServerPlugin, type GraphQLResponse } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FormattedExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { GatewayError } from '../errors';
import type { Executor } from '../operations/execute';
import { assertParsable } from '../operations/limits';
import type { Contracts } from '../permissions/contracts';
import { confirmedAnswer } from './confirmed-answer';
import { clientError, type ClientErrorOptions } from './client-error';
import { addExportEndpoint } from './export-endpoint';
import { knownDocuments } from './known-documents';
import { NO_OPERATION, respond, resultText, type OperationResponse } from './operation-response';
import type { RepeatedOperations } from './repeated-operations';
import { admit, type RequestLimit } from './rate-limit';
import { RequestCallers, type RequestCallersParts, type RequestScope } from './request-callers';

export interface GraphQLEndpointParts extends RequestCallersParts {
  readonly schema: GraphQLSchema;
  readonly executor: Executor;
  readonly requests: RequestLimit;
  readonly contracts: Contracts;
}

/** The most tokens that an operation's text may have: a parser's work grows with them. */
const MOST_TOKENS = 10_000;

/** Adds `POST /graphql` and `POST /export`. Who calls is found out before the body is read. */
export async function addGraphQLEndpoint(
  server: FastifyInstance,
  repeated: RepeatedOperations,
  parts: GraphQLEndpointParts,
): Promise<void> {
  const callers = new RequestCallers(parts);
  const apollo = apolloServer(parts, (error) => server.log.error({ err: error }, 'A request failed'));
  await apollo.start();
  server.addHook('onClose', () => apollo.stop());
  const throughApollo = fastifyApolloHandler(apollo, {
    context: (request, reply) => Promise.resolve(callers.scopeOf(request, reply)),
  });
  server.route({
    method: 'POST',
    url: '/graphql',
    onRequest: async (request, reply) => {
      const caller = await callers.identify(request);
      if (caller.kind !== 'credential') return;
      admit(repeated.admissionOf(request.raw) ?? (await parts.requests.count(caller.credentialId)), reply);
    },
    preParsing: (request, _reply, payload, done) => done(null, repeated.payloadOf(request.raw) ?? payload),
    preHandler: (request, _reply, done) => {
      assertHost(request);
      assertParsable(request.body);
      done();
    },
    onSend: confirmedAnswer({ ...parts, callers }),
    handler: async (request, reply) => {
      const answer = await throughApollo.call(server, request, reply);
      repeated.learn(request, reply);
      return answer;
    },
  });
  addExportEndpoint(server, { ...parts, apollo, callers, mostTokens: MOST_TOKENS });
}

// RFC 9112 section 3.2. Apollo's adapter makes a URL of it, which would fail as if the fault were ours.
function assertHost({ hostname }: FastifyRequest): void {
  if (!URL.canParse(`http://${hostname}/`)) throw new GatewayError('BAD_REQUEST', 'The Host header names no host.');
}

function apolloServer(
  { schema, executor }: GraphQLEndpointParts,
  logFailure: ClientErrorOptions['logFailure'],
): ApolloServer<RequestScope> {
  return new ApolloServer<RequestScope>({
    schema,
    // Whoever is known may ask what there is, and is shown what they may use; anonymous callers never get that far.
    introspection: true,
    // Apollo's own way cuts suggestions out of the messages, with a pattern that takes minutes for a long one.
    hideSchemaDetailsFromClientErrors: false,
    validationOptions: { hideSuggestions: true },
    includeStacktraceInErrorResponses: false,
    // A stored query would answer differently on a hit, which tells one client what another has sent.
    persistedQueries: false,
    documentStore: knownDocuments(),
    parseOptions: { maxTokens: MOST_TOKENS },
    stopOnTerminationSignals: false,
    stringifyResult: (result) => resultText(result),
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
        responseForOperation: async ({ schema, document, operation, request, contextValue, source }) => {
          // Apollo's types promise an operation; when the document has none of the wanted name, there is none.
          if (!(operation as OperationDefinitionNode | undefined)) return toApollo(NO_OPERATION);
          const { operationName, variables = {} } = request;
          const parsed = { schema, document, operation, text: source, operationName };
          return toApollo(await respond(executor, contextValue, { ...contextValue, ...parsed, variables }));
        },
      }),
  };
}

function toApollo({ status, headers, result }: OperationResponse): GraphQLResponse {
  // Ready data passes through Apollo untouched, to `resultText`.
  const singleResult = result as FormattedExecutionResult;
  return { http: { status, headers: new HeaderMap(Object.entries(headers)) }, body: { kind: 'single', singleResult } };
}
