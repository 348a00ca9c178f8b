import { SYSTEM_ATTRIBUTES } from '../src/attributes/system-attributes';
import { adminBrowser, type AdminBrowser } from './support/admin';
import { databases } from './support/database';
import { basic, startTestGateway, type Answer, type TestGateway } from './support/gateway';
import { employees, list, Managing, type Made } from './support/managing';
import { present } from './support/present';

const PREVIEW = `query ($id: ID, $grants: GrantsInput, $employeeId: ID) {
  previewCredential(id: $id, grants: $grants, employeeId: $employeeId) {
    employeeName
    fields { attribute { key } today { visible value reason } proposed { visible value reason } }
  }
}`;

interface Value {
  readonly visible: boolean;
  readonly value: string | null;
  readonly reason: string | null;
}

interface Preview {
  readonly employeeName: string;
  readonly fields: ReadonlyMap<string, { readonly today: Value; readonly proposed: Value }>;
}

const hidden = (reason: string): Value => ({ visible: false, value: null, reason });
const shown = (value: unknown) => ({ visible: true, value, reason: null }) as Value;

describe.each(databases)('a preview on $name', (database) => {
  let gateway: TestGateway;
  let owner: AdminBrowser;
  let managing: Managing;
  let made: Made;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true });
    owner = await adminBrowser(gateway, 'OWNER');
    managing = new Managing(owner);
    made = await managing.reader('Directory', ['firstName', 'team', 'custom.shirtSize']);
  });

  afterAll(() => gateway.close());

  const ask = (variables: Record<string, unknown>, admin = owner): Promise<Answer> => admin.send(PREVIEW, variables);

  async function preview(variables: Record<string, unknown>, admin = owner): Promise<Preview> {
    const { body, text } = await ask(variables, admin);
    if (body.errors) throw new Error(text);
    const { employeeName, fields } = body.data.previewCredential as {
      employeeName: string;
      fields: { attribute: { key: string }; today: Value; proposed: Value }[];
    };
    return { employeeName, fields: new Map(fields.map((field) => [field.attribute.key, field])) };
  }

  const previewed = async () =>
    (await gateway.house.audit.page({ actions: ['EMPLOYEE_PREVIEWED'] }, undefined, 50)).items;

  test('shows the invented person through today’s and proposed permissions, with the reason of each denial', async () => {
    const { employeeName, fields } = await preview({ id: made.id, grants: list(['team', 'fixSalary']) });
    expect(employeeName).toBe('Alex Beispiel');
    expect(fields.get('firstName')).toMatchObject({
      today: shown('Alexandra'),
      proposed: hidden('ATTRIBUTE_FORBIDDEN'),
    });
    expect(fields.get('team')).toMatchObject({ today: shown('Controlling'), proposed: shown('Controlling') });
    expect(fields.get('fixSalary')).toMatchObject({
      today: hidden('ATTRIBUTE_FORBIDDEN'),
      proposed: shown('4200.5 EUR'),
    });
    expect(fields.get('custom.shirtSize')).toMatchObject({
      today: shown('XS'),
      proposed: hidden('ATTRIBUTE_FORBIDDEN'),
    });
  });

  test('has every attribute of the catalogue, and a value for each that is on the list', async () => {
    const { body } = await owner.send('{ catalogue { key } }');
    const keys = (body.data.catalogue as { key: string }[]).map(({ key }) => key);
    const { fields } = await preview({ grants: list(keys.filter((key) => key !== 'id')) });
    expect([...fields.keys()]).toEqual(keys);
    for (const key of keys) {
      expect([key, present(fields.get(key)).proposed]).toMatchObject([key, { visible: true, reason: null }]);
      expect(present(fields.get(key)).proposed.value).toBeTruthy();
    }
  });

  test('without the box of the module everything is denied for that', async () => {
    const { fields } = await preview({ id: made.id, grants: { modules: [employees(false)], attributes: [] } });
    for (const { proposed } of fields.values()) expect(proposed).toEqual(hidden('MODULE_FORBIDDEN'));
    expect(present(fields.get('firstName')).today.visible).toBe(true);
  });

  test('of a credential that is not made yet shows nothing today', async () => {
    const { fields } = await preview({ grants: list(['email']) });
    for (const { today } of fields.values()) expect(today).toEqual(hidden('MODULE_FORBIDDEN'));
    expect(present(fields.get('email')).proposed).toEqual(shown('alex.beispiel@example.com'));
  });

  test('without a proposal has today on both sides', async () => {
    const { fields } = await preview({ id: made.id });
    for (const { today, proposed } of fields.values()) expect(proposed).toEqual(today);
  });

  test('of a real person shows what the credential itself reads, and is on record before it is answered', async () => {
    const keys = ['firstName', 'hireDate', 'office', 'fixSalary', 'costCenters', 'custom.shirtSize', 'email'];
    const before = (await previewed()).length;
    const { employeeName, fields } = await preview({ id: made.id, grants: list(keys), employeeId: '2' });
    const reader = await gateway.credential({ attributes: keys });
    const { body } = await gateway.query(
      reader,
      `{ employee(id: "2") { firstName hireDate email office { name } fixSalary { amount currency }
        costCenters { name percentage } customAttributes(keys: ["shirtSize"]) { value } } }`,
    );
    const person = body.data.employee;
    const expected: Record<string, unknown> = {
      firstName: person.firstName,
      hireDate: person.hireDate,
      email: person.email,
      office: person.office?.name ?? null,
      fixSalary: person.fixSalary && `${person.fixSalary.amount} ${person.fixSalary.currency}`,
      costCenters:
        (person.costCenters as { name: string; percentage: number }[])
          .map(({ name, percentage }) => `${name} ${percentage} %`)
          .join(', ') || null,
      'custom.shirtSize': person.customAttributes[0].value,
    };
    for (const key of keys) expect([key, fields.get(key)?.proposed]).toEqual([key, shown(expected[key])]);
    expect(employeeName).toBe('Employee 2');
    const events = await previewed();
    expect(events).toHaveLength(before + 1);
    expect(events[0]).toMatchObject({
      actor: { kind: 'ADMIN' },
      subject: { kind: 'EMPLOYEE', id: '2', name: null },
      after: { credentialId: made.id, attributes: expect.arrayContaining(keys) as unknown },
    });
    expect(JSON.stringify(events[0])).not.toContain(person.email);
  });

  test('tells a real person’s name only when the name’s attributes are visible, and no value of any other', async () => {
    const named = await preview({ grants: list(['firstName', 'lastName', 'preferredName']), employeeId: '3' });
    expect(named.employeeName).not.toBe('Employee 3');
    const { text } = await ask({ grants: list(['team']), employeeId: '3' });
    const reader = await gateway.credential({ attributes: ['firstName', 'lastName', 'email'] });
    const { body } = await gateway.query(reader, '{ employee(id: "3") { firstName lastName email } }');
    for (const value of Object.values(body.data.employee as Record<string, string>)) expect(text).not.toContain(value);
  });

  test('stores nothing: the credential and what it reads stay as they were', async () => {
    const before = await managing.credential(made.id);
    await preview({ id: made.id, grants: list(['fixSalary'], true), employeeId: '1' });
    expect(await managing.credential(made.id)).toEqual(before);
    const { body } = await gateway.query(
      basic(made.clientId, made.secret),
      '{ employee(id: "1") { fixSalary { amount } } }',
    );
    expect(body.data.employee).toEqual({ fixSalary: null });
  });

  test('an auditor sees the invented person and no real one, and leaves no record', async () => {
    const auditor = await adminBrowser(gateway, 'AUDITOR');
    const before = (await previewed()).length;
    expect((await preview({ id: made.id }, auditor)).employeeName).toBe('Alex Beispiel');
    for (const employeeId of ['1', '999999']) {
      const { status, body } = await ask({ id: made.id, employeeId }, auditor);
      expect([status, body.data ?? null, body.errors?.[0]?.extensions.code]).toEqual([200, null, 'FORBIDDEN']);
    }
    expect(await previewed()).toHaveLength(before);
  });

  test.each([
    ['a person', { employeeId: '999999' }],
    ['a person whose number is too large', { employeeId: '99999999999999' }],
    ['a person whose id is no number', { employeeId: '1 OR 1=1' }],
    ['a person whose id is written otherwise', { employeeId: '0000000002' }],
    ['a credential', { id: '00000000-0000-4000-8000-000000000000' }],
  ])('%s that nobody has is not found, and not on record', async (_name, variables) => {
    const before = (await previewed()).length;
    const { status, body } = await ask(variables);
    expect([status, body.data ?? null, body.errors?.[0]?.extensions.code]).toEqual([200, null, 'NOT_FOUND']);
    expect(await previewed()).toHaveLength(before);
  });

  test('a proposal that cannot be granted tells every problem at its place', async () => {
    const { status, body } = await ask({
      id: made.id,
      grants: { modules: [employees(true), employees(true)], attributes: ['firstName', 'shoeSize', 'custom.nothing'] },
    });
    expect([status, body.data ?? null]).toEqual([200, null]);
    expect(body.errors).toMatchObject([
      {
        extensions: {
          code: 'BAD_USER_INPUT',
          userErrors: [
            { field: ['grants', 'modules', '1'], code: 'INVALID' },
            { field: ['grants', 'attributes', '1'], code: 'UNKNOWN' },
            { field: ['grants', 'attributes', '2'], code: 'UNKNOWN' },
          ],
        },
      },
    ]);
  });

  test('every system attribute of the product has an invented value of its own', async () => {
    const { fields } = await preview({
      grants: list(SYSTEM_ATTRIBUTES.map(({ key }) => key).filter((key) => key !== 'id')),
    });
    const values = SYSTEM_ATTRIBUTES.map(({ key }) => present(fields.get(key)).proposed.value);
    expect(new Set(values).size).toBeGreaterThan(SYSTEM_ATTRIBUTES.length - 3);
  });
});
