import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { buildSchema, type GraphQLSchema } from 'graphql';
import type { Case } from './case';
import { cases } from './draw-case';
import { runCase, Tally, type Failure } from './run-case';
import type { Twins } from './twins';

/** The contract as it is committed, which a test keeps equal to what is served. */
export function committedSchema(): GraphQLSchema {
  return buildSchema(readFileSync(path.resolve(__dirname, '../../../schema.graphql'), 'utf8'));
}

export interface FuzzOptions {
  readonly seed: number;
  /** Cases, or as many as fit into the time. */
  readonly runs: number;
  readonly milliseconds?: number;
  readonly schema: GraphQLSchema;
  /** How long a case that fails is made smaller. */
  readonly shrinkMilliseconds?: number;
  readonly onRun?: () => void;
}

export interface FuzzResult {
  readonly tally: Tally;
  readonly cases: number;
  /** The smallest case that was found to fail. */
  readonly failure?: { readonly case: Case; readonly failure: Failure; readonly firstAt: number };
}

/** Runs cases until one fails or enough have been run; a case that fails is made as small as it gets. */
export async function fuzz(twins: Twins, options: FuzzOptions): Promise<FuzzResult> {
  const { seed, runs, milliseconds, schema, onRun, shrinkMilliseconds = 20_000 } = options;
  const tally = new Tally();
  let count = 0;
  let firstAt = 0;
  let smallest: { readonly case: Case; readonly failure: Failure } | undefined;
  let giveUpAt = Infinity;
  const property = fc.asyncProperty(cases(schema), async (one) => {
    // Making a case smaller is worth some seconds and no more.
    if (performance.now() > giveUpAt) return;
    count += 1;
    const failure = await runCase(twins, one, smallest ? new Tally() : tally);
    onRun?.();
    if (!failure) return;
    firstAt ||= count;
    if (giveUpAt === Infinity) giveUpAt = performance.now() + shrinkMilliseconds;
    smallest = { case: one, failure };
    throw new Error(failure.why);
  });
  const time = milliseconds === undefined ? {} : { interruptAfterTimeLimit: milliseconds, markInterruptAsFailure: false };
  await fc.check(property, { seed, numRuns: runs, ...time, endOnFailure: shrinkMilliseconds === 0 });
  return { tally, cases: firstAt || count, ...(smallest ? { failure: { ...smallest, firstAt } } : {}) };
}
