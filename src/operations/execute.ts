import {
  execute,
  getVariableValues,
  type GraphQLError,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LiveReader, type Interruption } from '../authentication/live.store';
import type { Clock } from '../clock';
import { GatewayError } from '../errors';
import type { Caller } from '../permissions/caller';
import { denialError } from '../permissions/denial-error';
import { judge, type JudgedOperation, type Verdict } from '../permissions/gate';
import type { Exchange } from '../sessions/exchange';
import type { FeatureSwitchStore } from '../settings/feature-switch.store';
import type { Store } from '../store/store';
import type { OperationUse, UsageListener } from '../usage/usage';
import { OperationContext } from './context';
import { assertWithinLimits } from './limits';
import { measure, type Measured } from './measure';

/** A valid operation, and who sent it. */
export interface RequestedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  readonly exchange: Exchange;
  /** Whether the answer says what the operation costs. */
  readonly showsCost: boolean;
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
  readonly verdict: Verdict;
}

export interface ExecutorParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly features: FeatureSwitchStore;
  readonly usage: UsageListener;
  /** What an operation may cost. */
  readonly mostCost: number;
}

/** Runs operations: judges the whole of one first, then executes what is permitted. */
export class Executor {
  constructor(private readonly parts: ExecutorParts) {}

  /**
   * @returns data and errors as graphql-js gives them, with one error per denied coordinate
   * @throws InvalidVariables
   * @throws GatewayError when the whole operation is refused, or the store cannot be read
   */
  async run(requested: RequestedOperation): Promise<ExecutionResult> {
    const first = await this.attempt(requested, requested.caller);
    if (!first.interruption) return this.told(first, requested.caller);
    // The credential or its grants changed on the way. Nothing of that attempt is served; one more is made with what holds now.
    const second = await this.attempt(requested, await requested.identifyAgain());
    if (!second.interruption) return this.told(second, requested.caller);
    throw new GatewayError('UNAVAILABLE', 'The permissions of this credential are changing. Try again.');
  }

  private async attempt(requested: RequestedOperation, caller: Caller): Promise<Attempt> {
    const { schema, document, operation, variables, exchange } = requested;
    const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    if (coerced.errors) throw new InvalidVariables(coerced.errors);
    const judged = { schema, document, operation, variables: coerced.coerced };
    const { cost } = this.measured(judged);
    const extensions = requested.showsCost
      ? { extensions: { cost: { requested: cost, most: this.parts.mostCost } } }
      : {};
    const verdict = judge(judged, caller);
    if (verdict.refusals.length > 0) {
      const errors = verdict.refusals.map(denialError);
      return { result: { data: null, errors, ...extensions }, interruption: undefined, verdict };
    }
    await this.parts.features.assertOpen(verdict.sections);
    const live =
      caller.kind === 'credential' ? new LiveReader(this.parts.store, caller.proof, this.parts.clock) : undefined;
    const result = await execute({
      schema,
      document,
      operationName: operation.name?.value,
      variableValues: variables,
      contextValue: new OperationContext(caller, live, verdict.attributes, exchange),
    });
    throwIfUnavailable(result);
    const answer = withErrors(result, verdict.denials.map(denialError));
    return { result: { ...answer, ...extensions }, interruption: live?.interruptedBy, verdict };
  }

  private measured(judged: JudgedOperation): Measured {
    const measured = measure(judged);
    assertWithinLimits(measured, this.parts.mostCost);
    return measured;
  }

  private told({ result, verdict }: Attempt, caller: Caller): ExecutionResult {
    if (caller.kind === 'credential') this.parts.usage.record(useOf(caller.credentialId, verdict));
    return result;
  }
}

// Nothing of a refused operation was read, whatever it could have read.
function useOf(credentialId: string, { attributes, asked, denials, refusals }: Verdict): OperationUse {
  const denied = [...refusals, ...denials];
  return {
    credentialId,
    read: refusals.length > 0 ? [] : [...attributes, ...asked],
    denied: denied.flatMap((denial) => denial.attributes),
    wasDenied: denied.length > 0,
  };
}

function withErrors(result: ExecutionResult, denials: readonly GraphQLError[]): ExecutionResult {
  const errors = [...denials, ...(result.errors ?? [])];
  return errors.length > 0 ? { ...result, errors } : result;
}

// Half an answer would look like a whole one to a client that does not read errors.
function throwIfUnavailable({ errors = [] }: ExecutionResult): void {
  for (const { originalError } of errors) {
    if (originalError instanceof GatewayError && originalError.code === 'UNAVAILABLE') throw originalError;
  }
}
