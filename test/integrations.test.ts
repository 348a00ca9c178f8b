import { SYSTEM_ATTRIBUTES } from '../src/attributes/system-attributes';
import { CredentialEntity } from '../src/credentials/credential.entity';
import { DIRECTORY } from '../src/integrations/directory';
import { integrationKey } from '../src/integrations/integration';
import { adminOf, type AskAsAdmin } from './support/admin';
import { databases } from './support/database';
import { startTestGateway, type TestGateway } from './support/gateway';

describe('the directory that ships', () => {
  test('has some forty integrations, each with an id, a name and a secure address of its own', () => {
    expect(DIRECTORY.length).toBeGreaterThanOrEqual(40);
    for (const field of ['id', 'name', 'website'] as const) {
      expect(new Set(DIRECTORY.map((integration) => integrationKey(String(integration[field])))).size).toBe(
        DIRECTORY.length,
      );
    }
    for (const { id, website } of DIRECTORY) {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(new URL(String(website)).protocol).toBe('https:');
    }
  });

  test('recommends attributes of our catalogue, each once, and none without the EMPLOYEES box', () => {
    const known = new Set<string>(SYSTEM_ATTRIBUTES.map(({ key }) => key));
    for (const { recommendedAttributes, recommendedModules } of DIRECTORY) {
      expect(recommendedAttributes.filter((key) => !known.has(key))).toEqual([]);
      expect(new Set(recommendedAttributes).size).toBe(recommendedAttributes.length);
      expect(recommendedModules.get('EMPLOYEES')?.read).toBe(true);
    }
  });
});

const CREATE = `mutation ($input: IntegrationInput!) {
  createIntegration(input: $input) {
    integration { id name category website recommendedModules { module read write } recommendedAttributes builtIn }
    userErrors { field code }
  }
}`;
const UPDATE = `mutation ($id: ID!, $input: IntegrationInput!) {
  updateIntegration(id: $id, input: $input) { integration { name website } userErrors { field code } }
}`;
const CREATE_CREDENTIAL = `mutation ($input: CreateCredentialInput!) {
  createCredential(input: $input) { credential { id } userErrors { field code } }
}`;
const DELETE = `mutation ($id: ID!) { deleteIntegration(id: $id) { deletedIntegrationId userErrors { field code } } }`;

describe.each(databases)('integrations on $name', (database) => {
  let gateway: TestGateway;
  let manager: AskAsAdmin;

  beforeAll(async () => {
    gateway = await startTestGateway(database);
    manager = await adminOf(gateway, 'MANAGER');
  });

  afterAll(() => gateway.close());

  const create = async (input: object) => {
    const { data } = await manager(CREATE, { input: { category: 'Ours', ...input } });
    return data.createIntegration;
  };

  test('every role sees the directory, by name, and finds by a part of a name or category', async () => {
    for (const role of ['OWNER', 'MANAGER', 'AUDITOR'] as const) {
      const ask = await adminOf(gateway, role);
      const { data } = await ask('{ integrations { name } found: integrations(search: " dAtEv") { id builtIn } }');
      expect(data.integrations.length).toBeGreaterThanOrEqual(40);
      expect(data.found).toEqual([{ id: 'datev', builtIn: true }]);
    }
    const { data } = await manager('{ integrations(search: "payroll") { category } }');
    expect(data.integrations.length).toBeGreaterThan(3);
  });

  test('a credential and a stranger see nothing of it (L42)', async () => {
    const credential = await gateway.credential();
    expect((await gateway.query(credential, '{ integrations { name } }')).body.errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    const stranger = await gateway.query(undefined, '{ integrations { name } }');
    expect([stranger.status, stranger.body.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('an own entry is added, changed and removed', async () => {
    const { integration, userErrors } = await create({
      name: '  Night shift planner ',
      website: 'https://shifts.example',
      recommendedModules: [{ module: 'EMPLOYEES', read: true, write: false }],
      recommendedAttributes: ['firstName', 'team'],
    });
    expect(userErrors).toEqual([]);
    expect(integration).toMatchObject({
      name: 'Night shift planner',
      category: 'Ours',
      recommendedModules: [
        { module: 'EMPLOYEES', read: true, write: false },
        { module: 'ABSENCES', read: false, write: false },
        { module: 'ATTENDANCES', read: false, write: false },
      ],
      recommendedAttributes: ['firstName', 'team'],
      builtIn: false,
    });
    const { id } = integration;
    const changed = await manager(UPDATE, { id, input: { name: 'Shift planner', category: 'Ours' } });
    expect(changed.data.updateIntegration.integration).toEqual({ name: 'Shift planner', website: null });
    expect((await manager(DELETE, { id })).data.deleteIntegration).toEqual({
      deletedIntegrationId: id,
      userErrors: [],
    });
    expect((await manager('{ integrations(search: "shift planner") { id } }')).data.integrations).toEqual([]);
    expect((await manager(DELETE, { id })).data.deleteIntegration.userErrors).toEqual([
      { field: ['id'], code: 'UNKNOWN' },
    ]);
  });

  test('an own entry that a credential names is not removed', async () => {
    const { integration } = await create({ name: 'In use' });
    const { clientId } = await gateway.credential();
    const name = (id: string | null) =>
      gateway.house.store.write((manager) => manager.update(CredentialEntity, { clientId }, { integrationId: id }));
    await name(integration.id);
    expect((await manager(DELETE, { id: integration.id })).data.deleteIntegration).toEqual({
      deletedIntegrationId: null,
      userErrors: [{ field: ['id'], code: 'NOT_ALLOWED' }],
    });
    await name(null);
    expect((await manager(DELETE, { id: integration.id })).data.deleteIntegration.userErrors).toEqual([]);
  });

  test('an own entry that is removed many times at once is removed once, and on record once (S10)', async () => {
    const { integration } = await create({ name: 'Twice gone' });
    const removals = await Promise.all(Array.from({ length: 10 }, () => manager(DELETE, { id: integration.id })));
    const removed = removals.filter(({ data }) => data.deleteIntegration.deletedIntegrationId === integration.id);
    expect(removed).toHaveLength(1);
    const { items } = await gateway.house.audit.page({ actions: ['INTEGRATION_DELETED'] }, undefined, 100);
    expect(items.filter(({ subject }) => subject?.id === integration.id)).toHaveLength(1);
  });

  test('no credential ends up naming an entry that is removed at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { integration } = await create({ name: `Contested ${round}` });
      const [made, removed] = await Promise.all([
        manager(CREATE_CREDENTIAL, {
          input: { name: `Contested ${round}`, integrationId: integration.id, grants: { modules: [] } },
        }),
        manager(DELETE, { id: integration.id }),
      ]);
      const isNamed = made.data.createCredential.credential !== null;
      const isRemoved = removed.data.deleteIntegration.deletedIntegrationId !== null;
      expect([isNamed, isRemoved]).toEqual([isNamed, !isNamed]);
    }
  });

  test('every change of the directory is on record, with what held before and after', async () => {
    const { integration } = await create({ name: 'On record' });
    await manager(UPDATE, { id: integration.id, input: { name: 'On the record', category: 'Ours' } });
    await manager(DELETE, { id: integration.id });
    const { items } = await gateway.house.audit.page({ subjectId: integration.id }, undefined, 10);
    expect([...items].reverse()).toMatchObject([
      { action: 'INTEGRATION_CREATED', before: null, after: { name: 'On record' }, actor: { kind: 'ADMIN' } },
      { action: 'INTEGRATION_UPDATED', before: { name: 'On record' }, after: { name: 'On the record' } },
      { action: 'INTEGRATION_DELETED', before: { name: 'On the record' }, after: null },
    ]);
  });

  test('what ships stays as it is', async () => {
    const input = { name: 'Other', category: 'Ours' };
    expect((await manager(UPDATE, { id: 'datev', input })).data.updateIntegration.userErrors).toEqual([
      { field: ['id'], code: 'NOT_ALLOWED' },
    ]);
    expect((await manager(DELETE, { id: 'datev' })).data.deleteIntegration.userErrors).toEqual([
      { field: ['id'], code: 'NOT_ALLOWED' },
    ]);
  });

  test('every problem of an entry is told at once, and nothing is kept', async () => {
    const twice = { module: 'ABSENCES', read: true, write: false };
    const { integration, userErrors } = await create({
      name: ' ',
      category: 'x'.repeat(51),
      website: 'javascript:alert(1)',
      recommendedModules: [twice, twice],
      recommendedAttributes: ['firstName', 'shoeSize', 'custom.neverHeard'],
    });
    expect(integration).toBeNull();
    expect(userErrors).toEqual([
      { field: ['name'], code: 'REQUIRED' },
      { field: ['category'], code: 'TOO_LONG' },
      { field: ['website'], code: 'INVALID' },
      { field: ['recommendedModules', '1'], code: 'INVALID' },
      { field: ['recommendedAttributes', '1'], code: 'UNKNOWN' },
      { field: ['recommendedAttributes', '2'], code: 'UNKNOWN' },
    ]);
  });

  test.each([['DATEV'], [' datev '], ['MICROSOFT entra-ID'.replace('-', ' ')]])(
    'the name %p of one that ships is taken',
    async (name) => {
      expect((await create({ name })).userErrors).toEqual([{ field: ['name'], code: 'TAKEN' }]);
    },
  );

  test('of twenty that are added at once with one name, one is kept and the others are told', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => create({ name: 'The one and only' })));
    expect(outcomes.filter(({ integration }) => integration !== null)).toHaveLength(1);
    expect(outcomes.flatMap(({ userErrors }) => userErrors)).toEqual(
      Array.from({ length: 19 }, () => ({ field: ['name'], code: 'TAKEN' })),
    );
  });

  test('an auditor changes nothing', async () => {
    const auditor = await adminOf(gateway, 'AUDITOR');
    const { errors } = await auditor(CREATE, { input: { name: 'Mine', category: 'Ours' } });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});
