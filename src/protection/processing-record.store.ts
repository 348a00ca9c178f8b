import sql, { join } from 'sql-template-tag';
import type { AttributeStore, CatalogueEntry } from '../attributes/attribute.store';
import type { AttributeKey } from '../attributes/attribute';
import { grantsAmong, readManyGrants } from '../credentials/grants.store';
import type { CredentialId, CredentialSummary } from '../credentials/credential';
import { SUMMARY_COLUMNS, toSummary } from '../credentials/credential-rows.store';
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

/** Credentials that are read at a time. */
const PAGE = 500;

/** Puts together what a record of processing activities needs: what is granted, why, to whom, and what of it is used. */
export class ProcessingRecord {
  constructor(private readonly parts: ProcessingRecordParts) {}

  /** A page by name. @param after the credential to go on behind */
  async page(after: CredentialId | undefined, size: number): Promise<Page<ProcessingEntry>> {
    const summaries = cut(await this.summaries(after, size + 1), size);
    const [entries, integrations] = await Promise.all([this.parts.attributes.every(), this.parts.integrations.list()]);
    const ids = summaries.items.map(({ id }) => id);
    const grants = await readManyGrants((query) => this.parts.store.read(query), ids);
    const reads = await this.lastReads(ids);
    const catalogue = new Map(entries.map((entry) => [entry.key, entry]));
    const names = new Map(integrations.map(({ id, name }) => [id, name]));
    const items = summaries.items.map((summary) =>
      entryOf(summary, grantsAmong(grants, summary.id), reads.get(summary.id) ?? new Map(), catalogue, names),
    );
    return { ...summaries, items };
  }

  /** Every credential. */
  async all(): Promise<readonly ProcessingEntry[]> {
    const entries: ProcessingEntry[] = [];
    for (;;) {
      const { items, hasMore } = await this.page(entries.at(-1)?.credentialId, PAGE);
      entries.push(...items);
      if (!hasMore) return entries;
    }
  }

  private async summaries(after: CredentialId | undefined, limit: number): Promise<readonly CredentialSummary[]> {
    const behind =
      after === undefined
        ? sql`1 = 1`
        : sql`EXISTS (SELECT 1 FROM credential p WHERE p.id = ${after}
            AND (p.name_key < c.name_key OR (p.name_key = c.name_key AND p.id < c.id)))`;
    const rows = await this.parts.store.read(
      sql`SELECT ${SUMMARY_COLUMNS} FROM credential c WHERE ${behind} ORDER BY c.name_key, c.id LIMIT ${limit}`,
    );
    return rows.map(toSummary);
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
