import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sql from 'sql-template-tag';
import { adminBrowser, signIn, type AdminBrowser } from './support/admin';
import { runCommand } from './support/command';
import { databases } from './support/database';
import { startTestGateway, type TestGateway } from './support/gateway';
import { Managing, type Made } from './support/managing';
import { present } from './support/present';

const HOUR = 60 * 60_000;

describe.each(databases)('secrets on $name', (database) => {
  let gateway: TestGateway;
  let owner: AdminBrowser;
  let managing: Managing;
  let made: Made;
  let time: number;

  beforeEach(async () => {
    time = Date.parse('2026-06-01T00:00:00Z');
    gateway = await startTestGateway(database, { clock: { now: () => new Date(time).toISOString() } });
    owner = await adminBrowser(gateway, 'OWNER');
    managing = new Managing(owner);
    made = await managing.reader('Payroll');
  });

  afterEach(() => gateway.close());

  const basic = (secret: string) => `Basic ${Buffer.from(`${made.clientId}:${secret}`).toString('base64')}`;
  const status = async (authorization: string) => (await gateway.query(authorization, '{ viewer { name } }')).status;
  const works = async (secret: string) => (await status(basic(secret))) === 200;
  const token = async (secret: string) => {
    const { body } = await gateway.fetch('/oauth/token', {
      method: 'POST',
      headers: { authorization: basic(secret) },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    return `Bearer ${(body as unknown as { access_token: string }).access_token}`;
  };
  const revealed = async (secretId?: string) => (await managing.reveal(made.id, secretId)).body.data;
  const showOnce = async (on: boolean) =>
    (
      await owner.send('mutation ($on: Boolean!) { setShowOnce(showOnce: $on) { settings { showOnce } } }', {
        on,
      })
    ).body.data.setShowOnce.settings.showOnce as boolean;
  const seals = async () => (await gateway.house.store.read(sql`SELECT * FROM sealed_secret`)).length;

  describe('rotation', () => {
    test.each([
      ['ONE_HOUR', HOUR],
      ['ONE_DAY', 24 * HOUR],
      ['SEVEN_DAYS', 7 * 24 * HOUR],
    ])('with %s lets both secrets in, and the old one until that very moment (S14)', async (overlap, milliseconds) => {
      const { clientSecret, credential } = await managing.rotate(made.id, overlap);
      expect(present(credential).secrets).toMatchObject([
        { expiresAt: null },
        { expiresAt: new Date(time + milliseconds).toISOString() },
      ]);
      time += milliseconds - 1;
      expect([await works(made.secret), await works(present(clientSecret))]).toEqual([true, true]);
      time += 1;
      expect([await works(made.secret), await works(present(clientSecret))]).toEqual([false, true]);
    });

    test('a token dies with the secret that it was got with, at that very moment', async () => {
      await managing.rotate(made.id, 'ONE_HOUR');
      time += HOUR - 60_000;
      const old = await token(made.secret);
      time += 59_999;
      expect(await status(old)).toBe(200);
      time += 1;
      expect(await status(old)).toBe(401);
    });

    test.each(['NONE', 'COMPROMISED'])('with %s the old secret and its tokens end at once', async (overlap) => {
      const old = await token(made.secret);
      const { clientSecret, credential } = await managing.rotate(made.id, overlap);
      expect([await works(made.secret), await status(old)]).toEqual([false, 401]);
      expect(await works(present(clientSecret))).toBe(true);
      expect(present(credential).secrets).toHaveLength(1);
    });

    test('a third live secret is impossible: it is refused, also when ten ask at once (S14)', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => managing.rotate(made.id, 'ONE_DAY')));
      const refused = answers.filter(({ userErrors }) => userErrors.length > 0);
      expect(refused).toHaveLength(9);
      for (const { clientSecret, userErrors } of refused) {
        expect([clientSecret, userErrors]).toEqual([null, [{ field: ['overlap'], code: 'LIMIT' }]]);
      }
      expect(present(await managing.credential(made.id)).secrets).toHaveLength(2);
      const { credential } = await managing.rotate(made.id, 'NONE');
      expect(present(credential).secrets).toHaveLength(1);
      time += 24 * HOUR;
      await signIn(owner);
      expect((await managing.rotate(made.id, 'ONE_DAY')).userErrors).toEqual([]);
    });

    test('revoking ends one secret at once; the last one goes with a notice', async () => {
      const { clientSecret, credential } = await managing.rotate(made.id, 'ONE_DAY');
      const [current, old] = present(credential).secrets;
      const first = await managing.revoke(made.id, present(old).id);
      expect([first.notice, first.userErrors]).toEqual([null, []]);
      expect([await works(made.secret), await works(present(clientSecret))]).toEqual([false, true]);
      const last = await managing.revoke(made.id, present(current).id);
      expect(last.notice).toContain('last live secret');
      expect([await works(present(clientSecret)), last.credential?.secrets]).toEqual([false, []]);
      expect((await managing.revoke(made.id, present(current).id)).userErrors).toEqual([
        { field: ['secretId'], code: 'UNKNOWN' },
      ]);
      expect((await managing.rotate(made.id, 'ONE_DAY')).userErrors).toEqual([]);
    });

    test('ending all tokens ends all of them at once, and the secret works on', async () => {
      const tokens = [await token(made.secret), await token(made.secret)];
      await managing.onOne('endAllTokens', made.id);
      expect(await Promise.all(tokens.map(status))).toEqual([401, 401]);
      expect(await status(await token(made.secret))).toBe(200);
    });
  });

  describe('showing one again (S7)', () => {
    test('gives the very secret, and is on record before it leaves', async () => {
      expect(await revealed()).toEqual({ revealCredentialSecret: { clientSecret: made.secret, userErrors: [] } });
      const { items } = await gateway.house.audit.page({ actions: ['SECRET_REVEALED'] }, undefined, 10);
      expect(items).toMatchObject([{ actor: { name: owner.email }, subject: { id: made.id, name: 'Payroll' } }]);
      const append = jest.spyOn(gateway.house.audit, 'append').mockRejectedValueOnce(new Error('The disk is full'));
      const { body, text } = await managing.reveal(made.id);
      append.mockRestore();
      expect(body.errors?.[0]?.extensions.code).toBe('INTERNAL');
      expect(text).not.toContain('fgcs_');
    });

    test('of two live ones, the current one or the one that is named', async () => {
      const { clientSecret, credential } = await managing.rotate(made.id, 'ONE_DAY');
      expect((await revealed()).revealCredentialSecret.clientSecret).toBe(clientSecret);
      const old = present(present(credential).secrets[1]);
      expect((await revealed(old.id)).revealCredentialSecret.clientSecret).toBe(made.secret);
      const other = await managing.reader('Other');
      expect((await revealed(present(other.secrets[0]).id)).revealCredentialSecret).toEqual({
        clientSecret: null,
        userErrors: [{ field: ['secretId'], code: 'UNKNOWN' }],
      });
    });

    test('needs a password that was shown within five minutes', async () => {
      time += 5 * 60_000 - 1;
      expect((await revealed()).revealCredentialSecret.clientSecret).toBe(made.secret);
      time += 1;
      const { status: code, body, text } = await managing.reveal(made.id);
      expect(body.errors?.[0]?.extensions.code).toBe('REAUTHENTICATION_REQUIRED');
      expect([200, 403]).toContain(code);
      expect(text).not.toContain('fgcs_');
      await owner.send('mutation ($input: ReauthenticateInput!) { reauthenticate(input: $input) { me { email } } }', {
        input: { password: owner.password },
      });
      expect((await revealed()).revealCredentialSecret.clientSecret).toBe(made.secret);
    });

    test.each([
      ['aliases', '{ a: revealCredentialSecret(id: $id) { ...S } b: revealCredentialSecret(id: $id) { ...S } }'],
      ['fragments', '{ ...F ... on Mutation { b: revealCredentialSecret(id: $id) { ...S } } }'],
    ])('is refused more than once in a request, whatever the %s', async (_name, selection) => {
      const { body, text } = await owner.send(
        `mutation ($id: ID!) ${selection}
        fragment S on RevealSecretPayload { clientSecret }
        fragment F on Mutation { a: revealCredentialSecret(id: $id) { ...S } }`.replace(
          selection.includes('...F') ? '\u0000' : /fragment F[^]*$/,
          '',
        ),
        { id: made.id },
      );
      expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
      expect(text).not.toContain('fgcs_');
      expect((await gateway.house.audit.page({ actions: ['SECRET_REVEALED'] }, undefined, 10)).items).toEqual([]);
    });

    test('is slowed down to ten a minute for each admin', async () => {
      for (let count = 0; count < 10; count += 1) await managing.reveal(made.id);
      const { body, text } = await managing.reveal(made.id);
      expect(body.errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
      expect(text).not.toContain('fgcs_');
      const manager = new Managing(await adminBrowser(gateway, 'MANAGER'));
      expect((await manager.reveal(made.id)).body.data.revealCredentialSecret.clientSecret).toBe(made.secret);
    });

    test('a row that was moved to another credential does not open', async () => {
      const other = await managing.reader('Other');
      const [mine, theirs] = [present(made.secrets[0]).id, present(other.secrets[0]).id];
      await gateway.house.store.write(async (manager) => {
        const rows = await manager.query<Record<string, string>[]>('SELECT * FROM sealed_secret');
        const { ciphertext, wrapped_key: wrappedKey } = present(rows.find((row) => row['secret_id'] === theirs));
        await manager.query(
          `UPDATE sealed_secret SET ciphertext = '${ciphertext}', wrapped_key = '${wrappedKey}' WHERE secret_id = '${mine}'`,
        );
      });
      const { body, text } = await managing.reveal(made.id);
      expect(body.data.revealCredentialSecret).toEqual({
        clientSecret: null,
        userErrors: [{ field: null, code: 'NOT_ALLOWED' }],
      });
      expect(text).not.toContain('fgcs_');
      expect(await works(made.secret)).toBe(true);
    });
  });

  describe('show-once mode (S7)', () => {
    test('whose files could not be written anew says so, and switching it on again writes them', async () => {
      const scrub = jest.spyOn(gateway.house.store, 'scrub').mockRejectedValueOnce(new Error('Somebody reads.'));
      const { body } = await owner.send('mutation { setShowOnce(showOnce: true) { settings { showOnce } } }');
      expect(body.errors?.[0]?.extensions.code).toBe('UNAVAILABLE');
      expect(body.errors?.[0]?.message).toContain('The mode is on');
      expect(await showOnce(true)).toBe(true);
      expect(scrub).toHaveBeenCalledTimes(2);
      expect(await gateway.house.audit.count({ actions: ['SHOW_ONCE_CHANGED'] })).toBe(1);
    });

    test('switching it on leaves nothing from which a secret could be shown again', async () => {
      expect(await seals()).toBe(1);
      const { ciphertext } = present((await gateway.house.store.read(sql`SELECT ciphertext FROM sealed_secret`))[0]);
      expect(await showOnce(true)).toBe(true);
      expect(await seals()).toBe(0);
      const later = await managing.reader('Later');
      expect(later.secrets).toMatchObject([{ revealable: false }]);
      await managing.rotate(made.id, 'ONE_DAY');
      expect(await seals()).toBe(0);
      expect((await managing.reveal(later.id)).body.data.revealCredentialSecret).toEqual({
        clientSecret: null,
        userErrors: [{ field: null, code: 'NOT_ALLOWED' }],
      });
      if (database.name === 'SQLite') expect(filesOf(gateway)).not.toContain(ciphertext);
      expect(await works(made.secret)).toBe(true);
    });

    test('switching it off concerns what is issued from then on', async () => {
      await showOnce(true);
      expect(await showOnce(false)).toBe(false);
      expect((await managing.reveal(made.id)).body.data.revealCredentialSecret.clientSecret).toBeNull();
      const later = await managing.reader('Later');
      expect((await managing.reveal(later.id)).body.data.revealCredentialSecret.clientSecret).toBe(later.secret);
      const { items } = await gateway.house.audit.page({ actions: ['SHOW_ONCE_CHANGED'] }, undefined, 10);
      expect(items).toMatchObject([{ after: { showOnce: false } }, { after: { showOnce: true } }]);
    });

    test('secrets that are issued while it is switched on leave nothing behind either', async () => {
      const names = Array.from({ length: 20 }, (_, at) => `Credential ${at}`);
      await Promise.all([...names.map((name) => managing.reader(name)), showOnce(true)]);
      expect(await seals()).toBe(0);
    });
  });

  test('no secret, token, session or password that was issued stands in the store, its log or the keys (S6)', async () => {
    const rotated = await managing.rotate(made.id, 'ONE_DAY');
    const issued = [
      made.secret,
      present(rotated.clientSecret),
      await token(made.secret),
      owner.cookie(),
      owner.password,
    ];
    const texts = issued.map((text) => text.replace(/^(Bearer |sid=)/, ''));
    const dump = await everything(gateway);
    expect(dump).toContain(made.clientId);
    for (const text of texts) {
      expect(dump).not.toContain(text);
      expect(dump).not.toContain(Buffer.from(text).toString('base64'));
      expect(dump).not.toContain(Buffer.from(text).toString('hex'));
    }
  });

  test('keys rotate wraps every secret anew, and all of them work and can be shown (S6)', async () => {
    const before = await gateway.house.store.read(sql`SELECT * FROM sealed_secret`);
    const { config, store } = gateway.house;
    const { code, stdout } = await runCommand(config, ['keys', 'rotate', '--peppers', '--json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { rewrapped: 1, unreadable: 0 }]);
    const after = await store.read(sql`SELECT * FROM sealed_secret`);
    expect(after[0]?.['ciphertext']).toBe(before[0]?.['ciphertext']);
    expect(after[0]?.['wrapped_key']).not.toBe(before[0]?.['wrapped_key']);
    expect(after[0]?.['key_id']).toBe(JSON.parse(stdout).encryptionKey);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await works(made.secret)).toBe(true);
    expect((await revealed()).revealCredentialSecret.clientSecret).toBe(made.secret);
    const fresh = await managing.reader('Fresh');
    const [row] = await store.read(sql`SELECT pepper_id FROM credential_secret WHERE credential_id = ${fresh.id}`);
    expect(row?.['pepper_id']).toBe(JSON.parse(stdout).pepper);
  });
});

/** All bytes of the files beside the store: database, write-ahead log, key ring. */
function filesOf(gateway: TestGateway): string {
  const { dataDir } = gateway.house.config;
  return readdirSync(dataDir)
    .map((name) => readFileSync(path.join(dataDir, name), 'latin1'))
    .join('\n');
}

/** The same, and on PostgreSQL every row of every table. */
async function everything(gateway: TestGateway): Promise<string> {
  const { store } = gateway.house;
  if (store.dialect === 'sqlite') return filesOf(gateway);
  const tables = await store.read(sql`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
  const rows = await Promise.all(
    tables.map(({ tablename }) =>
      store.write((manager) => manager.query<unknown[]>(`SELECT * FROM "${String(tablename)}"`)),
    ),
  );
  return filesOf(gateway) + JSON.stringify(rows);
}
