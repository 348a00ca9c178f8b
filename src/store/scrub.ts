import { setTimeout } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

const CHECKPOINT_ATTEMPTS = 50;
/** Milliseconds. */
const CHECKPOINT_PAUSE = 100;

/**
 * Makes what was deleted unreadable in the SQLite file and its log. The log before VACUUM holds the deleted rows, VACUUM writes
 * the file without its free pages, and does so through the log.
 */
export async function scrub(writer: DataSource): Promise<void> {
  await emptyLog(writer);
  await writer.query('VACUUM');
  await emptyLog(writer);
}

async function emptyLog(writer: DataSource): Promise<void> {
  for (let attempt = 1; attempt <= CHECKPOINT_ATTEMPTS; attempt += 1) {
    const [result] = await writer.query<{ busy: number }[]>('PRAGMA wal_checkpoint(TRUNCATE)');
    if (result?.busy === 0) return;
    await setTimeout(CHECKPOINT_PAUSE);
  }
  throw new Error('The write-ahead log could not be emptied: somebody reads from it all the time.');
}
