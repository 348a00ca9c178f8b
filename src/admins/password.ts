import { hash } from '@node-rs/argon2';
import { GatewayError } from '../errors';

const SHORTEST_PASSWORD = 15;
const LONGEST_PASSWORD = 256;

/** argon2id with 19 MiB, two passes and one lane: the least that OWASP's Password Storage Cheat Sheet asks for. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Makes what is stored instead of a password: argon2id in PHC string format.
 *
 * @throws GatewayError BAD_USER_INPUT when the password is too short or too long
 * @see NIST SP 800-63B section 3.1.1: length counts, rules of composition do not
 */
export function hashPassword(password: string): Promise<string> {
  const normal = normalized(password);
  const length = Array.from(normal).length;
  if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
    throw new GatewayError(
      'BAD_USER_INPUT',
      `A password has ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters; this one has ${length}.`,
      { field: 'password' },
    );
  }
  return hash(normal, COST);
}

// The same letter can be typed as one code point or as two, depending on the keyboard.
function normalized(password: string): string {
  return password.normalize('NFKC');
}
