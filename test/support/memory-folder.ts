import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Linux' file system in memory. A container often has one of a few megabytes. */
const MEMORY = '/dev/shm';
/** Bytes. */
const NEEDED = 4 * 2 ** 30;

/** Where what dies with the run is written fastest: making a database on PostgreSQL copies some six hundred files. */
export function memoryFolder(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= NEEDED ? MEMORY : tmpdir();
}
