import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';

/**
 * Where the databases of long runs live: in memory where the machine has such a folder, because every write waits for the
 * disk otherwise, and what is proved here has nothing to do with disks.
 */
export function scratchFolder(): string {
  return existsSync(MEMORY) ? MEMORY : tmpdir();
}
