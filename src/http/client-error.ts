import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ERROR_CODES, GatewayError, type ErrorCode } from '../errors';

export interface ClientErrorOptions {
  /** Absent where Apollo does not tell which request it was; the response's `X-Request-Id` header has it all the same. */
  readonly requestId?: string;
  /** Keeps the cause in the log. It goes nowhere else. */
  readonly logFailure: (error: unknown) => void;
}

/** Characters; no honest message comes near them. */
const LONGEST_MESSAGE = 1_000;

/**
 * Makes the error that a client sees, by allowlist: a `GatewayError` shows its code, message and details; what graphql-js
 * and Apollo say about the text of the operation passes; anything else is INTERNAL with the request id, and its cause is
 * logged.
 */
export function clientError(error: unknown, options: ClientErrorOptions): GraphQLFormattedError {
  const graphQLError = error instanceof GraphQLError ? error : undefined;
  const origin = graphQLError?.originalError ?? error;
  if (origin instanceof GatewayError) return gatewayError(origin, graphQLError, options);
  const extensions = origin instanceof GraphQLError && graphQLError ? codedExtensions(graphQLError) : undefined;
  if (graphQLError && extensions) return { ...placeOf(graphQLError), message: brief(graphQLError.message), extensions };
  options.logFailure(origin);
  return { ...placeOf(graphQLError), ...internalError(options.requestId) };
}

/** What graphql-js says, which repeats what was sent: up to a hundred times the whole of it. Its end says what is wrong. */
export function brief(message: string): string {
  return message.length > LONGEST_MESSAGE
    ? `${message.slice(0, LONGEST_MESSAGE / 2)}…${message.slice(-LONGEST_MESSAGE / 2)}`
    : message;
}

/** What a client learns about a failure that is ours. */
export function internalError(requestId?: string): GraphQLFormattedError {
  return {
    message: 'Something went wrong here. The gateway’s log tells more under the request id.',
    extensions: { code: 'INTERNAL' satisfies ErrorCode, ...(requestId === undefined ? {} : { requestId }) },
  };
}

function gatewayError(
  error: GatewayError,
  place: GraphQLError | undefined,
  { logFailure }: ClientErrorOptions,
): GraphQLFormattedError {
  if (error.status >= 500) logFailure(error);
  return { ...placeOf(place), message: error.message, extensions: { code: error.code, ...error.details } };
}

function codedExtensions(error: GraphQLError): GraphQLFormattedError['extensions'] | undefined {
  const { stacktrace: _stacktrace, http: _http, ...extensions } = error.extensions;
  const { code } = extensions;
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code) ? extensions : undefined;
}

function placeOf(error: GraphQLError | undefined): Pick<GraphQLFormattedError, 'path' | 'locations'> {
  return {
    ...(error?.locations ? { locations: error.locations } : {}),
    ...(error?.path ? { path: error.path } : {}),
  };
}
