import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { later, type Clock } from '../clock';

/** How much of something may be done within a window, which begins with the first of it. */
export interface Rate {
  /** Tells this allowance from others in the store. */
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
}

/** A part of an allowance that one process may use up by itself. */
export interface Lease {
  readonly granted: number;
  /** What nobody has taken yet. */
  readonly left: number;
  /** When the window is over: what is unused then is void. */
  readonly endsAt: string;
}

/** What all processes lease from. */
export interface LeaseSource {
  lease(rate: Rate, key: string): Promise<Lease>;
}

/** What became of one point. */
export interface Taken {
  readonly isOver: boolean;
  /** What is known to be left; other processes may hold some of the rest. */
  readonly left: number;
  /** Until the window ends; at least 1. */
  readonly seconds: number;
}

/** How long a request waits for the store, in milliseconds. */
const PATIENCE = 1_000;
/** Keys that one process remembers. */
const MOST_KEYS = 10_000;
const LONGEST_KEY = 64;
/** What is no address. */
const GONE = 'gone';

interface Share {
  held: number;
  left: number;
  endsAt: string;
  renewal: Promise<void> | undefined;
}

/**
 * Counts something that all processes on one store may do only so often together. Each process leases parts of the
 * allowance, so that the store is asked once in many times, and never once the allowance is used up. While the store does
 * not answer, a process counts alone, and pays back what it used as soon as there is an answer.
 */
export class RateLimit {
  private readonly shares = new LRUCache<string, Share>({ max: MOST_KEYS });

  constructor(
    private readonly rate: Rate,
    private readonly source: LeaseSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes one point of what `key` has left.
   *
   * @param key undefined for the address of a client that has gone meanwhile: all of those count as one
   */
  async take(key: string | undefined = GONE): Promise<Taken> {
    // NUL, because PostgreSQL has no text with it.
    const isUnfit = key.length > LONGEST_KEY || key.includes('\0');
    const short = isUnfit ? createHash('sha256').update(key).digest('base64url') : key;
    const share = this.shareOf(short);
    while (share.held <= 0 && (share.left > 0 || this.isOver(share))) {
      await (share.renewal ??= this.renew(share, this.source.lease(this.rate, short)).finally(
        () => (share.renewal = undefined),
      ));
    }
    const isOver = share.held <= 0;
    if (!isOver) share.held -= 1;
    return {
      isOver,
      left: Math.max(share.held, 0) + share.left,
      seconds: secondsBetween(this.clock.now(), share.endsAt),
    };
  }

  private shareOf(key: string): Share {
    const known = this.shares.get(key);
    if (known && (known.renewal || !this.isOver(known))) return known;
    const fresh = { held: 0, left: 0, endsAt: '', renewal: undefined };
    this.shares.set(key, fresh);
    return fresh;
  }

  private isOver({ endsAt }: Share): boolean {
    return endsAt <= this.clock.now();
  }

  private async renew(share: Share, leasing: Promise<Lease>): Promise<void> {
    const settle = (lease: Lease, used: number) => {
      Object.assign(share, { held: lease.granted - used, left: lease.left, endsAt: lease.endsAt });
    };
    const isInTime = await within(PATIENCE, leasing);
    const owed = this.isOver(share) ? 0 : -share.held;
    if (isInTime) {
      settle(await leasing, owed);
      return;
    }
    const { points, seconds } = this.rate;
    const alone = { granted: points, left: 0, endsAt: later(this.clock.now(), seconds) };
    settle(alone, owed);
    leasing.then((lease) => settle(lease, points - share.held)).catch(() => undefined);
  }
}

/** @returns whether it was kept by then */
async function within(milliseconds: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const kept = promise.then(
    () => true,
    () => false,
  );
  return Promise.race([kept, late]).finally(() => clearTimeout(timer));
}

function secondsBetween(now: string, until: string): number {
  return Math.max(Math.ceil((Date.parse(until) - Date.parse(now)) / 1000), 1);
}
