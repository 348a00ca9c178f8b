import { adminBrowser, type AdminBrowser } from './support/admin';
import { databases } from './support/database';
import { startTestGateway, type TestGateway } from './support/gateway';
import { addCredentials } from './support/many';
import { present } from './support/present';

const CREDENTIALS = 10_000;
/** The goal, in milliseconds over HTTP. Only `npm run test:times`, on a machine that does nothing else, holds figures to it. */
const GOAL = 50;
const TRIES = 21;

describe.each(databases)(`a list of ${CREDENTIALS} credentials on $name`, (database) => {
  let gateway: TestGateway;
  let auditor: AdminBrowser;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { clock: { now: () => '2026-06-02T00:00:00.000Z' } });
    await addCredentials(gateway, CREDENTIALS);
    auditor = await adminBrowser(gateway, 'AUDITOR');
  });

  afterAll(() => gateway.close());

  const NODES =
    'nodes { id name clientId status lastUsedAt modules { module read write } attributes { attribute { key } } }';

  test.each<[name: string, args: string, total: number]>([
    ['the first page', 'first: 50', CREDENTIALS],
    ['by last use, the latest first', 'first: 50, orderBy: { field: LAST_USED_AT, direction: DESC }', CREDENTIALS],
    ['a search by a part of the name', 'first: 50, search: "tegration 99"', 111],
    ['a search by client id', 'first: 50, search: "fgci_many777"', 11],
    ['those that are disabled', 'first: 50, filter: { status: [DISABLED] }', 1_428],
    ['those that were never used', 'first: 50, filter: { status: [NEVER_USED] }', 2_857],
    [
      'those with a module and an attribute',
      'first: 50, filter: { module: EMPLOYEES, attribute: "fixSalary" }',
      CREDENTIALS,
    ],
  ])('%s: the right ones, in a moment', async (name, args, total) => {
    const times: number[] = [];
    for (let count = 0; count < TRIES; count += 1) {
      const start = performance.now();
      const { body } = await auditor.send(`{ credentials(${args}) { totalCount ${NODES} } }`);
      times.push(performance.now() - start);
      expect(body.data.credentials.totalCount).toBe(total);
      expect(body.data.credentials.nodes).toHaveLength(Math.min(total, 50));
    }
    const median = present(times.sort((left, right) => left - right)[Math.floor(TRIES / 2)]);
    process.stdout.write(`${database.name}, ${name}: ${median.toFixed(1)} ms, median; the goal is ${GOAL} ms.\n`);
    if (process.env['FIELDGATE_TEST_TIMES'] !== undefined) expect(median).toBeLessThan(GOAL);
  });
});
