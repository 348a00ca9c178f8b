import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_BYTES = 32;
const RANDOM_LENGTH = 43;
const CHECKSUM_LENGTH = 6;

/** `fgci_` and 128 random bits in base62. Public. */
export function newClientId(): string {
  return `fgci_${base62(randomBytes(16), 22)}`;
}

/** `fgcs_`, 256 random bits and a CRC-32, 54 characters in all. */
export function newSecret(): string {
  return withChecksum('fgcs_');
}

/** An opaque access token in the shape of a secret, with the prefix `fgat_`. */
export function newAccessToken(): string {
  return withChecksum('fgat_');
}

/** The value of a session's cookie. */
export function newSessionToken(): string {
  return withChecksum('fgse_');
}

/** What makes a setup link or an invitation work. */
export function newLinkToken(): string {
  return withChecksum('fgli_');
}

/** The value of the cookie of a browser that was sent to an identity provider. */
export function newAttemptToken(): string {
  return withChecksum('fgso_');
}

export const ACCESS_TOKEN_PATTERN = /^fgat_[0-9A-Za-z]{49}$/;

/**
 * What the store keeps instead of a secret: HMAC-SHA-256, base64url. A secret has 256 random bits, so there is no dictionary
 * to slow down, and a deliberately slow hash would only let strangers exhaust the token endpoint.
 */
export function verifier(pepper: Buffer, secret: string): string {
  return createHmac('sha256', pepper).update(secret).digest('base64url');
}

/** Compares two verifiers in constant time. */
export function sameVerifier(left: string, right: string): boolean {
  const [leftBytes, rightBytes] = [Buffer.from(left), Buffer.from(right)];
  return leftBytes.length === rightBytes.length && timingSafeEqual(leftBytes, rightBytes);
}

// The checksum lets a scanner of leaked secrets tell a real one from noise. It is never part of a check of who calls.
function withChecksum(prefix: string): string {
  const body = prefix + base62(randomBytes(RANDOM_BYTES), RANDOM_LENGTH);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return body + base62(checksum, CHECKSUM_LENGTH);
}

function base62(bytes: Buffer, length: number): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let digits = '';
  for (let index = 0; index < length; index += 1) {
    digits = ALPHABET.charAt(Number(rest % 62n)) + digits;
    rest /= 62n;
  }
  return digits;
}
