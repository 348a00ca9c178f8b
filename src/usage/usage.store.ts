import sql, { bulk, join } from 'sql-template-tag';
import type { AuditTallyStore } from '../audit/audit-tally.store';
import { customKey, isCustomKey, type AttributeKey } from '../attributes/attribute';
import { runIn, type Run } from '../store/statement';
import type { Row, Store } from '../store/store';
import type { CredentialId } from '../credentials/credential';
import { DAYS_KEPT, daysUntil, type AttributeUsage, type Day, type DayUsage } from './usage';
import type { AttributeCount, CredentialCount, UsageBatch } from './usage-batch';

/** Rows of one statement: SQLite binds at most 32,766 values. */
const ROWS = 1_000;

/** Keeps how often credentials ask, and for what. Several processes add to the same rows. */
export class UsageStore {
  constructor(
    private readonly store: Store,
    private readonly tallies: AuditTallyStore,
  ) {}

  /**
   * Adds a batch: all of it, or nothing.
   *
   * @returns the custom attributes that there are, retired ones among them
   */
  async add(batch: UsageBatch): Promise<ReadonlySet<AttributeKey>> {
    if (batch.size === 0) return this.customKeys((query) => this.store.read(query));
    return this.store.write(async (manager) => {
      const run = runIn(manager, this.store.dialect);
      const custom = await this.customKeys(run);
      const isKnown = ({ attributeKey: key }: { readonly attributeKey: string }) =>
        !isCustomKey(key) || custom.has(key);
      for (const rows of slices(inOrder(batch.credentials))) await addRequests(run, rows);
      for (const rows of slices(inOrder(batch.attributes).filter(isKnown))) await addAttributes(run, rows);
      await this.seeUse(run, batch.lastUsed);
      for (const some of slices(inOrder(batch.tallies).filter(isKnown))) await this.tallies.add(run, some);
      return custom;
    });
  }

  /** Lets the audit log tell the hours that are over. */
  tellHours(): Promise<void> {
    return this.tallies.tell();
  }

  private async seeUse(run: Run, lastUsed: ReadonlyMap<CredentialId, string>): Promise<void> {
    const uses = [...lastUsed].sort(([left], [right]) => (left < right ? -1 : 1));
    for (const some of slices(uses)) {
      // Locked in the order of their ids, as by everybody who changes several, so that no two ever wait for each other.
      const ids = some.map(([id]) => id);
      if (this.store.dialect === 'postgres') {
        await run(sql`SELECT id FROM credential WHERE id IN (${join(ids)}) ORDER BY id FOR NO KEY UPDATE`);
      }
      await run(
        sql`WITH used (id, moment) AS (VALUES ${bulk(some)})
          UPDATE credential SET last_used_at = used.moment FROM used
          WHERE credential.id = used.id AND (last_used_at IS NULL OR last_used_at < used.moment)`,
      );
    }
  }

  /** Removes what is older than is kept. */
  async removeOld(today: Day): Promise<void> {
    const [oldest] = daysUntil(today, DAYS_KEPT);
    await this.store.write(async (manager) => {
      const run = runIn(manager, this.store.dialect);
      await run(sql`DELETE FROM credential_usage WHERE day < ${oldest}`);
      await run(sql`DELETE FROM attribute_usage WHERE day < ${oldest}`);
    });
  }

  /** Every day from the first to the last, with zeros where nothing was asked. All credentials when none is named. */
  async days(days: readonly Day[], credentialId?: CredentialId): Promise<readonly DayUsage[]> {
    const whose = credentialId === undefined ? sql`1 = 1` : sql`credential_id = ${credentialId}`;
    const rows = await this.store.read(
      sql`SELECT day, SUM(requests) AS requests, SUM(denials) AS denials FROM credential_usage
        WHERE day >= ${days[0]} AND ${whose} GROUP BY day`,
    );
    const byDay = new Map(rows.map((row) => [row['day'] as Day, row]));
    return days.map((date) => ({
      date,
      requests: Number(byDay.get(date)?.['requests'] ?? 0),
      denials: Number(byDay.get(date)?.['denials'] ?? 0),
    }));
  }

  /** What a credential may read now, and what it has asked for since `first`; by key. */
  async attributes(credentialId: CredentialId, first: Day): Promise<readonly AttributeUsage[]> {
    const rows = await this.store.read(
      sql`SELECT key, MAX(granted) AS granted, SUM(reads) AS reads, SUM(denials) AS denials, MAX(read_on) AS last_read_on
        FROM (
          SELECT attribute_key AS key, 1 AS granted, 0 AS reads, 0 AS denials, NULL AS read_on
            FROM credential_attribute WHERE credential_id = ${credentialId} AND can_read
          UNION ALL
          SELECT attribute_key, 0, reads, denials, CASE WHEN reads > 0 THEN day END
            FROM attribute_usage WHERE credential_id = ${credentialId} AND day >= ${first}
        ) used GROUP BY key ORDER BY key`,
    );
    return rows.map(toAttributeUsage);
  }

  private async customKeys(run: Run): Promise<ReadonlySet<AttributeKey>> {
    const rows = await run(sql`SELECT name FROM custom_attribute`);
    return new Set(rows.map((row) => customKey(row['name'] as string)));
  }
}

async function addRequests(run: Run, counts: readonly CredentialCount[]): Promise<void> {
  const rows = counts.map(({ credentialId, day, requests, denials }) => [credentialId, day, requests, denials]);
  await run(
    sql`INSERT INTO credential_usage (credential_id, day, requests, denials) VALUES ${bulk(rows)}
      ON CONFLICT (credential_id, day) DO UPDATE SET
        requests = credential_usage.requests + excluded.requests, denials = credential_usage.denials + excluded.denials`,
  );
}

async function addAttributes(run: Run, counts: readonly AttributeCount[]): Promise<void> {
  const rows = counts.map(({ credentialId, attributeKey, day, reads, denials }) => [
    credentialId,
    attributeKey,
    day,
    reads,
    denials,
  ]);
  await run(
    sql`INSERT INTO attribute_usage (credential_id, attribute_key, day, reads, denials) VALUES ${bulk(rows)}
      ON CONFLICT (credential_id, attribute_key, day) DO UPDATE SET
        reads = attribute_usage.reads + excluded.reads, denials = attribute_usage.denials + excluded.denials`,
  );
}

// In one order everywhere: two processes that lock the same rows in different orders would stop each other.
function inOrder<Count>(counts: ReadonlyMap<string, Count>): Count[] {
  return [...counts].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, count]) => count);
}

function slices<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / ROWS);
  return Array.from({ length: count }, (_, index) => items.slice(index * ROWS, (index + 1) * ROWS));
}

function toAttributeUsage(row: Row): AttributeUsage {
  return {
    key: row['key'] as AttributeKey,
    granted: Number(row['granted']) === 1,
    reads: Number(row['reads']),
    denials: Number(row['denials']),
    lastReadOn: row['last_read_on'] as Day | null,
  };
}
