import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config';
import { newKeyRingText, parseKeyRing, type KeyRing } from '../credentials/key-ring';
import { UsageError } from '../errors';

/**
 * Loads the key ring from the environment or from `keys.json` beside the store, and makes that file when the store has
 * never had one.
 *
 * @param storeIsUsed whether the store already holds verifiers: then a missing key file is an error, because fresh keys
 *   would silently turn every credential away
 * @throws UsageError when the keys are missing, unreadable, or readable by others
 */
export function loadKeyRing(config: Pick<Config, 'dataDir' | 'keys'>, storeIsUsed: boolean): KeyRing {
  if (config.keys) return parseKeyRing(config.keys, 'FIELDGATE_KEYS');
  const file = path.join(config.dataDir, 'keys.json');
  if (!existsSync(file)) {
    if (storeIsUsed) throw new UsageError(`The key file ${file} is missing: restore it, or set FIELDGATE_KEYS.`);
    createKeyFile(file);
  }
  assertPrivate(file);
  return parseKeyRing(readFileSync(file, 'utf8'), file);
}

// Written aside and linked into place: of two processes that start at once one wins, and both read the winner's keys.
function createKeyFile(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, newKeyRingText(), { mode: 0o600, flush: true });
  chmodSync(aside, 0o600);
  try {
    linkSync(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(aside);
  }
}

function assertPrivate(file: string): void {
  const { mode } = statSync(file);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new UsageError(`The key file ${file} is readable by others. Run: chmod 600 ${file}`);
  }
}
