import { databases } from '../support/database';
import { Differential, parsed } from './plans/differential';
import { WRITTEN_QUESTIONS } from './plans/questions';

const OPERATIONS = Number(process.env['FIELDGATE_TEST_OPERATIONS'] ?? 1_000);
const SEED = Number(process.env['FIELDGATE_TEST_SEED'] ?? 20_261_125);
const POLICIES = 16;

describe.each(databases)('drawn operations on $name', (database) => {
  let differential: Differential;

  beforeAll(async () => {
    differential = await Differential.start(database, POLICIES, SEED);
  }, 120_000);

  afterAll(() => differential.close());

  test('a plan answers what was thought of as the reference path does', async () => {
    for (const question of WRITTEN_QUESTIONS) {
      for (const asked of await differential.written(question, 0)) {
        expect(parsed(await differential.reference(asked, 0))).not.toContain('GRAPHQL_VALIDATION_FAILED');
        expect(await differential.difference(asked)).toBeUndefined();
      }
    }
  });

  test(
    'a plan answers as the reference path does, and a repeated one byte for byte as through Apollo',
    async () => {
      for (let index = 0; index < OPERATIONS; index += 1) {
        expect(await differential.differenceOf(index)).toBeUndefined();
      }
    },
    OPERATIONS * 1_000,
  );
});
