import path from 'node:path';
import { Client, type ClientBase } from 'pg';
import sqlite3 from 'sqlite3';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Config } from '../config';
import { UsageError } from '../errors';
import { RateCountEntity } from '../rates/rate-count.entity';
import { isContracting } from './migration-rule';
import { ENTITIES, MIGRATIONS } from './tables';

/** How long a writer waits for another process to let go of the SQLite file, in milliseconds. */
const BUSY_TIMEOUT = 10_000;

/** Connections of one pool to PostgreSQL. */
export const POOL_SIZE = 10;

/**
 * TypeORM asks the driver to be verbose. It would then take down the stack and all arguments of every call, which costs as much
 * as a small statement does, and add bound values to the stack of a failure, which is logged.
 */
const SQLITE = { type: 'sqlite', driver: { verbose: () => sqlite3 } } as const;

export type StoreLocation = Pick<Config, 'dataDir' | 'databaseUrl'> &
  Partial<Pick<Config, 'statementTimeoutMilliseconds'>>;

/** Which pending migrations may run. */
export interface MigrationScope {
  /** Whether those may that take something away: only when no older version runs any more. */
  readonly contract?: boolean;
}

/** The names of all migrations that this version knows, whether or not it runs them. */
export const KNOWN_MIGRATIONS: ReadonlySet<string> = new Set(MIGRATIONS.map(({ name }) => name));

/** The file of the embedded store. */
export function sqliteFile({ dataDir }: StoreLocation): string {
  return path.join(dataDir, 'fieldgate.sqlite');
}

/** The connection (SQLite) or pool (PostgreSQL) that changes data. The driver is named here and nowhere else. */
export function writerDataSource(location: StoreLocation, { contract = false }: MigrationScope = {}): DataSource {
  const migrations = contract ? MIGRATIONS : MIGRATIONS.filter(({ name }) => !isContracting(name));
  return new DataSource({ ...optionsOf(location), migrations });
}

/** One connection that copies a store, changes no setting of its file, and does not wait for others. */
export function copyDataSource(location: StoreLocation): DataSource {
  if (location.databaseUrl) return writerDataSource(location);
  return new DataSource({ ...SQLITE, database: sqliteFile(location), entities: ENTITIES, migrations: MIGRATIONS });
}

/**
 * A further SQLite connection that only reads: one DataSource is one connection, and shares its transaction with all. On
 * PostgreSQL, a pool that only reads, and whose statements the server ends when they take too long.
 */
export function readerDataSource(location: StoreLocation): DataSource {
  const { statementTimeoutMilliseconds: milliseconds = 0 } = location;
  const limits = `-c default_transaction_read_only=on -c statement_timeout=${milliseconds}`;
  // It runs statements only. Learning what entities are, in two readers, was half of the time that a store took to open.
  return new DataSource({ ...optionsOf(location, limits), entities: [], migrations: [] });
}

/** A statement that writes may be about a thousand rows, so it may take this many times as long as one that reads. */
const WRITING_TAKES = 10;

/** A pool to PostgreSQL that writes, and whose statements the server ends when they take or wait too long. */
export function limitedWriterDataSource(location: StoreLocation): DataSource {
  const { statementTimeoutMilliseconds: milliseconds = 0 } = location;
  const limits = `${DURABLE} -c statement_timeout=${milliseconds * WRITING_TAKES} -c lock_timeout=${milliseconds}`;
  return new DataSource({ ...optionsOf(location, limits), migrations: [] });
}

// A replica lags behind, so a statement there could find a credential enabled after its disable was answered. A server cannot
// become one without ending its connections, so each new connection is asked once.
function refuseReplica(client: ClientBase, done: (error?: Error) => void): void {
  client.query<{ replica: boolean }>('SELECT pg_is_in_recovery() AS replica').then(
    ({ rows }) => done(rows[0]?.replica === false ? undefined : new UsageError(REPLICA)),
    (error: unknown) => done(error instanceof Error ? error : new Error('The server cannot be asked.')),
  );
}

const REPLICA = 'DATABASE_URL leads to a replica. A gateway works on the primary only, because a replica lags behind.';

/** The SQLite file of what may be lost. On PostgreSQL the same table is in the store, unlogged. */
export function volatileFile({ dataDir }: StoreLocation): string {
  return path.join(dataDir, 'volatile.sqlite');
}

export function volatileDataSource(location: StoreLocation): DataSource {
  const database = volatileFile(location);
  return new DataSource({ ...SQLITE, database, entities: [RateCountEntity], busyTimeout: BUSY_TIMEOUT });
}

export const VOLATILE_TABLE = `CREATE TABLE IF NOT EXISTS rate_count
  (key text PRIMARY KEY, taken integer NOT NULL, lease integer NOT NULL, ends_at text NOT NULL)`;

/** An acknowledged write survives the loss of power, whatever the server's own default is. */
const DURABLE = '-c synchronous_commit=on';

function optionsOf(location: StoreLocation, limits = DURABLE): DataSourceOptions {
  const shared = { entities: ENTITIES, migrations: MIGRATIONS, migrationsTransactionMode: 'all' as const };
  if (location.databaseUrl) {
    const { url, options } = withLimits(location.databaseUrl, limits);
    return {
      ...shared,
      entities: [...ENTITIES, RateCountEntity],
      type: 'postgres',
      url,
      extra: {
        Client: PatientClient,
        max: POOL_SIZE,
        connectionTimeoutMillis: 5_000,
        // Statements that were prepared on a connection go with it.
        maxLifetimeSeconds: 600,
        options,
        verify: refuseReplica,
      },
    };
  }
  return {
    ...shared,
    ...SQLITE,
    database: sqliteFile(location),
    enableWAL: true,
    busyTimeout: BUSY_TIMEOUT,
  };
}

// The driver would take the options of the URL in the place of the limits. Behind them they win, as meant, where both set the
// same. The rest of the URL stays as it is written, for the driver reads more than a standard URL.
function withLimits(databaseUrl: string, limits: string): { readonly url: string; readonly options: string } {
  const start = databaseUrl.indexOf('?') + 1;
  if (start === 0) return { url: databaseUrl, options: limits };
  const given = databaseUrl.slice(start).split('&');
  const isOptions = (parameter: string) => parameter.startsWith('options=');
  const theirs = new URLSearchParams(given.filter(isOptions).join('&')).getAll('options');
  const others = given.filter((parameter) => !isOptions(parameter));
  return { url: databaseUrl.slice(0, start) + others.join('&'), options: [limits, ...theirs].join(' ') };
}

// An error without a listener ends the process, and between two users of a connection nobody listens. What was asked of a
// connection that is cut fails by itself, and the pool makes a new one.
class PatientClient extends Client {
  constructor(config?: ConstructorParameters<typeof Client>[0]) {
    super(config);
    this.on('error', () => undefined);
  }
}
