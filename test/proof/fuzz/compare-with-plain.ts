import { isDeepStrictEqual } from 'node:util';
import type { GraphQLSchema } from 'graphql';
import type { Question } from './case';
import { Choices, drawn } from './choices';
import { drawOperation } from './operation';
import { NOT_PLAIN, NOT_PLAIN_ARGUMENTS, PLAIN_ROOTS, plainAnswer } from './plain';
import { EVERYTHING } from './policy';
import type { Twins } from './twins';
import { worldOf } from './world';

/** What a run against the plain answers found. */
export interface Comparison {
  readonly equal: number;
  /** Refused for what the arguments say, such as a null in a filter. */
  readonly refused: number;
  readonly different: readonly Difference[];
}

interface Difference {
  readonly question: Question;
  readonly served: unknown;
  readonly plain: unknown;
}

const OPERATIONS_PER_WORLD = 25;

/** Asks with everything allowed, and compares each answer with the plain one. */
export async function compareWithPlain(
  twins: Twins,
  schema: GraphQLSchema,
  seed: number,
  milliseconds: number,
): Promise<Comparison> {
  const end = performance.now() + milliseconds;
  const found: Compared[] = [];
  for (let round = seed; performance.now() < end; round += 1) {
    await twins.begin(round, EVERYTHING);
    for (let count = 0; count < OPERATIONS_PER_WORLD; count += 1) {
      const choices = new Choices(drawn(round * 1_000 + count, 200));
      found.push(await compare(twins, schema, round, questionOf(schema, choices)));
    }
  }
  return {
    equal: found.filter((one) => one === 'EQUAL').length,
    refused: found.filter((one) => one === 'REFUSED').length,
    different: found.filter((one) => typeof one === 'object').slice(0, 1),
  };
}

function questionOf(schema: GraphQLSchema, choices: Choices): Question {
  const plain = { roots: PLAIN_ROOTS, without: NOT_PLAIN_ARGUMENTS, withoutFields: NOT_PLAIN, forbidden: 0 };
  return drawOperation({ schema, choices, policy: EVERYTHING, kind: 'query', ...plain });
}

type Compared = 'EQUAL' | 'REFUSED' | Difference;

async function compare(twins: Twins, schema: GraphQLSchema, seed: number, question: Question): Promise<Compared> {
  const { text } = await twins.companies[0].asLow(question);
  const served = JSON.parse(text) as { data?: unknown; errors?: readonly { extensions: { code: string } }[] };
  const codes = served.errors?.map(({ extensions }) => extensions.code) ?? [];
  if (codes.length > 0 && codes.every((code) => code === 'BAD_USER_INPUT' || code === 'LIMIT_EXCEEDED'))
    return 'REFUSED';
  const answer = await plainAnswer(schema, worldOf(seed, 0, EVERYTHING), question);
  const plain = JSON.parse(JSON.stringify(answer)) as unknown;
  return isDeepStrictEqual(served, plain) ? 'EQUAL' : { question, served, plain };
}
