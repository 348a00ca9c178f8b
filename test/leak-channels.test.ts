import sql from 'sql-template-tag';
import { SYSTEM_ATTRIBUTES } from '../src/attributes/system-attributes';
import { adminBrowser } from './support/admin';
import { databases } from './support/database';
import { startTestGateway, type Answer, type TestCredential, type TestGateway } from './support/gateway';
import { present } from './support/present';
import { readsOf } from './support/reads';

const ALLOWED = ['firstName', 'department', 'team', 'status', 'custom.shirtSize'];
const ORDERS = ['FIX_SALARY', 'HIRE_DATE', 'EMAIL', 'LAST_NAME', 'GENDER', 'POSITION'];

/** Operations of a credential that may read what is allowed. Those that touch anything else are refused. */
const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  'a filter with each operator (L09)': [
    ...['eq', 'neq', 'contains', 'startsWith'].map((operator) => people(`filter: { email: { ${operator}: "a" } }`)),
    ...['gt', 'gte', 'lt', 'lte'].map((operator) => people(`filter: { hireDate: { ${operator}: "2021-01-01" } }`)),
    people('filter: { email: { in: ["a", "b"] } }'),
    people('filter: { fixSalary: { isNull: true } }'),
  ],
  'a filter inside and, or, not, and beside empty lists (L10)': [
    people('filter: { and: [{ email: { contains: "a" } }] }'),
    people('filter: { or: [{ firstName: { isNull: false } }, { email: { contains: "a" } }] }'),
    people('filter: { not: { not: { hireDate: { gt: "2021-01-01" } } } }'),
    people('filter: { and: [], or: [{ and: [{ or: [{ gender: { isNull: true } }] }] }] }'),
    `query ($filter: EmployeeFilter = { email: { contains: "a" } }) { employees(filter: $filter) { nodes { id } } }`,
    people('filter: { firstName: { contains: "a" }, hireDate: null }'),
  ],
  'an order by it as first or later key (L13)': ORDERS.flatMap((by) => [
    people(`orderBy: [{ by: ${by} }]`),
    people(`orderBy: [{ by: FIRST_NAME }, { by: ${by}, direction: DESC }]`),
  ]),
  'an order that is not asked for, and ties in one that is (L14)': [
    people(''),
    people('orderBy: [{ by: STATUS }]'),
    people('orderBy: [{ by: DEPARTMENT, direction: DESC }]'),
  ],
  'counts and page information (L16)': [
    '{ employees(first: 3) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }',
    '{ employees(first: 3, filter: { status: { eq: ACTIVE } }) { totalCount pageInfo { hasNextPage endCursor } } }',
    '{ employeeStatistics(groupBy: [{ by: STATUS }]) { groups { count } } }',
  ],
  'a search for what stands in a forbidden attribute only (L18)': [
    people('search: "@"'),
    people('search: "changed"'),
    people('search: "example.com"'),
  ],
  'answers’ sizes and headers (L27)': [
    '{ employees(first: 50) { nodes { id firstName lastName email fixSalary { amount } hireDate } } }',
    '{ employee(id: "1") { firstName supervisor { id email } } }',
  ],
};

function people(args: string): string {
  return `{ employees${args ? `(${args})` : ''} { nodes { id firstName } } }`;
}

/** Everything that a client gets but the moment, the number of the request and what is left of its rate. */
function seen({ status, headers, text }: Answer): unknown {
  const kept = [...headers].filter(
    ([name]) => !['date', 'x-request-id', 'ratelimit', 'ratelimit-reset'].includes(name),
  );
  return [status, kept, withoutPlace(text)];
}

function withoutPlace(text: string): string {
  return text.replaceAll(OWN_PLACE, '');
}

/** Where a denial can be lifted: of the same length for everybody, and known to whoever asks. */
const OWN_PLACE = /http:\/\/127\.0\.0\.1:\d+|fgci_[0-9A-Za-z]+/g;

describe.each(databases)('what a credential may not read leaks through nothing, on $name', (database) => {
  let gateway: TestGateway;
  let reader: TestCredential;
  const before = new Map<string, readonly unknown[]>();

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true });
    reader = await gateway.credential({ attributes: ALLOWED });
    for (const name of Object.keys(OPERATIONS)) before.set(name, await answersTo(name, reader));
    await gateway.house.store.write(async (manager) => {
      await manager.query(`UPDATE employee SET last_name = 'changed' || id, email = 'changed' || id || '@elsewhere.test',
        gender = NULL, hire_date = '1999-12-31', fix_salary_amount = 1000000 - id, supervisor_id = NULL,
        preferred_name = NULL, position = 'changed', office_id = NULL`);
    });
  }, 60_000);

  afterAll(() => gateway.close());

  async function answersTo(name: string, as: TestCredential): Promise<readonly unknown[]> {
    const answers: unknown[] = [];
    for (const operation of present(OPERATIONS[name])) {
      const answer = await gateway.query(as, operation);
      expect(answer.status).toBe(200);
      answers.push(seen(answer));
    }
    return answers;
  }

  test('the values that are forbidden did change, and whoever may read them sees it', async () => {
    const keys = SYSTEM_ATTRIBUTES.map(({ key }) => key);
    const { body } = await gateway.query(
      await gateway.credential({ attributes: keys }),
      '{ employees(first: 1) { nodes { lastName email hireDate } } found: employees(search: "elsewhere.test") { totalCount } }',
    );
    expect(body.data.employees.nodes[0]).toMatchObject({ lastName: 'changed1', hireDate: '1999-12-31' });
    expect(body.data.found.totalCount).toBe(250);
  });

  test.each(Object.keys(OPERATIONS))('%s: the same bytes and headers whatever is stored', async (name) => {
    const twin = await gateway.credential({ attributes: ALLOWED });
    expect(await answersTo(name, twin)).toEqual(before.get(name));
  });

  const refusals = Object.entries(OPERATIONS).filter(([name]) => /L09|L10|L13/.test(name));

  test.each(refusals)('%s is refused as a whole, and nothing is read for it (L12)', async (_name, operations) => {
    const asked = async (operation: string) => {
      const { result, statements } = await readsOf(gateway.house, () => gateway.query(reader, operation));
      return { ...result, aboutPeople: statements.filter((statement) => /\bemployee\b/.test(statement)) };
    };
    expect((await asked(people(''))).aboutPeople).not.toEqual([]);
    for (const operation of operations) {
      const { status, body, aboutPeople } = await asked(operation);
      expect([status, body.data ?? null]).toEqual([200, null]);
      expect(present(body.errors).map(({ extensions }) => extensions.code)).toContain('ATTRIBUTE_FORBIDDEN');
      expect(aboutPeople).toEqual([]);
    }
  });

  test('a person is looked up by id and by nothing else, and cursors hold no other key (L19)', async () => {
    for (const key of ['email', 'lastName', 'personnelNumber']) {
      const { status, body } = await gateway.query(reader, `{ employee(${key}: "a") { id } }`);
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    }
    const forged = Buffer.from('email:a@example.com').toString('base64url');
    const { body } = await gateway.query(reader, `{ employees(after: "${forged}") { nodes { id } } }`);
    expect([body.data.employees, body.errors?.[0]?.extensions.code]).toEqual([null, 'BAD_USER_INPUT']);
  });

  test('a custom attribute is gated key by key, in every list of them (L08)', async () => {
    const { body, text } = await gateway.query(
      reader,
      `{ employees(first: 250) { nodes {
        all: customAttributes { key value }
        some: customAttributes(keys: ["shirtSize", "favouriteTeapot", "noSuchKey"]) { key type value } } } }`,
    );
    const nodes = body.data.employees.nodes as { all: { key: string }[]; some: { key: string; value: unknown }[] }[];
    for (const { all, some } of nodes) {
      expect(all.map(({ key }) => key)).toEqual(['shirtSize']);
      expect(some[1]).toEqual({ key: 'favouriteTeapot', type: null, value: null });
      expect(some[2]).toEqual({ key: 'noSuchKey', type: null, value: null });
    }
    for (const value of await stored('favouriteTeapot')) expect(text).not.toContain(value);
  });

  async function stored(name: string): Promise<string[]> {
    const rows = await gateway.house.store.read(
      sql`SELECT DISTINCT v.text_value FROM employee_custom_value v JOIN custom_attribute a ON a.id = v.attribute_id
        WHERE a.name = ${name} AND v.text_value IS NOT NULL`,
    );
    expect(rows.length).toBeGreaterThan(1);
    return rows.map((row) => row['text_value'] as string);
  }

  test('a privileged credential that asks the same first changes nothing of the answer (L29)', async () => {
    const privileged = await gateway.credential({ attributes: SYSTEM_ATTRIBUTES.map(({ key }) => key) });
    const operation = '{ employees(first: 20) { nodes { id firstName lastName email fixSalary { amount } } } }';
    const alone = seen(await gateway.query(await gateway.credential({ attributes: ALLOWED }), operation));
    const [full, interleaved] = await Promise.all([
      gateway.query(privileged, operation),
      gateway.query(await gateway.credential({ attributes: ALLOWED }), operation),
    ]);
    expect(full.text).toContain('elsewhere.test');
    expect(seen(interleaved)).toEqual(alone);
  });

  test('a permission that was taken away counts in the next statement, also while others write (L43)', async () => {
    const operation = '{ employee(id: "1") { email } }';
    for (let round = 0; round < 10; round += 1) {
      const short = await gateway.credential({ attributes: ['email'] });
      expect((await gateway.query(short, operation)).text).toContain('elsewhere.test');
      const writing = gateway.house.store.write((manager) =>
        manager.query(`UPDATE employee SET position = 'busy' WHERE id = 1`),
      );
      await gateway.house.store.write((manager) =>
        manager.query(
          `UPDATE credential SET permission_version = permission_version + 1 WHERE client_id = '${short.clientId}'`,
        ),
      );
      await gateway.house.store.write((manager) =>
        manager.query(`DELETE FROM credential_attribute WHERE credential_id IN
          (SELECT id FROM credential WHERE client_id = '${short.clientId}')`),
      );
      const { body } = await gateway.query(short, operation);
      expect(body.data.employee).toEqual({ email: null });
      await writing;
    }
  });

  test('nobody’s values stand in the record that admins see and export (L34)', async () => {
    const owner = await adminBrowser(gateway, 'OWNER');
    const writer = await gateway.credential({ write: ['EMPLOYEES'], attributes: ['position', 'email'] });
    await gateway.query(
      writer,
      'mutation { updateEmployee(id: "3", values: { position: "Keeper of the lamp" }) { userErrors { code } } }',
    );
    const preview =
      '{ previewCredential(grants: { modules: [{ module: EMPLOYEES, read: true, write: false }], attributes: ["email", "position"] }, employeeId: "3") { fields { proposed { value } } } }';
    expect((await owner.send(preview)).text).toContain('Keeper of the lamp');
    const { body, text } = await owner.send(
      '{ auditEvents(first: 50) { nodes { action subject { name } before after } } }',
    );
    expect(text).toContain('EMPLOYEE_PREVIEWED');
    expect(body.errors).toBeUndefined();
    expect(text).not.toMatch(/elsewhere\.test|Keeper of the lamp/);
  });

  test('pages and files that anybody gets hold no data, no version and no secret (L38, L39)', async () => {
    for (const path of [
      '/',
      '/health',
      '/health/live',
      '/health/ready',
      '/metrics',
      '/settings/credentials',
      '/nowhere',
    ]) {
      const { text, headers } = await gateway.fetch(path);
      expect(text).not.toMatch(/elsewhere\.test|changed\d|fgcs_|fgci_/);
      expect([...headers].flat().join(' ')).not.toMatch(/fastify|apollo|express|\bnode\b/i);
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  test('secrets are in no list and in no answer but that of the reveal (L38)', async () => {
    const owner = await adminBrowser(gateway, 'OWNER');
    const { text } = await owner.send('{ credentials(first: 50) { nodes { id clientId secrets { id revealable } } } }');
    expect(text).toContain('fgci_');
    expect(text).not.toContain('fgcs_');
  });

  test('an empty store refuses in the same words as a full one (L26)', async () => {
    const empty = await startTestGateway(database);
    try {
      const alike = await empty.credential({ attributes: ALLOWED.filter((key) => !key.startsWith('custom.')) });
      for (const operation of refusals.flatMap(([, operations]) => operations)) {
        const full = await gateway.query(reader, operation);
        const none = await empty.query(alike, operation);
        expect([none.status, withoutPlace(none.text)]).toEqual([full.status, withoutPlace(full.text)]);
      }
    } finally {
      await empty.close();
    }
  });
});
