import fc from 'fast-check';
import type { GraphQLSchema } from 'graphql';
import type { Case, Question, Step, Transport } from './case';
import { Choices } from './choices';
import { drawOperation } from './operation';
import { namesForbidden } from './forbidden-arguments';
import { drawPolicy, EVERYTHING, narrowed, type Policy } from './policy';

/** A company costs as much as three operations, so it is asked many. */
const MOST_STEPS = 24;
const numbers = (most: number) => fc.array(fc.nat(0xffff), { maxLength: most, size: 'max' });

/** Draws cases and makes them smaller: a number left out is zero, and zero is the simplest of every choice. */
export function cases(schema: GraphQLSchema): fc.Arbitrary<Case> {
  const drawn = fc.record({
    seed: fc.nat(),
    policy: numbers(120),
    steps: fc.array(numbers(140), { minLength: 2, maxLength: MOST_STEPS, size: 'max' }),
  });
  return drawn.map(({ seed, policy, steps }) =>
    caseOf(
      schema,
      seed,
      new Choices(policy),
      steps.map((step) => new Choices(step)),
    ),
  );
}

function caseOf(schema: GraphQLSchema, seed: number, policyChoices: Choices, steps: readonly Choices[]): Case {
  const policy = drawPolicy(policyChoices);
  let current = policy;
  let last: Question | undefined;
  const drawn = steps.flatMap((choices): Step[] => {
    if (choices.chance(6)) {
      current = narrowed(current, choices);
      // What was found out for more permissions must not be used for fewer.
      const again = last && !isMutation(last) ? [asked(schema, last, current, true)] : [];
      return [{ kind: 'narrow', policy: current }, ...again];
    }
    const found = stepsOf(schema, choices, current);
    last = found.find((step) => step.kind === 'ask') ?? last;
    return found;
  });
  return {
    seed,
    policy,
    bearer: policyChoices.chance(50),
    reference: policyChoices.chance(20),
    steps: drawn,
  };
}

/** What there is to ask for must tell no more than the answers do. */
const INTROSPECTIONS = [
  '{ __schema { types { name kind fields { name args { name } } inputFields { name } enumValues { name } } } }',
  '{ __type(name: "Employee") { name description fields { name description type { name } } } }',
  '{ __type(name: "CustomAttributeFilter") { inputFields { name description defaultValue } } }',
];

function stepsOf(schema: GraphQLSchema, choices: Choices, policy: Policy): Step[] {
  const mayWrite = Object.values(policy.modules).some(({ write }) => write);
  const kind = choices.chance(mayWrite ? 25 : 3) ? 'mutation' : 'query';
  const transport = drawTransport(choices, kind);
  const start = choices.copy();
  const draw = (from: Choices, values?: Choices): Question => ({
    ...drawOperation({
      schema,
      choices: from,
      policy,
      kind,
      isExport: transport === 'export',
      ...(values ? { values } : {}),
    }),
    ...(transport ? { transport } : {}),
  });
  const question = choices.chance(3) ? { query: choices.pick(INTROSPECTIONS), variables: {} } : draw(choices);
  const ask = asked(schema, question, policy, false);
  if (kind === 'mutation') return choices.chance(4) ? [{ kind: 'disable', ...question }] : [ask];
  const again = asked(schema, question, policy, true);
  // What was answered before is not answered to a credential that is switched off.
  if (choices.chance(5))
    return [
      ...choices.pick<Step[]>([[], [ask, ask], [{ kind: 'peer', ...question }, ask]]),
      { kind: 'disable', ...question },
    ];
  // What one credential has just been told must not reach another.
  if (choices.chance(25)) {
    const interleave: Step = { kind: 'interleave', ...question };
    return choices.chance(30) ? [interleave, ask, interleave, again] : [interleave, ask];
  }
  if (choices.chance(16)) return [{ kind: 'peer', ...question }, again];
  // The same text with other variables is another question.
  if (choices.chance(10)) {
    start.chance(3);
    const other = asked(schema, draw(start, choices), policy, true);
    return [ask, other, again];
  }
  if (choices.chance(8)) {
    const other = drawOperation({ schema, choices, policy: EVERYTHING, kind: 'query' });
    return [{ kind: 'interleave', ...other }, ask];
  }
  return [ask];
}

function drawTransport(choices: Choices, kind: 'query' | 'mutation'): Transport | undefined {
  if (kind === 'query' && choices.chance(8)) return 'export';
  return choices.chance(5) ? 'graphql-response' : undefined;
}

function asked(schema: GraphQLSchema, question: Question, policy: Policy, bothWays: boolean): Step {
  const { query, variables, transport } = question;
  const refused = !isMutation(question) && namesForbidden(schema, question, policy);
  return {
    kind: 'ask',
    query,
    variables,
    ...(transport ? { transport } : {}),
    ...(refused ? { refused } : {}),
    ...(bothWays ? { bothWays } : {}),
  };
}

function isMutation({ query }: Question): boolean {
  return query.startsWith('mutation');
}
