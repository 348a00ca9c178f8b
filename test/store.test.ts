import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Pool } from 'pg';
import sql, { join, raw } from 'sql-template-tag';
import type { DataSource, EntityManager } from 'typeorm';
import { AuthenticationStore, type Identification } from '../src/authentication/authentication.store';
import { AccessTokenEntity } from '../src/authentication/access-token.entity';
import type { CredentialDraft } from '../src/credentials/credential';
import { COMMAND_LINE } from '../src/audit/audit-event';
import { AuditLog } from '../src/audit/audit.store';
import type { Clock } from '../src/clock';
import { CredentialEntity } from '../src/credentials/credential.entity';
import { CredentialStore, type CreatedCredential } from '../src/credentials/credential.store';
import { newKeyRingText, parseKeyRing, type KeyRing } from '../src/credentials/key-ring';
import { hasSecrets, SecretStore } from '../src/credentials/secret.store';
import { SecretEntity } from '../src/credentials/secret.entity';
import { EmployeeEntity } from '../src/employees/employee.entity';
import { GatewayError, UsageError } from '../src/errors';
import { DepartmentEntity } from '../src/organization/organization-unit.entity';
import type { CredentialCaller } from '../src/permissions/caller';
import { sqliteFile, writerDataSource } from '../src/store/data-source';
import { PostgresPreparedReader } from '../src/store/prepared-reader';
import { openStore, type Row, type Store } from '../src/store/store';
import { databases, freshFolder, maintain, type TestLocation } from './support/database';
import { grantsOf } from './support/gateway';
import { present } from './support/present';

/** More reads in a row than any store has readers, so that each of them answers at least once. */
const EVERY_READER = [1, 2, 3, 4, 5];
const START = '2026-01-01T00:00:00.000Z';

function credentialStore(store: Store, keys: KeyRing, clock: Clock): CredentialStore {
  return new CredentialStore(store, new SecretStore(store, keys, clock), clock, new AuditLog(store, clock));
}

describe.each(databases)('$name', (database) => {
  let location: TestLocation;
  let store: Store;
  let opened: Store[];

  beforeEach(async () => {
    opened = [];
    location = await database.readyLocation();
    store = await open();
  });

  afterEach(async () => {
    await Promise.all(opened.map((one) => one.close()));
    await location.remove();
  });

  /** Another node or process on the same data. */
  async function open(): Promise<Store> {
    const one = await openStore(location);
    opened.push(one);
    return one;
  }

  async function close(one: Store): Promise<void> {
    opened = opened.filter((other) => other !== one);
    await one.close();
  }

  /** A connection without the store around it. */
  async function bare<T>(source: DataSource, use: (source: DataSource) => Promise<T>): Promise<T> {
    await source.initialize();
    try {
      return await use(source);
    } finally {
      await source.destroy();
    }
  }

  const departments = async (from = store) => names(await from.read(sql`SELECT name FROM department ORDER BY name`));
  const applied = async () => names(await store.read(sql`SELECT name FROM migrations ORDER BY id`));

  describe('the schema', () => {
    test('the migrations make exactly the tables that the entities describe', async () => {
      const difference = await bare(writerDataSource(location), (source) => source.driver.createSchemaBuilder().log());
      expect(difference.upQueries.map(({ query }) => query)).toEqual([]);
    });

    test('an up-to-date store is opened as it is', async () => {
      await add(store, 'Sales');
      const before = await applied();
      await close(store);
      store = await open();
      expect(before.length).toBeGreaterThan(0);
      expect(await applied()).toEqual(before);
      expect(await departments()).toEqual(['Sales']);
    });

    test('what the migrations made, they can take away, and make again', async () => {
      const before = await applied();
      await close(store);
      await bare(writerDataSource(location), async (source) => {
        for (const _ of before) await source.undoLastMigration();
      });
      store = await open();
      expect(await applied()).toEqual(before);
      expect(await departments()).toEqual([]);
    });

    test('nodes that start on one empty place at the same moment all come up, and migrate once', async () => {
      const expected = await applied();
      await close(store);
      await location.remove();
      location = await database.freshLocation();
      const stores = await Promise.all([open(), open(), open(), open()]);
      [store = store] = stores;
      expect(await applied()).toEqual(expected);
      await Promise.all(stores.map((one, index) => add(one, `Department ${index}`)));
      expect(await departments()).toEqual(['Department 0', 'Department 1', 'Department 2', 'Department 3']);
    });

    test('a store that a newer version made is refused and left alone', async () => {
      await store.write((manager) =>
        manager.query(`INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'Tomorrow9999999999999')`),
      );
      const before = await applied();
      await expect(openStore(location)).rejects.toThrow(UsageError);
      expect(await applied()).toEqual(before);
    });
  });

  describe('a write', () => {
    test('that fails keeps nothing, while those beside it keep everything', async () => {
      const first = signal();
      const others = signal();
      const failing = store.write(async (manager) => {
        await addIn(manager, 'Failed 1');
        first.give();
        await others.given;
        await addIn(manager, 'Failed 2');
        throw new Error('on purpose');
      });
      await first.given;
      const kept = [add(store, 'Kept 1'), add(store, 'Kept 2'), addSlowly(store, 'Kept 3'), addSlowly(store, 'Kept 4')];
      others.give();
      await expect(failing).rejects.toThrow('on purpose');
      await Promise.all(kept);
      expect(await departments()).toEqual(['Kept 1', 'Kept 2', 'Kept 3', 'Kept 4']);
    });

    test('is seen by nobody before it is committed', async () => {
      const begun = signal();
      const looked = signal();
      const writing = store.write(async (manager) => {
        await addIn(manager, 'Sales');
        begun.give();
        await looked.given;
      });
      await begun.given;
      const seen = await Promise.all(EVERY_READER.map(() => departments()));
      looked.give();
      await writing;
      expect(seen.flat()).toEqual([]);
      expect(await departments()).toEqual(['Sales']);
    });

    test('is seen by every reader on every node once it is acknowledged', async () => {
      const other = await open();
      for (let count = 1; count <= 10; count += 1) {
        await add(count % 2 === 0 ? store : other, `Department ${count}`);
        for (const _ of EVERY_READER) {
          expect(await departments(store)).toHaveLength(count);
          expect(await departments(other)).toHaveLength(count);
        }
      }
    });

    test('that reads first meets no conflict with the writes of another node', async () => {
      const nodes = [store, await open(), await open()];
      await Promise.all(
        nodes.flatMap((node, index) =>
          [1, 2, 3, 4, 5].map((round) =>
            node.write(async (manager) => {
              await manager.count(DepartmentEntity);
              await addIn(manager, `Department ${index}.${round}`);
            }),
          ),
        ),
      );
      expect(await departments()).toHaveLength(15);
    });

    test('survives closing and opening', async () => {
      await add(store, 'Sales');
      await close(store);
      store = await open();
      expect(await departments()).toEqual(['Sales']);
    });
  });

  describe('the data', () => {
    test('refers only to what exists', async () => {
      await expect(store.write((manager) => hire(manager, { supervisorId: 4711 }))).rejects.toThrow(/foreign key/i);
      await expect(
        store.write((manager) =>
          manager.insert(SecretEntity, {
            id: 'orphan',
            credentialId: 'nobody',
            mac: '',
            pepperId: '',
            createdAt: START,
            expiresAt: null,
          }),
        ),
      ).rejects.toThrow(/foreign key/i);
      expect(await store.read(sql`SELECT id FROM employee`)).toEqual([]);
      expect(await hasSecrets(store)).toBe(false);
    });

    test('holds each name of a department once', async () => {
      await add(store, 'Sales');
      await expect(add(store, 'Sales')).rejects.toThrow(/unique/i);
      expect(await departments()).toEqual(['Sales']);
    });

    test('never gives an employee id twice', async () => {
      const fire = (id: number) => store.write((manager) => manager.delete(EmployeeEntity, { id }));
      const first = await store.write(hire);
      const second = await store.write(hire);
      await fire(first);
      await fire(second);
      const third = await store.write(hire);
      await fire(third);
      await close(store);
      store = await open();
      const fourth = await store.write(hire);
      expect([first, second, third, fourth]).toEqual(
        [...new Set([first, second, third, fourth])].sort((a, b) => a - b),
      );
    });

    test('is unavailable, and says no more, when the store cannot be read', async () => {
      await close(store);
      const error = await store.read(sql`SELECT name FROM department`).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(GatewayError);
      expect(error).toMatchObject({ code: 'UNAVAILABLE', details: {} });
      expect((error as GatewayError).message).not.toMatch(/select|department|sqlite|postgres/i);
    });
  });

  if (database.name === 'SQLite') {
    describe('the file', () => {
      const pragma = async (name: string) => Object.values((await store.read(sql`PRAGMA ${raw(name)}`))[0] ?? {})[0];

      test.each([
        ['synchronous', 2],
        ['foreign_keys', 1],
        ['secure_delete', 1],
        ['trusted_schema', 0],
        ['journal_mode', 'wal'],
      ])('every connection has %s = %s', async (name, expected) => {
        for (const _ of EVERY_READER) expect(await pragma(name)).toBe(expected);
        const [row] = await store.write((manager) => manager.query<Row[]>(`PRAGMA ${name}`));
        expect(Object.values(row ?? {})).toEqual([expected]);
      });

      test('the readers cannot write', async () => {
        for (const _ of EVERY_READER) {
          expect(await pragma('query_only')).toBe(1);
          await expect(store.read(sql`INSERT INTO department (name) VALUES ('Sales')`)).rejects.toMatchObject({
            cause: { message: expect.stringMatching(/readonly/) as unknown },
          });
        }
        expect(await departments()).toEqual([]);
      });

      test('lies in a folder that its owner alone may enter', async () => {
        const dataDir = path.join(freshFolder(), 'new');
        const other = await openStore({ dataDir, databaseUrl: undefined });
        await other.close();
        expect(statSync(dataDir).mode & 0o777).toBe(0o700);
        expect(existsSync(sqliteFile({ dataDir, databaseUrl: undefined }))).toBe(true);
      });
    });
  } else {
    describe('the server', () => {
      test('acknowledges a write when it is on its disk', async () => {
        for (const _ of EVERY_READER) {
          expect(await store.read(sql`SHOW synchronous_commit`)).toEqual([{ synchronous_commit: 'on' }]);
        }
      });

      test('is asked within the limits of the gateway, whatever options the URL gives', async () => {
        const url = new URL(location.databaseUrl ?? '');
        url.searchParams.set('application_name', 'payroll');
        url.searchParams.set('options', '-c geqo=off -c lock_timeout=7777');
        const other = await openStore({ ...location, databaseUrl: url.href, statementTimeoutMilliseconds: 1_234 });
        opened.push(other);
        const names = ['statement_timeout', 'lock_timeout', 'default_transaction_read_only', 'synchronous_commit'];
        const settings = sql`SELECT ${join(
          [...names, 'geqo', 'application_name'].map((name) => sql`current_setting(${name}) AS ${raw(name)}`),
        )}`;
        const theirs = { geqo: 'off', lock_timeout: '7777ms', application_name: 'payroll' };
        for (const _ of EVERY_READER) {
          expect(await other.read(settings)).toEqual([
            {
              ...theirs,
              statement_timeout: '1234ms',
              default_transaction_read_only: 'on',
              synchronous_commit: 'on',
            },
          ]);
        }
        const written = await other.write((manager) => manager.query<Row[]>(settings.text, settings.values));
        expect(written).toEqual([
          {
            ...theirs,
            statement_timeout: '12340ms',
            default_transaction_read_only: 'off',
            synchronous_commit: 'on',
          },
        ]);
      });

      test('keeps no more statements prepared than it is asked again for, however many there are', async () => {
        const kept = async (what: string) => {
          const [row] = await store.readPrepared({
            text: `SELECT ${what} AS n FROM pg_prepared_statements`,
            values: [],
          });
          return Number(row?.['n']);
        };
        let most = 0;
        for (let count = 0; count < 1_200; count += 1) {
          expect(await store.readPrepared({ text: `SELECT ${count} AS n`, values: [] })).toEqual([{ n: count }]);
          if (count % 100 === 0) most = Math.max(most, await kept('count(*)'));
        }
        expect(most).toBeGreaterThan(300);
        expect(most).toBeLessThanOrEqual(501);
        most = 0;
        for (let count = 0; count < 100; count += 1) {
          await store.readPrepared({ text: `SELECT ${count} AS n, '${'x'.repeat(50_000)}' AS text`, values: [] });
          most = Math.max(most, await kept('sum(length(statement))'));
        }
        expect(most).toBeGreaterThan(1_000_000);
        expect(most).toBeLessThan(2_200_000);
      });

      test('may go away: then the store is unavailable', async () => {
        await departments();
        const name = new URL(location.databaseUrl ?? '').pathname.slice(1);
        await maintain(`DROP DATABASE ${name} WITH (FORCE)`);
        await expect(departments()).rejects.toMatchObject({ name: 'GatewayError', code: 'UNAVAILABLE' });
      });
    });
  }

  describe('credentials and those who show them', () => {
    const keys = parseKeyRing(newKeyRingText(), 'the test');
    let now: string;
    let credentials: CredentialStore;
    let authentication: AuthenticationStore;

    beforeEach(() => {
      now = START;
      const clock = { now: () => now };
      credentials = credentialStore(store, keys, clock);
      authentication = new AuthenticationStore(store, keys, clock);
    });

    /** The caller that a fresh credential becomes by its secret. */
    async function caller(draft: Partial<CredentialDraft> = {}): Promise<CredentialCaller> {
      return known(await bySecret(await credentials.create(draftOf(draft))));
    }

    const bySecret = ({ credential, secret }: CreatedCredential) =>
      authentication.bySecret(credential.clientId, secret);

    const at = (seconds: number) => new Date(Date.parse(START) + seconds * 1000).toISOString();

    describe('a credential', () => {
      test('is listed as it was made, oldest first', async () => {
        const first = await credentials.create(draftOf({ name: '  Payroll  ', denialMode: 'STRICT' }));
        now = at(1);
        const second = await credentials.create(draftOf({ name: 'Calendar', enabled: false, expiresAt: at(60) }));
        const summaries = [first, second].map(({ credential: { grants: _grants, ...summary } }) => summary);
        expect(await credentials.list()).toEqual(summaries);
        expect(summaries).toMatchObject([
          { name: 'Payroll', enabled: true, expiresAt: null, denialMode: 'STRICT', version: 1, createdAt: START },
          { name: 'Calendar', enabled: false, expiresAt: at(60), denialMode: 'NULL_AND_ERROR', createdAt: at(1) },
        ]);
      });

      test('has the grants that it was made with', async () => {
        const grants = grantsOf({
          read: ['EMPLOYEES', 'ABSENCES'],
          write: ['ABSENCES'],
          attributes: ['email', 'team'],
        });
        expect((await caller({ grants })).grants).toEqual(grants);
      });

      test('has a name of its own, whatever the case and the blanks around it', async () => {
        await credentials.create(draftOf({ name: 'Payroll' }));
        for (const name of ['Payroll', 'PAYROLL', '  payroll\t', 'Ｐayroll']) {
          await expect(credentials.create(draftOf({ name }))).rejects.toMatchObject({
            name: 'GatewayError',
            code: 'CONFLICT',
            details: { field: 'name' },
          });
        }
        expect(await credentials.list()).toHaveLength(1);
      });

      test('of one name is made once, however many ask for it at the same moment', async () => {
        const other = credentialStore(await open(), keys, { now: () => now });
        const attempts = ['Payroll', 'payroll', ' PAYROLL', 'Payroll ', 'pAYROLL', 'PayRoll'];
        const outcomes = await Promise.allSettled(
          attempts.map((name, index) => (index % 2 === 0 ? credentials : other).create(draftOf({ name }))),
        );
        const refused = outcomes.flatMap((outcome) =>
          outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
        );
        expect(refused).toHaveLength(attempts.length - 1);
        for (const reason of refused) expect(reason).toMatchObject({ name: 'GatewayError', code: 'CONFLICT' });
        expect(await credentials.list()).toHaveLength(1);
        expect(await store.read(sql`SELECT id FROM credential_secret`)).toHaveLength(1);
      });

      test('whose creation fails in the end leaves nothing behind', async () => {
        const creating = store.write(async (manager) => {
          await credentials.createIn(manager, draftOf(), COMMAND_LINE);
          throw new Error('on purpose');
        });
        await expect(creating).rejects.toThrow('on purpose');
        for (const table of ['credential', 'credential_module', 'credential_attribute', 'credential_secret']) {
          expect(await store.read(sql`SELECT * FROM ${raw(table)}`)).toEqual([]);
        }
      });

      test('is switched by its name or its client id, and found by nothing else', async () => {
        const { credential } = await credentials.create(draftOf({ name: 'Payroll' }));
        now = at(1);
        expect(await credentials.setEnabled(' PAYROLL ', false)).toMatchObject({ enabled: false, version: 2 });
        expect(await credentials.setEnabled(credential.clientId, false)).toMatchObject({ enabled: false, version: 2 });
        expect(await credentials.list()).toMatchObject([{ id: credential.id, enabled: false, version: 2 }]);
        expect(await credentials.setEnabled(credential.clientId, true)).toMatchObject({ enabled: true, version: 3 });
        await expect(credentials.setEnabled('Pay', false)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      });

      test('takes its grants, secrets and tokens along when it goes', async () => {
        const { credentialId } = await issuedTo(await caller());
        await store.write((manager) => manager.delete(CredentialEntity, { id: credentialId }));
        for (const table of ['credential_module', 'credential_attribute', 'credential_secret', 'access_token']) {
          expect(await store.read(sql`SELECT * FROM ${raw(table)}`)).toEqual([]);
        }
      });

      test('leaves neither its secret nor its tokens in any file of the database', async () => {
        const { credential, secret } = await credentials.create(draftOf({ name: 'Payroll' }));
        const holder = known(await authentication.bySecret(credential.clientId, secret));
        const { token } = present(await authentication.issueToken(holder, 600));
        const files = await databaseFiles(store, location);
        // The client id is public and there: so a secret that were there would be found.
        expect(files.some((file) => file.includes(credential.clientId))).toBe(true);
        for (const hidden of [secret, token, secret.slice(5, 40), token.slice(5, 40)]) {
          expect(files.some((file) => file.includes(hidden))).toBe(false);
        }
      });
    });

    describe('a secret', () => {
      test('identifies its own credential and no other', async () => {
        const mine = await credentials.create(draftOf({ name: 'Mine' }));
        const theirs = await credentials.create(draftOf({ name: 'Theirs' }));
        expect(await bySecret(mine)).toMatchObject({
          outcome: 'KNOWN',
          caller: { kind: 'credential', credentialId: mine.credential.id, name: 'Mine', proof: { kind: 'secret' } },
        });
        const wrong = [
          [theirs.credential.clientId, mine.secret],
          [mine.credential.clientId, `${mine.secret.slice(0, -1)}~`],
          [mine.credential.clientId, ''],
          ['fgci_nobody', mine.secret],
          [mine.credential.id, mine.secret],
          ['Mine', mine.secret],
        ] as const;
        for (const [clientId, secret] of wrong) {
          expect(await authentication.bySecret(clientId, secret)).toEqual({ outcome: 'UNKNOWN' });
        }
      });

      test('is refused at once when its credential is switched off, and taken when it is on again', async () => {
        const created = await credentials.create(draftOf());
        await credentials.setEnabled(created.credential.clientId, false);
        for (const _ of EVERY_READER) expect(await bySecret(created)).toEqual({ outcome: 'DISABLED' });
        await credentials.setEnabled(created.credential.clientId, true);
        for (const _ of EVERY_READER) expect(await bySecret(created)).toMatchObject({ outcome: 'KNOWN' });
      });

      test('of a credential that runs out is good until that moment and not in it', async () => {
        const created = await credentials.create(draftOf({ expiresAt: at(60) }));
        now = at(59.999);
        expect(await bySecret(created)).toMatchObject({ outcome: 'KNOWN' });
        now = at(60);
        expect(await bySecret(created)).toEqual({ outcome: 'DISABLED' });
      });

      test('whose overlap has ended is unknown, and so are its tokens', async () => {
        const created = await credentials.create(draftOf());
        const { token } = await issuedTo(known(await bySecret(created)));
        await store.write((manager) =>
          manager.update(SecretEntity, { credentialId: created.credential.id }, { expiresAt: at(60) }),
        );
        now = at(59);
        expect(await bySecret(created)).toMatchObject({ outcome: 'KNOWN' });
        expect(await authentication.byToken(token)).toMatchObject({ outcome: 'KNOWN' });
        now = at(60);
        expect(await bySecret(created)).toEqual({ outcome: 'UNKNOWN' });
        expect(await authentication.byToken(token)).toEqual({ outcome: 'UNKNOWN' });
      });

      test('made under an older key is still good, and under a lost key no more', async () => {
        const created = await credentials.create(draftOf());
        const fresh = parseKeyRing(newKeyRingText(), 'the test');
        const clock = { now: () => now };
        const show = (ring: typeof fresh) =>
          new AuthenticationStore(store, ring, clock).bySecret(created.credential.clientId, created.secret);
        expect(await show({ ...fresh, peppers: [...fresh.peppers, ...keys.peppers] })).toMatchObject({
          outcome: 'KNOWN',
        });
        expect(await show(fresh)).toEqual({ outcome: 'UNKNOWN' });
      });
    });

    describe('a token', () => {
      test('identifies the credential that it was issued to, on every node', async () => {
        const { token, credentialId } = await issuedTo(await caller());
        const elsewhere = new AuthenticationStore(await open(), keys, { now: () => now });
        for (const node of [authentication, elsewhere]) {
          expect(await node.byToken(token)).toMatchObject({
            outcome: 'KNOWN',
            caller: { credentialId, proof: { kind: 'token' } },
          });
        }
        expect(await authentication.byToken(`${token.slice(0, -1)}~`)).toEqual({ outcome: 'UNKNOWN' });
      });

      test('is good until its time is over and not longer', async () => {
        const { token } = await issuedTo(await caller(), 600);
        now = at(599.999);
        expect(await authentication.byToken(token)).toMatchObject({ outcome: 'KNOWN' });
        now = at(600);
        expect(await authentication.byToken(token)).toEqual({ outcome: 'UNKNOWN' });
      });

      test('is swept away, when its time is over, by the next that is issued', async () => {
        const holder = await caller();
        await issuedTo(holder, 60);
        await issuedTo(holder, 61);
        now = at(60);
        await issuedTo(holder, 60);
        expect(await store.read(sql`SELECT id FROM access_token`)).toHaveLength(2);
      });

      test('is dead at once when its own credential revokes it, and another cannot', async () => {
        const holder = await caller({ name: 'Holder' });
        const { token } = await issuedTo(holder);
        const { token: second } = await issuedTo(holder);
        await authentication.revokeToken(await caller({ name: 'Stranger' }), token);
        expect(await authentication.byToken(token)).toMatchObject({ outcome: 'KNOWN' });
        await authentication.revokeToken(holder, token);
        for (const _ of EVERY_READER) expect(await authentication.byToken(token)).toEqual({ outcome: 'UNKNOWN' });
        expect(await authentication.byToken(second)).toMatchObject({ outcome: 'KNOWN' });
      });

      test('is refused at once when its credential is switched off or runs out', async () => {
        const holder = await caller({ expiresAt: at(60) });
        const { token } = await issuedTo(holder);
        await credentials.setEnabled(holder.clientId, false);
        for (const _ of EVERY_READER) expect(await authentication.byToken(token)).toEqual({ outcome: 'DISABLED' });
        await credentials.setEnabled(holder.clientId, true);
        expect(await authentication.byToken(token)).toMatchObject({ outcome: 'KNOWN' });
        now = at(60);
        expect(await authentication.byToken(token)).toEqual({ outcome: 'DISABLED' });
      });

      test('of an earlier epoch is dead, also one that is issued to a caller of that epoch', async () => {
        const holder = await caller();
        const { token } = await issuedTo(holder);
        await store.write((manager) =>
          manager.increment(CredentialEntity, { id: holder.credentialId }, 'tokenEpoch', 1),
        );
        expect(await authentication.byToken(token)).toEqual({ outcome: 'UNKNOWN' });
        const { token: late } = await issuedTo(holder);
        expect(await authentication.byToken(late)).toEqual({ outcome: 'UNKNOWN' });
      });

      test('is not issued for a token', async () => {
        const { token } = await issuedTo(await caller());
        const holder = known(await authentication.byToken(token));
        await expect(authentication.issueToken(holder, 600)).rejects.toThrow();
        expect(await store.read(sql`SELECT id FROM access_token`)).toHaveLength(1);
      });

      test('of another credential never has the same verifier', async () => {
        const { token, credentialId } = await issuedTo(await caller());
        const [row] = await store.read(sql`SELECT mac FROM access_token WHERE credential_id = ${credentialId}`);
        const copy = { id: 'copy', secretId: '', tokenEpoch: 1, issuedAt: START, expiresAt: at(600) };
        const inserting = store.write((manager) =>
          manager.insert(AccessTokenEntity, { ...copy, credentialId, mac: row?.['mac'] as string }),
        );
        await expect(inserting).rejects.toThrow(/unique/i);
        expect(await authentication.byToken(token)).toMatchObject({ outcome: 'KNOWN' });
      });
    });

    async function issuedTo(
      holder: CredentialCaller,
      seconds = 600,
    ): Promise<{ readonly token: string; readonly credentialId: string }> {
      const { token } = present(await authentication.issueToken(holder, seconds));
      return { token, credentialId: holder.credentialId };
    }
  });
});

describe('what is prepared on PostgreSQL', () => {
  const [database] = databases.filter(({ name }) => name === 'PostgreSQL');

  test('is forgotten when the texts of all of it are two million characters together (S12)', async () => {
    const location = await present(database).readyLocation();
    // Its end does not wait for its connections to close, and the removal of the database may cut one that still does.
    const pool = new Pool({ connectionString: location.databaseUrl }).on('error', () => undefined);
    const reader = new PostgresPreparedReader(pool);
    // Each finds itself among what its connection has prepared.
    const nameOf = async (number: number) => {
      const text = `SELECT name FROM pg_prepared_statements WHERE statement LIKE '%number ${number},%'`;
      const [row] = await reader.run({ text: `${text} -- ${'x'.repeat(100_000)}`, values: [] });
      return row?.['name'];
    };
    const names: unknown[] = [];
    for (let number = 0; number < 25; number += 1) names.push(await nameOf(number));
    expect(new Set(names).size).toBe(25);
    expect(await nameOf(24)).toBe(names[24]);
    expect(names).not.toContain(await nameOf(0));
    await pool.end();
    await location.remove();
  });
});

function names(rows: readonly Row[]): unknown[] {
  return rows.map((row) => row['name']);
}

function add(store: Store, name: string): Promise<void> {
  return store.write((manager) => addIn(manager, name));
}

/** Reads before it writes and comes back to itself in between, so that another transaction could get into this one. */
function addSlowly(store: Store, name: string): Promise<void> {
  return store.write(async (manager) => {
    await manager.count(DepartmentEntity);
    await new Promise(setImmediate);
    await addIn(manager, name);
  });
}

async function addIn(manager: EntityManager, name: string): Promise<void> {
  await manager.insert(DepartmentEntity, { name });
}

async function hire(manager: EntityManager, columns: Partial<EmployeeEntity> = {}): Promise<number> {
  const { identifiers } = await manager.insert(EmployeeEntity, { createdAt: START, lastModifiedAt: START, ...columns });
  return identifiers[0]?.['id'] as number;
}

/** Something that one part of a test waits for and another gives. */
function signal(): { readonly given: Promise<void>; readonly give: () => void } {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}

function draftOf(draft: Partial<CredentialDraft> = {}): CredentialDraft {
  const grants = grantsOf({ attributes: ['email'] });
  return { name: 'Payroll', enabled: true, expiresAt: null, denialMode: 'NULL_AND_ERROR', grants, ...draft };
}

function known(identification: Identification): CredentialCaller {
  if (identification.outcome !== 'KNOWN') throw new Error(`The caller is ${identification.outcome}.`);
  return identification.caller;
}

/** The bytes of every file that holds this store, or did a moment ago: with its journals. */
async function databaseFiles(store: Store, location: TestLocation): Promise<readonly Buffer[]> {
  if (store.dialect === 'sqlite') return filesIn(location.dataDir);
  await store.read(sql`CHECKPOINT`);
  const [row] = await store.read(
    sql`SELECT current_setting('data_directory') AS folder, oid FROM pg_database WHERE datname = current_database()`,
  );
  const folder = row?.['folder'] as string;
  return [...filesIn(path.join(folder, 'base', String(row?.['oid']))), ...filesIn(path.join(folder, 'pg_wal'))];
}

function filesIn(folder: string): readonly Buffer[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(folder, entry.name)));
}
