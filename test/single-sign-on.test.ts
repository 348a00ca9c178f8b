import { randomInt } from 'node:crypto';
import sql from 'sql-template-tag';
import { adminBrowser, browserAt, signIn, type AdminBrowser } from './support/admin';
import { databases } from './support/database';
import { startTestGateway, type TestGateway } from './support/gateway';
import { sentWhileHeld } from './support/holding';
import { startIdentityProvider, type TestProvider } from './support/identity-provider';
import { present } from './support/present';

const BEGIN = `mutation ($input: BeginSingleSignOnInput!) {
  beginSingleSignOn(input: $input) { url userErrors { code } } }`;

/** A browser that can be sent away and back. */
interface Traveller {
  readonly browser: AdminBrowser;
  /** Sends an operation as a page of the gateway. */
  send: AdminBrowser['send'];
  begin(purpose: string, invitation?: string): Promise<string>;
  /** Goes to the provider and comes back. @returns where it ends */
  travel(url: string): Promise<string>;
  /** Comes back to an address. @returns where it ends */
  comeBack(address: string): Promise<string>;
  /** Where the provider sends it back to. */
  sentBackTo(url: string): Promise<string>;
  me(): Promise<unknown>;
}

describe.each(databases)('single sign-on on $name', (database) => {
  let provider: TestProvider;
  let gateway: TestGateway;
  let isRefusedLinked = false;

  beforeAll(async () => {
    provider = await startIdentityProvider();
    const { issuer, clientId, clientSecret } = provider;
    gateway = await startTestGateway(database, {
      // Each browser has an address of its own, as behind a proxy.
      config: { trustedProxies: ['127.0.0.1'], singleSignOn: { issuer, clientId, clientSecret, name: 'Example ID' } },
    });
  });

  beforeEach(() => Object.assign(provider.behaviour, { subject: 'ada-17', claims: {}, answer: {}, isForged: false }));

  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });

  /** The cookies of one browser, kept as browsers keep them: strict ones do not come along from another site. */
  const traveller = (signedIn?: AdminBrowser): Traveller => {
    const address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
    let session = signedIn?.cookie() ?? '';
    let attempt = '';
    const keep = (headers: Headers) => {
      for (const line of headers.getSetCookie()) {
        const [, name = '', value = ''] = present(/^([^=]+)=([^;]*)/.exec(line));
        if (name === 'sso') attempt = value === '' ? '' : `sso=${value}`;
        if (name === 'sid') session = `sid=${value}`;
      }
    };
    const send: AdminBrowser['send'] = async (query, variables) => {
      const answer = await gateway.fetch('/graphql', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: gateway.url,
          'x-fieldgate-client': 'admin',
          'x-forwarded-for': address,
          cookie: [session, attempt].filter(Boolean).join('; '),
        },
        body: JSON.stringify({ query, variables }),
      });
      keep(answer.headers);
      return answer;
    };
    const comeBack = async (address: string) => {
      const answer = await gateway.fetch(address.replace(gateway.url, ''), {
        redirect: 'manual',
        headers: { 'sec-fetch-site': 'cross-site', ...(attempt ? { cookie: attempt } : {}) },
      });
      expect(answer.status).toBe(303);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      keep(answer.headers);
      return present(answer.headers.get('location'));
    };
    const sentBackTo = async (url: string) =>
      present((await fetch(url, { redirect: 'manual' })).headers.get('location'));
    return {
      browser: signedIn ?? browserAt(gateway),
      send,
      begin: async (purpose, invitation) => {
        const { body, text } = await send(BEGIN, { input: { purpose, invitation } });
        return present((body.data?.beginSingleSignOn.url as string | null) ?? (expect(text).toBe('a url'), null));
      },
      travel: async (url) => comeBack(await sentBackTo(url)),
      comeBack,
      sentBackTo,
      me: async () => (await send('{ me { email hasIdentity hasPassword } }')).body.data?.me as unknown,
    };
  };

  /** An admin whose account at the provider is linked. */
  const linked = async (subject: string): Promise<AdminBrowser> => {
    const admin = await adminBrowser(gateway, 'MANAGER');
    const at = traveller(admin);
    provider.behaviour.subject = subject;
    expect(await at.travel(await at.begin('LINK'))).toBe('/account');
    return admin;
  };

  const actions = async () =>
    (await gateway.house.audit.page({}, undefined, 3)).items.map(
      ({ action, subject }) => `${action} ${subject?.name ?? ''}`,
    );

  test('the pages are told what the provider is called', async () => {
    expect((await traveller().send('{ singleSignOn { name } }')).body.data.singleSignOn).toEqual({
      name: 'Example ID',
    });
  });

  test('an admin links an account, and signs in with it from then on, by issuer and subject alone', async () => {
    const admin = await linked('linked-1');
    provider.behaviour.claims = { email: 'somebody-else@example.com' };
    const at = traveller();
    expect(await at.travel(await at.begin('SIGN_IN'))).toBe('/');
    expect(await at.me()).toEqual({ email: admin.email, hasIdentity: true, hasPassword: true });
    expect(await actions()).toEqual([
      `SIGNED_IN ${admin.email}`,
      `IDENTITY_LINKED ${admin.email}`,
      expect.stringMatching(/./),
    ]);
    const asked = provider.lastAsked();
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('scope')).toBe('openid');
    expect(asked.get('redirect_uri')).toBe(`${gateway.url}/sso/callback`);
  });

  test('an invitation is accepted with an account; its link is used up, and no password is made', async () => {
    const owner = await adminBrowser(gateway, 'OWNER');
    const email = `invited-${database.name}@example.com`;
    const { body } = await owner.send('mutation ($i: CreateAdminInput!) { createAdmin(input: $i) { setupUrl } }', {
      i: { email, name: 'Invited', role: 'AUDITOR' },
    });
    const invitation = present(/#invite=(\S+)/.exec(String(body.data.createAdmin.setupUrl))?.[1]);
    provider.behaviour.subject = 'invited';
    const at = traveller();
    expect(await at.travel(await at.begin('ACCEPT_INVITATION', invitation))).toBe('/');
    expect(await at.me()).toEqual({ email, hasIdentity: true, hasPassword: false });
    provider.behaviour.subject = 'somebody else';
    const late = traveller();
    expect(await late.travel(await late.begin('ACCEPT_INVITATION', invitation))).toBe('/sign-in#sso=EXPIRED');
    expect(await late.me()).toBeNull();
  });

  test.each<[string, Partial<TestProvider['behaviour']>, string]>([
    ['a state that was not sent', { answer: { state: 'forged' } }, 'FAILED'],
    ['another issuer in the answer', { answer: { iss: 'https://evil.example.com' } }, 'FAILED'],
    ['another nonce', { claims: { nonce: 'forged' } }, 'FAILED'],
    ['no nonce', { claims: { nonce: undefined } }, 'FAILED'],
    ['another issuer in the token', { claims: { iss: 'https://evil.example.com' } }, 'FAILED'],
    ['the issuer with a slash behind it', { claims: { iss: 'http://127.0.0.1/' } }, 'FAILED'],
    ['another audience', { claims: { aud: 'somebody' } }, 'FAILED'],
    ['an expired token', { claims: { iat: 1_000_000_000, exp: 1_000_000_300 } }, 'FAILED'],
    ['a token of another key', { isForged: true }, 'FAILED'],
    ['no subject', { claims: { sub: undefined } }, 'FAILED'],
    ['a subject that nobody linked', { claims: { sub: 'stranger', email: 'ada@example.com' } }, 'UNKNOWN'],
    ['a person who did not agree', { answer: { error: 'access_denied' } }, 'CANCELLED'],
  ])('%s opens no session', async (_what, behaviour, refusal) => {
    isRefusedLinked ||= Boolean(await linked('refused'));
    Object.assign(provider.behaviour, { subject: 'refused', ...behaviour });
    const at = traveller();
    // The state is told wrong before the attempt is used up, so nothing says what it was for.
    expect(await at.travel(await at.begin('SIGN_IN'))).toBe(`/sign-in#sso=${refusal}`);
    expect(await at.me()).toBeNull();
  });

  const unlinkAll = () => gateway.house.store.write((manager) => manager.query('DELETE FROM admin_identity'));

  test('an answer works once, in the browser that was sent away, and only for ten minutes', async () => {
    await linked('once');
    const at = traveller();
    const answer = await at.sentBackTo(await at.begin('SIGN_IN'));
    const victim = traveller();
    expect(await victim.comeBack(answer)).toBe('/sign-in#sso=FAILED');
    await victim.begin('SIGN_IN');
    expect(await victim.comeBack(answer)).toBe('/sign-in#sso=FAILED');
    const copy = traveller();
    const [cookie] = (await at.send(BEGIN, { input: { purpose: 'SIGN_IN' } })).headers.getSetCookie();
    expect(cookie).toMatch(/^sso=fgso_\w+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await copy.me()).toBeNull();
    const second = await at.begin('SIGN_IN');
    const fresh = await at.sentBackTo(second);
    const results = await Promise.all([at.comeBack(fresh), at.comeBack(fresh), at.comeBack(fresh)]);
    expect(results.sort()).toEqual(['/', '/sign-in#sso=EXPIRED', '/sign-in#sso=EXPIRED']);
    await unlinkAll();
  });

  test('an answer that nobody asked for leaves the sign-in under way as it is; the right one ends its cookie', async () => {
    await linked('pending');
    const at = traveller();
    const url = await at.begin('SIGN_IN');
    expect(await at.comeBack(`${gateway.url}/sso/callback?state=forged&code=forged`)).toBe('/sign-in#sso=FAILED');
    const answer = await at.sentBackTo(url);
    expect(await at.comeBack(answer)).toBe('/');
    expect(await at.comeBack(answer)).toBe('/sign-in#sso=FAILED');
    await unlinkAll();
  });

  test('a local disable ends the session at once and keeps the provider from opening another', async () => {
    const admin = await linked('disabled');
    const at = traveller();
    await at.travel(await at.begin('SIGN_IN'));
    expect(await at.me()).not.toBeNull();
    const pending = await at.sentBackTo(await traveller(admin).begin('SIGN_IN'));
    await gateway.house.adminManagement.setEnabled(admin.email, false);
    expect(await at.me()).toBeNull();
    const again = traveller();
    expect(await again.travel(await again.begin('SIGN_IN'))).toBe('/sign-in#sso=UNKNOWN');
    expect(pending).toContain('code=');
    await unlinkAll();
  });

  test('an account belongs to one admin', async () => {
    await linked('shared');
    const other = traveller(await adminBrowser(gateway, 'MANAGER'));
    expect(await other.travel(await other.begin('LINK'))).toBe('/account#sso=TAKEN');
    expect(await other.me()).toMatchObject({ hasIdentity: false });
    await unlinkAll();
  });

  describe('what needs a fresh password', () => {
    const REVEAL = 'mutation { revealCredentialSecret(id: "none") { userErrors { code } } }';
    const codeOf = async (at: Traveller) => (await at.send(REVEAL)).body.errors?.[0]?.extensions.code;

    test('is not fresh because the provider remembers somebody, and is once it has asked again', async () => {
      await linked('fresh');
      provider.behaviour.claims = { auth_time: Math.floor(Date.now() / 1000) - 3600 };
      const at = traveller();
      await at.travel(await at.begin('SIGN_IN'));
      expect(await codeOf(at)).toBe('REAUTHENTICATION_REQUIRED');
      expect(await at.travel(await at.begin('REAUTHENTICATE'))).toBe('/signed-in#sso=NOT_FRESH');
      expect(await codeOf(at)).toBe('REAUTHENTICATION_REQUIRED');
      provider.behaviour.claims = { auth_time: undefined };
      expect(await at.travel(await at.begin('REAUTHENTICATE'))).toBe('/signed-in#sso=NOT_FRESH');
      provider.behaviour.claims = {};
      expect(await at.travel(await at.begin('REAUTHENTICATE'))).toBe('/signed-in');
      expect(provider.lastAsked().get('prompt')).toBe('login');
      expect(provider.lastAsked().get('max_age')).toBe('0');
      expect(await codeOf(at)).toBeUndefined();
      await unlinkAll();
    });

    test('is proven by the own account alone', async () => {
      await linked('mine');
      const at = traveller();
      provider.behaviour.claims = { auth_time: Math.floor(Date.now() / 1000) - 3600 };
      await at.travel(await at.begin('SIGN_IN'));
      await linked('theirs');
      provider.behaviour.claims = {};
      provider.behaviour.subject = 'theirs';
      expect(await at.travel(await at.begin('REAUTHENTICATE'))).toBe('/signed-in#sso=UNKNOWN');
      expect(await codeOf(at)).toBe('REAUTHENTICATION_REQUIRED');
      await unlinkAll();
    });

    test('linking is one of these, and signing out in between ends it', async () => {
      const admin = await adminBrowser(gateway, 'MANAGER');
      const at = traveller(admin);
      const answer = await at.sentBackTo(await at.begin('LINK'));
      await gateway.house.store.write((manager) => manager.query('DELETE FROM admin_session'));
      expect(await at.comeBack(answer)).toBe('/account#sso=EXPIRED');
      await signIn(admin);
      await gateway.house.store.write((manager) =>
        manager.query(`UPDATE admin_session SET authenticated_at = '2020-01-01T00:00:00.000Z'`),
      );
      const refused = await traveller(admin).send(BEGIN, { input: { purpose: 'LINK' } });
      expect(refused.body.errors?.[0]?.extensions.code).toBe('REAUTHENTICATION_REQUIRED');
    });
  });

  const UNLINK = 'mutation ($id: ID!) { unlinkIdentity(adminId: $id) { done userErrors { code } } }';

  describe('at the same moment', () => {
    const idOf = async ({ email }: AdminBrowser) => present(await gateway.house.admins.byEmail(email)).id;
    const isPostgres = database.name === 'PostgreSQL';

    afterEach(() => unlinkAll());

    test('an end of the link and a sign-in with it leave nobody signed in (S13)', async () => {
      const admin = await linked('ended');
      const id = await idOf(admin);
      const owner = await adminBrowser(gateway, 'OWNER');
      const at = traveller();
      const answer = await at.sentBackTo(await at.begin('SIGN_IN'));
      // Both would write to the audit log before they end.
      const auditLog = isPostgres ? sql`SELECT pg_advisory_xact_lock(4711202107)` : sql`SELECT 1`;
      const [unlinked] = await sentWhileHeld(
        gateway.house,
        auditLog,
        () => owner.send(UNLINK, { id }),
        () => at.comeBack(answer),
      );
      expect(unlinked.body.data?.unlinkIdentity).toEqual({ done: true, userErrors: [] });
      expect(await at.me()).toBeNull();
    });

    test.each(['SIGN_IN', 'REAUTHENTICATE'])('two who come back for %s are both let in', async (purpose) => {
      const admin = await linked('twice');
      const [one, two] = [traveller(), traveller()];
      for (const at of [one, two]) await at.travel(await at.begin('SIGN_IN'));
      const first = await one.sentBackTo(await one.begin(purpose));
      const second = await two.sentBackTo(await two.begin(purpose));
      const id = await idOf(admin);
      const row = isPostgres ? sql`SELECT id FROM admin WHERE id = ${id} FOR SHARE` : sql`SELECT 1`;
      const landed = await sentWhileHeld(
        gateway.house,
        row,
        () => one.comeBack(first),
        () => two.comeBack(second),
      );
      expect(landed).toEqual(purpose === 'SIGN_IN' ? ['/', '/'] : ['/signed-in', '/signed-in']);
    });
  });

  test('ending a link ends the sessions elsewhere; the last way in is kept', async () => {
    const admin = await linked('ending');
    const at = traveller();
    await at.travel(await at.begin('SIGN_IN'));
    await signIn(admin);
    const id = (await admin.send('{ me { id } }')).body.data.me.id as string;
    const stranger = await adminBrowser(gateway, 'MANAGER');
    expect((await stranger.send(UNLINK, { id })).body.data.unlinkIdentity.userErrors).toEqual([
      { code: 'NOT_ALLOWED' },
    ]);
    expect((await admin.send(UNLINK, { id })).body.data.unlinkIdentity.done).toBe(true);
    expect(await at.me()).toBeNull();
    const again = traveller();
    expect(await again.travel(await again.begin('SIGN_IN'))).toBe('/sign-in#sso=UNKNOWN');
  });
});
