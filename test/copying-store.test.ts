import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openHouse, startGateway, type House } from '../src/app';
import { readConfig } from '../src/config';
import { copyStore, type CopyReport } from '../src/store/copying/copy-store';
import { tableShapes } from '../src/store/copying/table-shape';
import { writerDataSource, type StoreLocation } from '../src/store/data-source';
import { openStore } from '../src/store/store';
import { databases, type TestLocation } from './support/database';
import { startTestGateway, type TestCredential, type TestGateway } from './support/gateway';
import { present } from './support/present';

const QUIET = { othersMayWrite: false };

describe.each(databases)('a store that is copied from $name', (database) => {
  const other = present(databases.find(({ name }) => name !== database.name));
  let gateway: TestGateway;
  let reader: TestCredential;
  let source: StoreLocation;
  let keys: string;
  let head: string;
  let target: TestLocation;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true });
    reader = await gateway.credential({ attributes: ['firstName', 'fixSalary', 'custom.shirtSize'] });
    // The highest id that was ever given is nobody's any more.
    await gateway.house.store.write(async (manager) => {
      await manager.query(`INSERT INTO department (name) VALUES ('Short-lived')`);
      await manager.query(`DELETE FROM department WHERE name = 'Short-lived'`);
    });
    const { dataDir, databaseUrl } = gateway.house.config;
    source = { dataDir, databaseUrl };
    keys = readFileSync(path.join(dataDir, 'keys.json'), 'utf8');
    const report = await gateway.house.audit.verify();
    head = report.outcome === 'WHOLE' ? report.head.hash : '';
  });

  beforeEach(async () => {
    target = await other.freshLocation();
  });

  afterEach(() => target.remove());
  afterAll(() => gateway.close());

  const onTarget = async <T>(work: (house: House) => Promise<T>): Promise<T> => {
    const { dataDir, databaseUrl } = target;
    const house = await openHouse({ ...readConfig({}), port: 0, logLevel: 'silent', dataDir, databaseUrl, keys });
    return work(house).finally(() => house.close());
  };
  const isEmpty = () => onTarget(async ({ credentials }) => (await credentials.list()).length === 0);

  test('is refused while a gateway has it open, and the target stays empty', async () => {
    await expect(copyStore(source, target, QUIET)).rejects.toThrow(/Stop every gateway on it first/);
    expect(await isEmpty()).toBe(true);
  });

  describe('after its gateway has stopped', () => {
    beforeAll(() => gateway.stop());

    test('answers with the same secret, keeps its audit chain, and never gives an id twice', async () => {
      const shares: number[] = [];
      const report: CopyReport = await copyStore(source, target, {
        ...QUIET,
        onProgress: (share) => shares.push(share),
      });
      expect(report.tables.find(({ table }) => table === 'employee')?.rows).toBe(250);
      expect(shares.at(-1)).toBe(1);
      expect([...shares].sort((one, another) => one - another)).toEqual(shares);
      const { dataDir, databaseUrl } = target;
      const house = await openHouse({ ...readConfig({}), port: 0, logLevel: 'silent', dataDir, databaseUrl, keys });
      const moved = await startGateway(house);
      try {
        const answer = await fetch(`${moved.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: reader.authorization },
          body: JSON.stringify({
            query:
              '{ employee(id: 7) { firstName fixSalary { amount } lastName customAttributes(keys: ["shirtSize"]) { value } } }',
          }),
        });
        const { data } = (await answer.json()) as { data: { employee: { firstName: string; fixSalary: object } } };
        expect(data.employee).toMatchObject({
          firstName: 'Kohlrabi',
          fixSalary: { amount: 9560 },
          lastName: null,
          customAttributes: [{}],
        });
        expect(await house.audit.verify()).toMatchObject({ outcome: 'WHOLE' });
        expect(await house.audit.has(head)).toBe(true);
        await house.store.write((manager) => manager.query(`INSERT INTO department (name) VALUES ('New')`));
      } finally {
        await moved.close();
      }
      const [high] = await lastIds(target);
      const [before] = await lastIds(source);
      expect(high).toBe((before ?? 0) + 1);
    });

    /** Changes a copy of the source behind the gateway's back. */
    const tampered = async (...statements: readonly string[]) => {
      const location = await database.copyOf(source);
      const dataSource = await writerDataSource(location).initialize();
      for (const statement of statements) await dataSource.query(statement);
      await dataSource.destroy();
      return location;
    };

    test.each([
      ['and is as old in everything else', 'SELECT 1'],
      ['and lacks one of ours', 'DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations) - 1'],
    ])('is refused when a newer version has expanded it %s: its columns would be left behind', async (_name, other) => {
      const newer = await tampered(
        'ALTER TABLE employee ADD COLUMN nickname text',
        `INSERT INTO migrations (timestamp, name) VALUES (1999000000000, 'ExpandTomorrow1999000000000')`,
        other,
      );
      await expect(copyStore(newer, target, QUIET)).rejects.toMatchObject({
        name: 'UsageError',
        message: expect.stringContaining('newer version of Fieldgate (ExpandTomorrow1999000000000)') as unknown,
      });
      expect(await isEmpty()).toBe(true);
      await newer.remove();
    });

    test('is refused when it is not up to date, or empty', async () => {
      const older = await tampered('DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations)');
      await expect(copyStore(older, target, QUIET)).rejects.toThrow('Run `fieldgate migrate` on it first');
      const empty = await tampered('DROP TABLE migrations');
      await expect(copyStore(empty, target, QUIET)).rejects.toThrow(
        database.name === 'SQLite' ? 'Run `fieldgate migrate` on it first' : 'There is no store in the database.',
      );
      await Promise.all([older.remove(), empty.remove()]);
    });

    if (database.name === 'SQLite') {
      test('is said to be open elsewhere only when it is', async () => {
        const broken = await tampered('ALTER TABLE credential RENAME TO lost');
        const error = await copyStore(broken, target, QUIET).catch((reason: unknown) => reason);
        expect(error).toMatchObject({
          name: 'UsageError',
          message: expect.stringContaining('SQLITE_ERROR') as unknown,
        });
        expect(String(error)).not.toContain('open');
        await broken.remove();
      });
    }

    test('is refused by a target that holds anything', async () => {
      const store = await openStore(target);
      await store.write((manager) => manager.query(`INSERT INTO department (name) VALUES ('Mine')`));
      await store.close();
      await expect(copyStore(source, target, QUIET)).rejects.toThrow('is not empty: its table department');
    });

    test('keeps nothing when the target changes a single value', async () => {
      await (await openStore(target)).close();
      const spoiler = await writerDataSource(target).initialize();
      for (const statement of SPOILED[other.name]) await spoiler.query(statement);
      await spoiler.destroy();
      await expect(copyStore(source, target, QUIET)).rejects.toThrow('The table office is not the same in both stores');
      expect(await isEmpty()).toBe(true);
    });

    test('has no table that is left behind', async () => {
      const dataSource = await writerDataSource(source).initialize();
      const runner = dataSource.createQueryRunner();
      const tables = (await runner.query(TABLES[database.name])) as { name: string }[];
      const copied = tableShapes(dataSource).map(({ name }) => name);
      await runner.release();
      await dataSource.destroy();
      // Counts may be lost at any time.
      const worthCopying = tables.map(({ name }) => name).filter((name) => name !== 'rate_count');
      expect(worthCopying.sort()).toEqual([...copied, 'migrations'].sort());
    });
  });
});

test('a PostgreSQL store in use is copied as it is at one moment when that is wanted', async () => {
  const [sqlite, postgres] = databases.map((database) => present(database));
  const gateway = await startTestGateway(present(postgres), { demo: true });
  const target = await present(sqlite).freshLocation();
  try {
    const { rows } = await copyStore(gateway.house.config, target, { othersMayWrite: true });
    expect(rows).toBeGreaterThan(1_000);
  } finally {
    await gateway.close();
    await target.remove();
  }
});

const TABLES = {
  SQLite: `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
  PostgreSQL: `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()`,
};

const SPOILED = {
  SQLite: [
    `CREATE TRIGGER spoil AFTER INSERT ON office WHEN NEW.id = 2
       BEGIN UPDATE office SET name = name || ' ' WHERE id = 2; END`,
  ],
  PostgreSQL: [
    `CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN IF NEW.id = 2 THEN NEW.name := NEW.name || ' '; END IF; RETURN NEW; END $$`,
    'CREATE TRIGGER spoil BEFORE INSERT ON office FOR EACH ROW EXECUTE FUNCTION spoil()',
  ],
};

async function lastIds(location: StoreLocation): Promise<number[]> {
  const dataSource = await writerDataSource(location).initialize();
  const rows = await dataSource.query<{ last: number | string }[]>(
    location.databaseUrl
      ? `SELECT pg_sequence_last_value('department_id_seq') AS last`
      : `SELECT seq AS last FROM sqlite_sequence WHERE name = 'department'`,
  );
  await dataSource.destroy();
  return rows.map(({ last }) => Number(last));
}
