import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Failures that one client id may cause in a minute. */
const PER_CLIENT = 10;
/** Failures that one address may cause in a minute. */
const PER_ADDRESS = 60;

/** Slows down who guesses secrets. Counts failures only, after the check: the right secret is never turned away. */
export class FailureLimit {
  private readonly clients = new RateLimiterMemory({ points: PER_CLIENT, duration: 60 });
  private readonly addresses = new RateLimiterMemory({ points: PER_ADDRESS, duration: 60 });

  /** @returns 0, or the seconds to wait when this failure was one too many */
  async count(clientId: string, address: string): Promise<number> {
    // The address first: once it is refused, invented client ids no longer take up memory.
    const wait = await consume(this.addresses, address);
    return wait > 0 ? wait : consume(this.clients, clientId);
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.ceil(refusal.msBeforeNext / 1000);
    throw refusal;
  }
}
