import { adminBrowser, type AdminBrowser } from './support/admin';
import { databases } from './support/database';
import { basic, startTestGateway, type Answer, type TestGateway } from './support/gateway';
import { employees, list, Managing, type Made } from './support/managing';
import { present } from './support/present';

const REQUEST = 'id createdAt reason modules { module read write } read write state decidedAt note';
const ASK = `mutation ($input: AccessRequestInput!) {
  requestAccess(input: $input) { request { ${REQUEST} } userErrors { field code } }
}`;
const DECIDED = `request { ${REQUEST} }
  credential { id version separateDirections modules { module read write } attributes { attribute { key } read write } }
  userErrors { field code }`;
const APPROVE = `mutation ($id: ID!, $version: Int!, $note: String) {
  approveAccessRequest(id: $id, version: $version, note: $note) { ${DECIDED} }
}`;
const REFUSE = `mutation ($id: ID!, $note: String!) { refuseAccessRequest(id: $id, note: $note) { ${DECIDED} } }`;

interface Request {
  readonly id: string;
  readonly state: string;
  readonly note: string | null;
  readonly read: readonly string[];
}

interface Problem {
  readonly field: readonly string[] | null;
  readonly code: string;
}

describe.each(databases)('requests for access on $name', (database) => {
  let gateway: TestGateway;
  let admin: AdminBrowser;
  let owner: Managing;
  let made = 0;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true });
    admin = await adminBrowser(gateway, 'OWNER');
    owner = new Managing(admin);
  });

  afterAll(() => gateway.close());

  const reader = (attributes: readonly string[] = ['firstName']) => owner.reader(`Asking ${(made += 1)}`, attributes);
  const as = ({ clientId, secret }: Made) => basic(clientId, secret);

  async function ask(
    asking: Made,
    input: object,
  ): Promise<{ readonly request: Request | null; readonly userErrors: readonly Problem[] }> {
    const { body, text } = await gateway.query(as(asking), ASK, { input: { reason: 'Payroll export', ...input } });
    if (body.errors) throw new Error(text);
    return body.data.requestAccess;
  }

  test('the words of whoever asks hold whole characters, and no NUL', async () => {
    const asking = await reader();
    for (const reason of ['a\0b', 'a\ud800b']) {
      expect(await ask(asking, { read: ['fixSalary'], reason })).toEqual({
        request: null,
        userErrors: [{ field: ['reason'], code: 'INVALID' }],
      });
    }
  });

  async function asked(asking: Made, input: object = { read: ['fixSalary'] }): Promise<Request> {
    return present((await ask(asking, input)).request);
  }

  const approve = async (id: string, version: number, note?: string, by = admin) =>
    outcome(await by.send(APPROVE, { id, version, note }), 'approveAccessRequest');
  const refuse = async (id: string, note: string, by = admin) =>
    outcome(await by.send(REFUSE, { id, note }), 'refuseAccessRequest');

  function outcome({ body, text }: Answer, mutation: string) {
    if (body.errors) throw new Error(text);
    return body.data[mutation];
  }

  async function own(asking: Made): Promise<readonly Request[]> {
    const { body } = await gateway.query(as(asking), `{ accessRequests { ${REQUEST} } }`);
    return body.data.accessRequests as Request[];
  }

  test('hold exactly what is missing, and the credential sees them', async () => {
    const asking = await reader();
    const { request, userErrors } = await ask(asking, {
      modules: [{ module: 'ABSENCES', read: true, write: false }],
      read: ['firstName', 'id', 'fixSalary', 'fixSalary'],
      write: ['email'],
    });
    expect(userErrors).toEqual([]);
    expect(request).toEqual({
      id: expect.any(String),
      createdAt: expect.any(String),
      reason: 'Payroll export',
      modules: [employees(false, true), { module: 'ABSENCES', read: true, write: false }],
      read: ['fixSalary'],
      write: ['email'],
      state: 'OPEN',
      decidedAt: null,
      note: null,
    });
    expect(await own(asking)).toEqual([request]);
    expect(await own(await reader())).toEqual([]);
  });

  test('are given as a whole, once, and are on record with who did it', async () => {
    const asking = await reader();
    const { id } = await asked(asking, { read: ['fixSalary'], write: ['email'] });
    const { request, credential, userErrors } = await approve(id, asking.version, ' For payroll only ');
    expect(userErrors).toEqual([]);
    expect(request).toMatchObject({ state: 'APPROVED', note: 'For payroll only', decidedAt: expect.any(String) });
    // One list for both directions would give the salary to be written as well, which nobody asked for.
    expect(credential).toMatchObject({ version: asking.version + 1, separateDirections: true });
    const { body } = await gateway.query(as(asking), '{ viewer { attributes { key readable writable } } }');
    expect(body.data.viewer.attributes).toEqual([
      { key: 'id', readable: true, writable: false },
      { key: 'firstName', readable: true, writable: false },
      { key: 'email', readable: false, writable: true },
      { key: 'fixSalary', readable: true, writable: false },
    ]);
    expect((await approve(id, asking.version + 1)).userErrors).toEqual([{ field: ['id'], code: 'NOT_ALLOWED' }]);
    const { body: log } = await admin.send(
      `query ($id: ID!) { auditEvents(filter: { subjectId: $id }) { nodes { action actor { kind } after } } }`,
      { id: asking.id },
    );
    expect(log.data.auditEvents.nodes.slice(0, 3)).toMatchObject([
      { action: 'ACCESS_APPROVED', actor: { kind: 'ADMIN' } },
      { action: 'CREDENTIAL_UPDATED', actor: { kind: 'ADMIN' } },
      {
        action: 'ACCESS_REQUESTED',
        actor: { kind: 'CREDENTIAL' },
        after: { attributes: { read: ['fixSalary'], write: ['email'] }, modules: { read: [], write: ['EMPLOYEES'] } },
      },
    ]);
    expect(JSON.stringify(log)).not.toContain('Payroll export');
  });

  test('leave one list one list where that gives no more than was asked for', async () => {
    const asking = await reader();
    const { id } = await asked(asking);
    expect((await approve(id, asking.version)).credential).toMatchObject({ separateDirections: false });
    expect((await owner.credential(asking.id))?.attributes.map(({ attribute }) => attribute.key)).toEqual([
      'firstName',
      'fixSalary',
    ]);
  });

  test('are given to the version that the admin saw, and to no other', async () => {
    const asking = await reader();
    const { id } = await asked(asking);
    await owner.update(asking.id, { version: asking.version, grants: list(['lastName']) });
    const late = await approve(id, asking.version);
    expect(late).toMatchObject({
      request: { state: 'OPEN' },
      credential: { version: asking.version + 1 },
      userErrors: [{ field: ['version'], code: 'STALE' }],
    });
    expect((await approve(id, asking.version + 1)).userErrors).toEqual([]);
    expect((await owner.credential(asking.id))?.attributes.map(({ attribute }) => attribute.key)).toEqual([
      'lastName',
      'fixSalary',
    ]);
  });

  test('are refused with a note that the credential reads, and nothing changes', async () => {
    const asking = await reader();
    const { id } = await asked(asking);
    expect((await refuse(id, '  ')).userErrors).toEqual([{ field: ['note'], code: 'REQUIRED' }]);
    expect((await refuse(id, 'x'.repeat(501))).userErrors).toEqual([{ field: ['note'], code: 'TOO_LONG' }]);
    expect(await refuse(id, 'Ask HR first')).toMatchObject({
      request: { state: 'REFUSED' },
      credential: { version: asking.version },
      userErrors: [],
    });
    expect(await own(asking)).toMatchObject([{ state: 'REFUSED', note: 'Ask HR first' }]);
  });

  test('take a key of a custom attribute alike whether there is such an attribute or not', async () => {
    await admin.send(
      `mutation { createCustomAttribute(input: { name: "secretPlan", labelEn: "Plan", labelDe: "Plan", type: TEXT,
        sensitivity: HIGH }) { userErrors { code } } }`,
    );
    const asking = await reader();
    const there = await ask(asking, { read: ['custom.secretPlan'] });
    const absent = await ask(asking, { read: ['custom.absentPlan'] });
    expect(there.userErrors).toEqual(absent.userErrors);
    expect(present(there.request)).toMatchObject({ read: ['custom.secretPlan'], state: 'OPEN' });
    expect(present(absent.request)).toMatchObject({ read: ['custom.absentPlan'], state: 'OPEN' });
    const links = await Promise.all(
      ['secretPlan', 'absentPlan'].map(async (name) => {
        const query = `{ employees(first: 1) { nodes { customAttributes(keys: ["${name}"]) { value } } } }`;
        const { body } = await gateway.query(as(asking), query);
        return JSON.stringify(body).replaceAll(name, 'NAME');
      }),
    );
    expect(links[0]).toBe(links[1]);
    expect(links[0]).toContain(`/settings/credentials/${asking.clientId}?missing=read:custom.NAME`);
    // To give a part of it would tell the rest apart.
    const { credential, userErrors } = await approve(present(absent.request).id, asking.version);
    expect([credential.version, userErrors]).toEqual([asking.version, [{ field: ['read', '0'], code: 'UNKNOWN' }]]);
  });

  test.each<[what: string, input: object, problems: readonly Problem[]]>([
    ['no reason', { reason: ' ', read: ['fixSalary'] }, [{ field: ['reason'], code: 'REQUIRED' }]],
    ['a long reason', { reason: 'x'.repeat(501), read: ['email'] }, [{ field: ['reason'], code: 'TOO_LONG' }]],
    ['nothing that is missing', { read: ['firstName'] }, [{ field: null, code: 'NOT_ALLOWED' }]],
    ['nothing at all', {}, [{ field: null, code: 'NOT_ALLOWED' }]],
    ['a key of nothing', { read: ['email', 'fixSalry'] }, [{ field: ['read', '1'], code: 'UNKNOWN' }]],
    ['a malformed key', { read: ['custom.a b'] }, [{ field: ['read', '0'], code: 'UNKNOWN' }]],
    ['writing what is kept by the gateway', { write: ['createdAt'] }, [{ field: ['write', '0'], code: 'NOT_ALLOWED' }]],
    ['too many keys', { read: Array(501).fill('email') }, [{ field: ['read'], code: 'LIMIT' }]],
  ])('are not kept with %s, which is told at its place', async (_what, input, problems) => {
    const asking = await reader();
    expect(await ask(asking, input)).toEqual({ request: null, userErrors: problems });
    expect(await own(asking)).toEqual([]);
  });

  test('for the same are one, at most five wait, and at most twenty are taken in a day', async () => {
    const asking = await reader();
    const keys = ['email', 'gender', 'status', 'position', 'office', 'team'];
    const first = await asked(asking, { read: ['email'] });
    expect((await asked(asking, { read: ['email'], reason: 'Again' })).id).toBe(first.id);
    for (const key of keys.slice(1, 5)) await asked(asking, { read: [key] });
    expect(await ask(asking, { read: ['team'] })).toEqual({
      request: null,
      userErrors: [{ field: null, code: 'LIMIT' }],
    });
    const ids = (await own(asking)).map(({ id }) => id);
    expect(ids).toHaveLength(5);
    for (const id of ids) await refuse(id, 'No');
    for (let count = 5; count < 20; count += 1) await refuse((await asked(asking, { read: ['team'] })).id, 'No');
    expect((await ask(asking, { read: ['team'] })).userErrors).toEqual([{ field: null, code: 'LIMIT' }]);
  });

  test('come from credentials that are on, and from nobody else', async () => {
    const asking = await reader();
    await owner.onOne('disableCredential', asking.id);
    const off = await gateway.query(as(asking), ASK, { input: { read: ['email'], reason: 'x' } });
    expect(off.body.errors?.[0]?.extensions.code).toBe('CREDENTIAL_DISABLED');
    const person = await admin.send(ASK, { input: { read: ['email'], reason: 'x' } });
    expect(person.body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('are decided by whoever manages credentials, and seen by auditors too (L42)', async () => {
    const asking = await reader();
    const { id } = await asked(asking);
    const auditor = await adminBrowser(gateway, 'AUDITOR');
    const tried = await auditor.send(APPROVE, { id, version: asking.version });
    expect(tried.body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const byItself = await gateway.query(as(asking), APPROVE, { id, version: asking.version });
    expect(byItself.body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const { body } = await auditor.send(
      `query ($id: ID!) {
        waitingAccessRequests { credentialId credentialName request { id } }
        credential(id: $id) { accessRequests { id state } }
      }`,
      { id: asking.id },
    );
    expect(body.data.waitingAccessRequests).toContainEqual({
      credentialId: asking.id,
      credentialName: asking.name,
      request: { id },
    });
    expect(body.data.credential.accessRequests).toEqual([{ id, state: 'OPEN' }]);
    expect((await refuse('nobody', 'No')).userErrors).toEqual([{ field: ['id'], code: 'UNKNOWN' }]);
  });

  test.each([
    ['a module', '{ absences { totalCount } }', 'read:ABSENCES'],
    ['a write', 'mutation { deleteAttendance(id: 1) { deleted } }', 'write:ATTENDANCES'],
    ['several attributes', '{ employees(first: 1) { nodes { displayName } } }', 'read:lastName,read:preferredName'],
    ['a condition', '{ employees(filter: { gender: { eq: MALE } }) { totalCount } }', 'read:gender'],
  ])(
    'are a click away for %s that is denied: the error links to the credential and what it lacks',
    async (_what, query, missing) => {
      for (const denialMode of ['NULL_AND_ERROR', 'STRICT']) {
        const asking = await reader();
        await owner.update(asking.id, { version: asking.version, denialMode });
        const { body } = await gateway.query(as(asking), query);
        expect(present(body.errors)[0]?.extensions['link']).toBe(
          `${gateway.url}/settings/credentials/${asking.clientId}?missing=${missing}`,
        );
      }
    },
  );
});
