import { chmodSync, closeSync, fsyncSync, linkSync, mkdtempSync, openSync, rmSync, statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../errors';
import { copyDataSource, sqliteFile, type StoreLocation } from './data-source';

/** How often the size of a growing file is looked at, in milliseconds. */
const LOOK_AGAIN = 200;

/** A folder beside the place where a file will be, so that the file can be put there in one step. */
export interface Aside extends StoreLocation {
  remove(): void;
}

export function makeAside(folder: string): Aside {
  const dataDir = mkdtempSync(path.join(folder, '.fieldgate-'));
  return { dataDir, databaseUrl: undefined, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

/** Writes the store as it is at one moment into a new file, while others read and write it. */
export async function vacuumInto(
  from: StoreLocation,
  to: StoreLocation,
  onProgress: (share: number) => void,
): Promise<void> {
  const file = sqliteFile(to);
  const expected = Math.max(1, statSync(sqliteFile(from)).size);
  const timer = setInterval(() => onProgress(Math.min(0.99, sizeOf(file) / expected)), LOOK_AGAIN);
  const source = await copyDataSource(from).initialize();
  try {
    await source.query('VACUUM INTO ?', [file]);
  } finally {
    clearInterval(timer);
    await source.destroy();
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

export async function copyStoreFile(file: string, to: StoreLocation): Promise<void> {
  await copyFile(file, sqliteFile(to));
}

/**
 * Puts a finished file where it belongs, readable by its owner only, and safe from a power cut.
 *
 * @throws UsageError when there is something already
 */
export function putInPlace(from: string, to: string): void {
  chmodSync(from, 0o600);
  sync(from);
  try {
    // A link, because a renaming would overwrite.
    linkSync(from, to);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    throw new UsageError(`${to} is there already. Nothing was overwritten.`, {}, { cause });
  }
  sync(path.dirname(to));
}

function sync(place: string): void {
  const handle = openSync(place, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
