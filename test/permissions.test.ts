import { SYSTEM_ATTRIBUTES } from '../src/attributes/system-attributes';
import { databases } from './support/database';
import { grantsOf, startTestGateway, type TestCredential, type TestGateway } from './support/gateway';
import { forbiddenIn, grantedStatements } from './support/granted-statements';
import { present } from './support/present';
import { readsOf } from './support/reads';

/** Attributes whose value has parts of its own. */
const SELECTIONS: Readonly<Record<string, string>> = {
  MONEY: '{ amount currency }',
  EMPLOYEE: '{ id }',
  ORGANIZATION_UNIT: '{ id name }',
  COST_CENTERS: '{ id name percentage }',
  ABSENCE_ENTITLEMENT: '{ type days }',
};

const selectable = SYSTEM_ATTRIBUTES.map(({ key, type }) => ({
  key,
  selection: `${key} ${SELECTIONS[type] ?? ''}`.trim(),
}));
const deniable = selectable.filter(({ key }) => key !== 'id');

describe.each(databases)('permissions on $name', (database) => {
  let gateway: TestGateway;
  let all: TestCredential;
  let none: TestCredential;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true });
    all = await gateway.credential({ attributes: SYSTEM_ATTRIBUTES.map(({ key }) => key) });
    none = await gateway.credential();
  });

  afterAll(() => gateway.close());

  test('whoever has everything on its list reads everything without an error', async () => {
    const fields = selectable.map(({ selection }) => selection).join(' ');
    const { status, body } = await gateway.query(all, `{ employees(first: 250) { nodes { ${fields} } } }`);
    expect(status).toBe(200);
    expect(body.errors).toBeUndefined();
    const nodes = body.data.employees.nodes as Record<string, unknown>[];
    for (const { key } of selectable) expect(nodes.some((node) => node[key] !== null)).toBe(true);
  });

  test.each(deniable)(
    '$key is null and told once when it is not on the list (L01, L24)',
    async ({ key, selection }) => {
      const { status, body } = await gateway.query(none, `{ employees(first: 250) { nodes { id ${selection} } } }`);
      expect(status).toBe(200);
      const nodes = body.data.employees.nodes as Record<string, unknown>[];
      expect(nodes).toHaveLength(250);
      expect(nodes.every((node) => node[key] === null)).toBe(true);
      expect(body.errors).toEqual([
        {
          message: 'This credential may not read this attribute.',
          path: ['employees', 'nodes', '@', key],
          extensions: {
            code: 'ATTRIBUTE_FORBIDDEN',
            coordinate: `Employee.${key}`,
            attribute: key,
            reason: 'NOT_ON_THE_LIST',
            link: `${gateway.url}/settings/credentials/${none.clientId}?missing=read:${key}`,
          },
        },
      ]);
    },
  );

  test.each(deniable)('$key alone on the list lets through $key alone', async ({ key }) => {
    const one = await gateway.credential({ attributes: [key] });
    const fields = deniable.map(({ selection }) => selection).join(' ');
    const { body } = await gateway.query(one, `{ employees(first: 250) { nodes { ${fields} } } }`);
    const denied = present(body.errors).map(({ extensions }) => extensions['attribute']);
    expect(denied.sort()).toEqual(
      deniable
        .map((attribute) => attribute.key)
        .filter((other) => other !== key)
        .sort(),
    );
    const nodes = body.data.employees.nodes as Record<string, unknown>[];
    expect(nodes.some((node) => node[key] !== null)).toBe(true);
    for (const { key: other } of deniable) {
      if (other !== key) expect(nodes.every((node) => node[other] === null)).toBe(true);
    }
  });

  test.each([
    ['an alias (L02)', '{ employees { nodes { firstName: fixSalary { amount } } } }', 'firstName'],
    ['an inline fragment (L03)', '{ employees { nodes { ... on Employee { fixSalary { amount } } } } }', 'fixSalary'],
    [
      'a named fragment (L03)',
      '{ employees { nodes { ...F } } } fragment F on Employee { fixSalary { amount } }',
      'fixSalary',
    ],
    [
      'nested fragments (L03)',
      '{ employees { ...A } } fragment A on EmployeeConnection { nodes { ...B } } fragment B on Employee { fixSalary { amount } }',
      'fixSalary',
    ],
    [
      '@include with a variable (L03)',
      'query ($yes: Boolean = true) { employees { nodes { fixSalary @include(if: $yes) { amount } } } }',
      'fixSalary',
    ],
  ])('%s does not get round the list', async (_name, query, responseName) => {
    const { body } = await gateway.query(none, query);
    const nodes = body.data.employees.nodes as Record<string, unknown>[];
    expect(nodes.length).toBeGreaterThan(0);
    expect(nodes.every((node) => node[responseName] === null)).toBe(true);
    expect(body.errors).toMatchObject([{ extensions: { code: 'ATTRIBUTE_FORBIDDEN', attribute: 'fixSalary' } }]);
  });

  test('what is not selected after all is not told as denied', async () => {
    const { body } = await gateway.query(
      none,
      '{ employees(first: 1) { nodes { id fixSalary @skip(if: true) { amount } } } }',
    );
    expect(body.errors).toBeUndefined();
  });

  test.each([
    ['the edges', '{ employees { edges { node { fixSalary { amount } } } } }'],
    ['one person', '{ employee(id: 1) { fixSalary { amount } } }'],
    ['the supervisor', '{ employees { nodes { supervisor { supervisor { fixSalary { amount } } } } } }'],
  ])('%s follow the same rules on the way to a value (L04)', async (_name, query) => {
    const directory = await gateway.credential({ attributes: ['supervisor'] });
    const { body, text } = await gateway.query(directory, query);
    expect(body.errors).toMatchObject([{ extensions: { attribute: 'fixSalary' } }]);
    expect(text).not.toContain('amount');
  });

  test('a value that is derived needs everything that it comes from (L07)', async () => {
    const most = await gateway.credential({ attributes: ['firstName', 'lastName'] });
    const { body } = await gateway.query(most, '{ employees(first: 3) { nodes { displayName } } }');
    expect(body.data.employees.nodes).toEqual([{ displayName: null }, { displayName: null }, { displayName: null }]);
    expect(body.errors).toMatchObject([
      { extensions: { coordinate: 'Employee.displayName', attribute: 'preferredName' } },
    ]);
    const everything = await gateway.credential({ attributes: ['firstName', 'lastName', 'preferredName'] });
    const allowed = await gateway.query(everything, '{ employees(first: 3) { nodes { displayName } } }');
    expect(allowed.body.errors).toBeUndefined();
  });

  test('a strict credential is refused the whole operation, and told all that is missing at once', async () => {
    const strict = await gateway.credential({ attributes: ['firstName'], denialMode: 'STRICT' });
    const { body } = await gateway.query(
      strict,
      '{ employees { nodes { firstName fixSalary { amount } supervisor { gender } } } }',
    );
    expect(body.data).toBeNull();
    expect(present(body.errors).map(({ extensions }) => extensions['coordinate'])).toEqual([
      'Employee.fixSalary',
      'Employee.supervisor',
      'Employee.gender',
    ]);
    const allowed = await gateway.query(strict, '{ employees(first: 1) { nodes { firstName } } }');
    expect(allowed.body.errors).toBeUndefined();
  });

  test('without the module nothing of it is readable, whatever the list says', async () => {
    const odd = await gateway.credential({ read: ['ABSENCES'], attributes: ['firstName'] });
    const { body } = await gateway.query(odd, '{ employees { nodes { id firstName } } employee(id: 1) { id } }');
    expect(body.data).toEqual({ employees: null, employee: null });
    expect(present(body.errors).map(({ extensions }) => extensions.code)).toEqual([
      'MODULE_FORBIDDEN',
      'MODULE_FORBIDDEN',
    ]);
  });

  test('a custom attribute that is not granted answers as one that does not exist', async () => {
    const ask = (key: string) =>
      gateway.query(none, `{ employee(id: 7) { customAttributes(keys: ["${key}"]) { key type value } } }`);
    const [forbidden, unknown] = [await ask('allergies'), await ask('neverHeard')];
    expect(forbidden.text.replaceAll('allergies', 'neverHeard')).toBe(unknown.text);
    expect(forbidden.body.errors).toMatchObject([{ extensions: { code: 'ATTRIBUTE_FORBIDDEN' } }]);
  });

  test('a granted custom attribute is read, and the others are not named', async () => {
    const shirts = await gateway.credential({ attributes: ['custom.shirtSize'] });
    const { body, text } = await gateway.query(
      shirts,
      '{ employees(first: 250) { nodes { customAttributes { key value } } } attributes { key } }',
    );
    expect(body.errors).toBeUndefined();
    const nodes = body.data.employees.nodes as { customAttributes: { key: string; value: unknown }[] }[];
    expect(new Set(nodes.flatMap(({ customAttributes }) => customAttributes.map(({ key }) => key)))).toEqual(
      new Set(['shirtSize']),
    );
    expect(nodes.some(({ customAttributes }) => customAttributes[0]?.value === 'M')).toBe(true);
    expect(text).not.toContain('allergies');
  });

  test('viewer and attributes tell a credential what it may do', async () => {
    const { body } = await gateway.query(
      await gateway.credential({ name: 'Badge printer', attributes: ['firstName'] }),
      '{ viewer { name modules { module read write } attributes { key readable } } attributes { key readable } }',
    );
    expect(body.data.viewer).toEqual({
      name: 'Badge printer',
      modules: [
        { module: 'EMPLOYEES', read: true, write: false },
        { module: 'ABSENCES', read: false, write: false },
        { module: 'ATTENDANCES', read: false, write: false },
      ],
      attributes: [
        { key: 'id', readable: true },
        { key: 'firstName', readable: true },
      ],
    });
    const readable = (body.data.attributes as { key: string; readable: boolean }[]).filter((one) => one.readable);
    expect(readable.map(({ key }) => key)).toEqual(['id', 'firstName']);
  });

  test('only columns that are selected and granted are asked of the database', async () => {
    const some = await gateway.credential({ attributes: ['firstName', 'lastName'] });
    const { statements } = await readsOf(gateway.house, () =>
      gateway.query(some, '{ employees { nodes { firstName fixSalary { amount } } } }'),
    );
    const [statement] = statements.filter((text) => text.includes('FROM employee'));
    expect(statement).toContain('e.first_name');
    expect(statement).not.toMatch(/last_name|salary/);
  });
});

describe('the statements of every test', () => {
  const grants = grantsOf({ attributes: ['firstName', 'custom.shirtSize'] });

  test('are looked at, each with the grants of whoever it is for', () => {
    expect(grantedStatements.seen).toBeGreaterThan(10);
    expect(grantedStatements.forbidden).toEqual([]);
  });

  test.each([
    ['a selected column', 'SELECT e.first_name, e.email FROM employee e', [], ['email']],
    ['a condition', 'SELECT e.id FROM employee e WHERE e.hire_date > ?', [], ['hireDate']],
    [
      'a custom value',
      'SELECT v.text_value FROM employee_custom_value v WHERE name = ?',
      ['favouriteTeapot'],
      ['custom.favouriteTeapot'],
    ],
    ['nothing that is denied', `SELECT e.first_name AS email, 'hire_date' FROM employee e`, ['shirtSize'], []],
  ])('%s is seen', (_what, text, values, expected) => {
    expect(forbiddenIn({ text, values }, grants)).toEqual(expected);
  });
});
