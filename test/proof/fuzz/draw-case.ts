import fc from 'fast-check';
import type { GraphQLSchema } from 'graphql';
import type { Case, Step } from './case';
import { Choices } from './choices';
import { drawOperation } from './operation';
import { drawPolicy, EVERYTHING, narrowed, type Policy } from './policy';

const MOST_STEPS = 12;
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
  const drawn = steps.flatMap((choices): Step[] => {
    if (choices.chance(6)) {
      current = narrowed(current, choices);
      return [{ kind: 'narrow', policy: current }];
    }
    return stepsOf(schema, choices, current);
  });
  return { seed, policy, bearer: policyChoices.chance(50), steps: drawn };
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
  const question = choices.chance(3)
    ? { query: choices.pick(INTROSPECTIONS), variables: {} }
    : drawOperation({ schema, choices, policy, kind });
  if (choices.chance(4)) return [{ kind: 'disable', ...question }];
  const ask: Step = { kind: 'ask', ...question };
  // What one credential has just been told must not reach another.
  if (kind === 'query' && choices.chance(25)) return [{ kind: 'interleave', ...question }, ask];
  if (choices.chance(8)) {
    const other = drawOperation({ schema, choices, policy: EVERYTHING, kind: 'query' });
    return [{ kind: 'interleave', ...other }, ask];
  }
  return [ask];
}
