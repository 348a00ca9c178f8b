import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Config } from '../config';
import { keyRingText, newKeyRingText, parseKeyRing, type Key, type KeyRing } from '../credentials/key-ring';
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
  const file = keyFile(config);
  if (!existsSync(file)) {
    if (storeIsUsed) throw new UsageError(`The key file ${file} is missing: restore it, or set FIELDGATE_KEYS.`);
    createKeyFile(file);
  }
  return new KeyFile(file);
}

/**
 * Puts another key ring in the place of the one in the file, in one step: whoever reads it finds the old or the new one.
 *
 * @throws UsageError while somebody else does the same
 */
export function replaceKeyFile(config: Pick<Config, 'dataDir'>, change: (before: KeyRing) => KeyRing): KeyRing {
  const file = keyFile(config);
  const aside = `${file}.next`;
  reserve(aside);
  try {
    const after = change(readKeyFile(file));
    writeFileSync(aside, keyRingText(after), { mode: 0o600, flush: true });
    renameSync(aside, file);
    return after;
  } catch (error) {
    unlinkSync(aside);
    throw error;
  }
}

function reserve(aside: string): void {
  try {
    writeFileSync(aside, '', { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw new UsageError(`The keys are being changed already. If not, delete ${aside}.`, {}, { cause });
  }
}

/** Where the keys are, unless they come from the environment. */
export function keyFile({ dataDir }: Pick<Config, 'dataDir'>): string {
  return path.join(dataDir, 'keys.json');
}

/** How long a change of the file may go unnoticed, in milliseconds. */
const LOOK_AGAIN = 1_000;

/** The key ring in a file. A running gateway notices keys that were added, so that nobody has to restart it. */
class KeyFile implements KeyRing {
  private ring: KeyRing;
  private modified: number;
  private lookedAt = performance.now();

  constructor(private readonly file: string) {
    this.modified = statSync(file).mtimeMs;
    this.ring = readKeyFile(file);
  }

  get peppers(): readonly Key[] {
    return this.current().peppers;
  }

  get encryptionKeys(): readonly Key[] {
    return this.current().encryptionKeys;
  }

  get cursorKey(): Buffer {
    return this.current().cursorKey;
  }

  private current(): KeyRing {
    const now = performance.now();
    if (now - this.lookedAt >= LOOK_AGAIN) {
      this.lookedAt = now;
      this.lookAgain();
    }
    return this.ring;
  }

  // A file that cannot be used is no reason to forget keys that can: the gateway goes on with those that it has.
  private lookAgain(): void {
    try {
      const { mtimeMs } = statSync(this.file);
      if (mtimeMs === this.modified) return;
      this.ring = readKeyFile(this.file);
      this.modified = mtimeMs;
    } catch {
      return;
    }
  }
}

function readKeyFile(file: string): KeyRing {
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

/** Whether nobody but its owner may read or write a file. */
export function isPrivate(file: string): boolean {
  return process.platform === 'win32' || (statSync(file).mode & 0o077) === 0;
}

function assertPrivate(file: string): void {
  if (!isPrivate(file)) {
    throw new UsageError(`The key file ${file} is readable by others. Run: chmod 600 ${file}`);
  }
}
