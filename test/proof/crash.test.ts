import { setTimeout as pause } from 'node:timers/promises';
import { adminBrowser, browserAt, signIn } from '../support/admin';
import { databases } from '../support/database';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { Managing, type Made } from '../support/managing';
import { basic } from '../support/gateway';
import { present } from '../support/present';
import { Client } from './fuzz/client';
import { GatewayProcess } from './gateway-process';

/** How often the gateway is killed on each database. */
const TIMES = Number(process.env['FIELDGATE_TEST_CRASHES'] ?? 4);
const ROWS = 10;
/** Milliseconds: long enough for any machine, short enough to notice a gateway that repairs for minutes. */
const LONGEST_RESTART = 30_000;

/** What a client was told, and what it had asked for when the gateway was killed. */
interface Acknowledged<Value> {
  kept: Value;
  /** Unlike `kept` while an answer is awaited. */
  asked: Value;
}

describe.each(databases)('a gateway that is killed at any moment on $name', (database) => {
  let seed: TestGateway;
  let admin: { readonly email: string; readonly password: string };
  let writer: string;
  let process_: GatewayProcess;
  let switched: Made;
  const written: Acknowledged<number> = { kept: 0, asked: 0 };
  const enabled: Acknowledged<boolean> = { kept: true, asked: true };
  const secret: Acknowledged<string> = { kept: '', asked: '' };
  const restarts: number[] = [];

  beforeAll(async () => {
    seed = await startTestGateway(database, { demo: true });
    admin = await adminBrowser(seed, 'OWNER');
    const credential = await seed.credential({ write: ['EMPLOYEES'], attributes: ['position'] });
    writer = credential.authorization;
    process_ = await GatewayProcess.start(locationOf());
    const managing = await managingAt(process_.url);
    switched = await managing.reader('Switched', ['position']);
    const rotated = await managing.reader('Rotated', ['position']);
    secret.kept = secret.asked = rotated.secret;
    rotatedId = rotated.id;
    rotatedClientId = rotated.clientId;
  });

  let rotatedId = '';
  let rotatedClientId = '';

  afterAll(async () => {
    await process_.stop();
    await seed.close();
    const sorted = restarts.sort((a, b) => a - b);
    process.stdout.write(
      `${database.name}: killed ${TIMES} times, slowest restart ${(sorted.at(-1) ?? 0).toFixed(0)} ms\n`,
    );
  });

  const locationOf = () => {
    const { dataDir, databaseUrl } = seed.house.config;
    return { dataDir, databaseUrl };
  };

  async function managingAt(url: string): Promise<Managing> {
    const fetchThere: TestGateway['fetch'] = async (path, init) => {
      const response = await fetch(url + path, init);
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as object };
    };
    const browser = browserAt({ ...seed, url, fetch: fetchThere }, admin.email, admin.password);
    await signIn(browser);
    return new Managing(browser);
  }

  /** Goes on until the gateway is gone. */
  async function repeatedly(act: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        await act();
      } catch {
        return;
      }
    }
  }

  async function write(client: Client): Promise<void> {
    written.asked += 1;
    const rows = Array.from({ length: ROWS }, (_, at) => ({
      id: String(at + 1),
      values: { position: `w${written.asked}` },
    }));
    const query = 'mutation ($rows: [UpsertEmployeeInput!]!) { upsertEmployees(rows: $rows) { applied } }';
    const { text } = await post(client, writer, query, { rows });
    if (text.includes('"applied":true')) written.kept = written.asked;
  }

  async function switchOver(managing: Managing): Promise<void> {
    enabled.asked = !enabled.kept;
    await managing.onOne(enabled.asked ? 'enableCredential' : 'disableCredential', switched.id);
    enabled.kept = enabled.asked;
  }

  async function rotate(managing: Managing): Promise<void> {
    secret.asked = '';
    const { clientSecret } = await managing.rotate(rotatedId, 'COMPROMISED');
    secret.kept = secret.asked = present(clientSecret);
  }

  async function workUntilKilled(): Promise<void> {
    const client = new Client(process_.url);
    const managing = await managingAt(process_.url);
    const work = [
      repeatedly(() => write(client)),
      repeatedly(() => switchOver(managing)),
      repeatedly(() => rotate(managing)),
    ];
    const before = written.kept;
    // Not before the work has begun.
    while (written.kept === before) await pause(5);
    await pause(Math.random() * 600);
    await process_.kill();
    await Promise.all(work);
    client.close();
  }

  async function restart(): Promise<void> {
    const start = performance.now();
    process_ = await GatewayProcess.start(locationOf());
    restarts.push(performance.now() - start);
  }

  async function checkWritten(client: Client): Promise<void> {
    const query = `{ employees(first: ${ROWS}) { nodes { position } } }`;
    const { text } = await post(client, writer, query, {});
    const { data } = JSON.parse(text) as { data: { employees: { nodes: { position: string }[] } } };
    const positions = new Set(data.employees.nodes.map(({ position }) => position));
    // All rows or none of a batch.
    expect(positions.size).toBe(1);
    const number = Number([...positions][0]?.slice(1) ?? 0);
    expect(number).toBeGreaterThanOrEqual(written.kept);
    expect(number).toBeLessThanOrEqual(written.asked);
    written.kept = written.asked = Math.max(number, written.asked);
  }

  async function checkSwitched(client: Client): Promise<void> {
    const { status } = await post(client, basic(switched.clientId, switched.secret), '{ viewer { name } }', {});
    const isEnabled = status === 200;
    expect([enabled.kept, enabled.asked]).toContain(isEnabled);
    enabled.kept = enabled.asked = isEnabled;
  }

  async function checkRotated(client: Client): Promise<void> {
    const isUnderWay = secret.asked === '';
    const { status } = await post(client, basic(rotatedClientId, secret.kept), '{ viewer { name } }', {});
    // A rotation whose answer never came may have ended the old secret: its new one is nobody's.
    expect(isUnderWay ? [200, 401] : [200]).toContain(status);
    if (status === 200) return;
    const { clientSecret } = await (await managingAt(process_.url)).rotate(rotatedId, 'COMPROMISED');
    secret.kept = secret.asked = present(clientSecret);
  }

  test(
    'loses no acknowledged write, disable or rotation, keeps no half of any, and its audit chain stays whole (S9, S10)',
    async () => {
      for (let time = 0; time < TIMES; time += 1) {
        await workUntilKilled();
        await restart();
        const client = new Client(process_.url);
        await checkWritten(client);
        await checkSwitched(client);
        await checkRotated(client);
        client.close();
        expect(await seed.house.audit.verify()).toMatchObject({ outcome: 'WHOLE' });
      }
      expect(written.kept).toBeGreaterThan(TIMES);
      expect(Math.max(...restarts)).toBeLessThan(LONGEST_RESTART);
    },
    60_000 + TIMES * 60_000,
  );
});

function post(client: Client, authorization: string, query: string, variables: object) {
  return client.post(
    '/graphql',
    { 'content-type': 'application/json', authorization },
    JSON.stringify({ query, variables }),
  );
}
