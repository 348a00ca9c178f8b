import { CUSTOM_TYPES } from '../src/attributes/attribute';
import { adminBrowser, type AdminBrowser } from './support/admin';
import { databases } from './support/database';
import { basic, startTestGateway, type TestCredential, type TestGateway } from './support/gateway';
import { list, Managing } from './support/managing';
import { present } from './support/present';

const ATTRIBUTE =
  'attribute { key label { en de } type sensitivity options custom retiredAt } userErrors { field code }';
const CREATE = `mutation ($input: CreateCustomAttributeInput!) { createCustomAttribute(input: $input) { ${ATTRIBUTE} } }`;
const UPDATE = `mutation ($key: String!, $input: UpdateCustomAttributeInput!) {
  updateCustomAttribute(key: $key, input: $input) { ${ATTRIBUTE} }
}`;
const RETIRE = `mutation ($key: String!) { retireCustomAttribute(key: $key) { ${ATTRIBUTE} } }`;

const BADGE = { name: 'badge', labelEn: 'Badge', labelDe: 'Ausweis', type: 'TEXT', sensitivity: 'LOW' };

interface Outcome {
  readonly attribute: { readonly key: string; readonly retiredAt: string | null } | null;
  readonly userErrors: readonly { readonly field: readonly string[] | null; readonly code: string }[];
}

describe.each(databases)('custom attributes on $name', (database) => {
  let gateway: TestGateway;
  let owner: AdminBrowser;
  let writer: TestCredential;
  let made = 0;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true });
    owner = await adminBrowser(gateway, 'OWNER');
  });

  afterAll(() => gateway.close());

  async function outcome(query: string, variables: Record<string, unknown>, admin = owner): Promise<Outcome> {
    const { body, text } = await admin.send(query, variables);
    if (body.errors) throw new Error(text);
    return Object.values(body.data as Record<string, Outcome>)[0] as Outcome;
  }

  const create = (input: object = {}) =>
    outcome(CREATE, { input: { ...BADGE, name: `badge${(made += 1)}`, ...input } });
  const update = (key: string, input: object) => outcome(UPDATE, { key, input });
  const retire = (key: string) => outcome(RETIRE, { key });

  async function keys(query = '{ catalogue { key } }'): Promise<string[]> {
    const { body } = await owner.send(query);
    return (body.data.catalogue as { key: string }[]).map(({ key }) => key);
  }

  /** Reads one custom attribute of the first person. */
  async function read(as: TestCredential | string, name: string) {
    const query = `{ employee(id: "1") { customAttributes(keys: ["${name}"]) { key type value } } }`;
    const { body } = await gateway.query(as, query);
    return { value: body.data.employee.customAttributes, errors: body.errors };
  }

  test.each(CUSTOM_TYPES)('one of type %s is made, and stands in the catalogue', async (type) => {
    const options = type === 'LIST' ? { options: [' red ', 'blue'] } : {};
    const { attribute, userErrors } = await create({ type, labelEn: ' Badge ', ...options });
    expect(userErrors).toEqual([]);
    expect(attribute).toMatchObject({
      label: { en: 'Badge', de: 'Ausweis' },
      type,
      sensitivity: 'LOW',
      options: type === 'LIST' ? ['red', 'blue'] : [],
      custom: true,
      retiredAt: null,
    });
    expect(await keys()).toContain(present(attribute).key);
  });

  test('a new one is granted to nobody, also not to those who may read everything else', async () => {
    const everything = await gateway.credential({ attributes: await keys() });
    const { attribute } = await create();
    const name = present(attribute).key.replace('custom.', '');
    const { value, errors } = await read(everything, name);
    expect(value).toEqual([{ key: name, type: null, value: null }]);
    expect(errors).toMatchObject([{ extensions: { code: 'ATTRIBUTE_FORBIDDEN' } }]);
  });

  test('its key can be granted, written and read', async () => {
    const key = present((await create()).attribute).key;
    const name = key.replace('custom.', '');
    writer = await gateway.credential({ write: ['EMPLOYEES'], attributes: [key] });
    const { body } = await gateway.query(
      writer,
      `mutation { updateEmployee(id: "1", values: { customAttributes: [{ key: "${name}", value: "B-17" }] }) {
        userErrors { code } } }`,
    );
    expect(body.data.updateEmployee.userErrors).toEqual([]);
    expect((await read(writer, name)).value).toEqual([{ key: name, type: 'TEXT', value: 'B-17' }]);
  });

  test('it gets other labels, another sensitivity and other options; what is left out stays, and so does the key', async () => {
    const key = present((await create({ type: 'LIST', options: ['a', 'b'] })).attribute).key;
    expect(await update(key, { labelDe: ' Hausausweis ', sensitivity: 'HIGH' })).toMatchObject({
      attribute: { key, label: { en: 'Badge', de: 'Hausausweis' }, sensitivity: 'HIGH', options: ['a', 'b'] },
      userErrors: [],
    });
    expect(await update(key, { options: ['b', ' c'] })).toMatchObject({
      attribute: { label: { en: 'Badge', de: 'Hausausweis' }, sensitivity: 'HIGH', options: ['b', 'c'] },
    });
    const viewer = await gateway.credential({ attributes: [key] });
    const { body } = await gateway.query(viewer, '{ attributes { key label { de } } }');
    const seen = (body.data.attributes as { key: string }[]).find((attribute) => attribute.key === key);
    expect(seen).toMatchObject({ label: { de: 'Hausausweis' } });
  });

  test('every problem of a new one is told at once, and nothing is made', async () => {
    const before = await keys('{ catalogue(includeRetired: true) { key } }');
    expect(
      await create({
        name: '9 lives',
        labelEn: ' ',
        labelDe: 'x'.repeat(101),
        type: 'LIST',
        options: ['a', ' ', 'a ', 'y'.repeat(101)],
      }),
    ).toEqual({
      attribute: null,
      userErrors: [
        { field: ['name'], code: 'INVALID' },
        { field: ['labelEn'], code: 'REQUIRED' },
        { field: ['labelDe'], code: 'TOO_LONG' },
        { field: ['options', '1'], code: 'REQUIRED' },
        { field: ['options', '2'], code: 'TAKEN' },
        { field: ['options', '3'], code: 'TOO_LONG' },
      ],
    });
    expect(await keys('{ catalogue(includeRetired: true) { key } }')).toEqual(before);
  });

  test.each<[problem: string, input: object, error: object]>([
    ['a list without values', { type: 'LIST' }, { field: ['options'], code: 'REQUIRED' }],
    ['a list of no values', { type: 'LIST', options: [] }, { field: ['options'], code: 'REQUIRED' }],
    [
      'a list of 501 values',
      { type: 'LIST', options: Array.from({ length: 501 }, (_, at) => `Value ${at}`) },
      { field: ['options'], code: 'LIMIT' },
    ],
    ['values of a text', { options: ['a'] }, { field: ['options'], code: 'NOT_ALLOWED' }],
    ['a type of the system’s', { type: 'MONEY' }, { field: ['type'], code: 'INVALID' }],
    ['a name with the prefix', { name: 'custom.badge' }, { field: ['name'], code: 'INVALID' }],
    ['a name of 64 letters', { name: 'a'.repeat(64) }, { field: ['name'], code: 'INVALID' }],
    ['a name beyond A to Z', { name: 'größe' }, { field: ['name'], code: 'INVALID' }],
    ['a name of the demo company', { name: 'shirtSize' }, { field: ['name'], code: 'TAKEN' }],
  ])('%s is refused at its field', async (_problem, input, error) => {
    expect(await create(input)).toEqual({ attribute: null, userErrors: [error] });
  });

  test('every problem of a change is told at once, and nothing changes', async () => {
    const made = present((await create()).attribute);
    expect(await update(made.key, { labelEn: '', labelDe: null, sensitivity: null, options: ['a'] })).toEqual({
      attribute: null,
      userErrors: [
        { field: ['labelEn'], code: 'REQUIRED' },
        { field: ['labelDe'], code: 'REQUIRED' },
        { field: ['sensitivity'], code: 'REQUIRED' },
        { field: ['options'], code: 'NOT_ALLOWED' },
      ],
    });
    expect((await update(made.key, {})).attribute).toEqual(made);
  });

  test.each(['custom.nobody', 'firstName', ''])(
    '%j is no custom attribute: neither changed nor retired',
    async (key) => {
      const unknown = { attribute: null, userErrors: [{ field: ['key'], code: 'UNKNOWN' }] };
      expect(await update(key, { labelEn: 'Mine' })).toEqual(unknown);
      expect(await retire(key)).toEqual(unknown);
    },
  );

  test('a retired one is off every list and denied from the next request on, for good', async () => {
    const key = present((await create()).attribute).key;
    const name = key.replace('custom.', '');
    const managing = new Managing(owner);
    const held = await managing.reader('Badge printer', ['firstName', key]);
    const holder = basic(held.clientId, held.secret);
    expect((await read(holder, name)).errors).toBeUndefined();
    expect((await retire(key)).attribute?.retiredAt).toMatch(/^\d{4}-/);

    const { value, errors } = await read(holder, name);
    expect(value).toEqual([{ key: name, type: null, value: null }]);
    expect(errors).toMatchObject([{ extensions: { code: 'ATTRIBUTE_FORBIDDEN' } }]);
    const filtered = await gateway.query(
      holder,
      `{ employees(filter: { custom: [{ key: "${name}", isNull: true }] }) { nodes { id } } }`,
    );
    expect([filtered.body.data ?? null, filtered.body.errors?.[0]?.extensions.code]).toEqual([
      null,
      'ATTRIBUTE_FORBIDDEN',
    ]);
    const after = present(await managing.credential(held.id));
    expect(after.attributes.map(({ attribute }) => attribute.key)).toEqual(['firstName']);
    expect(after.version).toBe(held.version + 1);

    expect(await keys()).not.toContain(key);
    expect(await keys('{ catalogue(includeRetired: true) { key } }')).toContain(key);
    const granted = await managing.update(held.id, { version: after.version, grants: list([key]) });
    expect(granted.userErrors).toEqual([{ field: ['grants', 'attributes', '0'], code: 'UNKNOWN' }]);
    expect((await update(key, { labelEn: 'Back' })).userErrors).toEqual([{ field: ['key'], code: 'NOT_ALLOWED' }]);
    expect((await create({ name })).userErrors).toEqual([{ field: ['name'], code: 'TAKEN' }]);
    expect((await retire(key)).userErrors).toEqual([]);
  });

  test('an admin whose editor is open while an attribute retires is told, and puts nothing back', async () => {
    const key = present((await create()).attribute).key;
    const managing = new Managing(owner);
    const seen = await managing.reader('Open editor', [key]);
    await retire(key);
    const { userErrors } = await managing.update(seen.id, { version: seen.version, description: 'Late' });
    expect(userErrors).toMatchObject([{ code: 'STALE' }]);
  });

  test('making, changing and retiring are on record, with what held before and after', async () => {
    const key = present((await create()).attribute).key;
    await new Managing(owner).reader('Holder', [key]);
    await update(key, { sensitivity: 'MEDIUM' });
    await retire(key);
    await retire(key);
    const { items } = await gateway.house.audit.page({ subjectId: key }, undefined, 10);
    expect([...items].reverse()).toMatchObject([
      { action: 'ATTRIBUTE_CREATED', before: null, after: { sensitivity: 'LOW' }, subject: { name: 'Badge' } },
      { action: 'ATTRIBUTE_UPDATED', before: { sensitivity: 'LOW' }, after: { sensitivity: 'MEDIUM' } },
      { action: 'ATTRIBUTE_RETIRED', before: { sensitivity: 'MEDIUM' }, after: { takenFrom: ['Holder'] } },
    ]);
  });

  test('of twenty that are made at once with one name, one is made and the others are told', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => create({ name: 'theOnlyOne' })));
    expect(outcomes.filter(({ attribute }) => attribute !== null)).toHaveLength(1);
    expect(outcomes.flatMap(({ userErrors }) => userErrors)).toEqual(
      Array.from({ length: 19 }, () => ({ field: ['name'], code: 'TAKEN' })),
    );
  });

  test.each(['MANAGER', 'AUDITOR'] as const)('a %s sees the catalogue and changes nothing of it', async (role) => {
    const admin = await adminBrowser(gateway, role);
    expect((await admin.send('{ catalogue { key } }')).body.data.catalogue.length).toBeGreaterThan(33);
    const key = present((await create()).attribute).key;
    const attempts: [query: string, variables: Record<string, unknown>][] = [
      [CREATE, { input: { ...BADGE, name: 'mine' } }],
      [UPDATE, { key, input: { labelEn: 'Mine' } }],
      [RETIRE, { key }],
    ];
    for (const [query, variables] of attempts) {
      const { status, body } = await admin.send(query, variables);
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);
    }
    expect(await keys()).toContain(key);
    expect(await keys()).not.toContain('custom.mine');
  });
});
