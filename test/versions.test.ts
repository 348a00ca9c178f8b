import { DataSource, Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { KNOWN_MIGRATIONS, writerDataSource, type StoreLocation } from '../src/store/data-source';
import { isContracting, isExpanding } from '../src/store/migration-rule';
import { openStore } from '../src/store/store';
import { databases } from './support/database';
import { startTestGateway, type TestGateway } from './support/gateway';

/** What a newer version might add: a column, a column with a default, a table, an index. */
class ExpandTomorrow1999000000000 implements MigrationInterface {
  name = 'ExpandTomorrow1999000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE employee ADD COLUMN nickname text');
    await runner.query(`ALTER TABLE credential ADD COLUMN colour text NOT NULL DEFAULT 'grey'`);
    await runner.query('ALTER TABLE audit_event ADD COLUMN node text');
    await runner.createTable(
      new Table({ name: 'tomorrow', columns: [{ name: 'id', type: 'integer', isPrimary: true }] }),
    );
    await runner.query('CREATE INDEX employee_nickname ON employee (nickname)');
  }

  async down(): Promise<void> {
    // Nobody goes back.
  }
}

/** What the version after it might take away. */
class ContractYesterday1999000000001 implements MigrationInterface {
  name = 'ContractYesterday1999000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX employee_nickname');
    await runner.query('ALTER TABLE employee DROP COLUMN nickname');
  }

  async down(): Promise<void> {
    // Nobody goes back.
  }
}

async function migrate(location: StoreLocation, ...migrations: (new () => MigrationInterface)[]): Promise<void> {
  const newer = new DataSource({ ...writerDataSource(location).options, migrations });
  await newer.initialize();
  // PostgreSQL may end it when it and a reader wait for each other; a gateway tries again, too.
  for (let attempt = 1; ; attempt += 1) {
    try {
      await newer.runMigrations({ transaction: 'all' });
      break;
    } catch (error) {
      if (attempt === 5 || !String(error).includes('deadlock')) throw error;
    }
  }
  await newer.destroy();
}

describe.each(databases)('two versions on one store on $name', (database) => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true, config: { statementTimeoutMilliseconds: 60_000 } });
  });

  afterAll(() => gateway.close());

  test('an older version goes on while a newer one expands the schema, and starts on it, and refuses a contracted one', async () => {
    const { dataDir, databaseUrl } = gateway.house.config;
    const location = { dataDir, databaseUrl };
    const reader = await gateway.credential({
      read: ['EMPLOYEES', 'ABSENCES'],
      write: ['EMPLOYEES'],
      attributes: ['firstName', 'lastName'],
    });
    const state = { isOver: false };
    const answers: unknown[] = [];
    const load = (async () => {
      while (!state.isOver) {
        const { body } = await gateway.query(
          reader,
          '{ employees(first: 20) { nodes { firstName } } viewer { name } }',
        );
        answers.push(body.errors ?? body.data?.employees.nodes.length);
      }
    })();
    await migrate(location, ExpandTomorrow1999000000000);
    const after = answers.length;
    while (answers.length < after + 3) await new Promise((resolve) => setTimeout(resolve, 5));
    state.isOver = true;
    await load;
    expect(new Set(answers)).toEqual(new Set([20]));

    const written = await gateway.query(
      reader,
      'mutation { updateEmployee(id: 7, values: { firstName: "Radish" }) { employee { firstName } userErrors { code } } }',
    );
    expect(written.body).toEqual({ data: { updateEmployee: { employee: { firstName: 'Radish' }, userErrors: [] } } });
    await gateway.credential();
    expect(await gateway.house.audit.verify()).toMatchObject({ outcome: 'WHOLE' });

    const again = await openStore(location);
    await again.close();
    await migrate(location, ExpandTomorrow1999000000000, ContractYesterday1999000000001);
    await expect(openStore(location)).rejects.toThrow('made by a newer version of Fieldgate (ContractYesterday');
  });
});

/** Until the first release nobody has an older version to protect. */
const RULE_SINCE = 1_796_000_000_000;

test('every migration since the first release says what it does to older versions', () => {
  const younger = [...KNOWN_MIGRATIONS].filter((name) => Number(/\d+$/.exec(name)?.[0]) > RULE_SINCE);
  expect(younger.filter((name) => !isExpanding(name) && !isContracting(name))).toEqual([]);
});
