import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { UsageError } from '../errors';

/** A named key of 32 bytes. */
export interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

/**
 * The keys that live outside the database, so that a copy of the database alone opens nothing. The first of each list is
 * in use; the others still verify or decrypt what was made with them.
 */
export interface KeyRing {
  /** Keys of the verifiers of secrets, tokens and sessions. */
  readonly peppers: readonly Key[];
  /** Wrap the keys of secrets that can be shown again. None: then no secret can, and everything else goes on. */
  readonly encryptionKeys: readonly Key[];
  /** Keeps cursors from being forged. */
  readonly cursorKey: Buffer;
}

const key = z
  .object({ id: z.string().min(1), key: z.base64() })
  .transform(({ id, key: encoded }) => ({ id, bytes: Buffer.from(encoded, 'base64') }))
  .refine(({ bytes }) => bytes.length === 32, 'a key has 32 bytes');

// Key files of before there was encryption lack its keys. They are never made up silently: whoever restores an old file by
// mistake must be able to put the right one back.
const ring = z.object({
  peppers: z.array(key).min(1),
  encryptionKeys: z.array(key).default([]),
  cursorKey: z.base64(),
});

/** @throws UsageError when `text` is no key ring; the text itself is never repeated */
export function parseKeyRing(text: string, origin: string): KeyRing {
  try {
    const { cursorKey, ...keys } = ring.parse(JSON.parse(text));
    return { ...keys, cursorKey: Buffer.from(cursorKey, 'base64') };
  } catch (cause) {
    throw new UsageError(`${origin} does not hold a usable key ring.`, {}, { cause });
  }
}

/** @returns a fresh key ring as JSON, on one line: it may become an environment variable */
export function newKeyRingText(): string {
  return keyRingText({ peppers: [newKey()], encryptionKeys: [newKey()], cursorKey: randomBytes(32) });
}

/** What `parseKeyRing` reads. */
export function keyRingText({ peppers, encryptionKeys, cursorKey }: KeyRing): string {
  const shown = ({ id, bytes }: Key) => ({ id, key: bytes.toString('base64') });
  const fields = {
    peppers: peppers.map(shown),
    encryptionKeys: encryptionKeys.map(shown),
    cursorKey: cursorKey.toString('base64'),
  };
  return `${JSON.stringify(fields)}\n`;
}

export function newKey(): Key {
  return { id: randomBytes(6).toString('hex'), bytes: randomBytes(32) };
}

/** The key in use. */
export function currentPepper({ peppers: [first] }: KeyRing): Key {
  if (!first) throw new UsageError('The key ring is empty.');
  return first;
}
