import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { buildSchema, type GraphQLSchema } from 'graphql';
import type { Case } from './case';
import { cases } from './draw-case';
import { runCase, type Failure } from './run-case';
import { Tally } from './tally';
import type { Twins } from './twins';

/** The contract as it is committed, which a test keeps equal to what is served. */
export function committedSchema(): GraphQLSchema {
  return buildSchema(readFileSync(path.resolve(__dirname, '../../../schema.graphql'), 'utf8'));
}

export interface FuzzOptions {
  readonly seed: number;
  /** Cases, of which a process that is one of several runs its share. */
  readonly runs: number;
  readonly share?: { readonly number: number; readonly of: number };
  /** Enough, when both so much time has passed and so many operations have been asked: a busy machine gets more time. */
  readonly enough?: { readonly milliseconds: number; readonly asked: number };
  readonly schema: GraphQLSchema;
  /** How long a case that fails is made smaller. */
  readonly shrinkMilliseconds?: number;
  /** Is told after each case what came out so far. */
  readonly onRun?: (result: FuzzResult) => void;
}

export interface FuzzResult {
  readonly tally: Tally;
  readonly cases: number;
  /** The smallest case that was found to fail. */
  readonly failure?: { readonly case: Case; readonly failure: Failure; readonly firstAt: number };
}

/** Cases that are drawn from one seed; the next ones come from the next seed. */
const ROUND = 25;

/** Runs cases until one fails or enough have been run; a case that fails is made as small as it gets. */
export async function fuzz(twins: Twins, options: FuzzOptions): Promise<FuzzResult> {
  const { seed, runs, share = { number: 0, of: 1 }, enough, schema, shrinkMilliseconds = 20_000 } = options;
  const search = new Search(twins, options);
  const end = performance.now() + (enough?.milliseconds ?? Infinity);
  const isEnough = () => enough !== undefined && performance.now() > end && search.tally.asked >= enough.asked;
  for (let round = share.number; round * ROUND < runs && !search.smallest && !isEnough(); round += share.of) {
    await fc.check(search.property(schema), {
      seed: seed + round,
      numRuns: Math.min(ROUND, runs - round * ROUND),
      // Small cases first would ask the same few questions in every round.
      unbiased: true,
      endOnFailure: shrinkMilliseconds === 0,
    });
  }
  return search.result();
}

class Search {
  readonly tally = new Tally();
  count = 0;
  /** The number of the first case that failed. */
  firstAt = 0;
  smallest: { readonly case: Case; readonly failure: Failure } | undefined;
  private giveUpAt = Infinity;

  constructor(
    private readonly twins: Twins,
    private readonly options: FuzzOptions,
  ) {}

  property(schema: GraphQLSchema): ReturnType<typeof fc.asyncProperty<[Case]>> {
    return fc.asyncProperty(cases(schema), (one) => this.run(one));
  }

  result(): FuzzResult {
    const { tally, count, firstAt, smallest } = this;
    return { tally, cases: firstAt || count, ...(smallest ? { failure: { ...smallest, firstAt } } : {}) };
  }

  private async run(one: Case): Promise<void> {
    // Making a case smaller is worth some seconds and no more.
    if (performance.now() > this.giveUpAt) return;
    this.count += 1;
    const failure = await runCase(this.twins, one, this.smallest ? new Tally() : this.tally);
    if (!failure) this.options.onRun?.(this.result());
    if (!failure) return;
    this.firstAt ||= this.count;
    this.smallest = { case: one, failure };
    if (this.giveUpAt === Infinity) this.giveUpAt = performance.now() + (this.options.shrinkMilliseconds ?? 20_000);
    throw new Error(failure.why);
  }
}
