import { pbkdf2 } from 'node:crypto';
import { Client } from 'pg';
import { nestsDeeper, shapeOfText } from '../src/operations/nesting';
import { databases } from './support/database';
import { startTestGateway, type Answer, type TestCredential, type TestGateway } from './support/gateway';
import { present } from './support/present';
import { aroundReads, endless } from './support/reads';

describe.each(databases)('limits on $name', (database) => {
  let gateway: TestGateway;
  let some: TestCredential;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true, config: { requestsPerMinute: 0, mostCost: 20_000 } });
    some = await gateway.credential({ attributes: ['firstName', 'lastName', 'supervisor'] });
  });

  afterAll(() => gateway.close());

  const refusal = ({ status, body }: Answer) => ({ status, ...present(body.errors?.[0]).extensions });
  const nested = (levels: number) =>
    `{ employee(id: 1) { ${'supervisor { '.repeat(levels)} id ${'} '.repeat(levels)} } }`;
  const fields = (count: number, field: (index: number) => string) =>
    Array.from({ length: count }, (_, i) => field(i)).join(' ');

  test.each([
    ['depth', nested(30), 'DEPTH'],
    ['nesting of the text', nested(3_000), 'NESTING'],
    ['the length of a name', `{ ${'a'.repeat(201)}: employees { totalCount } }`, 'NAME'],
    [
      'nesting of a literal',
      `{ employees(filter: { ${'not: { '.repeat(100)} ${'} '.repeat(100)} }) { totalCount } }`,
      'NESTING',
    ],
    ['aliases (L31)', `{ ${fields(101, (i) => `a${i}: employee(id: ${i}) { id }`)} }`, 'ALIASES'],
    ['aliases of __typename', `{ employee(id: 1) { ${fields(101, (i) => `a${i}: __typename`)} } }`, 'ALIASES'],
    [
      'aliases that fragments multiply',
      `{ a: employee(id: 1) { ...A } b: employee(id: 2) { ...A } } fragment A on Employee { ${fields(60, (i) => `a${i}: id`)} }`,
      'ALIASES',
    ],
    ['directives', `{ employee(id: 1) { ${fields(101, () => 'id @include(if: true)')} } }`, 'DIRECTIVES'],
    [
      'cost',
      '{ employees(first: 1000) { nodes { a: id b: id c: id firstName lastName supervisor { id firstName supervisor { id supervisor { id supervisor { id supervisor { id supervisor { id supervisor { id } } } } } } } } } }',
      'COST',
    ],
  ])('an operation beyond the limit on %s is refused with a code', async (_name, query, limit) => {
    const answer = await gateway.query(some, query);
    expect(refusal(answer)).toMatchObject({ status: 400, code: 'LIMIT_EXCEEDED', limit });
  });

  test('variables may not nest without end', async () => {
    let filter = {};
    for (let level = 0; level < 100; level += 1) filter = { not: filter };
    const query = 'query ($filter: EmployeeFilter) { employees(filter: $filter) { totalCount } }';
    expect(refusal(await gateway.query(some, query, { filter }))).toMatchObject({ status: 400, limit: 'NESTING' });
    const text = `{"query":"{viewer{name}}","variables":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`;
    const answer = await gateway.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: some.authorization },
      body: text,
    });
    expect(answer.status).toBe(400);
  });

  test('of variables that do not fit, a number of faults is told and no more (S12)', async () => {
    const query = 'query ($v: [String!]) { attendances(filter: { project: $v }) { totalCount } }';
    const variables = { v: Array(100_000).fill(0) };
    const known = await gateway.credential({ read: ['EMPLOYEES', 'ATTENDANCES'] });
    const { status, body, text } = await gateway.query(known, query, variables);
    expect(status).toBe(400);
    expect(body.errors?.length).toBeLessThanOrEqual(51);
    expect(new Set(body.errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(['BAD_USER_INPUT']));
    expect(text.length).toBeLessThan(100_000);
    const made = jest.spyOn(Error, 'captureStackTrace');
    const stranger = await gateway.query(undefined, query, variables);
    expect(made.mock.calls.length).toBeLessThan(100);
    made.mockRestore();
    expect(refusal(stranger)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  const LONG = ' Did you mean '.repeat(30_000);

  test.each([
    ['a literal', `{ employees(first: "${LONG}") { totalCount } }`, {}],
    ['a name', `query ${'n'.repeat(500_000)}(${fields(99, (i) => `$v${i}: Int`)}) { employees { totalCount } }`, {}],
    [
      'a variable',
      'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }',
      { input: { email: LONG, ...Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`u${i}`, 1])) } },
    ],
  ])(
    'what is wrong with %s of any length is told to strangers at once, and briefly (S12)',
    async (_name, query, variables) => {
      const started = performance.now();
      const { status, text } = await gateway.query(undefined, query, variables);
      expect(status).toBe(400);
      expect(text.length).toBeLessThan(200_000);
      expect(performance.now() - started).toBeLessThan(10_000);
    },
  );

  const NAMES = Array.from({ length: 5_000 }, (_, index) => `k${index}`);

  test.each([
    [
      'keys of a field',
      'query ($keys: [String!], $first: Int) { employees(first: $first) { nodes { customAttributes(keys: $keys) { key } } } }',
      { keys: NAMES },
    ],
    [
      'filters',
      `query ($custom: [CustomAttributeFilter!], $first: Int) {
        employees(filter: { custom: $custom }, first: $first) { totalCount } }`,
      { custom: NAMES.map((key) => ({ key })) },
    ],
  ])('as many %s as a body holds make no error each (S12)', async (_name, query, variables) => {
    for (const denialMode of ['STRICT', 'NULL_AND_ERROR'] as const) {
      const low = await gateway.credential({ denialMode });
      for (const [first, limit] of [
        [1, 'COST'],
        ['no number', 'DENIALS'],
      ] as const) {
        const answer = await gateway.query(low, query, { ...variables, first });
        expect(refusal(answer)).toMatchObject({ status: 400, code: 'LIMIT_EXCEEDED', limit });
        expect(answer.body.errors).toHaveLength(1);
      }
    }
  });

  test('the cost is told when it is asked for, and not otherwise', async () => {
    const send = (headers: Record<string, string>) =>
      gateway.fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: some.authorization, ...headers },
        body: JSON.stringify({ query: '{ employees(first: 20) { nodes { id firstName } totalCount } }' }),
      });
    const told = await send({ 'x-fieldgate-cost': '1' });
    // employees 1, its argument 5, nodes 1, for 20 people 2 fields each, totalCount 100.
    expect(JSON.parse(told.text).extensions).toEqual({ cost: { requested: 147, most: 20_000 } });
    expect(JSON.parse((await send({})).text)).not.toHaveProperty('extensions');
  });

  test('the answers within the limits stay whole', async () => {
    const { body } = await gateway.query(
      some,
      '{ employees(first: 1000) { nodes { id firstName lastName supervisor { id } } } }',
    );
    expect(body.errors).toBeUndefined();
    expect(body.data.employees.nodes).toHaveLength(250);
  });

  test('a text of many fields and fragments is answered or refused at once', async () => {
    const started = performance.now();
    for (const query of [
      `{ employee(id: 1) { ${'id '.repeat(4_900)} } }`,
      `{ ${'employee(id: 1) { id } '.repeat(1_200)} }`,
      `{ ${fields(600, (i) => `...F${i}`)} } ${fields(600, (i) => `fragment F${i} on Query { employee(id: 1) { id } }`)}`,
      `{ ...F0 } ${fields(300, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F300 on Query { employee(id: 1) { id } }`,
    ]) {
      expect((await gateway.query(some, query)).status).toBeLessThan(500);
    }
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

describe.each(databases)('time and rate on $name', (database) => {
  test('a credential that sends too much is told to wait, and others are not', async () => {
    const gateway = await startTestGateway(database, { config: { requestsPerMinute: 3 } });
    const busy = await gateway.credential();
    const calm = await gateway.credential();
    const answers: Answer[] = [];
    for (let count = 0; count < 4; count += 1) answers.push(await gateway.query(busy, '{ viewer { name } }'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"credential";q=3;w=60');
    expect(answers[0]?.headers.get('ratelimit')).toMatch(/^"credential";r=2;t=\d+$/);
    const refused = present(answers[3]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.body.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    expect((await gateway.query(calm, '{ viewer { name } }')).status).toBe(200);
    await gateway.close();
  });

  test('a statement that takes too long is ended and answered UNAVAILABLE', async () => {
    const gateway = await startTestGateway(database, { demo: true, config: { statementTimeoutMilliseconds: 300 } });
    const some = await gateway.credential({ attributes: ['firstName', 'supervisor'] });
    // The statement itself is made slow: a count that goes on for minutes, in the place of the one that was asked for.
    const restore = aroundReads(gateway.house, (statement, read) =>
      read(statement.text.includes('FROM employee') ? endless() : statement),
    );
    const started = performance.now();
    const answer = await gateway.query(some, '{ employees { nodes { firstName } } }');
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(answer.status).toBe(503);
    expect(answer.body.errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }]);
    restore();
    expect((await gateway.query(some, '{ employees { nodes { firstName } } }')).status).toBe(200);
    await gateway.close();
  });

  test('statements whose time runs out while they wait for a connection never run, and nobody waits for them', async () => {
    const gateway = await startTestGateway(database, { demo: true, config: { statementTimeoutMilliseconds: 300 } });
    const some = await gateway.credential({ attributes: ['firstName'] });
    const restore = aroundReads(gateway.house, (statement, read) =>
      read(statement.text.includes('FROM employee') ? endless() : statement),
    );
    const ask = () => gateway.query(some, '{ employees { nodes { firstName } } }');
    const started = performance.now();
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(ask));
    expect(answers.map(({ status, body }) => [status, body.errors?.[0]?.extensions.code])).toEqual(
      answers.map(() => [503, 'UNAVAILABLE']),
    );
    restore();
    expect((await ask()).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(10_000);
    await gateway.close();
  });

  if (database.name === 'SQLite') {
    test('a statement whose time runs out while it waits for a thread is ended once it runs', async () => {
      const gateway = await startTestGateway(database, { demo: true, config: { statementTimeoutMilliseconds: 300 } });
      const some = await gateway.credential({ attributes: ['firstName'] });
      const restore = aroundReads(gateway.house, (statement, read) => {
        if (!statement.text.includes('FROM employee')) return read(statement);
        const finished = () => undefined;
        for (let thread = 0; thread < 8; thread += 1) pbkdf2('some', 'thing', 200_000, 64, 'sha512', finished);
        return read(endless());
      });
      const { status, body } = await gateway.query(some, '{ employees { nodes { firstName } } }');
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([503, 'UNAVAILABLE']);
      restore();
      await gateway.close();
    });
  }
});

// SQLite has one writer, which waits for other processes for ten seconds.
describe('a write on PostgreSQL', () => {
  const [database] = databases.filter(({ name }) => name === 'PostgreSQL');

  test('that waits too long for a lock is ended, and nothing of it is kept', async () => {
    const config = { statementTimeoutMilliseconds: 500 };
    const gateway = await startTestGateway(present(database), { demo: true, config });
    const writer = await gateway.credential({ write: ['EMPLOYEES'], attributes: ['firstName'] });
    const change = `mutation { updateEmployee(id: "7", values: { firstName: "Held" }) { userErrors { code } } }`;
    const other = new Client({ connectionString: gateway.house.config.databaseUrl });
    await other.connect();
    await other.query('BEGIN');
    await other.query('SELECT id FROM employee WHERE id = 7 FOR UPDATE');
    const { status, body } = await gateway.query(writer, change);
    await other.query('ROLLBACK');
    await other.end();
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([503, 'UNAVAILABLE']);
    const read = '{ employee(id: 7) { firstName } }';
    expect((await gateway.query(writer, read)).body.data.employee.firstName).not.toBe('Held');
    expect((await gateway.query(writer, change)).body.data.updateEmployee.userErrors).toEqual([]);
    expect((await gateway.query(writer, read)).body.data.employee.firstName).toBe('Held');
    await gateway.close();
  });

  test('that waits too long after another one of its operation tells that this is kept', async () => {
    const config = { statementTimeoutMilliseconds: 500 };
    const gateway = await startTestGateway(present(database), { demo: true, config });
    const writer = await gateway.credential({ write: ['EMPLOYEES'], attributes: ['firstName'] });
    const change = (id: number) => `updateEmployee(id: "${id}", values: { firstName: "Held" }) { userErrors { code } }`;
    const other = new Client({ connectionString: gateway.house.config.databaseUrl });
    await other.connect();
    await other.query('BEGIN');
    await other.query('SELECT id FROM employee WHERE id = 7 FOR UPDATE');
    const { status, body } = await gateway.query(writer, `mutation { a: ${change(6)} b: ${change(7)} }`);
    await other.query('ROLLBACK');
    await other.end();
    expect(status).toBe(503);
    expect(body.errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE', written: true } }]);
    const read = '{ a: employee(id: 6) { firstName } b: employee(id: 7) { firstName } }';
    const { a, b } = (await gateway.query(writer, read)).body.data;
    expect([a.firstName === 'Held', b.firstName === 'Held']).toEqual([true, false]);
    await gateway.close();
  });
});

test.each([
  ['{a}', 1],
  ['{a(b:["}{{{"]){c}} # {{{{', 3],
  ['{a(b:"""{{{ " {{ \\""" {{"""){c}}', 2],
  ['{a(b:"""\\\\""" """){c{d}}}', 3],
  ['{a(b:"""\\\\""""""){c{d}}}', 3],
  ['{a(b:"""\\\\\\""""""){c{d}}}', 3],
  ['"\\"{{{"', 0],
  ['"unfinished {{{', 0],
])('the nesting of %s is %i', (text, depth) => {
  expect(shapeOfText(text).nesting).toBe(depth);
});

test.each([
  ['{a}', 1],
  ['{abc: d_1(e: "longer than any name", f: 12)}', 3],
  ['{a # longer than any name\n}', 1],
  ['', 0],
])('the longest name of %s has %i characters', (text, length) => {
  expect(shapeOfText(text).longestName).toBe(length);
});

test('the nesting of values is measured without recursion', () => {
  let value: unknown = 1;
  for (let level = 0; level < 100_000; level += 1) value = [value];
  expect(nestsDeeper(value, 64)).toBe(true);
  expect(nestsDeeper({ a: [{ b: 1 }] }, 3)).toBe(false);
  expect(nestsDeeper({ a: [{ b: 1 }] }, 2)).toBe(true);
});
