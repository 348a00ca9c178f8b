import { getVariableValues, GraphQLError } from 'graphql';
import type { Caller, CredentialCaller } from '../permissions/caller';
import { judge, type JudgedOperation, type Verdict } from '../permissions/gate';
import type { OperationPlan } from '../planner/operation-plan';
import type { Planner } from '../planner/planner';
import type { KnownOperations, ParsedOperation } from './known-operations';
import { assertWithinLimits } from './limits';
import { measure } from './measure';
import { refusedAsSent } from './refused-as-sent';
import { assertWholeTexts } from './whole-texts';

/** All that is decided about an operation before anything is read. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Unknown for an operation whose variables do not fit it. */
  readonly cost: number | undefined;
  /** Absent for what must run on the reference path. */
  readonly plan: OperationPlan | undefined;
}

/** A judgement of what can be read by a plan. */
export interface Planned extends Judgement {
  readonly plan: OperationPlan;
}

export interface JudgeParts {
  readonly known: KnownOperations<Planned>;
  /** Absent: everything runs on the reference path. */
  readonly planner: Planner | undefined;
  /** The most that one operation may cost. */
  readonly mostCost: number;
}

type Variables = Record<string, unknown>;

/** As graphql-js tells by itself. Variables are read before anybody is known, and a body has room for half a million faults. */
const MOST_PROBLEMS = 50;

/** The client's variables do not fit the operation. */
export class InvalidVariables extends Error {
  constructor(readonly problems: readonly GraphQLError[]) {
    super('The variables do not fit the operation.');
  }
}

/** Judges operations, and remembers its judgements of those that can be planned. */
export class Judge {
  constructor(private readonly parts: JudgeParts) {}

  /**
   * @param variables as they were sent
   * @returns the judgement, and the variables as the GraphQL specification's CoerceVariableValues gives them
   * @throws InvalidVariables when they do not fit, and nothing must be refused before that is told
   * @throws GatewayError when the operation is too large, or not for this kind of caller
   */
  of(
    parsed: ParsedOperation,
    caller: Caller,
    variables: Readonly<Variables>,
  ): readonly [Judgement, Readonly<Variables>] {
    const { coerced, errors } = coercion(parsed, variables);
    if (errors) return [this.refusal(parsed, caller, variables, errors), variables];
    return [this.fitting(parsed, caller, variables, coerced), coerced];
  }

  /** The same for an operation and a caller that were judged before, as far as it is remembered, with a plan for it. */
  again(
    text: string,
    operationName: string | undefined,
    caller: CredentialCaller,
    variables: Readonly<Variables>,
  ): (Planned & { readonly coerced: Readonly<Variables> }) | undefined {
    const { known } = this.parts;
    const operation = known.find(text, operationName);
    const judgement = operation && known.judgement(operation, caller, variables);
    if (!judgement) return undefined;
    const { coerced } = coercion(operation, variables);
    return coerced && { ...judgement, coerced };
  }

  private fitting(
    parsed: ParsedOperation,
    caller: Caller,
    variables: Readonly<Variables>,
    coerced: Variables,
  ): Judgement {
    try {
      return caller.kind === 'credential'
        ? this.remembered(parsed, caller, variables, coerced)
        : this.anew({ ...parsed, variables: coerced }, caller);
    } catch (error) {
      // A variable with a default may be null all the same, and then fits no place that needs a value.
      if (error instanceof GraphQLError) throw new InvalidVariables([error]);
      throw error;
    }
  }

  private refusal(
    parsed: ParsedOperation,
    caller: Caller,
    variables: Readonly<Variables>,
    problems: readonly GraphQLError[],
  ): Judgement {
    const verdict = refusedAsSent({ ...parsed, variables }, caller);
    if (!verdict) throw new InvalidVariables(problems);
    return { verdict, cost: undefined, plan: undefined };
  }

  private remembered(
    parsed: ParsedOperation,
    caller: CredentialCaller,
    variables: Readonly<Variables>,
    coerced: Variables,
  ): Judgement {
    const remembered = this.parts.known.judgement(parsed, caller, variables);
    if (remembered) return remembered;
    const judged = { ...parsed, variables: coerced };
    const judgement = this.anew(judged, caller);
    if (judgement.verdict.refusals.length > 0) return judgement;
    const plan = this.parts.planner?.plan(judged, caller);
    if (!plan) return judgement;
    const planned = { ...judgement, plan };
    this.parts.known.add(parsed, caller, variables, planned);
    return planned;
  }

  private anew(judged: JudgedOperation, caller: Caller): Judgement {
    const { cost, ...sizes } = measure(judged);
    assertWithinLimits({ cost, ...sizes }, this.parts.mostCost);
    const verdict = judge(judged, caller);
    // A credential is told at the field, where its values are read.
    if (caller.kind !== 'credential') assertWholeTexts(judged.document, judged.variables);
    return { verdict, cost, plan: undefined };
  }
}

function coercion(
  { schema, operation }: ParsedOperation,
  variables: Readonly<Variables>,
): ReturnType<typeof getVariableValues> {
  return getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
    maxErrors: MOST_PROBLEMS,
    // A name that is close to a wrong one tells what there is.
    hideSuggestions: true,
  });
}
