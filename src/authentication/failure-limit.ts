import type { Rate, RateLimit } from '../rates/rate-limit';

/** Failures that one client id may cause in a minute. */
export const FAILURES_OF_CLIENT: Rate = { name: 'failures-of-client', points: 10, seconds: 60 };
/** Failures that one address may cause in a minute. */
export const FAILURES_OF_ADDRESS: Rate = { name: 'failures-of-address', points: 60, seconds: 60 };

/** Slows down who guesses secrets. Counts failures only, after the check: the right secret is never turned away. */
export class FailureLimit {
  constructor(
    private readonly clients: RateLimit,
    private readonly addresses: RateLimit,
  ) {}

  /** @returns 0, or the seconds to wait when this failure was one too many */
  async count(clientId: string, address: string): Promise<number> {
    // The address first: once it is refused, invented client ids no longer take up memory.
    const wait = await secondsToWait(this.addresses, address);
    return wait > 0 ? wait : secondsToWait(this.clients, clientId);
  }
}

async function secondsToWait(limit: RateLimit, key: string): Promise<number> {
  const { isOver, seconds } = await limit.take(key);
  return isOver ? seconds : 0;
}
