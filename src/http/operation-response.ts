import { type GraphQLError, type GraphQLFormattedError } from 'graphql';
import { GatewayError, type ErrorCode } from '../errors';
import { ReadyData, type Answer } from '../operations/answer';
import type { Executor, RequestedOperation } from '../operations/execute';
import { InvalidVariables } from '../operations/judgement';
import { challengeFor } from './challenge';
import { brief, clientError, type ClientErrorOptions } from './client-error';

/** The members of a GraphQL response. */
export interface OperationResult extends Pick<Answer, 'data' | 'extensions'> {
  readonly errors?: readonly GraphQLFormattedError[];
}

export interface OperationResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly result: OperationResult;
}

/** Runs an operation and puts what became of it into the terms of HTTP. Never throws. */
export async function respond(
  executor: Executor,
  scope: ClientErrorOptions,
  requested: RequestedOperation,
): Promise<OperationResponse> {
  try {
    const { data, errors, extensions } = await executor.run(requested);
    return response(200, {
      ...(errors ? { errors: errors.map((error) => clientError(error, scope)) } : {}),
      data: data ?? null,
      ...(extensions ? { extensions } : {}),
    });
  } catch (error) {
    if (error instanceof InvalidVariables) return response(400, { errors: error.problems.map(inputError) });
    const status = error instanceof GatewayError ? error.status : 500;
    return response(status, { errors: [clientError(error, scope)] }, challengeFor(error));
  }
}

export const NO_OPERATION = response(400, {
  errors: [
    {
      message: 'The request must name one operation of its document.',
      extensions: { code: 'OPERATION_RESOLUTION_FAILURE' satisfies ErrorCode },
    },
  ],
});

/** The body of a response: JSON in the order that the specification recommends, data that is ready put in as it is. */
export function resultText({ errors, data, extensions }: OperationResult): string {
  if (!(data instanceof ReadyData)) return `${JSON.stringify({ errors, data, extensions })}\n`;
  return data.within(...around(errors && JSON.stringify(errors), extensions)).toString();
}

function around(
  errors: string | undefined,
  extensions: OperationResult['extensions'],
): [before: string, after: string] {
  const after = extensions ? `,"extensions":${JSON.stringify(extensions)}` : '';
  return [`{${errors === undefined ? '' : `"errors":${errors},`}"data":`, `${after}}\n`];
}

// Denials are refused on purpose, so there is no failure to keep.
const DENIALS: ClientErrorOptions = { logFailure: () => undefined };
// The denials of a repeated answer are the same list each time.
const written = new WeakMap<readonly GraphQLError[], string>();

/** The same for an answer that a plan gave, whose errors are denials only. @returns undefined for any other */
export function plannedBody({ data, errors, extensions }: Answer): string | Buffer | undefined {
  if (!(data instanceof ReadyData)) return undefined;
  return data.within(...around(errors && errorsText(errors), extensions));
}

function errorsText(errors: readonly GraphQLError[]): string {
  let text = written.get(errors);
  if (text === undefined)
    written.set(errors, (text = JSON.stringify(errors.map((error) => clientError(error, DENIALS)))));
  return text;
}

function inputError({ message, locations }: GraphQLError): GraphQLFormattedError {
  return { message: brief(message), ...(locations ? { locations } : {}), extensions: { code: 'BAD_USER_INPUT' } };
}

function response(status: number, result: OperationResult, challenge?: string): OperationResponse {
  const wait = result.errors ? Math.max(0, ...result.errors.map(waitOf)) : 0;
  return {
    status,
    headers: {
      ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
      ...(wait > 0 ? { 'retry-after': String(wait) } : {}),
    },
    result,
  };
}

/** Seconds. */
function waitOf({ extensions }: GraphQLFormattedError): number {
  const wait = extensions?.['retryAfterSeconds'];
  return typeof wait === 'number' ? wait : 0;
}
