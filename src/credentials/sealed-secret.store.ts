import sql from 'sql-template-tag';
import { readSetting, writeSetting } from '../settings/setting.store';
import type { Run } from '../store/statement';
import type { Dialect, Row } from '../store/store';
import type { CredentialId } from './credential';
import type { SealedSecret, SecretPlace } from './sealed-secret';

/** Any number that every node of one company agrees on. */
const SHOW_ONCE_LOCK = 4_711_202_108;

/**
 * Keeps the show-once mode as it is until the transaction ends (shared), or waits until nobody relies on it (exclusive): a
 * secret that is issued while the mode is switched on must not leave a seal behind.
 */
export async function lockShowOnce(run: Run, dialect: Dialect, how: 'shared' | 'exclusive'): Promise<void> {
  // On SQLite every transaction that writes is alone anyway.
  if (dialect === 'sqlite') return;
  if (how === 'shared') await run(sql`SELECT pg_advisory_xact_lock_shared(${SHOW_ONCE_LOCK})`);
  else await run(sql`SELECT pg_advisory_xact_lock(${SHOW_ONCE_LOCK})`);
}

export async function isShowOnce(run: Run): Promise<boolean> {
  return (await readSetting(run, 'showOnce')) === 'true';
}

export async function writeShowOnce(run: Run, showOnce: boolean): Promise<void> {
  await writeSetting(run, 'showOnce', String(showOnce));
}

export async function insertSealed(run: Run, secretId: string, sealed: SealedSecret): Promise<void> {
  await run(
    sql`INSERT INTO sealed_secret (secret_id, ciphertext, wrapped_key, key_id)
      VALUES (${secretId}, ${sealed.ciphertext}, ${sealed.wrappedKey}, ${sealed.keyId})`,
  );
}

export async function readSealed(run: Run, secretId: string): Promise<SealedSecret | null> {
  const [row] = await run(sql`SELECT ciphertext, wrapped_key, key_id FROM sealed_secret WHERE secret_id = ${secretId}`);
  return row ? toSealed(row) : null;
}

// TRUNCATE takes the file away at the commit; a DELETE would leave the rows in it until some later VACUUM.
export async function deleteSealed(run: Run, dialect: Dialect): Promise<void> {
  await run(dialect === 'postgres' ? sql`TRUNCATE sealed_secret` : sql`DELETE FROM sealed_secret`);
}

/** Some seals that another key wraps, locked. */
export async function lockSealedUnder(
  run: Run,
  dialect: Dialect,
  { otherThan, after, size }: { readonly otherThan: string; readonly after: string; readonly size: number },
): Promise<readonly (SealedSecret & SecretPlace)[]> {
  const lock = dialect === 'postgres' ? sql`FOR UPDATE OF e` : sql``;
  const rows = await run(
    sql`SELECT e.secret_id, s.credential_id, e.ciphertext, e.wrapped_key, e.key_id FROM sealed_secret e
      JOIN credential_secret s ON s.id = e.secret_id
      WHERE e.key_id <> ${otherThan} AND e.secret_id > ${after} ORDER BY e.secret_id LIMIT ${size} ${lock}`,
  );
  return rows.map((row) => ({
    ...toSealed(row),
    secretId: row['secret_id'] as string,
    credentialId: row['credential_id'] as CredentialId,
  }));
}

export async function updateWrapping(run: Run, secretId: string, sealed: SealedSecret): Promise<void> {
  await run(
    sql`UPDATE sealed_secret SET wrapped_key = ${sealed.wrappedKey}, key_id = ${sealed.keyId}
      WHERE secret_id = ${secretId}`,
  );
}

/** The ids of the keys that wrap something. */
export async function wrappingKeysInUse(run: Run): Promise<ReadonlySet<string>> {
  const rows = await run(sql`SELECT DISTINCT key_id FROM sealed_secret`);
  return new Set(rows.map((row) => row['key_id'] as string));
}

function toSealed(row: Row): SealedSecret {
  return {
    ciphertext: row['ciphertext'] as string,
    wrappedKey: row['wrapped_key'] as string,
    keyId: row['key_id'] as string,
  };
}
