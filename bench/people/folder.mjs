import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Gives `work` a folder that is gone afterwards, whatever happens. */
export async function inFolder(work) {
  const folder = mkdtempSync(path.join(tmpdir(), 'fieldgate-bench-'));
  // PostgreSQL runs as somebody else and must get in.
  chmodSync(folder, 0o711);
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.once('exit', remove);
  try {
    return await work(folder);
  } finally {
    remove();
    process.off('exit', remove);
  }
}
