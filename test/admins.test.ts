import sql, { empty } from 'sql-template-tag';
import { adminBrowser, browserAt, signIn, type AdminBrowser } from './support/admin';
import { databases } from './support/database';
import { startTestGateway, type TestGateway } from './support/gateway';
import { sentWhileHeld } from './support/holding';
import { present } from './support/present';
import { afterRead } from './support/reads';

const SETUP = `mutation ($input: CompleteSetupInput!) {
  completeSetup(input: $input) { me { email role } userErrors { field code } }
}`;
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { me { email } } }';
const ME = '{ me { email role } }';
const REAUTHENTICATE = `mutation ($input: ReauthenticateInput!) {
  reauthenticate(input: $input) { me { email } userErrors { field code } }
}`;
const CHANGE_PASSWORD = `mutation ($input: ChangePasswordInput!) {
  changePassword(input: $input) { me { email } userErrors { field code } }
}`;
const PASSWORD = 'hedgehog umbrella marzipan 42';
const NEW_PASSWORD = 'walnut trombone glacier 17';

describe.each(databases)('admins on $name', (database) => {
  let gateway: TestGateway;
  let time: number;

  beforeEach(async () => {
    time = Date.parse('2026-06-01T00:00:00Z');
    gateway = await startTestGateway(database, { clock: { now: () => new Date(time).toISOString() } });
  });

  afterEach(() => gateway.close());

  const setUp = (token: string, email: string, browser = browserAt(gateway)) =>
    browser.send(SETUP, { input: { token, name: 'Ada', email, password: PASSWORD } });

  const changePassword = (browser: AdminBrowser, newPassword = NEW_PASSWORD) =>
    browser.send(CHANGE_PASSWORD, { input: { currentPassword: PASSWORD, newPassword } });

  const heldAdmin = (id: string) =>
    sql`SELECT id FROM admin WHERE id = ${id} ${database.name === 'PostgreSQL' ? sql`FOR UPDATE` : empty}`;

  test('of 50 who come with the setup link at the same moment, exactly one becomes the admin', async () => {
    const token = await gateway.house.links.newSetup();
    expect((await browserAt(gateway).send('{ setup { open } }')).body.data).toEqual({ setup: { open: true } });
    const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => setUp(token, `ada${at}@example.com`)));
    const made = answers.filter(({ body }) => body.data?.completeSetup.me);
    expect(made).toHaveLength(1);
    expect(made[0]?.body.data.completeSetup.me.role).toBe('OWNER');
    expect(await gateway.house.admins.list()).toHaveLength(1);
    expect((await browserAt(gateway).send('{ setup { open } }')).body.data).toEqual({ setup: { open: false } });
  });

  test('a setup link works once, for half an hour, and only until there is an admin', async () => {
    const token = await gateway.house.links.newSetup();
    time += 30 * 60_000;
    const wrong = { data: { completeSetup: { me: null, userErrors: [{ field: ['token'], code: 'WRONG' }] } } };
    expect((await setUp(token, 'ada@example.com')).body).toEqual(wrong);
    const second = await gateway.house.links.newSetup();
    await gateway.house.adminManagement.create({ email: 'eve@example.com', name: 'Eve', role: 'AUDITOR' }, PASSWORD);
    expect((await setUp(second, 'ada@example.com')).body).toEqual(wrong);
    expect((await setUp('nonsense', 'ada@example.com')).body).toEqual(wrong);
  });

  test('whoever sets up is signed in, with a cookie that scripts cannot read and other sites cannot send', async () => {
    const browser = browserAt(gateway);
    const answer = await setUp(await gateway.house.links.newSetup(), 'ada@example.com', browser);
    expect(answer.headers.get('set-cookie')).toMatch(/^sid=fgse_[0-9A-Za-z]{49}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await browser.send(ME)).body.data).toEqual({ me: { email: 'ada@example.com', role: 'OWNER' } });
  });

  test.each<[string, Record<string, string>]>([
    ['of another site', { 'sec-fetch-site': 'cross-site' }],
    ['that tells no origin', { origin: '' }],
  ])('a page %s neither uses a link up nor signs in: it could keep no session', async (_what, headers) => {
    const token = await gateway.house.links.newSetup();
    const input = { token, name: 'Ada', email: 'ada@example.com', password: PASSWORD };
    const refused = await browserAt(gateway).send(SETUP, { input }, headers);
    expect(refused.body.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await setUp(token, 'ada@example.com')).body.data.completeSetup.userErrors).toEqual([]);
    const events = await gateway.house.audit.count({});
    const tried = await browserAt(gateway).send(
      SIGN_IN,
      { input: { email: 'ada@example.com', password: PASSWORD } },
      headers,
    );
    expect(tried.body.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(await gateway.house.audit.count({})).toBe(events);
  });

  test('a password must be long and not easily guessed, and everything wrong is told at once', async () => {
    const token = await gateway.house.links.newSetup();
    const ask = (password: string, email = 'ada@example.com', name = 'Ada') =>
      browserAt(gateway).send(SETUP, { input: { token, name, email, password } });
    const codes = async (...input: Parameters<typeof ask>) =>
      ((await ask(...input)).body.data.completeSetup.userErrors as { field: string[]; code: string }[]).map(
        ({ field, code }) => `${field.join('.')} ${code}`,
      );
    expect(await codes('short')).toEqual(['password TOO_SHORT']);
    expect(await codes('x'.repeat(257))).toEqual(['password TOO_LONG']);
    expect(await codes('passwordpassword')).toEqual(['password INVALID']);
    expect(await codes('aaaaaaaaaaaaaaaaaaaa')).toEqual(['password INVALID']);
    expect(await codes('short', 'nobody', ' ')).toEqual(['email INVALID', 'name REQUIRED', 'password TOO_SHORT']);
  });

  test('wrong password, unknown email and disabled account answer alike (no enumeration)', async () => {
    await adminBrowser(gateway, 'OWNER');
    const { email } = await adminBrowser(gateway, 'MANAGER');
    const disabled = await adminBrowser(gateway, 'AUDITOR');
    await gateway.house.adminManagement.setEnabled(disabled.email, false);
    const tried = [
      await signIn(browserAt(gateway, email), 'not the password at all'),
      await signIn(browserAt(gateway, 'nobody@example.com')),
      await signIn(browserAt(gateway, disabled.email)),
    ];
    expect(new Set(tried.map(({ text }) => text)).size).toBe(1);
    expect(tried[0]?.body.data).toEqual({ signIn: { me: null, userErrors: [{ code: 'WRONG', field: null }] } });
    expect(tried.map(({ headers }) => headers.get('set-cookie'))).toEqual([null, null, null]);
  });

  test('from the fifth failure on each doubles the wait, for emails of nobody too', async () => {
    const { email, password } = await adminBrowser(gateway, 'OWNER');
    for (const tried of [email, 'nobody@example.com']) {
      for (let count = 0; count < 5; count += 1) await signIn(browserAt(gateway, tried), 'not the password at all');
      const blocked = await signIn(browserAt(gateway, tried), password);
      expect(blocked.body.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 2 } }]);
      expect(blocked.headers.get('retry-after')).toBe('2');
    }
    time += 2_000;
    const { body } = await signIn(browserAt(gateway, email), password);
    expect(body.data).toMatchObject({ signIn: { me: { email } } });
  });

  if (database.name === 'SQLite') {
    test('a sign-in whose failures cannot be forgotten leaves no session and no event', async () => {
      const { email } = await adminBrowser(gateway, 'OWNER');
      const { store, audit } = gateway.house;
      const left = async () => [await store.read(sql`SELECT id FROM admin_session`), await audit.count({})];
      await signIn(browserAt(gateway, email), 'not the password at all');
      await store.write((manager) =>
        manager.query(
          `CREATE TRIGGER kept BEFORE DELETE ON sign_in_failure BEGIN SELECT RAISE(ABORT, 'It is kept.'); END`,
        ),
      );
      const before = await left();
      const { body, headers } = await signIn(browserAt(gateway, email));
      expect([body.errors?.length, headers.get('set-cookie')]).toEqual([1, null]);
      expect(await left()).toEqual(before);
    });
  }

  test('a session ends after half an hour without a request, and after twelve hours whatever happens', async () => {
    const idle = await adminBrowser(gateway, 'OWNER');
    const busy = await adminBrowser(gateway, 'OWNER');
    for (let minutes = 0; minutes < 29; minutes += 7) {
      time += 7 * 60_000;
      await busy.send(ME);
    }
    expect((await idle.send(ME)).body.data).toEqual({ me: null });
    for (let minutes = 35; minutes < 12 * 60 - 20; minutes += 20) {
      time += 20 * 60_000;
      expect((await busy.send(ME)).body.data.me).not.toBeNull();
    }
    time += 20 * 60_000;
    expect((await busy.send(ME)).body.data).toEqual({ me: null });
  });

  test('signing out, ending a session, changing the password and disabling end sessions at once (S13)', async () => {
    const owner = await adminBrowser(gateway, 'OWNER', 'owner@example.com');
    const other = browserAt(gateway, 'owner@example.com');
    const third = browserAt(gateway, 'owner@example.com');
    await signIn(other);
    await signIn(third);
    const { body } = await owner.send('{ sessions { id current } }');
    const sessions = body.data.sessions as { id: string; current: boolean }[];
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
    expect(sessions).toHaveLength(3);
    const isOut = async (browser: AdminBrowser) => (await browser.send(ME)).body.data.me === null;
    await third.send('mutation { signOut { done } }');
    expect(await isOut(third)).toBe(true);
    const change = await changePassword(owner);
    expect(change.body.data.changePassword.userErrors).toEqual([]);
    expect([await isOut(owner), await isOut(other)]).toEqual([false, true]);
    expect((await signIn(browserAt(gateway, 'owner@example.com'))).body.data.signIn.me).toBeNull();
    const manager = await adminBrowser(gateway, 'MANAGER');
    const managerId = (await gateway.house.admins.byEmail(manager.email))?.id;
    await owner.send('mutation ($id: ID!) { disableAdmin(id: $id) { admin { enabled } } }', { id: managerId });
    expect(await isOut(manager)).toBe(true);
  });

  describe('a password that was right when it was looked at', () => {
    const WRONG = { me: null, userErrors: [{ code: 'WRONG', field: null }] };
    let ada: AdminBrowser;

    beforeEach(async () => {
      ada = await adminBrowser(gateway, 'OWNER', 'ada@example.com');
    });

    /** Lets `act` happen while a password is compared with the hash that was read. */
    const meanwhile = async <Result>(act: () => Promise<unknown>, ask: () => Promise<Result>): Promise<Result> => {
      const restore = afterRead(gateway.house, 'password_hash', act);
      try {
        return await ask();
      } finally {
        restore();
      }
    };

    test.each<[string, () => Promise<unknown>]>([
      ['another one was chosen', () => changePassword(ada)],
      ['it was reset', () => gateway.house.adminManagement.resetPassword(ada.email, NEW_PASSWORD)],
      ['the admin was disabled', () => gateway.house.adminManagement.setEnabled(ada.email, false)],
    ])('opens no session once %s (S13)', async (what, act) => {
      if (what === 'the admin was disabled') await adminBrowser(gateway, 'OWNER');
      const late = browserAt(gateway, ada.email);
      const { body } = await meanwhile(act, () => signIn(late));
      expect(body.data).toEqual({ signIn: WRONG });
      expect(late.cookie()).toBe('');
      const [last] = (await gateway.house.audit.page({}, undefined, 1)).items;
      expect(last).toMatchObject({ action: 'SIGN_IN_REFUSED', subject: { name: ada.email } });
    });

    test('renews no session and changes nothing once another one was chosen there (S13)', async () => {
      const thief = browserAt(gateway);
      const stolen = { cookie: ada.cookie() };
      const shown = await meanwhile(
        () => changePassword(ada),
        () => thief.send(REAUTHENTICATE, { input: { password: PASSWORD } }, stolen),
      );
      expect(shown.body.data.reauthenticate.userErrors).toEqual([{ code: 'WRONG', field: ['password'] }]);
      expect((await ada.send(ME)).body.data.me).not.toBeNull();
      const back = browserAt(gateway, ada.email, NEW_PASSWORD);
      await signIn(back);
      const cookie = { cookie: back.cookie() };
      const input = { currentPassword: NEW_PASSWORD, newPassword: 'violin cucumber mountain 23' };
      const changed = await meanwhile(
        () => back.send(CHANGE_PASSWORD, { input: { ...input, newPassword: 'parrot lighthouse pancake 61' } }),
        () => thief.send(CHANGE_PASSWORD, { input }, cookie),
      );
      expect(changed.body.data.changePassword.userErrors).toEqual([{ code: 'WRONG', field: ['currentPassword'] }]);
      expect((await back.send(ME)).body.data.me).not.toBeNull();
    });
  });

  test('of two new passwords at the same moment, one counts, and the other is refused as any wrong one', async () => {
    const owner = await adminBrowser(gateway, 'OWNER');
    const cookie = { cookie: owner.cookie() };
    const passwords = [NEW_PASSWORD, 'violin cucumber mountain 23'];
    const answers = await Promise.all(
      passwords.map((newPassword) =>
        browserAt(gateway).send(CHANGE_PASSWORD, { input: { currentPassword: PASSWORD, newPassword } }, cookie),
      ),
    );
    const codes = answers.map(({ body }) => body.data?.changePassword.userErrors as unknown);
    expect(codes).toHaveLength(2);
    expect(codes).toContainEqual([]);
    expect(codes).toContainEqual([{ code: 'WRONG', field: ['currentPassword'] }]);
  });

  test('a new cookie and the end of its session at the same moment do not wait for each other', async () => {
    const owner = await adminBrowser(gateway, 'OWNER');
    const cookie = { cookie: owner.cookie() };
    // Both write to the audit log.
    const auditLog = database.name === 'PostgreSQL' ? sql`SELECT pg_advisory_xact_lock(4711202107)` : sql`SELECT 1`;
    const answers = await sentWhileHeld(
      gateway.house,
      auditLog,
      () => browserAt(gateway).send(REAUTHENTICATE, { input: { password: PASSWORD } }, cookie),
      () => browserAt(gateway).send('mutation { signOut { done } }', {}, cookie),
    );
    const codes = answers.map(({ body }) => body.errors?.[0]?.extensions.code);
    expect(codes).not.toContain('INTERNAL');
  });

  test('a cookie is dead once it was renewed by showing the password again', async () => {
    const owner = await adminBrowser(gateway, 'OWNER');
    const old = owner.cookie();
    const shown = (password: string) => owner.send(REAUTHENTICATE, { input: { password } });
    expect((await shown('not the password at all')).body.data.reauthenticate.userErrors).toMatchObject([
      { code: 'WRONG' },
    ]);
    expect((await shown(PASSWORD)).body.data.reauthenticate.userErrors).toEqual([]);
    expect(owner.cookie()).not.toBe(old);
    expect((await browserAt(gateway).send(ME, {}, { cookie: old })).body.data).toEqual({ me: null });
  });

  test.each<[name: string, headers: Record<string, string>, status: number, code: string]>([
    ['another origin', { origin: 'https://evil.example' }, 403, 'FORBIDDEN'],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403, 'FORBIDDEN'],
    ['a sandboxed page', { origin: 'null' }, 403, 'FORBIDDEN'],
    ['a bearer token beside it', { authorization: `Bearer fgat_${'A'.repeat(49)}` }, 400, 'BAD_REQUEST'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ])('a session cookie with %s is refused (S13)', async (_name, headers, status, code) => {
    const owner = await adminBrowser(gateway, 'OWNER');
    const answer = await owner.send('mutation { endOtherSessions { count } }', {}, headers);
    expect(answer.status).toBe(status);
    expect(answer.body.errors).toMatchObject([{ extensions: { code } }]);
  });

  test('a session cookie without the header of our own pages is refused (S13)', async () => {
    const owner = await adminBrowser(gateway, 'OWNER');
    const answer = await gateway.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: gateway.url, cookie: owner.cookie() },
      body: JSON.stringify({ query: ME }),
    });
    expect(answer.status).toBe(403);
  });

  const MANAGEMENT = [
    '{ admins { id } }',
    '{ auditEvents { totalCount } }',
    '{ settings { feature { active } } }',
    '{ sessions { id } }',
    'mutation { signOut { done } }',
    'mutation { disableAdmin(id: "1") { admin { id } } }',
    'mutation { createAdmin(input: { email: "a@b.c", name: "A", role: OWNER }) { admin { id } } }',
  ];

  test.each(MANAGEMENT)('a credential never reaches what admins do: %s (S5, L42)', async (query) => {
    const answer = await gateway.query(await gateway.credential(), query);
    expect(answer.status).toBe(403);
    expect(answer.body.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await gateway.query(undefined, query)).status).toBe(401);
  });

  test.each([
    '{ employees { totalCount } }',
    '{ employee(id: 1) { id } }',
    '{ viewer { name } }',
    '{ attributes { key } }',
  ])('an admin never reads as an integration: %s (S5)', async (query) => {
    const answer = await (await adminBrowser(gateway, 'OWNER')).send(query);
    expect(answer.status).toBe(403);
    expect(answer.body.data).toBeUndefined();
  });

  test('only owners change admins', async () => {
    const create =
      'mutation { createAdmin(input: { email: "new@example.com", name: "New", role: OWNER }) { admin { id } setupUrl } }';
    for (const role of ['MANAGER', 'AUDITOR'] as const) {
      expect((await (await adminBrowser(gateway, role)).send(create)).status).toBe(403);
    }
    const owner = await adminBrowser(gateway, 'OWNER');
    const { body } = await owner.send(create);
    const url = body.data.createAdmin.setupUrl as string;
    expect(url).toMatch(new RegExp(`^${gateway.url}/setup#invite=fgli_`));
    const token = present(url.split('=')[1]);
    const invited = await browserAt(gateway).send(SETUP, { input: { token, password: NEW_PASSWORD } });
    expect(invited.body.data.completeSetup).toEqual({
      me: { email: 'new@example.com', role: 'OWNER' },
      userErrors: [],
    });
    const again = await browserAt(gateway).send(SETUP, { input: { token, password: 'walnut trombone glacier 18' } });
    expect(again.body.data.completeSetup.userErrors).toEqual([{ field: ['token'], code: 'WRONG' }]);
  });

  describe('an invitation', () => {
    let owner: AdminBrowser;
    let id: string;
    let token: string;

    beforeEach(async () => {
      owner = await adminBrowser(gateway, 'OWNER');
      const { body } = await owner.send(
        'mutation ($input: CreateAdminInput!) { createAdmin(input: $input) { admin { id } setupUrl } }',
        { input: { email: 'new@example.com', name: 'New', role: 'AUDITOR' } },
      );
      ({ id } = body.data.createAdmin.admin as { id: string });
      token = present(String(body.data.createAdmin.setupUrl).split('#invite=')[1]);
    });

    const toggle = (verb: 'enableAdmin' | 'disableAdmin') =>
      owner.send(`mutation ($id: ID!) { ${verb}(id: $id) { admin { enabled } } }`, { id });
    const accept = async (password = NEW_PASSWORD) =>
      (await browserAt(gateway).send(SETUP, { input: { token, password } })).body.data.completeSetup as unknown;

    test.each<[string, () => Promise<unknown>]>([
      ['the password was reset', () => gateway.house.adminManagement.resetPassword('new@example.com', PASSWORD)],
      [
        'the admin was disabled, also when enabled again',
        async () => [await toggle('disableAdmin'), await toggle('enableAdmin')],
      ],
    ])('is worth nothing once %s', async (_what, act) => {
      await act();
      expect(await accept()).toEqual({ me: null, userErrors: [{ field: ['token'], code: 'WRONG' }] });
    });

    test('goes on when another admin is disabled, and ends the sessions that there are of its own', async () => {
      const other = await adminBrowser(gateway, 'MANAGER');
      await gateway.house.adminManagement.setEnabled(other.email, false);
      expect(await accept()).toMatchObject({ me: { email: 'new@example.com' } });
      const before = browserAt(gateway, 'new@example.com', NEW_PASSWORD);
      await signIn(before);
      expect((await before.send(ME)).body.data.me).not.toBeNull();
      token = await gateway.house.store.write((manager) => gateway.house.links.newInvitation(manager, id));
      expect(await accept(PASSWORD)).toMatchObject({ me: { email: 'new@example.com' } });
      expect((await before.send(ME)).body.data.me).toBeNull();
    });

    test('and a reset of the password at the same moment do not wait for each other, and the reset stands', async () => {
      const [reset, accepted] = await sentWhileHeld(
        gateway.house,
        heldAdmin(id),
        () => gateway.house.adminManagement.resetPassword('new@example.com', PASSWORD),
        () => accept(),
      );
      expect([reset.userErrors, accepted]).toEqual([[], expect.anything()]);
      const { body } = await signIn(browserAt(gateway, 'new@example.com'));
      expect(body.data.signIn.me).toEqual({ email: 'new@example.com' });
    });
  });

  test('the last owner stays one, also when two demote each other at the same moment', async () => {
    const [one, two] = [
      await adminBrowser(gateway, 'OWNER', 'one@example.com'),
      await adminBrowser(gateway, 'OWNER', 'two@example.com'),
    ];
    const idOf = async (email: string) => present(await gateway.house.admins.byEmail(email)).id;
    const demote = async (browser: AdminBrowser, email: string) =>
      browser.send(
        'mutation ($id: ID!) { updateAdmin(id: $id, input: { role: AUDITOR }) { admin { role } userErrors { code } } }',
        { id: await idOf(email) },
      );
    await Promise.all([demote(one, 'two@example.com'), demote(two, 'one@example.com')]);
    const owners = (await gateway.house.admins.list()).filter(({ role }) => role === 'OWNER');
    expect(owners).toHaveLength(1);
    const last = owners[0]?.email === 'one@example.com' ? one : two;
    const refused = await demote(last, last.email);
    expect(refused.body.data.updateAdmin.userErrors).toEqual([{ code: 'NOT_ALLOWED' }]);
  });

  test('changes of several admins at the same moment are all made, whoever makes them', async () => {
    const [one, two] = [await adminBrowser(gateway, 'OWNER'), await adminBrowser(gateway, 'OWNER')];
    const idOf = async ({ email }: AdminBrowser) => present(await gateway.house.admins.byEmail(email)).id;
    const [x, y] = [
      await idOf(await adminBrowser(gateway, 'MANAGER')),
      await idOf(await adminBrowser(gateway, 'AUDITOR')),
    ];
    const change = async (browser: AdminBrowser, verb: 'enableAdmin' | 'disableAdmin', id: string) =>
      (await browser.send(`mutation ($id: ID!) { change: ${verb}(id: $id) { admin { enabled } } }`, { id })).body;
    for (let round = 0; round < 10; round += 1) {
      const verb = round % 2 === 0 ? 'disableAdmin' : 'enableAdmin';
      const changed = { data: { change: { admin: { enabled: verb === 'enableAdmin' } } } };
      const answers = await Promise.all([change(one, verb, x), change(one, verb, y), change(two, verb, x)]);
      expect(answers).toEqual([changed, changed, changed]);
    }
  });

  test('every sign-in is on record, also the one that comes with a link, and every wrong password', async () => {
    const browser = browserAt(gateway);
    const token = await gateway.house.links.newSetup();
    await setUp(token, 'ada@example.com', browser);
    const { value } = await gateway.house.adminManagement.create(
      { email: 'eve@example.com', name: 'Eve', role: 'AUDITOR' },
      PASSWORD,
    );
    const eve = present(value).id;
    const link = await gateway.house.store.write((manager) => gateway.house.links.newInvitation(manager, eve));
    await browserAt(gateway).send(SETUP, { input: { token: link, password: NEW_PASSWORD } });
    const guess = 'not the password at all';
    await browser.send(REAUTHENTICATE, { input: { password: guess } });
    await browser.send(CHANGE_PASSWORD, { input: { currentPassword: guess, newPassword: NEW_PASSWORD } });
    const events = (await gateway.house.audit.page({}, undefined, 50)).items;
    expect(events.map(({ action, actor, subject }) => `${action} ${actor.name} ${subject?.name}`).reverse()).toEqual([
      'ADMIN_CREATED ada@example.com ada@example.com',
      'SIGNED_IN ada@example.com ada@example.com',
      'ADMIN_CREATED null eve@example.com',
      'PASSWORD_CHANGED eve@example.com eve@example.com',
      'SIGNED_IN eve@example.com eve@example.com',
      'SIGN_IN_REFUSED ada@example.com ada@example.com',
      'SIGN_IN_REFUSED ada@example.com ada@example.com',
    ]);
    const text = JSON.stringify(events);
    for (const secret of [guess, PASSWORD, NEW_PASSWORD, token, link]) expect(text).not.toContain(secret);
  });

  test('what is typed and shown is in the store nowhere: no password, cookie or link (S6)', async () => {
    const link = await gateway.house.links.newSetup();
    const owner = await adminBrowser(gateway, 'OWNER');
    const rows = await gateway.house.store.write(async (manager) => {
      const tables = ['admin', 'admin_session', 'admin_link', 'sign_in_failure', 'audit_event'];
      const all: unknown[] = [];
      for (const table of tables) all.push(await manager.query(`SELECT * FROM ${table}`));
      return all;
    });
    const text = JSON.stringify(rows);
    for (const secret of [PASSWORD, owner.cookie().slice(9), link.slice(5)]) expect(text).not.toContain(secret);
  });
});
