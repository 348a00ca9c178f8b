import { databases } from '../support/database';
import { compareWithPlain } from './fuzz/compare-with-plain';
import { keptCases } from './fuzz/corpus';
import { committedSchema, fuzz, type FuzzResult } from './fuzz/fuzz';
import { runCase } from './fuzz/run-case';
import { Tally } from './fuzz/tally';
import { Twins } from './fuzz/twins';

/** The time that is spent on each database: all of it together is a minute. */
const SHARES = { SQLite: { drawn: 14_000, plain: 6_000 }, PostgreSQL: { drawn: 6_000, plain: 3_000 } } as const;
/** A busy machine gets more time: of some hundred answers, which come from a few dozen cases, the shares vary too much. */
const LEAST_ASKED = 1_500;

const FIXED_SEED = 20_261_125;
const FRESH_SEED = Math.floor(Math.random() * 0x7fff_ffff);

describe.each(databases)('what a credential may not read has no influence on $name (S1)', (database) => {
  const schema = committedSchema();
  const share = SHARES[database.name];
  let twins: Twins;

  beforeAll(async () => {
    twins = await Twins.open(database);
  });

  afterAll(() => twins.close());

  const kept = keptCases();

  test('every case that ever failed passes', async () => {
    for (const { name, case: one } of kept)
      expect([name, await runCase(twins, one, new Tally())]).toEqual([name, undefined]);
  });

  test.each([
    ['the same operations as ever', FIXED_SEED],
    [`fresh operations, seed ${FRESH_SEED}`, FRESH_SEED],
  ])('two databases that differ in forbidden attributes only answer alike, byte for byte: %s', async (_name, seed) => {
    const result = await fuzz(twins, {
      seed,
      runs: 100_000,
      enough: { milliseconds: share.drawn, asked: LEAST_ASKED },
      schema,
    });
    expect(told(result)).toBeUndefined();
    const { tally } = result;
    expect(tally.writes).toBeGreaterThan(0);
    expect(tally.interleaved).toBeGreaterThan(0);
    expect(tally.exported).toBeGreaterThan(0);
    expect(tally.withValues / tally.asked).toBeGreaterThanOrEqual(0.6);
    expect(tally.withForbidden / tally.asked).toBeGreaterThanOrEqual(0.2);
    expect(tally.invalid / tally.asked).toBeLessThan(0.01);
  });

  test(`with everything allowed, every answer is the one that plain resolvers give, seed ${FRESH_SEED}`, async () => {
    const { equal, refused, different } = await compareWithPlain(twins, schema, FRESH_SEED, share.plain);
    expect(different).toEqual([]);
    expect(equal).toBeGreaterThan(refused);
    expect(equal).toBeGreaterThan(10);
  });
});

function told({ failure }: FuzzResult): unknown {
  return failure && { case: JSON.stringify(failure.case), why: failure.failure.why, details: failure.failure.details };
}
