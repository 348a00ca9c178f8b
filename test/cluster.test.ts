import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import sql from 'sql-template-tag';
import { openHouse } from '../src/app';
import { readConfig } from '../src/config';
import { newKeyRingText } from '../src/credentials/key-ring';
import { createDemoCompany } from '../src/demo/demo-company';
import { signIn, type AdminBrowser } from './support/admin';
import { freshFolder } from './support/database';
import { basic, grantsOf, type Answer } from './support/gateway';
import { Managing } from './support/managing';
import { startPostgres, type PostgresServer } from './support/postgres';
import { present } from './support/present';
import { ask, browserOf, startProcess, type GatewayProcess } from './support/process';

/** Three gateways, PostgreSQL and nginx under load, while parts of it are killed. `npm run test:cluster` runs it. */

const NGINX = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx'].find((file) => existsSync(file));
const SECONDS = 20;
const VICTIMS = 10;
/** Milliseconds. */
const LONG = 600_000;

const NAMES = '{ employees(first: 3) { nodes { id firstName } } }';

interface Loaded {
  readonly clientId: string;
  readonly id: string;
  readonly authorization: string;
}

interface Asked {
  readonly sentAt: number;
  /** Undefined when the connection failed. */
  readonly answer: Answer | undefined;
}

const name = NGINX
  ? 'a cluster that loses parts of itself'
  : 'SKIPPED, nginx is not installed: a cluster that loses parts of itself';

(NGINX ? describe : describe.skip)(name, () => {
  const keys = newKeyRingText();
  let postgres: PostgresServer;
  let nodes: GatewayProcess[];
  let nginx: ChildProcess;
  let url: string;
  let admin: AdminBrowser;
  let readers: Loaded[];
  let victims: Loaded[];
  let writer: Loaded;
  let isOver = false;
  const isRunning = () => !isOver;

  const settings = { FIELDGATE_KEYS: keys, REQUESTS_PER_MINUTE: '0', TRUSTED_PROXIES: 'loopback' };
  const startNode = (port = '0') =>
    startProcess({ dataDir: freshFolder(), databaseUrl: postgres.url }, ['--no-demo'], { ...settings, PORT: port });
  const openedHouse = () => openHouse({ ...readConfig({}), dataDir: freshFolder(), databaseUrl: postgres.url, keys });

  beforeAll(async () => {
    postgres = await startPostgres({ isDurable: true });
    const house = await openedHouse();
    await createDemoCompany(house);
    const password = 'hedgehog umbrella marzipan 42';
    await house.adminManagement.create({ email: 'ada@example.com', name: 'Ada', role: 'OWNER' }, password);
    const make = async (title: string, write = false): Promise<Loaded> => {
      const { credential, secret } = await house.credentials.create({
        name: title,
        denialMode: 'NULL_AND_ERROR',
        expiresAt: null,
        enabled: true,
        grants: grantsOf({ attributes: ['firstName', 'lastName'], write: write ? ['EMPLOYEES'] : [] }),
      });
      return { id: credential.id, clientId: credential.clientId, authorization: basic(credential.clientId, secret) };
    };
    readers = [await make('Reader 1'), await make('Reader 2'), await make('Reader 3')];
    victims = [];
    for (let index = 0; index < VICTIMS; index += 1) victims.push(await make(`Victim ${index}`));
    writer = await make('Writer', true);
    await house.close();
    nodes = await Promise.all([startNode(), startNode(), startNode()]);
    ({ url, nginx } = await startNginx(nodes.map((node) => new URL(node.url).port)));
    const browser = { ...browserOf(url), email: 'ada@example.com' };
    await signIn(browser, password);
    admin = browser;
  }, LONG);

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    nginx.kill('SIGQUIT');
    await once(nginx, 'close');
    await postgres.stop();
  }, LONG);

  /** Asks on and on. */
  const load = async ({ authorization }: Loaded, asked: Asked[]) => {
    while (isRunning()) {
      const sentAt = performance.now();
      asked.push({ sentAt, answer: await ask(url, authorization, NAMES).catch(() => undefined) });
      await setTimeout(20);
    }
  };

  /** Creates people, each as often as it takes until the answer says that it is done. */
  const write = async (kept: Map<string, string>) => {
    for (let count = 1; isRunning(); count += 1) {
      const key = `Cluster ${count}`;
      const query = `mutation { createEmployee(idempotencyKey: "${key}", values: { firstName: "Kept", lastName: "${key}" }) {
        employee { id } userErrors { code } } }`;
      for (let isKept = false; !isKept && isRunning();) {
        const answer = await ask(url, writer.authorization, query).catch(() => undefined);
        const id = answer?.body.data?.createEmployee?.employee?.id as string | undefined;
        if (id !== undefined) kept.set(key, id);
        isKept = id !== undefined;
        if (!isKept) await setTimeout(100);
      }
    }
  };

  /** Disables until the answer says so. @returns when it did */
  const disable = async ({ id }: Loaded): Promise<number> => {
    for (;;) {
      const answer = await new Managing(admin).onOne('disableCredential', id).catch(() => undefined);
      if (answer?.credential?.enabled === false) return performance.now();
      await setTimeout(100);
    }
  };

  const breakThings = async () => {
    await setTimeout(3_000);
    const [first] = nodes;
    await present(first).kill();
    await setTimeout(4_000);
    await postgres.crash();
    await setTimeout(1_000);
    await postgres.revive();
    await setTimeout(2_000);
    nodes[0] = await startNode(new URL(present(first).url).port);
  };

  test(
    'gives no wrong answer, loses no acknowledged change, and revokes at once',
    async () => {
      const expected = JSON.stringify((await ask(url, present(readers[0]).authorization, NAMES)).body.data);
      expect(expected).toContain('Butterblume');
      const read = readers.map((): Asked[] => []);
      const seen = victims.map((): Asked[] => []);
      const kept = new Map<string, string>();
      const loading = [
        ...readers.map((reader, index) => load(reader, present(read[index]))),
        ...victims.map((victim, index) => load(victim, present(seen[index]))),
        write(kept),
      ];
      const breaking = breakThings();
      const disabledAt: number[] = [];
      for (const victim of victims) {
        await setTimeout((SECONDS * 1_000) / (VICTIMS + 2));
        disabledAt.push(await disable(victim));
      }
      await breaking;
      await setTimeout(2_000);
      isOver = true;
      await Promise.all(loading);

      // Whoever may read gets the right answer or none, and is never told that it may not.
      const answers = read.flat().flatMap(({ answer }) => answer ?? []);
      const right = answers.filter(({ body }) => JSON.stringify(body.data) === expected);
      const others = answers.filter(({ body }) => JSON.stringify(body.data) !== expected);
      expect(right.length).toBeGreaterThan(100);
      expect(new Set(others.map(reasonOf))).toEqual(
        new Set(others.map(reasonOf).filter((reason) => OUTAGE.test(reason))),
      );

      // A request that was sent after the answer to its disable was read has no data in its answer.
      const late = seen.flatMap((asked, index) =>
        asked.filter(({ sentAt, answer }) => sentAt > present(disabledAt[index]) && answer?.text.includes('firstName')),
      );
      expect(late).toEqual([]);
      const refused = seen.flat().filter(({ answer }) => answer && reasonOf(answer) === '401 CREDENTIAL_DISABLED');
      expect(refused.length).toBeGreaterThan(VICTIMS);

      const house = await openedHouse();
      const rows = await house.store.read(sql`SELECT id, last_name FROM employee WHERE first_name = ${'Kept'}`);
      const stored = new Map(rows.map((row) => [String(row['last_name']), String(row['id'])]));
      expect(stored.size).toBe(rows.length);
      expect([...kept].filter(([key, id]) => stored.get(key) !== id)).toEqual([]);
      expect(kept.size).toBeGreaterThan(20);
      expect(await house.audit.verify()).toMatchObject({ outcome: 'WHOLE' });
      expect(await house.audit.count({ actions: ['CREDENTIAL_DISABLED'] })).toBe(VICTIMS);
      await house.close();
      process.stdout.write(
        `${answers.length} answers to readers, ${others.length} of them outages; ${kept.size} people kept; 0 late.\n`,
      );
    },
    LONG,
  );
});

/** What an outage looks like from outside. */
const OUTAGE = /^(50[234] |503 UNAVAILABLE$|500 INTERNAL$|200 UNAVAILABLE$)/;

function reasonOf({ status, body }: Answer): string {
  return `${status} ${body.errors?.[0]?.extensions.code ?? ''}`;
}

/** Starts nginx with the configuration that ships, in front of these ports. */
async function startNginx(ports: readonly string[]): Promise<{ readonly url: string; readonly nginx: ChildProcess }> {
  const folder = freshFolder();
  const port = await freePort();
  const shipped = readFileSync(path.resolve(__dirname, '../deploy/nginx.conf'), 'utf8');
  const configuration = ports
    .reduce((text, gateway, index) => text.replace(`gateway-${index + 1}:4000`, `127.0.0.1:${gateway}`), shipped)
    .replace('listen 8080', `listen 127.0.0.1:${port}`);
  const file = path.join(folder, 'nginx.conf');
  writeFileSync(file, configuration);
  const directives = `daemon off; pid ${folder}/pid; error_log ${folder}/error.log;`;
  const nginx = spawn(present(NGINX), ['-p', folder, '-c', file, '-g', directives], { stdio: 'inherit' });
  const url = `http://127.0.0.1:${port}`;
  for (let check = 0; check < 100; check += 1) {
    const isUp = await fetch(`${url}/.well-known/oauth-authorization-server`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return { url, nginx };
    await setTimeout(100);
  }
  throw new Error(`nginx did not start: ${readFileSync(`${folder}/error.log`, 'utf8')}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
