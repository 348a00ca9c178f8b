import type { Sql } from 'sql-template-tag';
import type { Clock } from '../clock';
import { holdCredential } from '../credentials/credential-rows.store';
import { GatewayError } from '../errors';
import type { LiveProof } from '../permissions/caller';
import { checked, liveCredential, valuesOf, type LiveStatement } from './live-statement.store';
import type { Occasion } from './live-slot';
import { runIn, type Run } from '../store/statement';
import type { Row, Store, Transaction } from '../store/store';

/** Why an operation may not go on: `LOST` means switched off, `CHANGED` means decided on grants that no longer hold. */
export type Interruption = 'LOST' | 'CHANGED';

/** A transaction of a credential that is alive in it. */
export interface LiveTransaction {
  readonly run: Run;
  /** For what takes part in it as a whole, such as the audit log. */
  readonly manager: Transaction;
  readonly dialect: Store['dialect'];
  readonly now: () => string;
}

/**
 * Reads data for one operation of one credential. Every statement requires, in its own snapshot, that the credential is
 * still enabled, unexpired and of the permission version that the operation was judged for. So once a disable has been
 * acknowledged, no statement that starts later returns data, in any process.
 */
export class LiveReader {
  private interruption: Interruption | undefined;
  private written = false;

  constructor(
    private readonly store: Store,
    private readonly proof: LiveProof,
    private readonly clock: Clock,
  ) {}

  get interruptedBy(): Interruption | undefined {
    return this.interruption;
  }

  /** Whether a write of this operation is kept, so that the operation must not be run again. */
  get hasWritten(): boolean {
    return this.written;
  }

  get dialect(): Store['dialect'] {
    return this.store.dialect;
  }

  /** @throws GatewayError once a statement of this operation found the credential changed: nothing later is served */
  assertLive(): void {
    if (this.interruption) throw new GatewayError('CREDENTIAL_DISABLED', 'This credential may not go on.');
  }

  /**
   * @param query a SELECT whose rows carry no column named `live_version` or `live_present`
   * @param order of the rows, by their column names; a subquery's own order is not kept
   * @throws GatewayError when the live check fails or the store cannot be read
   */
  async rows(query: Sql, order?: Sql): Promise<Row[]> {
    this.assertLive();
    const found = await this.store.read(checked(query, valuesOf(this.occasion()), order));
    this.judge(found[0]?.['live_version']);
    return found.filter((row) => row['live_present'] !== null);
  }

  /**
   * The row of a statement that was written before; all of its columns are null when it has none.
   *
   * @param wanted what the statement's slots may ask for
   * @throws as `rows` does
   */
  async row(statement: LiveStatement, wanted?: unknown): Promise<Row> {
    this.assertLive();
    const [found] = await this.store.readPrepared(statement.for({ ...this.occasion(), wanted }));
    this.judge(found?.['live_version']);
    return found ?? {};
  }

  /**
   * Runs `work` in one transaction that begins with the live check and holds the credential as it is until it ends: a disable
   * waits for it, or comes first and nothing is written. So no write that starts after a disable has answered is kept, in any
   * process.
   *
   * @throws GatewayError when the live check fails; nothing is written then
   */
  async write<Outcome extends { readonly isKept: boolean }>(
    credentialId: string,
    work: (transaction: LiveTransaction) => Promise<Outcome>,
  ): Promise<Outcome> {
    this.assertLive();
    const outcome = await this.store.write(async (manager) => {
      const run = runIn(manager, this.store.dialect);
      await holdCredential(run, this.store.dialect, credentialId);
      this.judge(await heldVersion(run, this.occasion()));
      return work({ run, manager, dialect: this.store.dialect, now: () => this.clock.now() });
    });
    if (outcome.isKept) this.written = true;
    return outcome;
  }

  private occasion(): Occasion {
    return { proof: this.proof, now: this.clock.now() };
  }

  private judge(version: unknown): void {
    if (version === undefined) this.interruption = 'LOST';
    else if (version !== this.proof.permissionVersion) this.interruption = 'CHANGED';
    this.assertLive();
  }
}

/**
 * Looks whether a credential whose row is held is alive.
 *
 * @param occasion of after the row was got: whoever held it before may have ended the access, and it may have expired meanwhile
 * @returns its permission version; undefined when it is not
 */
export async function heldVersion(run: Run, occasion: Occasion): Promise<unknown> {
  const [row] = await run(liveCredential(valuesOf(occasion)));
  return row?.['live_version'];
}
