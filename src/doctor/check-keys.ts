import { existsSync, readFileSync } from 'node:fs';
import type { Config } from '../config';
import { parseKeyRing, type KeyRing } from '../credentials/key-ring';
import { isPrivate, keyFile } from '../store/key-file';
import { error, warning, type Finding } from './finding';
import type { StoreHealth } from './store-health.store';

const LOST = 'No secret, token or session can be checked without them: every credential is turned away.';

/** The keys, looked at without making or changing any. */
export interface FoundKeys {
  readonly ring: KeyRing | undefined;
  readonly findings: readonly Finding[];
}

export function findKeys(config: Config): FoundKeys {
  const file = keyFile(config);
  if (config.keys === undefined && !existsSync(file)) return { ring: undefined, findings: [] };
  const findings = config.keys === undefined && !isPrivate(file) ? [readableByOthers(file)] : [];
  try {
    const text = config.keys ?? readFileSync(file, 'utf8');
    return { ring: parseKeyRing(text, config.keys === undefined ? file : 'FIELDGATE_KEYS'), findings };
  } catch {
    return { ring: undefined, findings: [...findings, unusable(config.keys === undefined ? file : 'FIELDGATE_KEYS')] };
  }
}

/** Whether the keys are those that the store was used with. */
export async function checkKeysFit(
  config: Config,
  { ring, findings }: FoundKeys,
  store: StoreHealth,
): Promise<readonly Finding[]> {
  const used = await store.keysInUse();
  if (!ring) {
    const isTold = findings.some(({ code }) => code === 'KEYS_ARE_UNUSABLE');
    return used.peppers.length > 0 && !isTold ? [missing(keyFile(config))] : [];
  }
  const peppers = new Set(ring.peppers.map(({ id }) => id));
  const wrapping = new Set(ring.encryptionKeys.map(({ id }) => id));
  if (used.peppers.some((id) => !peppers.has(id))) return [wrong()];
  return used.wrapping.some((id) => !wrapping.has(id)) ? [unopenable()] : [];
}

function readableByOthers(file: string): Finding {
  return error(
    'KEYS_ARE_READABLE_BY_OTHERS',
    `Other users can read the key file ${file}.`,
    'With the keys and a copy of the database, every secret that can be shown again is theirs. The gateway refuses to start.',
    `Run: chmod 600 ${file}. If somebody may have read it, run \`fieldgate keys rotate\` and rotate the secrets.`,
  );
}

function unusable(origin: string): Finding {
  return error(
    'KEYS_ARE_UNUSABLE',
    `${origin} does not hold a usable key ring.`,
    LOST,
    'Put the keys back from their backup.',
  );
}

function missing(file: string): Finding {
  return error(
    'KEYS_ARE_MISSING',
    `The store has secrets, but there are no keys: ${file} is not there and FIELDGATE_KEYS is not set.`,
    LOST,
    'Put the keys back from their backup. New ones are never made silently.',
  );
}

function wrong(): Finding {
  return error(
    'KEYS_ARE_OF_ANOTHER_STORE',
    'The keys are not those that the secrets of this store were made with.',
    LOST,
    'Use the key file that belongs to this store, or put the missing keys back from their backup.',
  );
}

function unopenable(): Finding {
  return warning(
    'SECRETS_CANNOT_BE_SHOWN',
    'Some secrets are sealed under a key that is missing.',
    'They go on working, but nobody can copy them again.',
    'Put the missing key back from its backup, or rotate those secrets.',
  );
}
