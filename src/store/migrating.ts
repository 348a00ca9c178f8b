import type { DataSource } from 'typeorm';
import { UsageError } from '../errors';
import { DEADLOCK_ATTEMPTS, isDeadlock, retried } from './attempts';
import { KNOWN_MIGRATIONS, writerDataSource, type StoreLocation } from './data-source';
import { isExpanding } from './migration-rule';

export function migrateSqlite(writer: DataSource): Promise<void> {
  return retried(
    () => migrate(writer),
    (error) => !(error instanceof UsageError),
  );
}

async function migrate(dataSource: DataSource): Promise<void> {
  await assertNotNewer(dataSource);
  if (await dataSource.showMigrations()) await dataSource.runMigrations({ transaction: 'all' });
}

/** @throws UsageError when a newer version changed the store in a way that this one cannot live with */
async function assertNotNewer(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    if (!(await runner.hasTable('migrations'))) return;
    const applied = (await runner.query('SELECT name FROM migrations')) as { name: string }[];
    const unknown = applied.find(({ name }) => !KNOWN_MIGRATIONS.has(name) && !isExpanding(name));
    if (unknown) throw new UsageError(`This store was made by a newer version of Fieldgate (${unknown.name}).`);
  } finally {
    await runner.release();
  }
}

/** A migration may take any time, so it has a pool of its own. */
export async function withPool<T>(dataSource: DataSource, work: (pool: DataSource) => Promise<T>): Promise<T> {
  const pool = await dataSource.initialize();
  try {
    return await work(pool);
  } finally {
    await pool.destroy();
  }
}

/** Any number that every node of one company agrees on. */
const MIGRATION_LOCK = 4_711_202_106;

// Several nodes may start on an empty database at once; one migrates and the others wait for it.
export async function migratePostgres(pool: DataSource): Promise<void> {
  await locked(pool, () => retried(() => migrate(pool), isDeadlock, DEADLOCK_ATTEMPTS));
}

/** Keeps every gateway from starting on a PostgreSQL database while `work` fills it. @param work gets a way to read it */
export async function withMigrationLock<T>(
  location: StoreLocation,
  work: (read: (text: string) => Promise<Record<string, unknown>[]>) => Promise<T>,
): Promise<T> {
  return withPool(writerDataSource(location), (pool) => locked(pool, () => work((text) => pool.query(text))));
}

async function locked<T>(pool: DataSource, work: () => Promise<T>): Promise<T> {
  const runner = pool.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work();
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
  }
}
