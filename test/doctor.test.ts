import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { openHouse } from '../src/app';
import { readConfig, type Config } from '../src/config';
import { newKeyRingText } from '../src/credentials/key-ring';
import { createDemoCompany } from '../src/demo/demo-company';
import { diagnose } from '../src/doctor/doctor';
import { openStoreAsIs } from '../src/store/store';
import { runCommand } from './support/command';
import { databases, freshFolder, type TestDatabase, type TestLocation } from './support/database';
import { present } from './support/present';

const [sqlite, postgres] = databases.map((database) => present(database)) as [TestDatabase, TestDatabase];
const PRODUCTION = { host: '0.0.0.0', publicUrl: 'https://people.example.com' };

async function settled(database: TestDatabase): Promise<TestLocation> {
  const location = await database.readyLocation();
  const house = await openHouse(configOf(location));
  await createDemoCompany(house);
  await house.close();
  return location;
}

function configOf(
  { dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>,
  changes: Partial<Config> = {},
): Config {
  return { ...readConfig({}), port: 0, logLevel: 'silent', dataDir, databaseUrl, ...changes };
}

async function codes(config: Config, leastFree = 1): Promise<readonly string[]> {
  const { findings } = await diagnose(config, { leastFree });
  for (const { what, why, remedy } of findings) {
    expect([what, why, remedy].every((text) => text.length > 10)).toBe(true);
  }
  return findings.map(({ code }) => code);
}

/** Changes a copy of a store behind the gateway's back. */
async function tampered({ dataDir }: TestLocation, ...statements: readonly string[]): Promise<Config> {
  const folder = freshFolder();
  for (const name of ['fieldgate.sqlite', 'keys.json']) copyFileSync(path.join(dataDir, name), path.join(folder, name));
  const store = await openStoreAsIs({ dataDir: folder, databaseUrl: undefined });
  await store.write(async (manager) => {
    for (const statement of statements) await manager.query(statement);
  });
  await store.close();
  return configOf({ dataDir: folder, databaseUrl: undefined });
}

describe('the doctor', () => {
  let store: TestLocation;
  let database: TestLocation;

  beforeAll(async () => {
    [store, database] = await Promise.all([settled(sqlite), settled(postgres)]);
  }, 120_000);

  afterAll(() => Promise.all([store.remove(), database.remove()]));

  /** The whole place, to be broken. */
  const copy = (changes: Partial<Config> = {}) => tampered(store).then((config) => ({ ...config, ...changes }));
  const keyFileOf = ({ dataDir }: Config) => path.join(dataDir, 'keys.json');

  test('finds nothing where nothing is wrong, and makes nothing where nothing is', async () => {
    expect(await codes(configOf(store))).toEqual([]);
    const empty = configOf({ dataDir: freshFolder(), databaseUrl: undefined });
    expect(await codes(empty)).toEqual([]);
    expect(() => readFileSync(keyFileOf(empty))).toThrow();
  });

  test('finds a missing key file', async () => {
    const config = await copy();
    chmodSync(keyFileOf(config), 0o600);
    const elsewhere = { ...config, dataDir: freshFolder() };
    copyFileSync(path.join(config.dataDir, 'fieldgate.sqlite'), path.join(elsewhere.dataDir, 'fieldgate.sqlite'));
    expect(await codes(elsewhere)).toEqual(['KEYS_ARE_MISSING']);
  });

  test('finds the keys of another store', async () => {
    expect(await codes(configOf(store, { keys: newKeyRingText() }))).toEqual(['KEYS_ARE_OF_ANOTHER_STORE']);
  });

  test('finds keys that cannot be used', async () => {
    const config = await copy();
    writeFileSync(keyFileOf(config), '{ "peppers": []');
    expect(await codes(config)).toEqual(['KEYS_ARE_UNUSABLE']);
  });

  test('finds a key file that others can read', async () => {
    const config = await copy();
    chmodSync(keyFileOf(config), 0o644);
    expect(await codes(config)).toEqual(['KEYS_ARE_READABLE_BY_OTHERS']);
  });

  test('finds a data folder that cannot be written', async () => {
    // Where nobody, not even root, makes files.
    expect(await codes(configOf({ dataDir: '/proc/fieldgate', databaseUrl: undefined }))).toContain(
      'DATA_DIR_IS_NOT_WRITABLE',
    );
  });

  test('finds a store from a newer version', async () => {
    const config = await tampered(
      store,
      `INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'ContractTomorrow9999999999999')`,
    );
    expect(await codes(config)).toEqual(['STORE_IS_NEWER']);
  });

  test('finds a damaged store', async () => {
    const config = await copy();
    writeFileSync(path.join(config.dataDir, 'fieldgate.sqlite'), 'no database at all'.repeat(400));
    expect(await codes(config)).toEqual(['STORE_CANNOT_BE_OPENED']);
  });

  test.each([
    ['PostgreSQL that does not answer', (url: URL) => (url.port = '1'), /ECONNREFUSED/],
    ['a wrong password of PostgreSQL', (url: URL) => (url.password = 'lighthouse'), /28P01/],
    ['a database that is not there', (url: URL) => (url.pathname = 'nowhere'), /3D000/],
  ])('finds %s, and repeats no password', async (_name, change, told) => {
    const url = new URL(present(database.databaseUrl));
    change(url);
    const { findings } = await diagnose(configOf({ ...database, databaseUrl: url.href }), { leastFree: 1 });
    expect(findings.map(({ code }) => code)).toEqual(['STORE_CANNOT_BE_OPENED']);
    expect(findings[0]?.what).toMatch(told);
    expect(JSON.stringify(findings)).not.toContain(url.password);
  });

  test('finds PostgreSQL that can lose what it has acknowledged', async () => {
    // The server of the tests keeps nothing through a power cut, which is the first thing to be found.
    const fsync = ['ACKNOWLEDGED_CHANGES_CAN_BE_LOST', 'ACKNOWLEDGED_CHANGES_CAN_BE_LOST'];
    expect(await codes(configOf(database))).toEqual(fsync);
    const url = new URL(present(database.databaseUrl));
    url.searchParams.set('options', '-c synchronous_commit=off');
    const { findings } = await diagnose(configOf({ ...database, databaseUrl: url.href }), { leastFree: 1 });
    expect(findings.map(({ what }) => what)).toContain('PostgreSQL runs with synchronous_commit off.');
  });

  test('finds a public address without https', async () => {
    expect(await codes(configOf(store, { host: '0.0.0.0' }))).toContain('PUBLIC_URL_IS_NOT_HTTPS');
    expect(await codes(configOf(store, { publicUrl: 'http://people.example.com' }))).toContain(
      'PUBLIC_URL_IS_NOT_HTTPS',
    );
    expect(await codes(configOf(store, PRODUCTION))).not.toContain('PUBLIC_URL_IS_NOT_HTTPS');
    expect(await codes(configOf(store, { publicUrl: 'http://localhost:8080' }))).toEqual([]);
  });

  test('finds a clock that is far off from the last audit event', async () => {
    const config = await tampered(
      store,
      `INSERT INTO audit_event SELECT sequence + 1, '2999-01-01T00:00:00.000Z', action, actor_kind, actor_id, actor_name,
         subject_kind, subject_id, subject_name, before_json, after_json, count, hash, hash
       FROM audit_event ORDER BY sequence DESC LIMIT 1`,
    );
    expect(await codes(config)).toContain('CLOCK_IS_OFF');
  });

  test('finds a broken audit log', async () => {
    const config = await tampered(
      store,
      'DROP TRIGGER audit_event_no_update',
      `UPDATE audit_event SET actor_name = 'somebody else' WHERE sequence = 2`,
    );
    expect(await codes(config)).toEqual(['AUDIT_LOG_IS_BROKEN']);
  });

  test('finds another program on the port, and no fault in a gateway that runs there', async () => {
    const other = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    expect(await codes(configOf(store, { port }))).toEqual(['PORT_IS_TAKEN']);
    other.close();
  });

  test('finds a disk that is nearly full', async () => {
    expect(await codes(configOf(store), 1e12)).toEqual(['DISK_IS_NEARLY_FULL']);
  });

  test('finds demo credentials and secrets that can be shown again where others reach the gateway', async () => {
    const config = configOf(store, PRODUCTION);
    expect(await codes(config)).toEqual(['DEMO_CREDENTIALS_ARE_ENABLED', 'SECRETS_CAN_BE_SHOWN_AGAIN']);
    expect(await codes({ ...config, publicUrl: 'http://localhost:4000', host: '127.0.0.1' })).toEqual([]);
  });

  test('fails for errors, for warnings when it is strict, and tells everything as JSON', async () => {
    const well = await runCommand(store, ['doctor', '--json']);
    expect([well.code, JSON.parse(well.stdout)]).toMatchObject([0, { isWell: true, findings: [] }]);
    const full = await runCommand(store, ['doctor', '--least-free', '999999999999']);
    expect(full.code).toBe(1);
    expect(full.stdout).toMatch(/ERROR DISK_IS_NEARLY_FULL\n.*\n.*Why it matters: .*\n.*What to do: /);
    const folder = path.join(freshFolder(), 'with', 'blanks');
    mkdirSync(folder, { recursive: true });
    const config = path.join(folder, 'fieldgate.yaml');
    writeFileSync(config, 'PORT: many\nPUBLIC_URL: https://people.example.com\n');
    const wrong = await runCommand(store, ['doctor', '--json'], '', { FIELDGATE_CONFIG: config });
    expect([wrong.code, JSON.parse(wrong.stdout)]).toMatchObject([
      1,
      { findings: [{ code: 'SETTINGS_ARE_UNUSABLE' }] },
    ]);
    writeFileSync(config, 'PUBLIC_URL: https://people.example.com\nPORT: 0\n');
    const warned = await runCommand(store, ['doctor'], '', { FIELDGATE_CONFIG: config });
    expect([warned.code, warned.stdout]).toEqual([0, expect.stringContaining('WARNING DEMO_CREDENTIALS_ARE_ENABLED')]);
    expect(await runCommand(store, ['doctor', '--strict'], '', { FIELDGATE_CONFIG: config })).toMatchObject({
      code: 1,
    });
    // Five processes, which a busy machine starts slowly.
  }, 120_000);
});
