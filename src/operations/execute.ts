import {
  execute,
  getVariableValues,
  GraphQLError,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LiveReader, type Interruption } from '../authentication/live.store';
import type { Clock } from '../clock';
import { GatewayError } from '../errors';
import type { IdempotencyStore } from '../idempotency/idempotency.store';
import type { Caller } from '../permissions/caller';
import { denialError } from '../permissions/denial-error';
import { judge, type Verdict } from '../permissions/gate';
import type { FeatureSwitchStore } from '../settings/feature-switch.store';
import type { Store } from '../store/store';
import type { OperationUse, UsageListener } from '../usage/usage';
import { OperationContext } from './context';

/** A valid operation, and who sent it. */
export interface RequestedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  /** Of the `Idempotency-Key` header. */
  readonly idempotencyKey?: string | undefined;
  /**
   * Finds out anew who calls, for when permissions changed while the operation ran.
   *
   * @throws GatewayError when the credential may not go on
   */
  identifyAgain(): Promise<Caller>;
}

/** The client's variables do not fit the operation. */
export class InvalidVariables extends Error {
  constructor(readonly problems: readonly GraphQLError[]) {
    super('The variables do not fit the operation.');
  }
}

interface Attempt {
  readonly result: ExecutionResult;
  readonly interruption: Interruption | undefined;
  readonly hasWritten: boolean;
  readonly verdict: Verdict;
}

/** Runs operations: judges the whole of one first, then executes what is permitted. */
export class Executor {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly features: FeatureSwitchStore,
    private readonly usage: UsageListener,
    private readonly idempotency: IdempotencyStore,
  ) {}

  /**
   * @returns data and errors as graphql-js gives them, with one error per denied coordinate
   * @throws InvalidVariables
   * @throws GatewayError when the whole operation is refused, or the store cannot be read
   */
  async run(requested: RequestedOperation): Promise<ExecutionResult> {
    const first = await this.attempt(requested, requested.caller);
    if (!first.interruption) return this.told(first, requested.caller);
    const caller = await requested.identifyAgain();
    if (first.hasWritten) throw writtenButUnread();
    // The credential or its grants changed on the way. Nothing of that attempt is served; one more is made with what holds now.
    const second = await this.attempt(requested, caller);
    if (!second.interruption) return this.told(second, requested.caller);
    throw new GatewayError('UNAVAILABLE', 'The permissions of this credential are changing. Try again.');
  }

  private async attempt(requested: RequestedOperation, caller: Caller): Promise<Attempt> {
    const { schema, document, operation, variables } = requested;
    const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    const verdict = coerced.errors
      ? refusalBefore(requested, caller, coerced.errors)
      : judge({ schema, document, operation, variables: coerced.coerced }, caller);
    if (verdict.refusals.length > 0) {
      return {
        result: { data: null, errors: verdict.refusals.map(denialError) },
        interruption: undefined,
        hasWritten: false,
        verdict,
      };
    }
    await this.features.assertOpen(verdict.sections);
    const live = caller.kind === 'credential' ? new LiveReader(this.store, caller.proof, this.clock) : undefined;
    const result = await execute({
      schema,
      document,
      operationName: operation.name?.value,
      variableValues: variables,
      contextValue: new OperationContext(caller, live, verdict.attributes, {
        idempotency: this.idempotency,
        key: requested.idempotencyKey ?? null,
      }),
    });
    throwIfUnavailable(result);
    return {
      result: withErrors(result, verdict.denials.map(denialError)),
      interruption: live?.interruptedBy,
      hasWritten: live?.hasWritten === true,
      verdict,
    };
  }

  private told({ result, verdict }: Attempt, caller: Caller): ExecutionResult {
    if (caller.kind === 'credential') this.usage.record(useOf(caller.credentialId, verdict));
    return result;
  }
}

// Nothing of a refused operation was read, whatever it could have read.
function useOf(credentialId: string, { attributes, denials, refusals }: Verdict): OperationUse {
  const denied = [...refusals, ...denials];
  return {
    credentialId,
    read: refusals.length > 0 ? [] : attributes,
    denied: denied.flatMap((denial) => denial.attributes),
    wasDenied: denied.length > 0,
  };
}

// To run the operation once more would write once more.
function writtenButUnread(): GatewayError {
  return new GatewayError(
    'UNAVAILABLE',
    'The write is kept, but the permissions of this credential changed before its result could be read. Read it again.',
    { written: true },
  );
}

function withErrors(result: ExecutionResult, denials: readonly GraphQLError[]): ExecutionResult {
  const errors = [...denials, ...(result.errors ?? [])];
  return errors.length > 0 ? { ...result, errors } : result;
}

// A denied attribute is told before anything else is said about the input, so the variables are judged as they were sent.
function refusalBefore(
  { schema, document, operation, variables }: RequestedOperation,
  caller: Caller,
  problems: readonly GraphQLError[],
): Verdict {
  const verdict = judgedAsSent(() => judge({ schema, document, operation, variables }, caller));
  if (verdict && verdict.refusals.length > 0) return verdict;
  throw new InvalidVariables(problems);
}

function judgedAsSent(attempt: () => Verdict): Verdict | undefined {
  try {
    return attempt();
  } catch (error) {
    // Variables of the wrong shape can make an argument impossible to read. What is wrong with them is told then.
    if (error instanceof GraphQLError || error instanceof TypeError) return undefined;
    throw error;
  }
}

// Half an answer would look like a whole one to a client that does not read errors.
function throwIfUnavailable({ errors = [] }: ExecutionResult): void {
  for (const { originalError } of errors) {
    if (originalError instanceof GatewayError && originalError.code === 'UNAVAILABLE') throw originalError;
  }
}
