import sql, { join, raw } from 'sql-template-tag';
import type { DataSource, QueryRunner } from 'typeorm';
import { UsageError } from '../../errors';
import { isBusy } from '../attempts';
import { copyDataSource, KNOWN_MIGRATIONS, type StoreLocation } from '../data-source';
import { assertThere } from '../existing-store';
import { CopySide } from './copy-side';
import { tableShapes, type TableShape } from './table-shape';

/** A side of a copy, opened. */
export interface OpenedSide {
  readonly side: CopySide;
  readonly tables: readonly TableShape[];
  commit(): Promise<void>;
  /** Takes everything back that was not committed. */
  close(): Promise<void>;
}

export interface SourceOptions {
  /** Whether others may be connected: what they write after this moment is not copied. */
  readonly othersMayWrite: boolean;
}

/**
 * Opens the store that is copied. Nobody writes to it meanwhile: SQLite lets nobody else in, and PostgreSQL lets others read only.
 *
 * @throws UsageError when it is not there, not of this version, or somebody has it open
 */
export async function openSource(location: StoreLocation, options: SourceOptions): Promise<OpenedSide> {
  await assertThere(location);
  return opened(location, async (dataSource, runner) => {
    await assertOfThisVersion(dataSource, runner);
    const side = new CopySide(runner, location.databaseUrl ? 'postgres' : 'sqlite');
    if (side.dialect === 'sqlite') await takeFile(runner);
    else await takeSnapshot(side, tableShapes(dataSource), options);
    return side;
  });
}

// Also what a gateway can live with: columns and tables that this version does not know would be left behind.
async function assertOfThisVersion(dataSource: DataSource, runner: QueryRunner): Promise<void> {
  const rows = (await runner.hasTable('migrations'))
    ? ((await runner.query('SELECT name FROM migrations')) as { name: string }[])
    : [];
  const applied = new Set(rows.map(({ name }) => name));
  const unknown = [...applied].find((name) => !KNOWN_MIGRATIONS.has(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `The store that is copied was changed by a newer version of Fieldgate (${unknown}). Copy it with that version.`,
    );
  }
  if (dataSource.migrations.some(({ constructor }) => !applied.has(constructor.name))) {
    throw new UsageError('The store that is copied is not up to date. Run `fieldgate migrate` on it first.');
  }
}

/** Opens the store that is filled. It is up to date, and locked against everybody else. */
export async function openTarget(location: StoreLocation): Promise<OpenedSide> {
  return opened(location, async (dataSource, runner) => {
    const side = new CopySide(runner, location.databaseUrl ? 'postgres' : 'sqlite');
    if (side.dialect === 'sqlite') {
      await takeFile(runner);
      return side;
    }
    await runner.startTransaction();
    const tables = join(tableShapes(dataSource).map(({ name }) => raw(`"${name}"`)));
    await side.run(sql`LOCK TABLE ${tables} IN ACCESS EXCLUSIVE MODE`);
    return side;
  });
}

async function opened(
  location: StoreLocation,
  begin: (dataSource: DataSource, runner: QueryRunner) => Promise<CopySide>,
): Promise<OpenedSide> {
  const dataSource = await copyDataSource(location).initialize();
  const runner = dataSource.createQueryRunner();
  const close = async () => {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    if (!runner.isReleased) await runner.release();
    await dataSource.destroy();
  };
  try {
    const side = await begin(dataSource, runner);
    return { side, tables: tableShapes(dataSource), commit: () => runner.commitTransaction(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

// In exclusive mode SQLite locks the file itself, which fails while any other process has it open. Set before the first access.
async function takeFile(runner: QueryRunner): Promise<void> {
  try {
    await runner.query('PRAGMA locking_mode = EXCLUSIVE');
    await runner.query('PRAGMA synchronous = FULL');
    await runner.startTransaction();
    await runner.query('DELETE FROM credential WHERE 0');
  } catch (cause) {
    if (isBusy(cause))
      throw new UsageError('Somebody has the SQLite store open. Stop every gateway on it first.', {}, { cause });
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError(`The SQLite store must be whole and writable to be locked (${code}).`, {}, { cause });
  }
}

async function takeSnapshot(side: CopySide, tables: readonly TableShape[], options: SourceOptions): Promise<void> {
  await side.runner.startTransaction('REPEATABLE READ');
  if (options.othersMayWrite) return;
  const all = join(tables.map(({ name }) => raw(`"${name}"`)));
  await side.run(sql`LOCK TABLE ${all} IN SHARE MODE`);
  const [row] = await side.run(
    sql`SELECT count(*) AS others FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  );
  const others = Number(row?.['others']);
  if (others > 0) {
    throw new UsageError(
      `${others} other connections to the store that is copied are open. Stop every gateway on it first, ` +
        'or say --allow-connections: what they write from now on is not copied.',
    );
  }
}
