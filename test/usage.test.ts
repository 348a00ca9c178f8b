import sql from 'sql-template-tag';
import { openHouse, startGateway, type House } from '../src/app';
import type { Clock } from '../src/clock';
import { UsageRecorder } from '../src/usage/usage-recorder';
import type { OperationUse } from '../src/usage/usage';
import { adminOf, type AskAsAdmin } from './support/admin';
import { databases } from './support/database';
import { basic, startTestGateway, type TestCredential, type TestGateway } from './support/gateway';

const TODAY = '2026-03-10';

describe.each(databases)('usage on $name', (database) => {
  let gateway: TestGateway;
  let reader: TestCredential;
  let reopened: House | undefined;
  const clock = { now: () => `${TODAY}T12:00:00.000Z` };
  const custom = ['custom.shirtSize'];

  const attributesOf = async (credential: TestCredential) => {
    const [row] = await gateway.house.store.read(
      sql`SELECT id FROM credential WHERE client_id = ${credential.clientId}`,
    );
    const id = String(row?.['id']);
    const days = await gateway.house.usage.days([TODAY], id);
    const attributes = await gateway.house.usage.attributes(id, TODAY);
    return { id, days, byKey: new Map(attributes.map((attribute) => [attribute.key, attribute])), attributes };
  };

  /** Counts are written by a graceful close; what follows looks at the same store. */
  const restart = async () => {
    const { config } = gateway.house;
    await gateway.stop();
    const house = await openHouse(config, clock);
    gateway = { ...gateway, house };
    reopened = house;
    return house;
  };

  beforeEach(async () => {
    gateway = await startTestGateway(database, { demo: true, clock });
    reader = await gateway.credential({ attributes: ['firstName', 'lastName', 'team', ...custom] });
  });

  afterEach(async () => {
    await reopened?.close();
    reopened = undefined;
    await gateway.close();
  });

  test('after a graceful close every operation is counted once: requests, reads and denials', async () => {
    await Promise.all([
      ...Array.from({ length: 20 }, () =>
        gateway.query(
          reader,
          '{ a: employees(first: 5) { nodes { firstName f: firstName } } employee(id: 1) { firstName } }',
        ),
      ),
      ...Array.from({ length: 10 }, () =>
        gateway.query(
          reader,
          '{ employees { nodes { lastName fixSalary { amount } supervisor { fixSalary { amount } } } } }',
        ),
      ),
      gateway.query(reader, '{ employee(id: 1) { customAttributes(keys: ["shirtSize", "allergies"]) { value } } }'),
      gateway.query(reader, '{ nonsense }'),
    ]);
    await restart();
    const { days, byKey } = await attributesOf(reader);
    expect(days).toEqual([{ date: TODAY, requests: 31, denials: 11 }]);
    const used = { granted: true, denials: 0, lastReadOn: TODAY };
    expect(byKey.get('firstName')).toEqual({ key: 'firstName', reads: 20, ...used });
    expect(byKey.get('lastName')).toEqual({ key: 'lastName', reads: 10, ...used });
    expect(byKey.get('custom.shirtSize')).toEqual({ key: 'custom.shirtSize', reads: 1, ...used });
    const denied = { granted: false, reads: 0, lastReadOn: null };
    expect(byKey.get('fixSalary')).toEqual({ key: 'fixSalary', denials: 10, ...denied });
    expect(byKey.get('custom.allergies')).toEqual({ key: 'custom.allergies', denials: 1, ...denied });
  });

  test('what is granted and never read stands out', async () => {
    await gateway.query(reader, '{ employees { nodes { firstName } } }');
    await restart();
    const { attributes } = await attributesOf(reader);
    const unread = attributes.filter(({ granted, reads }) => granted && reads === 0).map(({ key }) => key);
    expect(unread).toEqual(['custom.shirtSize', 'lastName', 'team']);
  });

  test('what an operation filters or orders by is used, although no value of it is served', async () => {
    await gateway.query(
      reader,
      '{ employees(filter: { lastName: { startsWith: "A" } }, orderBy: [{ by: FIRST_NAME, direction: ASC }]) { nodes { id } } }',
    );
    await restart();
    const { byKey } = await attributesOf(reader);
    expect([byKey.get('lastName')?.reads, byKey.get('firstName')?.reads, byKey.get('team')?.reads]).toEqual([1, 1, 0]);
  });

  test.each([
    ['a search looks at texts', 'employees(search: "a") { nodes { id } }', [1, 1, 0]],
    ['no search looks at nothing', 'employees(search: null, updatedSince: null) { nodes { id } }', [0, 0, 0]],
    ['updatedSince at all', 'employees(updatedSince: "2026-01-01T00:00:00Z") { nodes { id } }', [1, 1, 1]],
    ['the feed at all', 'changes { nodes { at } }', [1, 1, 1]],
  ])('what is looked at without being named is used: %s', async (_what, field, reads) => {
    expect((await gateway.query(reader, `{ ${field} }`)).body.errors).toBeUndefined();
    await restart();
    const { byKey } = await attributesOf(reader);
    expect(['lastName', 'custom.shirtSize', 'team'].map((key) => byKey.get(key)?.reads)).toEqual(reads);
  });

  test('a refused operation reads nothing, whatever it might have read', async () => {
    const strict = await gateway.credential({ attributes: ['firstName'], denialMode: 'STRICT' });
    await gateway.query(strict, '{ employees { nodes { firstName gender } } }');
    await restart();
    const { days, byKey } = await attributesOf(strict);
    expect(days).toEqual([{ date: TODAY, requests: 1, denials: 1 }]);
    expect(byKey.get('firstName')).toMatchObject({ reads: 0 });
    expect(byKey.get('gender')).toMatchObject({ denials: 1 });
  });

  test('a denied module is a denial', async () => {
    const outsider = await gateway.credential({ read: ['ABSENCES'] });
    await gateway.query(outsider, '{ employees { nodes { id } } }');
    await restart();
    expect((await attributesOf(outsider)).days).toEqual([{ date: TODAY, requests: 1, denials: 1 }]);
  });

  test('the latest use of a credential is known, and never goes back', async () => {
    await gateway.query(reader, '{ viewer { name } }');
    const { id } = await attributesOf(reader);
    const { usage } = await restart();
    const behind = new UsageRecorder(usage, { now: () => `${TODAY}T11:00:00.000Z` }, fail);
    behind.record({ credentialId: id, read: [], denied: [], wasDenied: false });
    await behind.close();
    const [row] = await gateway.house.store.read(sql`SELECT last_used_at, version FROM credential WHERE id = ${id}`);
    expect(row).toEqual({ last_used_at: `${TODAY}T12:00:00.000Z`, version: 1 });
  });

  test('invented names of attributes fill neither memory nor store', async () => {
    const keys = Array.from({ length: 450 }, (_, index) => `invented${index}`);
    for (const round of ['a', 'b', 'c']) {
      const answer = await gateway.query(
        reader,
        'query ($keys: [String!]) { employee(id: 1) { customAttributes(keys: $keys) { value } } }',
        { keys: [...keys.map((key) => `${key}${round}`), 'allergies'] },
      );
      expect(answer.status).toBe(200);
    }
    await restart();
    const { days, attributes } = await attributesOf(reader);
    expect(days).toEqual([{ date: TODAY, requests: 3, denials: 3 }]);
    expect(attributes.filter(({ denials }) => denials > 0)).toMatchObject([{ key: 'custom.allergies', denials: 3 }]);
  });

  test('two processes on one store add up', async () => {
    const other = await openHouse(gateway.house.config, clock);
    const second = await startGateway(other);
    const ask = (url: string) =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: basic(reader.clientId, reader.secret) },
        body: JSON.stringify({ query: '{ employees(first: 1) { nodes { firstName } } }' }),
      });
    await Promise.all(Array.from({ length: 40 }, (_, index) => ask(index % 2 === 0 ? gateway.url : second.url)));
    await second.close();
    await restart();
    const { days, byKey } = await attributesOf(reader);
    expect(days).toEqual([{ date: TODAY, requests: 40, denials: 0 }]);
    expect(byKey.get('firstName')).toMatchObject({ reads: 40 });
  });

  test('admins see every day with its counts, and the days behind it as zeros', async () => {
    const recorder = new UsageRecorder(gateway.house.usage, clock, fail);
    recorder.record({ credentialId: 'someone', read: ['firstName'], denied: [], wasDenied: false });
    await recorder.close();
    const ask = await adminOf(gateway, 'AUDITOR');
    const { data } = await ask('{ usage(days: 3) { days { date requests denials } } }');
    expect(data.usage.days).toEqual([
      { date: '2026-03-08', requests: 0, denials: 0 },
      { date: '2026-03-09', requests: 0, denials: 0 },
      { date: TODAY, requests: 1, denials: 0 },
    ]);
    expect((await ask('{ usage { days { date } } }')).data.usage.days).toHaveLength(30);
    for (const days of [0, 401]) {
      expect((await ask(`{ usage(days: ${days}) { days { date } } }`)).errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', argument: 'days' } },
      ]);
    }
  });
});

describe.each(databases)('a credential over GraphQL on $name', (database) => {
  let gateway: TestGateway;
  let ask: AskAsAdmin;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { clock: { now: () => `${TODAY}T12:00:00.000Z` } });
    ask = await adminOf(gateway, 'MANAGER');
  });

  afterAll(() => gateway.close());

  const create = async (input: object) => {
    const modules = [{ module: 'EMPLOYEES', read: true, write: false }];
    const { data } = await ask(
      `mutation ($input: CreateCredentialInput!) {
        createCredential(input: $input) { credential { id integration { id name builtIn } } userErrors { field code } }
      }`,
      { input: { grants: { modules, attributes: ['firstName', 'team'] }, ...input } },
    );
    return data.createCredential;
  };

  test('tells what it was granted, has read and was denied, day by day', async () => {
    const { credential } = await create({ name: 'Reader' });
    const recorder = new UsageRecorder(gateway.house.usage, gateway.house.clock, fail);
    recorder.record({ credentialId: credential.id, read: ['firstName'], denied: ['gender'], wasDenied: true });
    await recorder.close();
    const { data } = await ask(
      `query ($id: ID!) { credential(id: $id) {
        status
        lastUsedAt
        usage(days: 2) {
          days { date requests denials }
          attributes { key granted reads denials lastReadOn }
        }
      } }`,
      { id: credential.id },
    );
    expect(data.credential).toEqual({
      status: 'ACTIVE',
      lastUsedAt: `${TODAY}T12:00:00.000Z`,
      usage: {
        days: [
          { date: '2026-03-09', requests: 0, denials: 0 },
          { date: TODAY, requests: 1, denials: 1 },
        ],
        attributes: [
          { key: 'firstName', granted: true, reads: 1, denials: 0, lastReadOn: TODAY },
          { key: 'gender', granted: false, reads: 0, denials: 1, lastReadOn: null },
          { key: 'team', granted: true, reads: 0, denials: 0, lastReadOn: null },
        ],
      },
    });
  });

  test('names the integration that it is for, which grants nothing', async () => {
    const named = await create({ name: 'For DATEV', integrationId: 'datev' });
    expect(named.credential.integration).toEqual({ id: 'datev', name: 'DATEV', builtIn: true });
    const { data } = await ask(
      '{ credentials(search: "For DATEV") { nodes { integration { id } attributes { attribute { key } } } } }',
    );
    expect(data.credentials.nodes).toEqual([
      {
        integration: { id: 'datev' },
        attributes: [{ attribute: { key: 'firstName' } }, { attribute: { key: 'team' } }],
      },
    ]);
    expect((await create({ name: 'For nobody' })).credential.integration).toBeNull();
    expect((await create({ name: 'For what is not there', integrationId: 'nobody' })).userErrors).toEqual([
      { field: ['integrationId'], code: 'UNKNOWN' },
    ]);
  });
});

describe.each(databases)('the usage recorder on $name', (database) => {
  let gateway: TestGateway;
  let now: string;
  const clock: Clock = { now: () => now };
  const failures: unknown[] = [];
  const use: OperationUse = { credentialId: 'someone', read: ['firstName'], denied: ['gender'], wasDenied: true };

  beforeEach(async () => {
    now = `${TODAY}T23:59:59.000Z`;
    failures.length = 0;
    gateway = await startTestGateway(database, { clock });
  });

  afterEach(() => gateway.close());

  const recorder = () => new UsageRecorder(gateway.house.usage, clock, (error) => failures.push(error));
  const total = async () => {
    const [row] = await gateway.house.store.read(
      sql`SELECT COALESCE(SUM(requests), 0) AS total FROM credential_usage WHERE credential_id = 'someone'`,
    );
    return Number(row?.['total']);
  };

  test('counts belong to the day on which they were asked', async () => {
    const usage = recorder();
    usage.record(use);
    now = '2026-03-11T00:00:00.000Z';
    usage.record(use);
    usage.record(use);
    await usage.close();
    expect(await gateway.house.usage.days([TODAY, '2026-03-11'], 'someone')).toEqual([
      { date: TODAY, requests: 1, denials: 1 },
      { date: '2026-03-11', requests: 2, denials: 2 },
    ]);
  });

  test('counts that could not be written are written the next time, once', async () => {
    const usage = recorder();
    const write = jest.spyOn(gateway.house.store, 'write').mockRejectedValueOnce(new Error('The store is away.'));
    usage.record(use);
    await expect(usage.flush()).rejects.toThrow('The store is away.');
    usage.record(use);
    await usage.close();
    write.mockRestore();
    expect(await total()).toBe(2);
    expect(failures).toEqual([]);
  });

  test('recording waits for nothing: 100,000 operations are counted while the store is busy', async () => {
    const usage = recorder();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const busy = gateway.house.store.write(() => released);
    for (let count = 0; count < 100_000; count += 1) usage.record(use);
    release();
    await busy;
    await usage.close();
    expect(await total()).toBe(100_000);
  });

  test('what is older than 400 days is removed', async () => {
    const usage = recorder();
    now = '2025-02-03T10:00:00.000Z';
    usage.record(use);
    now = '2025-02-04T10:00:00.000Z';
    usage.record(use);
    await usage.flush();
    expect(await total()).toBe(2);
    now = `${TODAY}T10:00:00.000Z`;
    usage.record(use);
    await usage.close();
    const rows = await gateway.house.store.read(
      sql`SELECT day FROM credential_usage UNION SELECT day FROM attribute_usage ORDER BY day`,
    );
    expect(rows.map((row) => row['day'])).toEqual(['2025-02-04', TODAY]);
  });
});

function fail(error: unknown): never {
  throw error;
}
