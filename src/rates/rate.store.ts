import { createHmac } from 'node:crypto';
import sql, { type Sql } from 'sql-template-tag';
import { later, type Clock } from '../clock';
import { runIn } from '../store/statement';
import type { Store } from '../store/store';
import type { Lease, LeaseSource, Rate } from './rate-limit';

/** A lease is this part of what is left: few statements while much is left, and single points at the end. */
const PART = 10;
/** How often rows of windows that are over are removed, in seconds. */
const TIDY_SECONDS = 60;

/** Keeps what all processes on one store have taken of their common allowances. */
export class RateStore implements LeaseSource {
  private tidyAt = '';

  /** @param macKey of the HMACs of keys; the same for every process */
  constructor(
    private readonly store: Store,
    private readonly macKey: Buffer,
    private readonly clock: Clock,
  ) {}

  async lease(rate: Rate, key: string): Promise<Lease> {
    const mac = createHmac('sha256', this.macKey).update(`rate\n${rate.name}\n${key}`).digest('base64url');
    const row = await this.store.writeVolatile(async (manager) => {
      const run = runIn(manager, this.store.dialect);
      await run(takePart(rate, mac, this.clock.now()));
      return (await run(sql`SELECT taken, lease, ends_at FROM rate_count WHERE key = ${mac}`))[0];
    });
    // Nobody waits for it, and the next one makes up for one that failed.
    void this.tidy().catch(() => undefined);
    return {
      granted: row?.['lease'] as number,
      left: Math.max(rate.points - (row?.['taken'] as number), 0),
      endsAt: row?.['ends_at'] as string,
    };
  }

  // In a transaction of its own: one that holds a row and waits for others could wait for somebody who waits for it.
  private async tidy(): Promise<void> {
    const now = this.clock.now();
    if (now < this.tidyAt) return;
    this.tidyAt = later(now, TIDY_SECONDS);
    const free = this.store.dialect === 'postgres' ? sql`FOR UPDATE SKIP LOCKED` : sql``;
    await this.store.writeVolatile((manager) =>
      runIn(
        manager,
        this.store.dialect,
      )(sql`DELETE FROM rate_count WHERE key IN (SELECT key FROM rate_count WHERE ends_at <= ${now} ${free})`),
    );
  }
}

function takePart({ points, seconds }: Rate, mac: string, now: string): Sql {
  const first = Math.ceil(points / PART);
  const isOver = sql`rate_count.ends_at <= ${now}`;
  const next = sql`CASE WHEN rate_count.taken >= ${points} THEN 0
    ELSE (${points} - rate_count.taken + ${PART - 1}) / ${PART} END`;
  return sql`INSERT INTO rate_count (key, taken, lease, ends_at)
    VALUES (${mac}, ${first}, ${first}, ${later(now, seconds)})
    ON CONFLICT (key) DO UPDATE SET
      lease = CASE WHEN ${isOver} THEN ${first} ELSE ${next} END,
      taken = CASE WHEN ${isOver} THEN ${first} ELSE rate_count.taken + ${next} END,
      ends_at = CASE WHEN ${isOver} THEN ${later(now, seconds)} ELSE rate_count.ends_at END`;
}
