import sql, { bulk, empty } from 'sql-template-tag';
import type { Clock } from '../clock';
import { runIn, type Run } from '../store/statement';
import type { Row, Store } from '../store/store';
import type { AuditDraft } from './audit-event';
import { hourOf, type TalliedAction, type Tally } from './audit-tally';
import type { AuditLog } from './audit.store';

/**
 * Adds up what happens often, and lets the audit log tell it once an hour is over: one event for each credential, action and
 * attribute. The sums are kept in the store meanwhile, so that a process that ends loses none.
 */
export class AuditTallyStore {
  private toldUntil = '';

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
  ) {}

  /** Adds sums in a transaction. Give them in one order everywhere, so that two processes never wait for each other. */
  async add(run: Run, tallies: readonly Tally[]): Promise<void> {
    if (tallies.length === 0) return;
    const rows = tallies.map(({ hour, credentialId, action, attributeKey, count }) => [
      hour,
      credentialId,
      action,
      attributeKey,
      count,
    ]);
    await run(
      sql`INSERT INTO audit_tally (hour, credential_id, action, attribute_key, count) VALUES ${bulk(rows)}
        ON CONFLICT (hour, credential_id, action, attribute_key) DO UPDATE SET count = audit_tally.count + excluded.count`,
    );
  }

  /** Tells the hours that are over, each sum once, however many processes do this. */
  async tell(): Promise<void> {
    const now = hourOf(this.clock.now());
    if (this.toldUntil === now) return;
    while ((await this.tellSome(now)) > 0);
    this.toldUntil = now;
  }

  // A few at a time: whatever else is to be told, such as that a credential is switched off, waits for the transaction.
  private tellSome(before: string): Promise<number> {
    return this.store.write(async (manager) => {
      const run = runIn(manager, this.store.dialect);
      const lock = this.store.dialect === 'postgres' ? sql` FOR UPDATE` : empty;
      const rows = await run(
        sql`SELECT hour, credential_id, action, attribute_key, count,
            (SELECT c.name FROM credential c WHERE c.id = audit_tally.credential_id) AS name
          FROM audit_tally WHERE hour < ${before} ORDER BY hour, credential_id, action, attribute_key
          LIMIT ${TOLD_AT_ONCE}${lock}`,
      );
      for (const row of rows) {
        await this.audit.append(manager, draftOf(row));
        // This very sum: one that another process added to the hour meanwhile is told by an event of its own.
        await run(
          sql`DELETE FROM audit_tally WHERE hour = ${row['hour']} AND credential_id = ${row['credential_id']}
            AND action = ${row['action']} AND attribute_key = ${row['attribute_key']}`,
        );
      }
      return rows.length;
    });
  }
}

/** A transaction with so many events takes some tens of milliseconds. */
const TOLD_AT_ONCE = 100;

function draftOf(row: Row): AuditDraft {
  const key = row['attribute_key'] as string;
  return {
    action: row['action'] as TalliedAction,
    actor: { kind: 'CREDENTIAL', id: row['credential_id'] as string, name: row['name'] as string | null },
    ...(key ? { subject: { kind: 'ATTRIBUTE', id: key, name: key } } : {}),
    after: { hour: row['hour'] as string },
    count: Number(row['count']),
  };
}
