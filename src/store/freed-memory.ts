import type { DataSource } from 'typeorm';

let isKept = false;

/**
 * glibc hands freed memory back to the system and takes it anew for the next large answer, at the price of a page fault for every 4 kB:
 * that made a page of 1,000 people take three times as long. Once it has freed one block of nearly 32 MiB, it keeps what is smaller.
 * Elsewhere this does nothing.
 *
 * @param connection to SQLite, whose allocator is the process's
 * @see mallopt(3), M_MMAP_THRESHOLD
 */
export async function keepFreedMemory(connection: DataSource): Promise<void> {
  if (isKept) return;
  isKept = true;
  await connection.query('SELECT length(CAST(zeroblob(32000000) AS TEXT))');
}
