import { createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { AuthenticationStore, Identification } from '../../../src/authentication/authentication.store';
import { Authenticator } from '../../../src/authentication/authenticator';
import { readBasic } from '../../../src/authentication/basic';
import { FAILURES_OF_ADDRESS, FAILURES_OF_CLIENT, FailureLimit } from '../../../src/authentication/failure-limit';
import { currentPepper, keyRingText, newKey, newKeyRingText, parseKeyRing } from '../../../src/credentials/key-ring';
import { open, rewrap, seal } from '../../../src/credentials/sealed-secret';
import {
  ACCESS_TOKEN_PATTERN,
  newAccessToken,
  newAttemptToken,
  newClientId,
  newLinkToken,
  newSecret,
  newSessionToken,
  sameVerifier,
  verifier,
} from '../../../src/credentials/secret';
import { UsageError } from '../../../src/errors';
import type { Caller } from '../../../src/permissions/caller';
import type { RateLimit } from '../../../src/rates/rate-limit';
import type { SessionStore } from '../../../src/sessions/session.store';
import { credentialWith } from './small-schema';
import { thrown } from './thrown';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('secrets and tokens (S6)', () => {
  const KINDS = [
    ['fgcs_', newSecret],
    ['fgat_', newAccessToken],
    ['fgse_', newSessionToken],
    ['fgli_', newLinkToken],
    ['fgso_', newAttemptToken],
  ] as const;

  test.each(KINDS)('%s is followed by 256 random bits and their checksum', (prefix, make) => {
    const made = Array.from({ length: 200 }, make);
    expect(new Set(made).size).toBe(200);
    for (const text of made) {
      expect(text).toMatch(new RegExp(`^${prefix}[0-9A-Za-z]{49}$`));
      expect(numberOf(text.slice(-6))).toBe(BigInt(crc32(text.slice(0, -6))));
      expect(numberOf(text.slice(5, 48))).toBeLessThan(2n ** 256n);
    }
    // Of 200 numbers of 256 bits, some are larger than any of 255.
    expect(made.some((text) => numberOf(text.slice(5, 48)) >= 2n ** 255n)).toBe(true);
  });

  test('a client id has 128 random bits', () => {
    const made = Array.from({ length: 200 }, newClientId);
    expect(new Set(made).size).toBe(200);
    for (const text of made) expect(text).toMatch(/^fgci_[0-9A-Za-z]{22}$/);
    expect(made.some((text) => numberOf(text.slice(5)) >= 2n ** 127n)).toBe(true);
    expect(made.every((text) => numberOf(text.slice(5)) < 2n ** 128n)).toBe(true);
  });

  test('only a whole access token looks like one', () => {
    const token = newAccessToken();
    expect(ACCESS_TOKEN_PATTERN.test(token)).toBe(true);
    for (const other of [
      `x${token}`,
      `${token}x`,
      token.slice(0, -1),
      token.replace('fgat', 'fgcs'),
      `${token.slice(0, -1)}-`,
    ]) {
      expect(ACCESS_TOKEN_PATTERN.test(other)).toBe(false);
    }
  });

  test('a verifier is the HMAC under the key, and only the same one is the same', () => {
    const pepper = Buffer.alloc(32, 7);
    const mac = verifier(pepper, 'fgcs_x');
    expect(mac).toBe(createHmac('sha256', pepper).update('fgcs_x').digest('base64url'));
    expect(sameVerifier(mac, verifier(pepper, 'fgcs_x'))).toBe(true);
    expect(sameVerifier(mac, verifier(pepper, 'fgcs_y'))).toBe(false);
    expect(sameVerifier(mac, verifier(Buffer.alloc(32, 8), 'fgcs_x'))).toBe(false);
    expect(sameVerifier(mac, mac.slice(0, -1))).toBe(false);
    expect(sameVerifier(mac, '')).toBe(false);
  });
});

describe('secrets that can be shown again (S7)', () => {
  const place = { credentialId: 'c1', secretId: 's1' };
  const key = newKey();

  test('a sealed one opens under its key at its place, and holds nothing of it', () => {
    const sealed = seal('fgcs_secret', place, key);
    expect(sealed.keyId).toBe(key.id);
    expect(open(sealed, place, key)).toBe('fgcs_secret');
    for (const part of [sealed.ciphertext, sealed.wrappedKey]) {
      expect(part).toMatch(/^[\w-]+$/);
      expect(Buffer.from(part, 'base64url').toString('latin1')).not.toContain('secret');
    }
    // 96 random bits, what is sealed, and a tag of 16 bytes.
    expect(Buffer.from(sealed.ciphertext, 'base64url')).toHaveLength(12 + 11 + 16);
    expect(Buffer.from(sealed.wrappedKey, 'base64url')).toHaveLength(12 + 32 + 16);
    expect(seal('fgcs_secret', place, key)).not.toEqual(sealed);
  });

  test.each([
    ['of another secret', { ...place, secretId: 's2' }, key],
    ['of another credential', { ...place, credentialId: 'c2' }, key],
    ['under another key', place, newKey()],
  ])('it does not open as one %s', (_what, where, which) => {
    expect(() => open(seal('fgcs_secret', place, key), where, which)).toThrow();
  });

  test('neither part can be changed or put in the place of another', () => {
    const [sealed, other] = [seal('fgcs_secret', place, key), seal('fgcs_other!', place, key)];
    expect(() => open({ ...sealed, ciphertext: other.ciphertext }, place, key)).toThrow();
    expect(() => open({ ...sealed, wrappedKey: other.wrappedKey }, place, key)).toThrow();
    for (const part of ['ciphertext', 'wrappedKey'] as const) {
      const bytes = Buffer.from(sealed[part], 'base64url');
      for (let at = 0; at < bytes.length; at += 1) {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(bytes.readUInt8(at) ^ 1, at);
        expect(() => open({ ...sealed, [part]: changed.toString('base64url') }, place, key)).toThrow();
      }
    }
  });

  test('what separates the names of its place cannot be moved', () => {
    const sealed = seal('fgcs_secret', { credentialId: 'a', secretId: 'bc' }, key);
    expect(() => open(sealed, { credentialId: 'ab', secretId: 'c' }, key)).toThrow();
  });

  test('under a new key it is the same secret, and the old key opens it no more', () => {
    const [sealed, next] = [seal('fgcs_secret', place, key), newKey()];
    const again = rewrap(sealed, place, key, next);
    expect(again).toMatchObject({ ciphertext: sealed.ciphertext, keyId: next.id });
    expect(open(again, place, next)).toBe('fgcs_secret');
    expect(() => open(again, place, key)).toThrow();
    expect(() => rewrap(sealed, place, next, key)).toThrow();
    expect(() => rewrap(sealed, { ...place, secretId: 's2' }, key, next)).toThrow();
  });
});

describe('the key ring', () => {
  test('a fresh one has keys of 32 random bytes, and is read as it was written', () => {
    const ring = parseKeyRing(newKeyRingText(), 'keys.json');
    const all = [...ring.peppers, ...ring.encryptionKeys].map(({ bytes }) => bytes);
    expect([ring.peppers.length, ring.encryptionKeys.length, ring.cursorKey.length]).toEqual([1, 1, 32]);
    for (const bytes of all) expect(bytes).toHaveLength(32);
    expect(new Set([...all, ring.cursorKey].map((bytes) => bytes.toString('hex'))).size).toBe(3);
    expect(newKey().id).toMatch(/^[0-9a-f]{12}$/);
    expect(parseKeyRing(keyRingText(ring), 'keys.json')).toEqual(ring);
    expect(keyRingText(ring)).toMatch(/^\{"peppers":\[.*\}\n$/);
    expect(currentPepper({ ...ring, peppers: [...ring.peppers, newKey()] })).toBe(ring.peppers[0]);
  });

  test('without an encryption key it is whole, and none is made up', () => {
    const text = JSON.stringify({ ...(JSON.parse(newKeyRingText()) as object), encryptionKeys: undefined });
    expect(parseKeyRing(text, 'keys.json').encryptionKeys).toEqual([]);
  });

  const good = JSON.parse(newKeyRingText()) as { peppers: { id: string; key: string }[]; cursorKey: string };
  test.each([
    ['no JSON', 'geheim'],
    ['no pepper', JSON.stringify({ ...good, peppers: [] })],
    ['a key without a name', JSON.stringify({ ...good, peppers: [{ ...good.peppers[0], id: '' }] })],
    [
      'a key that is too short',
      JSON.stringify({ ...good, peppers: [{ id: 'a', key: Buffer.alloc(31).toString('base64') }] }),
    ],
    ['a key that is no base64', JSON.stringify({ ...good, peppers: [{ id: 'a', key: '***' }] })],
    ['no key of cursors', JSON.stringify({ ...good, cursorKey: undefined })],
  ])('%s is none, and what stands there is not repeated (S11)', (_what, text) => {
    const error = thrown(() => parseKeyRing(text, 'keys.json'));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe('keys.json does not hold a usable key ring.');
    expect(error.cause).toBeDefined();
  });

  test('an empty one is in use nowhere', () => {
    const error = thrown(() => currentPepper({ peppers: [], encryptionKeys: [], cursorKey: Buffer.alloc(32) }));
    expect(error).toEqual(new UsageError('The key ring is empty.'));
  });
});

describe('what a header shows', () => {
  test.each([
    [basic('id:secret'), { id: 'id', secret: 'secret' }],
    [basic('id:se:cret'), { id: 'id', secret: 'se:cret' }],
    [basic(':'), { id: '', secret: '' }],
    [basic('a%20b:c+d%2B'), { id: 'a b', secret: 'c d+' }],
    [basic('a%:%zz'), { id: 'a%', secret: '%zz' }],
    [basic('id:line\nbreak'), { id: 'id', secret: 'line\nbreak' }],
    [basic('id:secret').replace('Basic ', 'bAsIC   '), { id: 'id', secret: 'secret' }],
    [basic('id:?~ÿ').replaceAll('/', '_').replaceAll('+', '-'), { id: 'id', secret: '?~ÿ' }],
  ])('%s is read', (header, shown) => {
    expect(readBasic(header)).toEqual(shown);
  });

  test.each([
    undefined,
    '',
    'Basic',
    'Basic ',
    basic('no colon'),
    `x${basic('id:secret')}`,
    `${basic('id:secret')} x`,
    `Basic:${Buffer.from('a:b').toString('base64')}`,
    'Bearer aWQ6c2VjcmV0',
    'Basic äöü',
    `Basic${Buffer.from('a:b').toString('base64')}`,
  ])('%j is nobody’s', (header) => {
    expect(readBasic(header)).toBeUndefined();
  });
});

describe('failures are counted', () => {
  function limit(...over: readonly string[]) {
    const asked: string[] = [];
    const take = (key: string) => {
      asked.push(key);
      return Promise.resolve({ isOver: over.includes(key), left: 0, seconds: 7 });
    };
    return { asked, limit: { take } as unknown as RateLimit };
  }

  test('ten of a client and sixty of an address in a minute, each for itself', () => {
    expect(FAILURES_OF_CLIENT).toEqual({ name: 'failures-of-client', points: 10, seconds: 60 });
    expect(FAILURES_OF_ADDRESS).toEqual({ name: 'failures-of-address', points: 60, seconds: 60 });
  });

  test('by address first, and by client id while the address may go on (S8)', async () => {
    const [clients, addresses] = [limit('guessed'), limit('10.0.0.9')];
    const failures = new FailureLimit(clients.limit, addresses.limit);
    expect(await failures.count('other', '10.0.0.1')).toBe(0);
    expect(await failures.count('guessed', '10.0.0.1')).toBe(7);
    expect(await failures.count('guessed', '10.0.0.9')).toBe(7);
    expect(clients.asked).toEqual(['other', 'guessed']);
    expect(addresses.asked).toEqual(['10.0.0.1', '10.0.0.1', '10.0.0.9']);
  });
});

describe('who calls', () => {
  const token = newAccessToken();
  const caller = credentialWith({ read: ['firstName'] });
  const admin = { kind: 'admin' } as Caller;

  function authenticator(answers: readonly Identification[] = []) {
    const asked: string[] = [];
    const left = [...answers];
    const next = () => Promise.resolve(left.shift() ?? ({ outcome: 'KNOWN', caller } as const));
    const store = {
      byToken: (text: string) => (asked.push(`token ${text}`), next()),
      bySecret: (id: string, secret: string) => (asked.push(`secret ${id} ${secret}`), next()),
    } as unknown as AuthenticationStore;
    const sessions = {
      caller: (text: string) => Promise.resolve(text === 'alive' ? admin : null),
    } as unknown as SessionStore;
    return { asked, who: new Authenticator(store, sessions) };
  }

  test('is asked of the store by what was shown, and without anything nobody is', async () => {
    const { asked, who } = authenticator();
    expect(await who.authenticate({ authorization: `bearer  ${token}`, session: 'alive' })).toBe(caller);
    expect(await who.authenticate({ authorization: basic('id:secret'), session: undefined })).toBe(caller);
    expect(asked).toEqual([`token ${token}`, 'secret id secret']);
    expect(await who.authenticate({ authorization: undefined, session: undefined })).toEqual({ kind: 'anonymous' });
    expect(await who.authenticate({ authorization: undefined, session: 'ended' })).toEqual({ kind: 'anonymous' });
    expect(await who.authenticate({ authorization: undefined, session: 'alive' })).toBe(admin);
  });

  test.each([
    `Bearer ${token}x`,
    `xBearer ${token}`,
    `Bearer ${token} x`,
    `Bearer${token}`,
    'Bearer',
    '',
    'Digest x',
    `Bearer ${newSecret()}`,
  ])('%j proves nothing, and no store is asked', async (authorization) => {
    const { asked, who } = authenticator();
    await expect(who.authenticate({ authorization, session: 'alive' })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'The token or secret is wrong, expired or revoked.',
    });
    expect(asked).toEqual([]);
  });

  test('what is switched off and what is unknown are refused', async () => {
    const { who } = authenticator([{ outcome: 'DISABLED' }, { outcome: 'UNKNOWN' }]);
    const shown = { authorization: `Bearer ${token}`, session: undefined };
    await expect(who.authenticate(shown)).rejects.toMatchObject({
      code: 'CREDENTIAL_DISABLED',
      message: 'This credential is disabled or expired.',
    });
    await expect(who.authenticate(shown)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('is taken from memory only for the very same proof, and said to be', async () => {
    const { asked, who } = authenticator();
    const shown = { authorization: `Bearer ${token}`, session: undefined };
    expect(who.recall(shown.authorization)).toBeUndefined();
    expect(await who.assume(shown)).toEqual({ caller, isAssumed: false });
    expect(await who.assume(shown)).toEqual({ caller, isAssumed: true });
    expect(asked).toHaveLength(1);
    expect(who.recall(shown.authorization)).toBe(caller);
    expect(who.recall(`Bearer ${newAccessToken()}`)).toBeUndefined();
    expect(who.recall(undefined)).toBeUndefined();
    expect(await who.assume({ authorization: undefined, session: 'alive' })).toEqual({
      caller: admin,
      isAssumed: false,
    });
  });

  test('is forgotten when the proof turns out to be none any more (S2)', async () => {
    const { who } = authenticator([{ outcome: 'KNOWN', caller }, { outcome: 'DISABLED' }]);
    const shown = { authorization: `Bearer ${token}`, session: undefined };
    await who.authenticate(shown);
    await expect(who.authenticate(shown)).rejects.toThrow();
    expect(who.recall(shown.authorization)).toBeUndefined();
  });
});

function numberOf(text: string): bigint {
  const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  return [...text].reduce((sum, digit) => sum * 62n + BigInt(ALPHABET.indexOf(digit)), 0n);
}
