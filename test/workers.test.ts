import { execFileSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { databases, type TestLocation } from './support/database';
import { basic } from './support/gateway';
import { Managing, type Made } from './support/managing';
import { ask, browserOf, firstAdmin, send, startProcess, type GatewayProcess } from './support/process';
import { present } from './support/present';
import type { AdminBrowser } from './support/admin';

const NAMES = '{ employees(first: 3) { nodes { firstName } } }';
/** Milliseconds: a start waits for others on a busy machine. */
const LONG = 300_000;

/** The processes that a process has started. */
function childrenOf({ pid }: GatewayProcess): number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'ppid=,pid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number));
  return pairs.filter(([parent]) => parent === pid).map(([, child = 0]) => child);
}

function authorizationOf({ clientId, secret }: Made): string {
  return basic(clientId, secret);
}

describe.each(databases)('start --workers 2 on $name', (database) => {
  let location: TestLocation;
  let gateway: GatewayProcess;
  let admin: AdminBrowser;
  let managing: Managing;
  const asks = (count: number, made: Made) =>
    Promise.all(Array.from({ length: count }, () => ask(gateway.url, authorizationOf(made), NAMES)));

  beforeAll(async () => {
    location = await database.freshLocation();
    gateway = await startProcess(location, ['--workers', '2'], { REQUESTS_PER_MINUTE: '100' });
    admin = await firstAdmin(gateway);
    managing = new Managing(admin);
  }, LONG);

  afterAll(() => location.remove());

  test('tells once what there is to tell, and two workers answer', async () => {
    expect(gateway.text.match(/250 people/g)).toHaveLength(1);
    expect(gateway.text.match(/setup#token/g)).toHaveLength(1);
    expect(gateway.text.match(/answers at/g)).toHaveLength(1);
    expect(childrenOf(gateway)).toHaveLength(2);
    const answers = await asks(6, await managing.reader('Names'));
    expect(answers.map(({ body }) => body.data?.employees.nodes[0]?.firstName)).toEqual(
      Array<string>(6).fill('Butterblume'),
    );
  });

  test('a session that one worker opened is known to the other, and over at once in both', async () => {
    const ask = () => Promise.all(Array.from({ length: 6 }, () => admin.send('{ me { email } }')));
    expect((await ask()).map(({ body }) => body.data?.me?.email)).toEqual(Array<string>(6).fill('ada@example.com'));
    const other = browserOf(gateway.url);
    await other.send('mutation ($input: SignInInput!) { signIn(input: $input) { me { id } } }', {
      input: { email: 'ada@example.com', password: admin.password },
    });
    expect((await other.send('{ me { id } }')).body.data?.me).not.toBeNull();
    await admin.send('mutation { endOtherSessions { count } }');
    const ended = await Promise.all(Array.from({ length: 6 }, () => other.send('{ me { id } }')));
    expect(ended.map(({ body }) => body.data?.me)).toEqual(Array<null>(6).fill(null));
  });

  test('what is disabled reads nothing from any worker, from the answer on', async () => {
    const made = await managing.reader('Soon disabled');
    expect((await asks(6, made)).map(({ status }) => status)).toEqual(Array<number>(6).fill(200));
    await managing.onOne('disableCredential', made.id);
    const late = await asks(20, made);
    expect(late.filter(({ text }) => text.includes('firstName') || text.includes('Butterblume'))).toEqual([]);
    expect(new Set(late.map(({ body }) => body.errors?.[0]?.extensions.code))).toEqual(
      new Set(['CREDENTIAL_DISABLED']),
    );
  });

  test('all workers together let a credential send no more than it may', async () => {
    const made = await managing.reader('Busy');
    const statuses: number[] = [];
    for (let round = 0; round < 7; round += 1) statuses.push(...(await asks(20, made)).map(({ status }) => status));
    const admitted = statuses.filter((status) => status === 200).length;
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    expect(admitted).toBeLessThanOrEqual(100);
    expect(admitted).toBeGreaterThanOrEqual(90);
  });

  test('all workers together let nobody guess a secret more than ten times a minute', async () => {
    const { clientId } = await managing.reader('Guessed');
    const body = `grant_type=client_credentials&client_id=${clientId}&client_secret=wrong`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const statuses: number[] = [];
    for (let count = 0; count < 16; count += 1) {
      statuses.push((await send(`${gateway.url}/oauth/token`, { headers, body })).status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(6);
  });

  test(
    'when a worker is killed the other goes on, and a new one takes its place',
    async () => {
      const made = await managing.reader('Patient');
      const [killed = 0, survivor = 0] = childrenOf(gateway);
      process.kill(killed, 'SIGKILL');
      // Connections that were being handed to the dead one may fail; whoever comes again is served.
      let served = 0;
      for (let count = 0; count < 20; count += 1) {
        const answer = await ask(gateway.url, authorizationOf(made), NAMES, { patience: 3_000 }).catch(() => undefined);
        if (answer?.status === 200) served += 1;
      }
      expect(served).toBeGreaterThanOrEqual(18);
      await until(() => childrenOf(gateway).length === 2 && gateway.log().includes('A worker was replaced'));
      expect(childrenOf(gateway)).toContain(survivor);
      expect(childrenOf(gateway)).not.toContain(killed);
      expect((await asks(6, made)).map(({ status }) => status)).toEqual(Array<number>(6).fill(200));
    },
    LONG,
  );

  test(
    'ends all of them when it is told to, whatever they are doing',
    async () => {
      const workers = childrenOf(gateway);
      const made = await managing.reader('Last');
      const answers = Promise.all(
        Array.from({ length: 10 }, () => ask(gateway.url, authorizationOf(made), NAMES).catch(() => undefined)),
      );
      expect(await gateway.stop()).toBe(0);
      const odd = (await answers).filter((answer) => answer !== undefined && answer.status !== 200);
      expect(odd).toEqual([]);
      for (const pid of workers) expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
    },
    LONG,
  );
});

async function until(isTrue: () => boolean): Promise<void> {
  for (let check = 0; check < 600 && !isTrue(); check += 1) await setTimeout(100);
  present(isTrue() || null);
}
