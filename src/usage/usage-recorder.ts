import type { AttributeKey } from '../attributes/attribute';
import { hourOf } from '../audit/audit-tally';
import type { Clock } from '../clock';
import type { CredentialId } from '../credentials/credential';
import { UsageBatch } from './usage-batch';
import type { UsageStore } from './usage.store';
import { dayOf, type OperationUse, type TokenListener, type UsageListener } from './usage';

const NONE: ReadonlySet<AttributeKey> = new Set();

/** The number of counters after which a batch is not left to wait for its time. */
const LARGE_BATCH = 200_000;
/** How many different uses wait to be taken apart. */
const MOST_REPEATED = 20_000;
/** Counters that are written for each second of waiting: the batches of thousands of credentials wait longer, and grow little by it. */
const COUNTERS_PER_SECOND = 2_000;
/** The longest that a batch waits on that account, in seconds. */
const LONGEST_WAIT = 60;

/**
 * Counts in memory what operations use, and writes the counts in batches. A request never waits for it, and one that could
 * not be written stays for the next time.
 */
export class UsageRecorder implements UsageListener, TokenListener {
  private batch = new UsageBatch();
  // Operations that are repeated tell the same use, which is taken apart once for all of them.
  private readonly repeated = new Map<OperationUse, { count: number; moment: string }>();
  private knownCustom: ReadonlySet<AttributeKey> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private lastWrite: Promise<void> = Promise.resolve();
  private isWriting = false;
  private tidiedOn = '';
  private isStarted = false;
  private lastSize = 0;

  constructor(
    private readonly store: UsageStore,
    private readonly clock: Clock,
    private readonly logFailure: (error: unknown) => void,
    private readonly intervalSeconds = 5,
  ) {}

  /** Writes from now on every few seconds, until `close`. */
  start(): void {
    this.isStarted = true;
    this.flushSoon();
  }

  record(use: OperationUse): void {
    const now = this.clock.now();
    const known = this.repeated.get(use);
    if (known && hourOf(known.moment) === hourOf(now)) {
      known.count += 1;
      known.moment = now;
      return;
    }
    if (known || this.repeated.size >= MOST_REPEATED) this.countRepeated();
    this.repeated.set(use, { count: 1, moment: now });
    if (this.batch.size >= LARGE_BATCH) this.flushSoon();
  }

  private countRepeated(): void {
    for (const [use, { count, moment }] of this.repeated) this.batch.add(use, count, moment, this.knownCustom ?? NONE);
    this.repeated.clear();
  }

  recordToken(credentialId: CredentialId): void {
    this.batch.addToken(credentialId, this.clock.now());
  }

  /** Writes what was counted before the call. @throws when the store cannot be written; the counts are kept then */
  flush(): Promise<void> {
    this.lastWrite = this.lastWrite.catch(() => undefined).then(() => this.write());
    return this.lastWrite;
  }

  /** Writes what is left. Call it when nothing is recorded any more. */
  async close(): Promise<void> {
    this.isStarted = false;
    clearTimeout(this.timer);
    await this.flush().catch(this.logFailure);
  }

  private flushSoon(): void {
    if (this.isWriting) return;
    this.isWriting = true;
    void this.flush()
      .catch(this.logFailure)
      .finally(() => {
        this.isWriting = false;
        this.wait();
      });
  }

  private wait(): void {
    if (!this.isStarted) return;
    const seconds = Math.max(this.intervalSeconds, Math.min(this.lastSize / COUNTERS_PER_SECOND, LONGEST_WAIT));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flushSoon(), seconds * 1_000).unref();
  }

  private async write(): Promise<void> {
    this.countRepeated();
    this.lastSize = this.batch.size;
    if (!this.knownCustom || this.batch.size > 0) await this.writeBatch();
    await this.store.tellHours();
    await this.tidyOnceADay();
  }

  private async writeBatch(): Promise<void> {
    const taken = this.batch;
    this.batch = new UsageBatch();
    try {
      this.knownCustom = await this.store.add(taken);
    } catch (error) {
      this.batch.merge(taken);
      throw error;
    }
  }

  private async tidyOnceADay(): Promise<void> {
    const today = dayOf(this.clock.now());
    if (this.tidiedOn === today) return;
    await this.store.removeOld(today);
    this.tidiedOn = today;
  }
}
