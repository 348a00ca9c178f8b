import { databases } from './support/database';
import { startTestGateway, type Answer, type TestCredential, type TestGateway } from './support/gateway';
import { aroundReads } from './support/reads';

const EVERYBODY = '{ employees(first: 40) { nodes { id firstName lastName } } }';
/** Whatever is granted: nothing of it is ever denied. */
const GRANTED = '{ employees(first: 40) { nodes { id customAttributes { key value } } } }';

const cut = (key: string) => [
  `DELETE FROM credential_attribute WHERE attribute_key = '${key}'
     AND credential_id = (SELECT id FROM credential WHERE client_id = '$id')`,
  `UPDATE credential SET permission_version = permission_version + 1 WHERE client_id = '$id'`,
];

describe.each(databases)('an export on $name', (database) => {
  let gateway: TestGateway;
  let reader: TestCredential;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true });
    reader = await gateway.credential({
      read: ['EMPLOYEES', 'ABSENCES'],
      attributes: ['firstName', 'lastName', 'status', 'position'],
    });
  });

  afterAll(() => gateway.close());

  const send = (
    query: string,
    variables?: unknown,
    { authorization }: { readonly authorization?: string } = reader,
  ): Promise<Answer> =>
    gateway.fetch('/export', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
      body: JSON.stringify({ query, ...(variables === undefined ? {} : { variables }) }),
    });

  const itemsOf = ({ text }: Answer) =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  const codesOf = ({ status, body }: Answer) => [
    status,
    ...(body.errors ?? []).map(({ extensions }) => extensions.code),
  ];

  test('holds every item of the list once, a line each, in the order of the list', async () => {
    const answer = await send(EVERYBODY);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/jsonl; charset=utf-8']);
    const { data } = (await gateway.query(reader, EVERYBODY.replace('40', '1000'))).body;
    expect(itemsOf(answer)).toEqual(data.employees.nodes);
    expect(data.employees.nodes).toHaveLength(250);
    expect(itemsOf(await send(EVERYBODY.replace('(first: 40)', '')))).toEqual(data.employees.nodes);
  });

  test('takes filters, orders, variables, fragments and aliases as any operation does', async () => {
    const query = `query Everyone($after: [EmployeeStatus!], $size: Int) {
      everyone: employees(filter: { status: { in: $after } }, orderBy: [{ by: LAST_NAME, direction: DESC }], first: $size) {
        nodes { ...name absences(first: 2) { nodes { startDate } } }
      }
    }
    fragment name on Employee { id called: lastName }`;
    const variables = { after: ['ACTIVE'], size: 30 };
    const { data } = (await gateway.query(reader, query, { ...variables, size: 1_000 })).body;
    expect(data.everyone.nodes.length).toBeGreaterThan(100);
    expect(itemsOf(await send(query, variables))).toEqual(data.everyone.nodes);
    const absences = itemsOf(await send('{ absences(first: 100) { nodes { id startDate status } } }'));
    expect(absences.length).toBeGreaterThan(100);
    expect(new Set(absences.map(({ id }) => id)).size).toBe(absences.length);
  });

  test('of a list without items is empty', async () => {
    const answer = await send('{ employees(filter: { lastName: { eq: "Nobody at all" } }) { nodes { id } } }');
    expect([answer.status, answer.text]).toEqual([200, '']);
  });

  test.each([
    ['a field', '{ employees { nodes { id fixSalary { amount } } } }', 'ATTRIBUTE_FORBIDDEN'],
    ['a field further down', '{ employees { nodes { supervisor { id } } } }', 'ATTRIBUTE_FORBIDDEN'],
    ['a filter', '{ employees(filter: { email: { isNull: false } }) { nodes { id } } }', 'ATTRIBUTE_FORBIDDEN'],
    ['the module', '{ attendances { nodes { id } } }', 'MODULE_FORBIDDEN'],
  ])('is refused as a whole when %s is denied, and nothing of it is sent (S1)', async (_what, query, code) => {
    const answer = await send(query);
    expect(codesOf(answer)).toEqual([403, code]);
    expect(Object.keys(answer.body)).toEqual(['errors']);
  });

  test('has the same bytes whatever is stored where it may not look (L34)', async () => {
    const read = async () => [
      (await send(EVERYBODY)).text,
      (await send('{ employees(search: "elsewhere") { nodes { id } } }')).text,
    ];
    const before = await read();
    await gateway.house.store.write((manager) =>
      manager.query("UPDATE employee SET email = id || '@elsewhere.test', gender = NULL, fix_salary_amount = id"),
    );
    expect(await read()).toEqual(before);
    const entitled = await gateway.credential({ attributes: ['email'] });
    expect((await send('{ employees { nodes { email } } }', undefined, entitled)).text).toContain('elsewhere.test');
  });

  test('is refused with a code when it asks for anything but the nodes of one list', async () => {
    for (const query of [
      '{ employee(id: 1) { id } }',
      '{ employees { totalCount } }',
      '{ employees { nodes { id } totalCount } }',
      '{ employees { people: nodes { id } } }',
      '{ employees { edges { node { id } } } }',
      '{ a: employees { nodes { id } } b: employees { nodes { id } } }',
      '{ employees @include(if: true) { nodes { id } } }',
      'query A { employees { nodes { id } } } query B { employees { nodes { id } } }',
      '{ employees(after: "x") { nodes { id } } }',
      '{ employees(last: 3) { nodes { id } } }',
      'mutation { createEmployee(values: {}) { userErrors { code } } }',
    ]) {
      expect([query, ...codesOf(await send(query))]).toEqual([query, 400, 'BAD_USER_INPUT']);
    }
  });

  test('in parts of no items is refused, and not read for ever', async () => {
    for (const [query, variables] of [
      ['{ employees(first: 0) { nodes { id } } }', undefined],
      ['query ($size: Int) { employees(first: $size) { nodes { id } } }', { size: 0 }],
      ['query ($size: Int = 0) { absences(first: $size) { nodes { id } } }', {}],
    ] as const) {
      const answer = await send(query, variables);
      expect([...codesOf(answer), answer.body.errors?.[0]?.extensions['argument']]).toEqual([
        400,
        'BAD_USER_INPUT',
        'first',
      ]);
    }
  });

  test('is told what is wrong with its operation as at /graphql', async () => {
    for (const query of ['{ employees {', '{ employees { nodes { nonsense } } }', '']) {
      const { status, body } = await gateway.query(reader, query);
      const exported = await send(query);
      expect([exported.status, exported.body.errors]).toEqual([status, body.errors]);
    }
    expect(codesOf(await send('query ($size: Int!) { employees(first: $size) { nodes { id } } }'))).toEqual([
      400,
      'BAD_USER_INPUT',
    ]);
    expect(codesOf(await send(EVERYBODY, []))).toEqual([400, 'BAD_REQUEST']);
    expect(codesOf(await send(`{ employees ${'{ a '.repeat(300)}${'}'.repeat(300)} }`))).toEqual([
      400,
      'LIMIT_EXCEEDED',
    ]);
  });

  test('is for credentials only', async () => {
    expect(codesOf(await send(EVERYBODY, undefined, {}))).toEqual([401, 'UNAUTHENTICATED']);
    const off = await gateway.credential({ enabled: false });
    expect(codesOf(await send(EVERYBODY, undefined, off))).toEqual([401, 'CREDENTIAL_DISABLED']);
    expect(codesOf(await gateway.fetch('/export'))).toEqual([405, 'METHOD_NOT_ALLOWED']);
  });

  test.each([
    ['switched off', EVERYBODY, `UPDATE credential SET enabled = false WHERE client_id = '$id'`],
    ['cut', EVERYBODY, ...cut('lastName')],
    ['cut by what it did not name', GRANTED, ...cut('custom.remote')],
  ])(
    'ends in the middle when its credential is %s, so that no client takes a part for the whole (S2, L40)',
    async (_what, query, ...statements) => {
      const attributes = ['firstName', 'lastName', 'custom.shirtSize', 'custom.remote'];
      const { authorization, clientId } = await gateway.credential({ attributes });
      expect(itemsOf(await send(query, undefined, { authorization }))).toHaveLength(250);
      const pages = watchPages(gateway, async (page) => {
        if (page !== 4) return;
        await gateway.house.store.write(async (manager) => {
          for (const statement of statements) await manager.query(statement.replace('$id', clientId));
        });
      });
      await expect(send(query, undefined, { authorization })).rejects.toThrow('terminated');
      pages.restore();
      // Asked once for the page that was not served, and at most once more with the permissions that held then.
      expect(pages.count()).toBeLessThanOrEqual(5);
      expect(itemsOf(await send('{ employees { nodes { firstName } } }'))).toHaveLength(250);
    },
  );
});

describe.each(databases)('an export on $name beyond the rate of its credential', (database) => {
  let gateway: TestGateway;
  let time = Date.parse('2026-06-01T00:00:00Z');

  beforeAll(async () => {
    const clock = { now: () => new Date(time).toISOString() };
    gateway = await startTestGateway(database, { demo: true, clock, config: { requestsPerMinute: 3 } });
  });

  afterAll(() => gateway.close());

  test('waits for the next minute and loses nothing', async () => {
    const { authorization } = await gateway.credential({ attributes: ['firstName', 'lastName'] });
    const pages = watchPages(gateway, (page) => {
      if (page !== 3) return;
      time += 59_500;
      setTimeout(() => (time += 1_000), 300);
    });
    const { text } = await gateway.fetch('/export', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query: EVERYBODY.replace('40', '50') }),
    });
    pages.restore();
    expect([pages.count(), text.split('\n').length - 1]).toEqual([5, 250]);
  });
});

interface WatchedPages {
  /** How many were read. */
  readonly count: () => number;
  readonly restore: () => void;
}

/** Lets `act` happen before each page is read; pages are numbered from 1. */
function watchPages({ house }: TestGateway, act: (page: number) => unknown): WatchedPages {
  let count = 0;
  const restore = aroundReads(house, async (statement, read) => {
    if (statement.text.includes('FROM employee')) await act((count += 1));
    return read(statement);
  });
  return { count: () => count, restore };
}
