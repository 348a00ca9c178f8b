import { rmSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { isBusy, retried } from './attempts';
import { VOLATILE_TABLE, volatileDataSource, volatileFile, type StoreLocation } from './data-source';

/**
 * Opens the SQLite file of counts: one of its own, so that counting waits neither for the disk nor for an import that holds the
 * other one. What a power cut does to it is mended by starting anew.
 */
export async function openVolatile(location: StoreLocation): Promise<DataSource> {
  try {
    return await retried(() => soundVolatile(location), isBusy);
  } catch (error) {
    if (isBusy(error)) throw error;
    rmSync(volatileFile(location), { force: true });
    return retried(() => soundVolatile(location), isBusy);
  }
}

async function soundVolatile(location: StoreLocation): Promise<DataSource> {
  const volatile = volatileDataSource(location);
  await volatile.initialize();
  try {
    await volatile.query('PRAGMA synchronous = OFF');
    await volatile.query(VOLATILE_TABLE);
    const [check] = await volatile.query<{ quick_check: string }[]>('PRAGMA quick_check');
    if (check?.quick_check === 'ok') return volatile;
    throw new Error('The file of counts is damaged.');
  } catch (error) {
    await volatile.destroy();
    throw error;
  }
}
