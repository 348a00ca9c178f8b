import sql from 'sql-template-tag';
import { openHouse, type House } from '../src/app';
import { readConfig } from '../src/config';
import { newKeyRingText } from '../src/credentials/key-ring';
import { openStore } from '../src/store/store';
import { databases, freshFolder, type TestLocation } from './support/database';
import { basic } from './support/gateway';
import { list, Managing, type Made } from './support/managing';
import { ask, browserOf, firstAdmin, send, startProcess, type GatewayProcess } from './support/process';
import { startPostgres } from './support/postgres';
import { present } from './support/present';
import type { AdminBrowser } from './support/admin';

const NAMES = '{ employees(first: 3) { nodes { firstName } } }';
/** Milliseconds: a start waits for others on a busy machine. */
const LONG = 300_000;
const PER_MINUTE = 300;

const [postgres] = databases.filter(({ name }) => name === 'PostgreSQL');

/** Three processes that share nothing but the database and the keys. */
describe('three nodes on one PostgreSQL', () => {
  let location: TestLocation;
  let nodes: GatewayProcess[];
  let house: House;
  let admin: AdminBrowser;
  let managing: Managing;

  const authorizationOf = ({ clientId, secret }: Made) => basic(clientId, secret);
  /** The admin's browser at another node: behind a balancer it is the same one. */
  const adminAt = (node: GatewayProcess): AdminBrowser => {
    const browser = browserOf(node.url);
    return {
      ...browser,
      send: (query, variables) => browser.send(query, variables, { cookie: admin.cookie() }),
    };
  };
  const everywhere = <T>(work: (node: GatewayProcess, index: number) => Promise<T>): Promise<T[]> =>
    Promise.all(nodes.map(work));
  const askEverywhere = (made: Made) =>
    everywhere(async (node) => (await ask(node.url, authorizationOf(made), NAMES)).body);

  beforeAll(async () => {
    location = await present(postgres).freshLocation();
    const FIELDGATE_KEYS = newKeyRingText();
    const settings = { FIELDGATE_KEYS, REQUESTS_PER_MINUTE: String(PER_MINUTE), USAGE_INTERVAL_SECONDS: '1' };
    nodes = await Promise.all([1, 2, 3].map(() => startProcess({ ...location, dataDir: freshFolder() }, [], settings)));
    house = await openHouse({ ...readConfig({}), ...location, keys: FIELDGATE_KEYS });
  }, LONG);

  afterAll(async () => {
    await house.close();
    expect(await everywhere((node) => node.stop())).toEqual([0, 0, 0]);
    await location.remove();
  }, LONG);

  test('start at the same moment on an empty database: it is made and filled once', () => {
    expect(nodes.filter(({ text }) => text.includes('250 people'))).toHaveLength(1);
  });

  test('a setup link works once, at any node, and the session is known to all', async () => {
    const newest = await house.links.newSetup();
    const attempts = await everywhere((node) =>
      firstAdmin({ url: node.url, text: `setup#token=${newest}` }).catch(() => undefined),
    );
    admin = present(attempts.find((browser) => browser !== undefined));
    expect(attempts.filter((browser) => browser !== undefined)).toHaveLength(1);
    managing = new Managing(admin);
    const names = await everywhere((node) => adminAt(node).send('{ me { email } }'));
    expect(names.map(({ body }) => body.data?.me?.email)).toEqual(Array<string>(3).fill('ada@example.com'));
  });

  test('what is disabled at one node reads nothing at any, from the answer on, and goes on once it is enabled', async () => {
    const made = await managing.reader('Switched');
    for (let round = 0; round < 5; round += 1) {
      expect((await askEverywhere(made)).every(({ data }) => data?.employees.nodes.length === 3)).toBe(true);
      await new Managing(adminAt(present(nodes[round % 3]))).onOne('disableCredential', made.id);
      const late = await askEverywhere(made);
      expect(late.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual(
        Array<string>(3).fill('CREDENTIAL_DISABLED'),
      );
      await new Managing(adminAt(present(nodes[(round + 1) % 3]))).onOne('enableCredential', made.id);
    }
  });

  test('a token of one node works at the others, and is over everywhere once it is revoked at one', async () => {
    const made = await managing.reader('Tokens');
    const [first, second, third] = nodes.map(({ url }) => url);
    const form = { 'content-type': 'application/x-www-form-urlencoded', authorization: authorizationOf(made) };
    const issued = await send(`${first}/oauth/token`, { headers: form, body: 'grant_type=client_credentials' });
    const { access_token: token } = JSON.parse(issued.text) as { access_token: string };
    expect((await ask(present(second), `Bearer ${token}`, NAMES)).status).toBe(200);
    await send(`${third}/oauth/revoke`, { headers: form, body: `token=${token}` });
    const late = await everywhere((node) => ask(node.url, `Bearer ${token}`, NAMES));
    expect(late.map(({ status }) => status)).toEqual([401, 401, 401]);
  });

  test('all nodes together let a credential send no more than it may, and at least nine tenths of it', async () => {
    const made = await managing.reader('Busy');
    const statuses: number[] = [];
    while (statuses.length < PER_MINUTE + 60) {
      const round = await Promise.all(
        [...nodes, ...nodes, ...nodes].map(({ url }) => ask(url, authorizationOf(made), NAMES)),
      );
      statuses.push(...round.map(({ status }) => status));
    }
    const admitted = statuses.filter((status) => status === 200).length;
    expect(admitted).toBeLessThanOrEqual(PER_MINUTE);
    expect(admitted).toBeGreaterThanOrEqual(PER_MINUTE * 0.9);
  });

  test('all nodes together let nobody guess a secret, or a password, more often than one would', async () => {
    const { clientId } = await managing.reader('Guessed');
    const body = `grant_type=client_credentials&client_id=${clientId}&client_secret=wrong`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const statuses: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const answers = await everywhere((node) => send(`${node.url}/oauth/token`, { headers, body }));
      statuses.push(...answers.map(({ status }) => status));
    }
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(10);
    const codes: unknown[] = [];
    for (let round = 0; round < 2; round += 1) {
      for (const { url } of nodes) {
        const answer = await browserOf(url).send('mutation ($i: SignInInput!) { signIn(input: $i) { me { id } } }', {
          i: { email: 'nobody@example.com', password: 'wrong' },
        });
        codes.push(answer.body.errors?.[0]?.extensions.code);
      }
    }
    expect(codes).toEqual([...Array<undefined>(5).fill(undefined), 'RATE_LIMITED']);
  });

  test('a write that is sent to all nodes under one idempotency key is done once', async () => {
    const { credential, clientSecret } = await managing.create({
      name: 'Writer',
      grants: list(['firstName', 'lastName'], true),
    });
    const authorization = basic(present(credential).clientId, present(clientSecret));
    const create = `mutation { createEmployee(idempotencyKey: "one", values: { firstName: "Only", lastName: "Once" }) {
      employee { id } userErrors { code } } }`;
    const answers = await everywhere((node) => ask(node.url, authorization, create));
    const ids = answers.map(({ body }) => body.data?.createEmployee.employee?.id as unknown);
    expect(new Set(ids).size).toBe(1);
    const rows = await house.store.read(sql`SELECT id FROM employee WHERE first_name = ${'Only'}`);
    expect(rows.map(({ id }) => String(id))).toEqual([present(ids[0])]);
  });

  test('audit events of all nodes make one whole chain, each of them once', async () => {
    const names = Array.from({ length: 15 }, (_, index) => `Chained ${index}`);
    await Promise.all(names.map((name, index) => new Managing(adminAt(present(nodes[index % 3]))).reader(name)));
    expect(await house.audit.verify()).toMatchObject({ outcome: 'WHOLE' });
    const { items } = await house.audit.page({ actions: ['CREDENTIAL_CREATED'] }, undefined, 100);
    const told = items.flatMap(({ subject }) => subject?.name ?? []).filter((name) => name.startsWith('Chained'));
    expect(told.sort()).toEqual(names.sort());
  });

  test('usage that nodes counted apart is added up', async () => {
    const made = await managing.reader('Counted');
    for (let round = 0; round < 4; round += 1) await askEverywhere(made);
    let requests = 0;
    for (let check = 0; check < 100 && requests < 12; check += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      const rows = await house.store.read(
        sql`SELECT SUM(requests) AS total FROM credential_usage WHERE credential_id = ${made.id}`,
      );
      requests = Number(rows[0]?.['total'] ?? 0);
    }
    expect(requests).toBe(12);
  });
});

test('a gateway does not work on a replica, whose data may be old', async () => {
  const replica = await startPostgres({ isReplica: true });
  await expect(openStore({ dataDir: freshFolder(), databaseUrl: replica.url })).rejects.toThrow(/replica/);
  await replica.stop();
});
