import { databases } from '../support/database';
import { KINDS, percentile, race } from './revocation/race';
import { Setting } from './revocation/setting';

/** Of each kind on each database and number of gateways. */
const TIMES = Number(process.env['FIELDGATE_TEST_REVOCATIONS'] ?? 12);
const GATEWAYS = [1, 2, 4];
const LANES = 4;

describe.each(databases)('what is taken away is not served any more on $name', (database) => {
  let setting: Setting;
  const told: string[] = [];

  beforeAll(async () => {
    setting = await Setting.open(database);
  });

  afterAll(async () => {
    await setting.close();
    process.stdout.write(
      `${database.name}: milliseconds from the mutation’s request to the first refusal\n${told.join('\n')}\n`,
    );
  });

  describe.each(GATEWAYS)('with %i gateway processes on one store', (count) => {
    test.each(KINDS)(
      'after a %s has answered, no statement that starts later serves (S2)',
      async (kind) => {
        const urls = await setting.urls(count);
        const managing = await setting.managing(urls[0] ?? '');
        const { late, served, delays } = await race(kind, TIMES, { managing, urls, lanes: LANES });
        expect(late).toEqual([]);
        expect(served).toBeGreaterThan(TIMES);
        expect(delays).toHaveLength(TIMES);
        told.push(
          `${kind}, ${count}: p50 ${percentile(delays, 0.5).toFixed(1)}, p99 ${percentile(delays, 0.99).toFixed(1)}, ${served} served before`,
        );
      },
      600_000 + TIMES * 1_000,
    );
  });
});
