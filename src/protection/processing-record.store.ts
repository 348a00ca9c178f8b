import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { AttributeStore, CatalogueEntry } from '../attributes/attribute.store';
import type { AttributeKey } from '../attributes/attribute';
import { grantsAmong, readManyGrants } from '../credentials/grants.store';
import type { CredentialId, CredentialSummary } from '../credentials/credential';
import { SUMMARY_COLUMNS, toSummary } from '../credentials/credential-rows.store';
import { GatewayError } from '../errors';
import type { Integration } from '../integrations/integration';
import { cut, type Page } from '../pagination/page';
import type { Grants } from '../permissions/grants';
import type { Store } from '../store/store';
import type { Day } from '../usage/usage';
import type { ProcessedAttribute, ProcessingEntry } from './processing-record';

export interface ProcessingRecordParts {
  readonly store: Store;
  readonly attributes: AttributeStore;
  readonly integrations: { list(): Promise<readonly Integration[]> };
}

/** Credentials whose permissions and reads are looked up at a time. */
const PART = 500;
const BY_NAME = sql`ORDER BY c.name_key, c.id`;

/** Puts together what a record of processing activities needs: what is granted, why, to whom, and what of it is used. */
export class ProcessingRecord {
  constructor(private readonly parts: ProcessingRecordParts) {}

  /**
   * A page by name.
   *
   * @param after the credential to go on behind
   * @throws GatewayError BAD_USER_INPUT when it is gone: its place is known no more, and an empty page would look like the end
   */
  async page(after: CredentialId | undefined, size: number): Promise<Page<ProcessingEntry>> {
    const behind = after === undefined ? empty : sql`WHERE ${await this.behind(after)}`;
    const { items, hasMore } = cut(await this.summaries(sql`${behind} ${BY_NAME} LIMIT ${size + 1}`), size);
    return { items: await this.entries(items), hasMore };
  }

  /** Every credential. One statement tells which there are, so that none is left out because another goes meanwhile. */
  async all(): Promise<readonly ProcessingEntry[]> {
    const summaries = await this.summaries(BY_NAME);
    const entries: ProcessingEntry[] = [];
    for (let from = 0; from < summaries.length; from += PART) {
      entries.push(...(await this.entries(summaries.slice(from, from + PART))));
    }
    return entries;
  }

  private async summaries(which: Sql): Promise<readonly CredentialSummary[]> {
    const rows = await this.parts.store.read(sql`SELECT ${SUMMARY_COLUMNS} FROM credential c ${which}`);
    return rows.map(toSummary);
  }

  // The place of a cursor is looked up, because a cursor holds an id and never a value.
  private async behind(anchor: CredentialId): Promise<Sql> {
    const [row] = await this.parts.store.read(sql`SELECT name_key FROM credential WHERE id = ${anchor}`);
    if (!row) throw new GatewayError('BAD_USER_INPUT', 'The credential that the cursor points to is gone. Start anew.');
    return sql`(c.name_key, c.id) > (${row['name_key']}, ${anchor})`;
  }

  private async entries(summaries: readonly CredentialSummary[]): Promise<readonly ProcessingEntry[]> {
    const [entries, integrations] = await Promise.all([this.parts.attributes.every(), this.parts.integrations.list()]);
    const ids = summaries.map(({ id }) => id);
    const grants = await readManyGrants((query) => this.parts.store.read(query), ids);
    const reads = await this.lastReads(ids);
    const catalogue = new Map(entries.map((entry) => [entry.key, entry]));
    const names = new Map(integrations.map(({ id, name }) => [id, name]));
    return summaries.map((summary) =>
      entryOf(summary, grantsAmong(grants, summary.id), reads.get(summary.id) ?? new Map(), catalogue, names),
    );
  }

  /** The day of each credential's latest read of each attribute, as far back as usage is kept. */
  private async lastReads(
    ids: readonly CredentialId[],
  ): Promise<ReadonlyMap<CredentialId, ReadonlyMap<AttributeKey, Day>>> {
    const reads = new Map<CredentialId, Map<AttributeKey, Day>>();
    if (ids.length === 0) return reads;
    const rows = await this.parts.store.read(
      sql`SELECT credential_id, attribute_key, MAX(day) AS day FROM attribute_usage
        WHERE credential_id IN (${join([...ids])}) AND reads > 0 GROUP BY credential_id, attribute_key`,
    );
    for (const row of rows) {
      const id = row['credential_id'] as CredentialId;
      const days = reads.get(id) ?? new Map<AttributeKey, Day>();
      reads.set(id, days.set(row['attribute_key'] as AttributeKey, row['day'] as Day));
    }
    return reads;
  }
}

function entryOf(
  { id, name, clientId, enabled, purpose, ownerContact, integrationId, lastUsedAt }: CredentialSummary,
  grants: Grants,
  reads: ReadonlyMap<AttributeKey, Day>,
  catalogue: ReadonlyMap<AttributeKey, CatalogueEntry>,
  integrations: ReadonlyMap<string, string>,
): ProcessingEntry {
  const { read, write } = grants.attributes;
  const keys = [...new Set([...read, ...write, ...reads.keys()])].sort();
  return {
    credentialId: id,
    name,
    clientId,
    enabled,
    purpose,
    owner: ownerContact,
    integration: integrationId === null ? null : (integrations.get(integrationId) ?? null),
    modules: grants.modules,
    lastUsedAt,
    attributes: keys.map((key): ProcessedAttribute => ({
      key,
      label: catalogue.get(key)?.label ?? null,
      sensitivity: catalogue.get(key)?.sensitivity ?? null,
      read: read.has(key),
      write: write.has(key),
      lastReadOn: reads.get(key) ?? null,
    })),
  };
}
