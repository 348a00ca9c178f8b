import { adminBrowser, type AdminBrowser } from './support/admin';
import { databases } from './support/database';
import { startTestGateway, type TestGateway } from './support/gateway';
import { employees, list, Managing, type Made } from './support/managing';
import { present } from './support/present';

describe.each(databases)('credentials on $name', (database) => {
  let gateway: TestGateway;
  let owner: AdminBrowser;
  let managing: Managing;
  let time: number;

  beforeEach(async () => {
    time = Date.parse('2026-06-01T00:00:00Z');
    gateway = await startTestGateway(database, { clock: { now: () => new Date(time).toISOString() } });
    owner = await adminBrowser(gateway, 'OWNER');
    managing = new Managing(owner);
  });

  afterEach(() => gateway.close());

  const audited = async () => (await gateway.house.audit.page({}, undefined, 100)).items;

  describe('making one', () => {
    test('gives a client id and a secret that work at once', async () => {
      const made = await managing.create({
        name: '  Payroll ',
        description: 'Monthly run',
        ownerContact: 'hr@example.com',
        purpose: 'Pay',
        expiresAt: '2027-01-01T00:00:00.000Z',
        denialMode: 'STRICT',
        grants: list(['firstName', 'fixSalary']),
      });
      expect(made.userErrors).toEqual([]);
      expect(made.credential).toMatchObject({
        name: 'Payroll',
        enabled: true,
        status: 'NEVER_USED',
        version: 1,
        separateDirections: false,
        attributes: [
          { attribute: { key: 'firstName' }, read: true, write: false },
          { attribute: { key: 'fixSalary' }, read: true, write: false },
        ],
      });
      const { clientId } = present(made.credential);
      const basic = `Basic ${Buffer.from(`${clientId}:${made.clientSecret}`).toString('base64')}`;
      const { body } = await gateway.query(basic, '{ viewer { name denialMode } }');
      expect(body.data).toEqual({ viewer: { name: 'Payroll', denialMode: 'STRICT' } });
    });

    test('tells every problem at its field, all at once, and makes nothing', async () => {
      await managing.reader('Payroll');
      const { credential, clientSecret, userErrors } = await managing.create({
        name: ' PAYROLL ',
        description: 'x'.repeat(2_001),
        ownerContact: 'x'.repeat(201),
        purpose: 'x'.repeat(501),
        integrationId: 'nobody',
        expiresAt: '2020-01-01T00:00:00.000Z',
        grants: {
          modules: [employees(true), employees(false), { module: 'ABSENCES', read: true, write: false }],
          attributes: ['firstName', 'shoeSize'],
          write: ['createdAt', 'custom.nothing'],
        },
      });
      expect([credential, clientSecret]).toEqual([null, null]);
      expect(userErrors.map(({ field, code }) => `${field?.join('.')} ${code}`)).toEqual([
        'description TOO_LONG',
        'ownerContact TOO_LONG',
        'purpose TOO_LONG',
        'expiresAt IN_THE_PAST',
        'grants.modules.1 INVALID',
        'grants.attributes INVALID',
        'grants.attributes.1 UNKNOWN',
        'grants.write.1 UNKNOWN',
        'grants.write INVALID',
        'grants.attributes INVALID',
        'grants.write.0 NOT_ALLOWED',
        'name TAKEN',
        'integrationId UNKNOWN',
      ]);
      expect(await gateway.house.credentials.list()).toHaveLength(1);
    });

    test.each([
      ['', 'REQUIRED'],
      ['  ', 'REQUIRED'],
      ['x'.repeat(101), 'TOO_LONG'],
      ['two\nlines', 'INVALID'],
    ])('the name %j is refused: %s', async (name, code) => {
      const { userErrors } = await managing.create({ name, grants: list([]) });
      expect(userErrors).toEqual([{ field: ['name'], code }]);
    });

    test.each(['payroll', '  PAYROLL', 'Ｐａｙｒｏｌｌ', 'Payroll\u00a0'])(
      'the name %j is that of "Payroll": case, outer blanks and width make no difference',
      async (name) => {
        await managing.reader('Payroll');
        const { userErrors } = await managing.create({ name, grants: list([]) });
        expect(userErrors).toEqual([{ field: ['name'], code: 'TAKEN' }]);
      },
    );

    test('of 50 that are made at the same moment with one name, one is, and 49 are refused clearly', async () => {
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => managing.create({ name: 'Payroll', grants: list(['firstName']) })),
      );
      const refused = answers.filter(({ credential }) => credential === null);
      expect(refused).toHaveLength(49);
      for (const { clientSecret, userErrors } of refused) {
        expect([clientSecret, userErrors]).toEqual([null, [{ field: ['name'], code: 'TAKEN' }]]);
      }
      expect(await gateway.house.credentials.list()).toHaveLength(1);
      const made = (await audited()).filter(({ action }) => action === 'CREDENTIAL_CREATED');
      expect(made).toHaveLength(1);
    });
  });

  describe('permissions', () => {
    test('one list serves both directions that are ticked, and the gateway’s own attributes are never written', async () => {
      const { credential } = await managing.create({ name: 'Both', grants: list(['firstName', 'createdAt'], true) });
      expect(present(credential).attributes).toEqual([
        { attribute: { key: 'firstName' }, read: true, write: true },
        { attribute: { key: 'createdAt' }, read: true, write: false },
      ]);
    });

    test('reading and writing can be told apart', async () => {
      const { credential } = await managing.create({
        name: 'Apart',
        grants: { modules: [employees(true, true)], read: ['firstName', 'lastName'], write: ['lastName', 'position'] },
      });
      expect(credential).toMatchObject({ separateDirections: true });
      expect(present(credential).attributes).toEqual([
        { attribute: { key: 'firstName' }, read: true, write: false },
        { attribute: { key: 'lastName' }, read: true, write: true },
        { attribute: { key: 'position' }, read: false, write: true },
      ]);
    });

    test('"select all" stores today’s list: an attribute of tomorrow is not on it', async () => {
      const catalogue = async () =>
        (await owner.send('{ catalogue { key } }')).body.data.catalogue as { key: string }[];
      const today = (await catalogue()).map(({ key }) => key);
      const { credential } = await managing.create({ name: 'All', grants: list(today) });
      await owner.send(`mutation { createCustomAttribute(input: { name: "shoeSize", labelEn: "Shoe size", labelDe: "Schuhgröße",
        type: INTEGER, sensitivity: LOW }) { userErrors { code } } }`);
      expect(await catalogue()).toHaveLength(today.length + 1);
      const kept = present(await managing.credential(present(credential).id));
      expect(kept.attributes.map(({ attribute }) => attribute.key)).toEqual(today);
    });

    test('a list without its box is refused, because it would look granted and be denied', async () => {
      const { userErrors } = await managing.create({
        name: 'Odd',
        grants: { modules: [{ module: 'ABSENCES', read: true, write: false }], attributes: ['firstName'] },
      });
      expect(userErrors).toEqual([{ field: ['grants', 'attributes'], code: 'INVALID' }]);
    });
  });

  describe('changing one', () => {
    let made: Made;

    beforeEach(async () => {
      made = await managing.reader('Payroll', ['firstName', 'lastName']);
    });

    test('what is left out stays, and what is null is cleared', async () => {
      await managing.update(made.id, { version: 1, description: 'Monthly', expiresAt: '2027-01-01T00:00:00.000Z' });
      const { credential } = await managing.update(made.id, { version: 2, expiresAt: null });
      expect(credential).toMatchObject({ name: 'Payroll', description: 'Monthly', expiresAt: null, version: 3 });
      expect(present(credential).attributes).toHaveLength(2);
    });

    test('a change that changes nothing makes no version and no audit line', async () => {
      const before = await audited();
      const { credential } = await managing.update(made.id, { version: 1, name: 'Payroll' });
      expect(credential).toMatchObject({ version: 1 });
      expect(await audited()).toEqual(before);
    });

    test('of two stale editors one wins, and the other is told which fields changed meanwhile', async () => {
      const first = await managing.update(made.id, { version: 1, name: 'Pay', grants: list(['firstName']) });
      expect(first.userErrors).toEqual([]);
      const second = await managing.update(made.id, { version: 1, description: 'Mine' });
      expect(second.userErrors).toEqual([
        { field: ['name'], code: 'STALE' },
        { field: ['grants'], code: 'STALE' },
      ]);
      expect(second.credential).toMatchObject({ name: 'Pay', description: null, version: 2 });
      const third = await managing.update(made.id, { version: 2, description: 'Mine' });
      expect(third).toMatchObject({ userErrors: [], credential: { version: 3, description: 'Mine' } });
    });

    test('of 20 editors at the same moment exactly one wins', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, at) => managing.update(made.id, { version: 1, description: `Editor ${at}` })),
      );
      const won = answers.filter(({ userErrors }) => userErrors.length === 0);
      expect(won).toHaveLength(1);
      const lost = answers.filter(({ userErrors }) => userErrors.length > 0);
      for (const { credential, userErrors } of lost) {
        expect(userErrors).toEqual([{ field: ['description'], code: 'STALE' }]);
        expect(credential?.description).toBe(won[0]?.credential?.description);
      }
    });

    test('nothing is half applied: one problem keeps every field as it was', async () => {
      await managing.reader('Other');
      const { credential, userErrors } = await managing.update(made.id, {
        version: 1,
        name: 'Other',
        description: 'new',
        grants: list(['lastName', 'nothing']),
      });
      expect(userErrors).toEqual([
        { field: ['grants', 'attributes', '1'], code: 'UNKNOWN' },
        { field: ['name'], code: 'TAKEN' },
      ]);
      expect(credential).toMatchObject({ name: 'Payroll', description: null, version: 1 });
      expect(await managing.credential(made.id)).toEqual(credential);
    });

    test('a list that shrinks is felt by the very next request (S2, L41)', async () => {
      const basic = `Basic ${Buffer.from(`${made.clientId}:${made.secret}`).toString('base64')}`;
      const ask = async () =>
        (await gateway.query(basic, '{ viewer { attributes { key } } }')).body.data.viewer.attributes.length as number;
      expect(await ask()).toBe(3);
      await managing.update(made.id, { version: 1, grants: list(['firstName']) });
      expect(await ask()).toBe(2);
    });

    test('switched off is switched off for the very next request, with secret and with token (S2)', async () => {
      const basic = `Basic ${Buffer.from(`${made.clientId}:${made.secret}`).toString('base64')}`;
      const { body } = await gateway.fetch('/oauth/token', {
        method: 'POST',
        headers: { authorization: basic },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
      const token = `Bearer ${(body as unknown as { access_token: string }).access_token}`;
      const statuses = async () => [
        (await gateway.query(basic, '{ viewer { name } }')).status,
        (await gateway.query(token, '{ viewer { name } }')).status,
      ];
      expect(await statuses()).toEqual([200, 200]);
      expect((await managing.onOne('disableCredential', made.id)).credential).toMatchObject({ status: 'DISABLED' });
      expect(await statuses()).toEqual([401, 401]);
      await managing.onOne('enableCredential', made.id);
      expect(await statuses()).toEqual([200, 200]);
    });

    test('in bulk, all are disabled or none', async () => {
      const other = await managing.reader('Other');
      const disable = async (ids: readonly string[]) =>
        (
          await owner.send(
            'mutation ($ids: [ID!]!) { disableCredentials(ids: $ids) { credentials { enabled } userErrors { field code } } }',
            { ids },
          )
        ).body.data.disableCredentials as object;
      expect(await disable([made.id, 'nobody', other.id])).toEqual({
        credentials: [],
        userErrors: [{ field: ['ids', '1'], code: 'UNKNOWN' }],
      });
      expect((await gateway.house.credentials.list()).map(({ enabled }) => enabled)).toEqual([true, true]);
      expect(await disable([made.id, other.id])).toEqual({
        credentials: [{ enabled: false }, { enabled: false }],
        userErrors: [],
      });
    });

    test('one that is deleted is gone with its tokens, and no id comes back (L44)', async () => {
      const remove = () =>
        owner.send(
          'mutation ($id: ID!) { deleteCredential(id: $id) { deletedCredentialId userErrors { field code } } }',
          {
            id: made.id,
          },
        );
      expect((await remove()).body.data.deleteCredential).toEqual({ deletedCredentialId: made.id, userErrors: [] });
      expect(await managing.credential(made.id)).toBeNull();
      const again = await managing.reader('Payroll', ['firstName', 'lastName']);
      expect([again.id, again.clientId]).not.toEqual([made.id, made.clientId]);
      const basic = `Basic ${Buffer.from(`${made.clientId}:${made.secret}`).toString('base64')}`;
      expect((await gateway.query(basic, '{ viewer { name } }')).status).toBe(401);
      expect((await remove()).body.data.deleteCredential).toEqual({
        deletedCredentialId: null,
        userErrors: [{ field: ['id'], code: 'UNKNOWN' }],
      });
    });

    test('a duplicate has the same permissions, a secret of its own, and is disabled at first', async () => {
      const { credential, clientSecret } = await managing.duplicate(made.id, 'Payroll 2');
      expect(credential).toMatchObject({ name: 'Payroll 2', enabled: false, attributes: made.attributes });
      expect(clientSecret).not.toBe(made.secret);
      expect(present(credential).clientId).not.toBe(made.clientId);
      expect((await managing.duplicate(made.id, 'payroll')).userErrors).toEqual([{ field: ['name'], code: 'TAKEN' }]);
    });

    test.each(['enableCredential', 'disableCredential', 'endAllTokens'])(
      '%s of one that does not exist says so',
      async (mutation) => {
        expect(await managing.onOne(mutation, 'nobody')).toEqual({
          credential: null,
          userErrors: [{ field: ['id'], code: 'UNKNOWN' }],
        });
      },
    );
  });

  test('every change is on record with what held before and after, and never with a secret (S10)', async () => {
    const made = await managing.reader('Payroll');
    await managing.update(made.id, { version: 1, name: 'Pay', grants: list(['firstName', 'lastName']) });
    await managing.onOne('disableCredential', made.id);
    const rotated = await managing.rotate(made.id, 'NONE');
    const mine = (await audited()).filter(({ subject }) => subject?.id === made.id).reverse();
    expect(mine.map(({ action, actor }) => `${action} ${actor.name}`)).toEqual(
      ['CREDENTIAL_CREATED', 'CREDENTIAL_UPDATED', 'CREDENTIAL_DISABLED', 'SECRET_ROTATED'].map(
        (action) => `${action} ${owner.email}`,
      ),
    );
    expect(mine[1]).toMatchObject({
      before: { name: 'Payroll', attributes: { read: ['firstName'], write: [] } },
      after: { name: 'Pay', attributes: { read: ['firstName', 'lastName'], write: [] } },
    });
    expect(mine[2]).toMatchObject({ before: { enabled: true }, after: { enabled: false } });
    const text = JSON.stringify(await audited());
    for (const secret of [made.secret, present(rotated.clientSecret)]) expect(text).not.toContain(secret);
    expect((await gateway.house.audit.verify()).outcome).toBe('WHOLE');
  });

  test('an auditor sees everything and changes nothing; a manager leaves the catalogue to the owner', async () => {
    const made = await managing.reader('Payroll');
    const auditor = await adminBrowser(gateway, 'AUDITOR');
    expect(await new Managing(auditor).credential(made.id)).toMatchObject({ name: 'Payroll' });
    const manager = await adminBrowser(gateway, 'MANAGER');
    expect((await new Managing(manager).onOne('disableCredential', made.id)).userErrors).toEqual([]);
    const attempts: [browser: AdminBrowser, mutation: string][] = [
      [auditor, `disableCredential(id: "${made.id}") { userErrors { code } }`],
      [auditor, `revealCredentialSecret(id: "${made.id}") { clientSecret }`],
      [auditor, `deleteCredential(id: "${made.id}") { deletedCredentialId }`],
      [manager, 'retireCustomAttribute(key: "custom.x") { userErrors { code } }'],
      [manager, 'setShowOnce(showOnce: true) { userErrors { code } }'],
    ];
    for (const [browser, mutation] of attempts) {
      const { status, body } = await browser.send(`mutation { ${mutation} }`);
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);
    }
  });

  test('a credential reaches no management field, and anonymous callers neither (L42, S5)', async () => {
    const { clientId, secret, id } = await managing.reader('Curious');
    const basic = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
    const operations = [
      '{ credentials { totalCount } }',
      `{ credential(id: "${id}") { name } }`,
      '{ catalogue { key } }',
      '{ previewCredential { employeeName } }',
      '{ settings { showOnce } }',
      `mutation { enableCredential(id: "${id}") { userErrors { code } } }`,
      `mutation { revealCredentialSecret(id: "${id}") { clientSecret } }`,
      `mutation { rotateCredentialSecret(id: "${id}", overlap: NONE) { clientSecret } }`,
      'mutation { setShowOnce(showOnce: true) { userErrors { code } } }',
    ];
    for (const operation of operations) {
      const asCredential = await gateway.query(basic, operation);
      expect([asCredential.status, asCredential.body.data ?? null]).toEqual([403, null]);
      expect((await gateway.query(undefined, operation)).status).toBe(401);
    }
  });

  test('an admin who was disabled meanwhile changes nothing any more, with a session that was open', async () => {
    const made = await managing.reader('Payroll');
    const manager = await adminBrowser(gateway, 'MANAGER');
    const admin = present((await gateway.house.admins.list()).find(({ email }) => email === manager.email));
    await owner.send(`mutation { disableAdmin(id: "${admin.id}") { userErrors { code } } }`);
    const { status } = await manager.send(`mutation { disableCredential(id: "${made.id}") { userErrors { code } } }`);
    expect(status).toBe(401);
    expect(await managing.credential(made.id)).toMatchObject({ enabled: true });
  });
});
