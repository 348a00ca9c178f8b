import { execute, type ExecutionArgs, type ExecutionResult, type GraphQLError } from 'graphql';
import { LiveReader, type Interruption } from '../authentication/live.store';
import type { Clock } from '../clock';
import { GatewayError } from '../errors';
import type { IdempotencyStore } from '../idempotency/idempotency.store';
import type { CacheFigures } from '../metrics/metrics';
import type { Caller, CredentialCaller } from '../permissions/caller';
import type { Contracts } from '../permissions/contracts';
import type { Denial } from '../permissions/denial';
import type { Verdict } from '../permissions/gate';
import { attempted, type Planner } from '../planner/planner';
import type { RootRead } from '../planner/root';
import type { PublicAddress } from '../public-address';
import type { Exchange } from '../sessions/exchange';
import type { FeatureSwitchStore } from '../settings/feature-switch.store';
import type { Store } from '../store/store';
import type { UsageListener } from '../usage/usage';
import { ReadyData, type Answer } from './answer';
import { Consequences } from './consequences';
import { OperationContext } from './context';
import { inDocumentOrder } from './error-order';
import { executeIntrospecting } from './introspection';
import { Judge, type Judgement, type Planned } from './judgement';
import { KnownOperations, type ParsedOperation } from './known-operations';

/** A valid operation, and who sent it. */
export interface RequestedOperation extends ParsedOperation {
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  /** Whether the caller was known from before, so that a statement must confirm it before anything is served. */
  readonly isAssumed: boolean;
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

interface Attempt {
  readonly answer: Answer;
  readonly verdict: Verdict;
  readonly interruption?: Interruption | undefined;
  readonly hasWritten?: boolean;
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
  /** Absent: everything runs on the reference path. */
  readonly planner: Planner | undefined;
  /** Where denials send the admins. */
  readonly address: PublicAddress;
  /** The most that one operation may cost. */
  readonly mostCost: number;
  /** Is told where the figures of remembered plans are; absent where nobody reads figures. */
  readonly watchPlans?: ((figures: () => CacheFigures) => void) | undefined;
}

/** Runs operations: judges the whole of one first, then reads what is permitted, by a plan where there is one. */
export class Executor {
  private readonly known = new KnownOperations<Planned>(({ plan }) => plan.size);
  private readonly judge: Judge;
  private readonly consequences: Consequences;

  constructor(private readonly parts: ExecutorParts) {
    this.judge = new Judge({ ...parts, known: this.known });
    this.consequences = new Consequences(parts.address);
    parts.watchPlans?.(() => this.known.figures);
  }

  /**
   * Looks for the plan of an operation that this caller could have asked before.
   *
   * @param variables as the client sent them
   * @returns what answers by that plan, for a caller that nothing has confirmed yet; undefined for what must go the whole way.
   *   It answers undefined as well when anything is not as it was: nothing has been told or counted then.
   */
  repeated(
    text: string,
    operationName: string | undefined,
    variables: Readonly<Record<string, unknown>>,
    caller: CredentialCaller,
  ): (() => Promise<Answer | undefined>) | undefined {
    const remembered = this.judge.again(text, operationName, caller, variables);
    if (!remembered) return undefined;
    const { verdict, plan, coerced } = remembered;
    const read = attempted(() => plan.bind(coerced));
    return read && (() => this.answeredAgain(verdict, caller, read));
  }

  private async answeredAgain(verdict: Verdict, caller: CredentialCaller, read: RootRead): Promise<Answer | undefined> {
    await this.parts.features.assertOpen(verdict.sections);
    const attempt = await this.planned(verdict, caller, read);
    return attempt && !attempt.interruption ? this.told(attempt, caller) : undefined;
  }

  /**
   * @returns data and errors, with one error per denied coordinate
   * @throws InvalidVariables
   * @throws GatewayError when the whole operation is refused, or the store cannot be read
   */
  async run(requested: RequestedOperation): Promise<Answer> {
    const first = await this.attempt(requested, requested.caller, requested.isAssumed);
    if (first && !first.interruption) return this.told(first, requested.caller);
    const caller = await requested.identifyAgain().catch((error: unknown) => {
      throw first?.hasWritten ? keptBefore(error) : error;
    });
    if (first?.hasWritten) throw keptThough(CHANGED);
    // The credential or its grants changed on the way, or nothing has confirmed them. Nothing of that attempt is served; one
    // more is made with what holds now.
    const second = await this.attempt(requested, caller, false);
    if (second && !second.interruption) return this.told(second, caller);
    if (second?.hasWritten) throw keptThough(CHANGED);
    throw new GatewayError('UNAVAILABLE', 'The permissions of this credential are changing. Try again.');
  }

  /** @returns undefined when the caller is assumed and nothing would confirm it */
  private async attempt(
    requested: RequestedOperation,
    caller: Caller,
    isAssumed: boolean,
  ): Promise<Attempt | undefined> {
    const judged = this.judged(requested, caller, isAssumed);
    if (!judged) return undefined;
    const [judgement, variables] = judged;
    const read = attempted(() => judgement.plan?.bind(variables));
    if (isAssumed && !read) return undefined;
    const { verdict } = judgement;
    const cost = costOf(judgement, this.parts.mostCost, requested.showsCost);
    if (verdict.refusals.length > 0) {
      return { answer: { data: null, errors: this.consequences.errorsOf(verdict, caller), ...cost }, verdict };
    }
    await this.parts.features.assertOpen(verdict.sections);
    const planned = read && (await this.planned(verdict, caller, read));
    // The reference path may answer without a statement, such as with what is wrong with an argument.
    if (isAssumed && !planned) return undefined;
    const attempt = planned ?? (await this.executed(requested, caller, verdict));
    return { ...attempt, answer: { ...attempt.answer, ...cost } };
  }

  // What is wrong with an operation is told to whoever may ask now: of whoever is assumed, the second attempt finds out.
  private judged(
    requested: RequestedOperation,
    caller: Caller,
    isAssumed: boolean,
  ): ReturnType<Judge['of']> | undefined {
    try {
      return this.judge.of(requested, caller, requested.variables);
    } catch (error) {
      if (isAssumed) return undefined;
      throw error;
    }
  }

  /** Runs a plan. @returns undefined when something came up that the reference path must put into words */
  private async planned(verdict: Verdict, caller: Caller, read: RootRead): Promise<Attempt | undefined> {
    const live = this.liveReader(caller);
    if (!live) return undefined;
    try {
      const data = new ReadyData(await read(live));
      return { answer: withErrors({ data }, this.consequences.errorsOf(verdict, caller)), verdict };
    } catch (error) {
      if (live.interruptedBy) return { answer: {}, verdict, interruption: live.interruptedBy };
      if (error instanceof GatewayError && error.code !== 'UNAVAILABLE') return undefined;
      throw error;
    }
  }

  /** Runs the reference path: graphql-js, with the permissions around every resolver. */
  private async executed(requested: RequestedOperation, caller: Caller, verdict: Verdict): Promise<Attempt> {
    const { schema, document, operation, variables, exchange, idempotencyKey } = requested;
    const live = this.liveReader(caller);
    const writing = { idempotency: this.parts.idempotency, key: idempotencyKey ?? null };
    const result = await this.execute(verdict, caller, {
      schema,
      document,
      operationName: operation.name?.value,
      variableValues: variables,
      contextValue: new OperationContext(caller, live, verdict.attributes, writing, exchange),
    });
    const hasWritten = live?.hasWritten === true;
    throwIfUnavailable(result, hasWritten);
    return {
      answer: withErrors(inDocumentOrder(result), this.consequences.errorsOf(verdict, caller)),
      verdict,
      interruption: live?.interruptedBy,
      hasWritten,
    };
  }

  private async execute({ introspects }: Verdict, caller: Caller, args: ExecutionArgs): Promise<ExecutionResult> {
    if (!introspects || caller.kind === 'anonymous') return execute(args);
    return executeIntrospecting(args, this.parts.contracts.schemaFor(caller));
  }

  private liveReader(caller: Caller): LiveReader | undefined {
    const { store, clock } = this.parts;
    return caller.kind === 'credential' ? new LiveReader(store, caller.proof, clock) : undefined;
  }

  private told({ answer, verdict }: Attempt, caller: Caller): Answer {
    this.parts.denials?.denied([...verdict.refusals, ...verdict.denials]);
    if (caller.kind === 'credential') this.parts.usage.record(this.consequences.useOf(verdict, caller));
    return answer;
  }
}

function costOf({ cost }: Judgement, most: number, isShown: boolean): Pick<Answer, 'extensions'> {
  return isShown && cost !== undefined ? { extensions: { cost: { requested: cost, most } } } : {};
}

const CHANGED = 'the permissions of this credential changed before its result could be read.';
const UNFINISHED = 'the operation could not be finished, and other writes of it may be missing.';

// To run the operation once more would write once more.
function keptThough(what: string, cause?: GatewayError): GatewayError {
  return new GatewayError('UNAVAILABLE', `The write is kept, but ${what} Read it again.`, { written: true }, { cause });
}

// Also whoever may not go on has to know that it was done.
function keptBefore(error: unknown): unknown {
  if (!(error instanceof GatewayError)) return error;
  const { code, message, details } = error;
  if (code === 'UNAVAILABLE') return keptThough(CHANGED, error);
  return new GatewayError(code, `The write is kept. ${message}`, { ...details, written: true }, { cause: error });
}

function withErrors(answer: Answer, denials: readonly GraphQLError[]): Answer {
  if (denials.length === 0) return answer;
  return { ...answer, errors: answer.errors ? [...denials, ...answer.errors] : denials };
}

// Half an answer would look like a whole one to a client that does not read errors.
function throwIfUnavailable({ errors = [] }: ExecutionResult, hasWritten: boolean): void {
  for (const { originalError: error } of errors) {
    if (!(error instanceof GatewayError) || error.code !== 'UNAVAILABLE') continue;
    throw hasWritten ? keptThough(UNFINISHED, error) : error;
  }
}
