import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { DenialMode } from '../permissions/grants';
import type { Run } from '../store/statement';
import type { Dialect, Row } from '../store/store';
import type { CredentialField } from './credential-change';
import { nameKey, type Credential, type CredentialId, type CredentialSummary } from './credential';
import { grantsAmong, readManyGrants } from './grants.store';

/** Of PostgreSQL's locks of two numbers, of which the gateway takes no others. */
const TOKEN_LOCK = 1;

/** The columns of a summary. No secret is among them, because none stands in this table. */
export const SUMMARY_COLUMNS: Sql = sql`c.id, c.client_id, c.name, c.description, c.owner_contact, c.purpose,
  c.integration_id, c.enabled, c.expires_at, c.denial_mode, c.separate_directions, c.version, c.created_at, c.updated_at,
  c.last_used_at`;

/** @param row with `SUMMARY_COLUMNS` */
export function toSummary(row: Row): CredentialSummary {
  return {
    id: row['id'] as CredentialId,
    clientId: row['client_id'] as string,
    name: row['name'] as string,
    description: row['description'] as string | null,
    ownerContact: row['owner_contact'] as string | null,
    purpose: row['purpose'] as string | null,
    integrationId: row['integration_id'] as string | null,
    enabled: Boolean(row['enabled']),
    expiresAt: row['expires_at'] as string | null,
    denialMode: row['denial_mode'] as DenialMode,
    separateDirections: Boolean(row['separate_directions']),
    version: row['version'] as number,
    createdAt: row['created_at'] as string,
    updatedAt: row['updated_at'] as string,
    lastUsedAt: row['last_used_at'] as string | null,
  };
}

/**
 * Reads credentials for a change, and keeps everybody else from changing them until the transaction ends. In the order of
 * their ids: two transactions that lock the same rows in different orders would stop each other.
 */
export async function lockCredentials(
  run: Run,
  dialect: Dialect,
  ids: readonly CredentialId[],
): Promise<readonly Credential[]> {
  if (ids.length === 0) return [];
  const lock = dialect === 'postgres' ? sql`FOR UPDATE` : empty;
  const rows = await run(
    sql`SELECT ${SUMMARY_COLUMNS} FROM credential c WHERE c.id IN (${join([...ids])}) ORDER BY c.id ${lock}`,
  );
  const summaries = rows.map(toSummary);
  const grants = await readManyGrants(
    run,
    summaries.map(({ id }) => id),
  );
  return summaries.map((summary) => ({ ...summary, grants: grantsAmong(grants, summary.id) }));
}

/**
 * Lets nobody change a credential, its secrets or its tokens until the transaction ends: its row alone, because whatever ends a
 * secret or token for an admin takes it too, and first. Not FOR SHARE: PostgreSQL lets further sharers pass whoever waits to
 * change the row, so a busy credential could never be switched off. SQLite's one writer lets nobody else in anyway.
 */
export async function holdCredential(run: Run, dialect: Dialect, id: CredentialId): Promise<void> {
  if (dialect === 'postgres') await run(sql`SELECT id FROM credential WHERE id = ${id} FOR NO KEY UPDATE`);
}

/**
 * Lets nobody change a credential or end its secrets until the transaction ends, which gives it a token. FOR KEY SHARE, because
 * writes and the count of uses may hold the row for seconds and end no secret. Sharers pass whoever waits to change the row, so
 * they come one at a time: else a credential that asks for tokens without a pause could not be switched off.
 */
export async function holdForToken(run: Run, dialect: Dialect, id: CredentialId): Promise<void> {
  if (dialect !== 'postgres') return;
  await run(sql`SELECT pg_advisory_xact_lock(${TOKEN_LOCK}, hashtext(${id}))`);
  await run(sql`SELECT id FROM credential WHERE id = ${id} FOR KEY SHARE`);
}

/** @param nameOrClientId the name without regard to case, or the client id, which comes first */
export async function findCredentialId(run: Run, nameOrClientId: string): Promise<CredentialId | undefined> {
  const [row] = await run(
    sql`SELECT id FROM credential WHERE client_id = ${nameOrClientId} OR name_key = ${nameKey(nameOrClientId)}
      ORDER BY CASE WHEN client_id = ${nameOrClientId} THEN 0 ELSE 1 END LIMIT 1`,
  );
  return row?.['id'] as CredentialId | undefined;
}

/** Notes which fields a version changed. */
export async function insertRevision(
  run: Run,
  { id, version }: Pick<Credential, 'id' | 'version'>,
  fields: readonly CredentialField[],
): Promise<void> {
  await run(
    sql`INSERT INTO credential_revision (credential_id, version, fields)
      VALUES (${id}, ${version}, ${JSON.stringify(fields)})`,
  );
}

/** @returns the fields that were changed after `version` */
export async function changedSince(run: Run, id: CredentialId, version: number): Promise<readonly CredentialField[]> {
  const rows = await run(
    sql`SELECT fields FROM credential_revision WHERE credential_id = ${id} AND version > ${version} ORDER BY version`,
  );
  return [...new Set(rows.flatMap((row) => JSON.parse(row['fields'] as string) as CredentialField[]))];
}

/** Whether another credential than `except` has this name, without regard to case and outer blanks. */
export async function isNameTaken(run: Run, name: string, except: CredentialId = ''): Promise<boolean> {
  const rows = await run(sql`SELECT id FROM credential WHERE name_key = ${nameKey(name)} AND id <> ${except}`);
  return rows.length > 0;
}
