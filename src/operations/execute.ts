import {
  execute,
  getVariableValues,
  type GraphQLError,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LiveReader, type Interruption } from '../authentication/live.store';
import type { Clock } from '../clock';
import { GatewayError } from '../errors';
import type { IdempotencyStore } from '../idempotency/idempotency.store';
import type { Caller } from '../permissions/caller';
import type { Contracts } from '../permissions/contracts';
import type { Denial } from '../permissions/denial';
import { denialError } from '../permissions/denial-error';
import { judge, type JudgedOperation, type Verdict } from '../permissions/gate';
import type { Exchange } from '../sessions/exchange';
import type { FeatureSwitchStore } from '../settings/feature-switch.store';
import type { Store } from '../store/store';
import type { OperationUse, UsageListener } from '../usage/usage';
import { OperationContext } from './context';
import { executeIntrospecting } from './introspection';
import { assertWithinLimits } from './limits';
import { measure } from './measure';
import { refusedAsSent } from './refused-as-sent';

/** A valid operation, and who sent it. */
export interface RequestedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  readonly exchange: Exchange;
  /** Of the `Idempotency-Key` header. */
  readonly idempotencyKey?: string | undefined;
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
  readonly hasWritten: boolean;
  readonly verdict: Verdict;
}

/** Never throws and never waits. */
export interface DenialListener {
  denied(denials: readonly Denial[]): void;
}

export interface ExecutorParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly features: FeatureSwitchStore;
  readonly usage: UsageListener;
  readonly idempotency: IdempotencyStore;
  /** Is told what was denied, whoever asked; absent where nobody counts. */
  readonly denials?: DenialListener | undefined;
  /** What each caller sees of the schema. */
  readonly contracts: Contracts;
  /** The most that one operation may cost. */
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
    const caller = await requested.identifyAgain();
    if (first.hasWritten) throw writtenButUnread();
    // The credential or its grants changed on the way. Nothing of that attempt is served; one more is made with what holds now.
    const second = await this.attempt(requested, caller);
    if (!second.interruption) return this.told(second, requested.caller);
    throw new GatewayError('UNAVAILABLE', 'The permissions of this credential are changing. Try again.');
  }

  private async attempt(requested: RequestedOperation, caller: Caller): Promise<Attempt> {
    const { schema, document, operation, variables, exchange } = requested;
    const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    const judged = { schema, document, operation, variables: coerced.coerced ?? variables };
    const extensions = coerced.errors ? {} : this.costOf(judged, requested.showsCost);
    const verdict = coerced.errors ? refusedAsSent(judged, caller) : judge(judged, caller);
    if (!verdict) throw new InvalidVariables(coerced.errors ?? []);
    if (verdict.refusals.length > 0) {
      const errors = verdict.refusals.map(denialError);
      return { result: { data: null, errors, ...extensions }, interruption: undefined, hasWritten: false, verdict };
    }
    await this.parts.features.assertOpen(verdict.sections);
    const live =
      caller.kind === 'credential' ? new LiveReader(this.parts.store, caller.proof, this.parts.clock) : undefined;
    const result = await this.execute(verdict, caller, {
      schema,
      document,
      operationName: operation.name?.value,
      variableValues: variables,
      contextValue: new OperationContext(
        caller,
        live,
        verdict.attributes,
        { idempotency: this.parts.idempotency, key: requested.idempotencyKey ?? null },
        exchange,
      ),
    });
    throwIfUnavailable(result);
    return {
      result: { ...withErrors(result, verdict.denials.map(denialError)), ...extensions },
      interruption: live?.interruptedBy,
      hasWritten: live?.hasWritten === true,
      verdict,
    };
  }

  private async execute({ introspects }: Verdict, caller: Caller, args: ExecutionArgs): Promise<ExecutionResult> {
    if (!introspects || caller.kind === 'anonymous') return execute(args);
    return executeIntrospecting(args, this.parts.contracts.schemaFor(caller));
  }

  /**
   * @returns what the answer says of the cost, when it is asked to
   * @throws GatewayError when the operation is too large
   */
  private costOf(judged: JudgedOperation, showsCost: boolean): Pick<ExecutionResult, 'extensions'> {
    const { mostCost } = this.parts;
    const measured = measure(judged);
    assertWithinLimits(measured, mostCost);
    return showsCost ? { extensions: { cost: { requested: measured.cost, most: mostCost } } } : {};
  }

  private told({ result, verdict }: Attempt, caller: Caller): ExecutionResult {
    this.parts.denials?.denied([...verdict.refusals, ...verdict.denials]);
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

// Half an answer would look like a whole one to a client that does not read errors.
function throwIfUnavailable({ errors = [] }: ExecutionResult): void {
  for (const { originalError } of errors) {
    if (originalError instanceof GatewayError && originalError.code === 'UNAVAILABLE') throw originalError;
  }
}
