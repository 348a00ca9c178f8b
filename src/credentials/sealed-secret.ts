import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Key } from './key-ring';

/** A secret under a key of its own, and that key under one of the key ring: to change the latter, no secret is opened. */
export interface SealedSecret {
  readonly ciphertext: string;
  readonly wrappedKey: string;
  /** Which key of the key ring wraps it. */
  readonly keyId: string;
}

/** Whose secret it is. Bound into both encryptions, so that rows that were swapped or moved do not open. */
export interface SecretPlace {
  readonly credentialId: string;
  readonly secretId: string;
}

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
/** NIST SP 800-38D section 8.2: 96 random bits. */
const IV_BYTES = 12;
const TAG_BYTES = 16;

export function seal(secret: string, place: SecretPlace, wrapping: Key): SealedSecret {
  const ownKey = randomBytes(KEY_BYTES);
  return {
    ciphertext: encrypt(Buffer.from(secret), ownKey, place),
    wrappedKey: encrypt(ownKey, wrapping.bytes, place),
    keyId: wrapping.id,
  };
}

/** @throws Error when the key is another one, or anything of it was changed or belongs elsewhere */
export function open(sealed: SealedSecret, place: SecretPlace, wrapping: Key): string {
  const ownKey = decrypt(sealed.wrappedKey, wrapping.bytes, place);
  return decrypt(sealed.ciphertext, ownKey, place).toString();
}

/** The same secret under another key of the key ring. @throws Error as `open` does */
export function rewrap(sealed: SealedSecret, place: SecretPlace, from: Key, to: Key): SealedSecret {
  const ownKey = decrypt(sealed.wrappedKey, from.bytes, place);
  return { ...sealed, wrappedKey: encrypt(ownKey, to.bytes, place), keyId: to.id };
}

function encrypt(plain: Buffer, key: Buffer, place: SecretPlace): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(placeText(place));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

function decrypt(text: string, key: Buffer, place: SecretPlace): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  const [iv, tag] = [bytes.subarray(0, IV_BYTES), bytes.subarray(-TAG_BYTES)];
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(placeText(place));
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
}

function placeText({ credentialId, secretId }: SecretPlace): Buffer {
  return Buffer.from(`${credentialId}|${secretId}|v1`);
}
