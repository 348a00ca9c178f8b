import sql from 'sql-template-tag';
import { later, type Clock } from '../clock';
import { currentPepper, type KeyRing } from '../credentials/key-ring';
import { verifier } from '../credentials/secret';
import { GatewayError } from '../errors';
import type { Rate, RateLimit } from '../rates/rate-limit';
import type { Store, Transaction } from '../store/store';
import { emailKey } from './admin';
import { SignInFailureEntity } from './sign-in-failure.entity';
import { runIn } from '../store/statement';

/** Attempts to sign in from one address in a minute. */
export const SIGN_INS_OF_ADDRESS: Rate = { name: 'sign-ins-of-address', points: 30, seconds: 60 };
/** Failures that cost nothing but the trouble. */
const FREE_FAILURES = 4;
/** From here on only an owner or the command line helps. */
const HARD_STOP = 100;
/** Seconds. */
const LONGEST_DELAY = 15 * 60;
/** Long enough to count as for good. */
const FOREVER = '9999-12-31T00:00:00.000Z';

/** Slows down who guesses passwords, the same for emails that exist and those that do not. */
export class SignInLimit {
  constructor(
    private readonly store: Store,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly addresses: RateLimit,
  ) {}

  /** @throws GatewayError RATE_LIMITED with the seconds to wait */
  async assertMayTry(email: string, address: string): Promise<void> {
    await this.assertMayStart(address);
    const [row] = await this.store.read(sql`SELECT blocked_until FROM sign_in_failure WHERE key = ${this.key(email)}`);
    const seconds = row ? secondsBetween(this.clock.now(), row['blocked_until'] as string) : 0;
    if (seconds > 0) throw slowDown(Math.min(seconds, LONGEST_DELAY));
  }

  /** Counts an attempt of an address. @throws GatewayError RATE_LIMITED with the seconds to wait */
  async assertMayStart(address: string): Promise<void> {
    const { isOver, seconds } = await this.addresses.take(address);
    if (isOver) throw slowDown(seconds);
  }

  /** Counts a failure; from the fifth on, each doubles the delay. */
  async countFailure(email: string): Promise<void> {
    const key = this.key(email);
    await this.store.write(async (manager) => {
      const run = runIn(manager, this.store.dialect);
      await run(
        sql`INSERT INTO sign_in_failure (key, count, blocked_until) VALUES (${key}, 1, '')
          ON CONFLICT (key) DO UPDATE SET count = sign_in_failure.count + 1`,
      );
      const [row] = await run(sql`SELECT count FROM sign_in_failure WHERE key = ${key}`);
      const count = row?.['count'] as number;
      await manager.update(SignInFailureEntity, { key }, { blockedUntil: blockedUntil(count, this.clock.now()) });
    });
  }

  async forget(email: string): Promise<void> {
    await this.store.write((manager) => this.forgetIn(manager, email));
  }

  async forgetIn(manager: Transaction, email: string): Promise<void> {
    await manager.delete(SignInFailureEntity, { key: this.key(email) });
  }

  private key(email: string): string {
    return verifier(currentPepper(this.keys).bytes, emailKey(email));
  }
}

function blockedUntil(count: number, now: string): string {
  if (count >= HARD_STOP) return FOREVER;
  const seconds = count <= FREE_FAILURES ? 0 : Math.min(2 ** (count - FREE_FAILURES), LONGEST_DELAY);
  return later(now, seconds);
}

function secondsBetween(now: string, until: string): number {
  return until > now ? Math.ceil((Date.parse(until) - Date.parse(now)) / 1000) : 0;
}

function slowDown(retryAfterSeconds: number): GatewayError {
  return new GatewayError('RATE_LIMITED', 'Too many attempts. Wait before the next one.', { retryAfterSeconds });
}
