import { isObjectType } from 'graphql';
import { guardOf } from '../src/permissions/guard';
import { adminOf, type AskAsAdmin } from './support/admin';
import { databases } from './support/database';
import { startTestGateway, type TestGateway } from './support/gateway';
import { present } from './support/present';

const SET = `mutation ($input: SetFeatureInput!) {
  setFeature(input: $input) {
    settings { feature { enabled startsOn endsOn active } }
    userErrors { field code }
  }
}`;
const START = '2026-06-14T12:00:00.000Z';
const SECTION = '{ integrations { id } }';

/** What stays open to admins when the section is closed: everything else of theirs belongs to it. */
const ALWAYS_OPEN = [
  'Query.feedback',
  'Query.settings',
  'Mutation.setFeature',
  'Mutation.submitFeedback',
  // Who may sign in, and what was done, does not depend on it.
  'Query.admins',
  'Query.auditEvents',
  'Query.sessions',
  'Mutation.changePassword',
  'Mutation.createAdmin',
  'Mutation.disableAdmin',
  'Mutation.enableAdmin',
  'Mutation.endOtherSessions',
  'Mutation.endSession',
  'Mutation.reauthenticate',
  'Mutation.signOut',
  'Mutation.unlinkIdentity',
  'Mutation.updateAdmin',
  // Nor does what the law asks for.
  'Query.personAccess',
  'Query.processingRecord',
  'Mutation.erasePerson',
];

describe.each(databases)('the feature switch on $name', (database) => {
  let gateway: TestGateway;
  let owner: AskAsAdmin;
  let now: string;

  beforeAll(async () => {
    now = START;
    gateway = await startTestGateway(database, { demo: true, clock: { now: () => now } });
    owner = await adminOf(gateway, 'OWNER');
  });

  afterAll(() => gateway.close());

  /** Sessions end while time passes, so the owner signs in again. */
  const moveTo = async (moment: string) => {
    now = moment;
    owner = await adminOf(gateway, 'OWNER');
  };
  const set = async (input: object) => (await owner(SET, { input })).data.setFeature;

  test('the section is on while nobody has set anything', async () => {
    const { data } = await owner('{ settings { feature { enabled startsOn endsOn active } } }');
    expect(data.settings.feature).toEqual({ enabled: true, startsOn: null, endsOn: null, active: true });
    expect((await owner(SECTION)).errors).toBeUndefined();
  });

  test('switched off, the section answers FEATURE_OFF to every role, whatever else is asked along', async () => {
    expect((await set({ enabled: false })).settings.feature).toMatchObject({ enabled: false, active: false });
    for (const role of ['OWNER', 'MANAGER', 'AUDITOR'] as const) {
      const ask = await adminOf(gateway, role);
      for (const query of [
        SECTION,
        '{ usage { days { date } } }',
        '{ settings { feature { active } } ...A } fragment A on Query { a: integrations { id } }',
      ]) {
        const body = await ask(query);
        expect(body.data).toBeUndefined();
        expect(body.errors).toMatchObject([{ extensions: { code: 'FEATURE_OFF' } }]);
      }
    }
  });

  test('switched off, no mutation of the section changes anything', async () => {
    const input = { name: 'While it is off', category: 'Ours' };
    const create = 'mutation ($input: IntegrationInput!) { createIntegration(input: $input) { userErrors { code } } }';
    expect((await owner(create, { input })).errors).toMatchObject([{ extensions: { code: 'FEATURE_OFF' } }]);
    await set({ enabled: true });
    expect((await owner('{ integrations(search: "while it is off") { id } }')).data.integrations).toEqual([]);
  });

  test('switched off, integrations go on reading as before', async () => {
    const credential = await gateway.credential({ attributes: ['firstName'] });
    const read = () => gateway.query(credential, '{ employees(first: 3) { nodes { firstName } } viewer { name } }');
    const before = await read();
    await set({ enabled: false });
    expect((await read()).text).toBe(before.text);
    await set({ enabled: true });
  });

  test('feedback and the switch itself stay within reach', async () => {
    await set({ enabled: false });
    const said = await owner(
      'mutation { submitFeedback(input: { message: "Bring it back" }) { feedback { message } } }',
    );
    expect(said.data.submitFeedback.feedback.message).toBe('Bring it back');
    expect((await set({ enabled: true })).settings.feature.active).toBe(true);
  });

  test('everything that admins may do belongs to the section, or is named here as always open', () => {
    const roots = [gateway.house.schema.getQueryType(), gateway.house.schema.getMutationType()].filter(isObjectType);
    const open = roots.flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => {
        const guard = present(guardOf(field));
        const isOpen = guard.kind === 'root' && guard.audience.who === 'admin' && guard.audience.section === undefined;
        return isOpen ? [`${type.name}.${field.name}`] : [];
      }),
    );
    expect(open.sort()).toEqual([...ALWAYS_OPEN].sort());
  });

  test.each([
    ['2026-05-31T23:59:59.999Z', false],
    ['2026-06-01T00:00:00.000Z', true],
    ['2026-07-09T23:59:59.999Z', true],
    ['2026-07-10T00:00:00.000Z', false],
  ])('from its first day to its last in UTC: at %s it is open: %p', async (moment, open) => {
    await set({ enabled: true, startsOn: '2026-06-01', endsOn: '2026-07-09' });
    await moveTo(moment);
    const { data, errors } = await owner(SECTION);
    if (open) expect(data.integrations.length).toBeGreaterThan(0);
    else expect(errors).toMatchObject([{ extensions: { code: 'FEATURE_OFF' } }]);
    expect((await owner('{ settings { feature { active } } }')).data.settings.feature.active).toBe(open);
    await moveTo(START);
    await set({ enabled: true });
  });

  test('an end before the beginning is told at its field, and nothing changes', async () => {
    expect(await set({ enabled: true, startsOn: '2026-06-02', endsOn: '2026-06-01' })).toEqual({
      settings: null,
      userErrors: [{ field: ['endsOn'], code: 'INVALID' }],
    });
    expect((await owner('{ settings { feature { startsOn } } }')).data.settings.feature.startsOn).toBeNull();
  });

  test('only an owner switches, and each switch is on record with what held before', async () => {
    const manager = await adminOf(gateway, 'MANAGER');
    const refused = await manager(SET, { input: { enabled: false } });
    expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    await set({ enabled: false });
    const filter = { actions: ['FEATURE_CHANGED'] as const };
    const { items } = await gateway.house.audit.page(filter, undefined, 1);
    expect(items).toMatchObject([
      {
        actor: { kind: 'ADMIN' },
        subject: { kind: 'FEATURE' },
        before: { enabled: true, startsOn: null, endsOn: null },
        after: { enabled: false, startsOn: null, endsOn: null },
      },
    ]);
    await set({ enabled: true });
  });
});
