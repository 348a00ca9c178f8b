import { existsSync } from 'node:fs';
import { UsageError } from '../errors';
import { sqliteFile, writerDataSource, type StoreLocation } from './data-source';
import { withPool } from './migrating';

/** @throws UsageError when nobody has made a store there. Looking makes none. */
export async function assertThere(location: StoreLocation): Promise<void> {
  const { dataDir, databaseUrl } = location;
  if (databaseUrl ? await hasTables(location) : existsSync(sqliteFile(location))) return;
  throw new UsageError(`There is no store in ${databaseUrl ? 'the database' : dataDir}.`);
}

function hasTables(location: StoreLocation): Promise<boolean> {
  return withPool(writerDataSource(location), async (pool) => {
    const runner = pool.createQueryRunner();
    try {
      return await runner.hasTable('migrations');
    } finally {
      await runner.release();
    }
  });
}
