import { existsSync, mkdirSync } from 'node:fs';
import type { Sql } from 'sql-template-tag';
import type { DataSource, EntityManager } from 'typeorm';
import { GatewayError, UsageError } from '../errors';
import {
  limitedWriterDataSource,
  POOL_SIZE,
  readerDataSource,
  sqliteFile,
  writerDataSource,
  type MigrationScope,
  type StoreLocation,
} from './data-source';
import { DEADLOCK_ATTEMPTS, isBusy, isDeadlock, retried } from './attempts';
import { migratePostgres, migrateSqlite, withPool } from './migrating';
import { unavailableOnOutage } from './outage';
import { poolOf, PostgresPreparedReader, SqlitePreparedReader, type PreparedStatement } from './prepared-reader';
import { scrub } from './scrub';
import { SqliteWriter } from './sqlite-writer';
import { databaseOf, LimitedConnection } from './time-limit';
import { openVolatile } from './volatile-counts';

export type Dialect = 'sqlite' | 'postgres';
export type Row = Record<string, unknown>;

/** Runs statements inside one transaction. */
export type Transaction = EntityManager;

/** The company's data: many readers, and on SQLite one writer at a time. */
export interface Store {
  readonly dialect: Dialect;
  /** How many statements of each kind can run at the same time. */
  readonly connections: { readonly read: number; readonly write: number };
  /** Runs one statement on its own, outside every transaction, so that it sees all that was committed before it started. */
  read(query: Sql): Promise<Row[]>;
  /** The same for a statement that will be run again: the connections keep it prepared. */
  readPrepared(statement: PreparedStatement): Promise<Row[]>;
  /** Runs `work` in one transaction: all of it is kept, or nothing. */
  write<T>(work: (manager: Transaction) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in a transaction on `rate_count` alone, which may be lost in a crash: it waits for no disk, and on SQLite for
   * no other writer.
   */
  writeVolatile<T>(work: (manager: Transaction) => Promise<T>): Promise<T>;
  /** Makes what was deleted unreadable in the store's own files. Slow: it may write all of the store anew. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}

// FULL: an acknowledged write survives power loss. The rest closes known ways of misusing a database file.
const PRAGMAS = ['synchronous = FULL', 'secure_delete = ON', 'trusted_schema = OFF'];
const READERS = 2;
/** KiB of the file that each reader keeps in memory. SQLite's own 2 MB hold a few thousand people: every search would read the file anew. */
const READER_CACHE = 16_384;

/**
 * Opens the store and brings its schema up to date.
 *
 * @throws when the database cannot be reached or was made by a newer version
 */
export async function openStore(location: StoreLocation, scope: MigrationScope = {}): Promise<Store> {
  return location.databaseUrl
    ? openPostgres(location, migratePostgres, scope)
    : openSqlite(location, migrateSqlite, scope);
}

/**
 * Opens a store that is there already and leaves its schema as it is, whatever version made it.
 *
 * @throws UsageError when there is none
 */
export async function openStoreAsIs(location: StoreLocation): Promise<Store> {
  const leave = () => Promise.resolve();
  if (location.databaseUrl) return openPostgres(location, leave);
  if (!existsSync(sqliteFile(location))) throw new UsageError(`There is no store in ${location.dataDir}.`);
  return openSqlite(location, leave);
}

type Prepare = (dataSource: DataSource) => Promise<void>;

async function openSqlite(location: StoreLocation, prepare: Prepare, scope: MigrationScope = {}): Promise<Store> {
  mkdirSync(location.dataDir, { recursive: true, mode: 0o700 });
  // SQLite does not wait for the switch to WAL, whatever the busy timeout says.
  const openWriter = () => retried(() => openConnection(writerDataSource(location, scope)), isBusy);
  const writer = await openWriter();
  const opened: DataSource[] = [writer];
  try {
    await prepare(writer);
    for (let count = 0; count < READERS; count += 1) opened.push(await openReader(location));
    const volatile = await openVolatile(location);
    return sqliteStore({
      writer: new SqliteWriter(writer, openWriter),
      volatile: new SqliteWriter(volatile, () => openVolatile(location)),
      readers: opened.slice(1),
      milliseconds: location.statementTimeoutMilliseconds,
    });
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

async function openReader(location: StoreLocation): Promise<DataSource> {
  const reader = await retried(() => openConnection(readerDataSource(location)), isBusy);
  await reader.query('PRAGMA query_only = ON');
  await reader.query(`PRAGMA cache_size = -${READER_CACHE}`);
  return reader;
}

async function openConnection(dataSource: DataSource): Promise<DataSource> {
  await dataSource.initialize();
  for (const pragma of PRAGMAS) await dataSource.query(`PRAGMA ${pragma}`);
  return dataSource;
}

interface SqliteConnections {
  readonly writer: SqliteWriter;
  readonly volatile: SqliteWriter;
  readonly readers: readonly DataSource[];
  /** The longest that a statement may take. */
  readonly milliseconds: number | undefined;
}

function sqliteStore({ writer, volatile, readers, milliseconds }: SqliteConnections): Store {
  const limited = readers.map((source) => ({
    source,
    connection: new LimitedConnection(databaseOf(source), milliseconds),
  }));
  const prepared = limited.map(({ connection }) => new SqlitePreparedReader(connection));
  let next = 0;
  return {
    dialect: 'sqlite',
    connections: { read: readers.length, write: 1 },
    read: (query) =>
      unavailableOnFailure(() => {
        next = (next + 1) % readers.length;
        const reader = limited[next];
        if (!reader) throw new Error('Nobody reads.');
        return reader.connection.withinTime(() => rowsOf(reader.source, query.sql, query.values));
      }),
    readPrepared: (statement) => unavailableOnFailure(() => leastBusy(prepared).run(statement)),
    write: (work) =>
      unavailableOnOutage(() =>
        writer.alone((connection) => connection.transaction((manager) => lockThen(manager, work))),
      ),
    writeVolatile: (work) => volatile.alone((connection) => connection.transaction(work)),
    scrub: () => writer.alone(scrub),
    close: async () => {
      for (const reader of prepared) await reader.close();
      await closeAll(readers);
      await volatile.close();
      await writer.close();
    },
  };
}

function leastBusy(readers: readonly SqlitePreparedReader[]): SqlitePreparedReader {
  return readers.reduce((one, other) => (other.load < one.load ? other : one));
}

// A transaction that starts by reading could find, at its first write, that another process has written since
// (SQLITE_BUSY_SNAPSHOT, which no timeout waits for). A write that touches no row takes the lock up front.
async function lockThen<T>(manager: EntityManager, work: (manager: EntityManager) => Promise<T>): Promise<T> {
  await manager.query('DELETE FROM credential WHERE 0');
  return work(manager);
}

async function openPostgres(location: StoreLocation, prepare: Prepare, scope: MigrationScope = {}): Promise<Store> {
  await withPool(writerDataSource(location, scope), prepare);
  const pool = await limitedWriterDataSource(location).initialize();
  const readers = readerDataSource(location);
  try {
    await readers.initialize();
  } catch (error) {
    await pool.destroy();
    throw error;
  }
  const named = new PostgresPreparedReader(poolOf(readers));
  const again = <T>(read: () => Promise<T>) => retried(read, isDeadlock, DEADLOCK_ATTEMPTS);
  return {
    dialect: 'postgres',
    connections: { read: POOL_SIZE, write: POOL_SIZE },
    read: (query) => unavailableOnFailure(() => again(() => rowsOf(readers, query.text, query.values))),
    readPrepared: (statement) => unavailableOnFailure(() => again(() => named.run(statement))),
    write: (work) => unavailableOnOutage(() => pool.transaction(work)),
    writeVolatile: (work) => pool.transaction(work),
    // Whoever deletes for good takes the table's file away with TRUNCATE: there is nothing left to do.
    scrub: () => Promise.resolve(),
    close: () => closeAll([readers, pool]),
  };
}

function rowsOf(dataSource: DataSource, text: string, values: unknown[]): Promise<Row[]> {
  return dataSource.query(text, values);
}

async function unavailableOnFailure(read: () => Promise<Row[]>): Promise<Row[]> {
  try {
    return await read();
  } catch (cause) {
    throw new GatewayError('UNAVAILABLE', 'The store cannot be read at the moment. Try again.', {}, { cause });
  }
}

async function closeAll(dataSources: readonly DataSource[]): Promise<void> {
  for (const dataSource of dataSources) await dataSource.destroy();
}
