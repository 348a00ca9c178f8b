import { hash, verify } from '@node-rs/argon2';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { Semaphore } from 'async-mutex';
import { GatewayError } from '../errors';
import { userError, type UserError } from '../operations/user-error';

const SHORTEST_PASSWORD = 15;
const LONGEST_PASSWORD = 256;
/** Of zxcvbn's 0 to 4: fewer than a hundred million guesses are too few. */
const LEAST_SCORE = 3;

/** argon2id with 19 MiB, two passes and one lane: the least that OWASP's Password Storage Cheat Sheet asks for. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** How many hashes are computed at once, and how many may wait: whoever floods the sign-in is turned away early. */
const AT_ONCE = 2;
const MOST_WAITING = 20;

let estimator: Promise<ZxcvbnFactory> | undefined;

// The dictionaries are a fifth of what a process loads, and most processes never judge a password.
function guesses(): Promise<ZxcvbnFactory> {
  estimator ??= loadEstimator();
  return estimator;
}

async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory: Factory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  return new Factory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
  });
}

/** Hashes passwords, few at a time. */
export class Passwords {
  private readonly slots = new Semaphore(AT_ONCE);
  private waiting = 0;
  private decoy: Promise<string> | undefined;

  /**
   * Judges a new password by its length and by how soon it would be guessed; rules of composition help nobody.
   *
   * @param context what a guesser would try first: the email, the name
   * @see NIST SP 800-63B section 3.1.1
   */
  async problems(password: string, field: string, context: readonly string[]): Promise<UserError[]> {
    const normal = normalized(password);
    const length = Array.from(normal).length;
    const path = [field];
    if (length < SHORTEST_PASSWORD) {
      return [userError(path, 'TOO_SHORT', `A password has at least ${SHORTEST_PASSWORD} characters.`)];
    }
    if (length > LONGEST_PASSWORD) {
      return [userError(path, 'TOO_LONG', `A password has at most ${LONGEST_PASSWORD} characters.`)];
    }
    const words = ['fieldgate', ...context.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])].filter(Boolean);
    const { score } = (await guesses()).check(normal, words);
    if (score >= LEAST_SCORE) return [];
    return [userError(path, 'INVALID', 'This password is among the first that a guesser would try.')];
  }

  /** @returns what is stored instead of the password: argon2id in PHC string format */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(normalized(password), COST));
  }

  /** Takes the same time when there is nothing to compare with. */
  async verify(stored: string | undefined, password: string): Promise<boolean> {
    this.decoy ??= hash('nobody has this password', COST);
    const compared = stored === undefined || stored === '' ? await this.decoy : stored;
    const same = await this.inTurn(() => verify(compared, normalized(password)));
    return same && compared === stored;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting >= AT_ONCE + MOST_WAITING) {
      throw new GatewayError('UNAVAILABLE', 'Too many people are signing in at the moment. Try again.');
    }
    this.waiting += 1;
    try {
      return await this.slots.runExclusive(work);
    } finally {
      this.waiting -= 1;
    }
  }
}

// The same letter can be typed as one code point or as two, depending on the keyboard.
function normalized(password: string): string {
  return password.normalize('NFKC');
}
