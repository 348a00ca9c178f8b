import sql, { bulk, join } from 'sql-template-tag';
import type { AttributeKey } from '../attributes/attribute';
import { ACTIONS, MODULES, NO_GRANTS, type Action, type Grants, type Module } from '../permissions/grants';
import type { Run } from '../store/statement';
import type { Row, Store } from '../store/store';
import type { CredentialId } from './credential';

/** Grants, and the version that they belong to. */
export interface VersionedGrants {
  readonly permissionVersion: number;
  readonly grants: Grants;
}

/** Rows of one statement: SQLite binds at most 32,766 values. */
const ROWS = 1_000;

/**
 * Reads a credential's grants together with the version that they belong to, in one statement: two could see two versions.
 *
 * @returns null when the credential does not exist
 */
export async function readGrants(store: Store, id: CredentialId): Promise<VersionedGrants | null> {
  return (await readManyGrants((query) => store.read(query), [id])).get(id) ?? null;
}

/** The same of several credentials, in one statement. */
export async function readManyGrants(
  run: Run,
  ids: readonly CredentialId[],
): Promise<ReadonlyMap<CredentialId, VersionedGrants>> {
  if (ids.length === 0) return new Map();
  const wanted = join([...ids]);
  const rows = await run(
    sql`SELECT c.id, c.permission_version, m.module, NULL AS attribute_key, m.can_read, m.can_write
        FROM credential c LEFT JOIN credential_module m ON m.credential_id = c.id WHERE c.id IN (${wanted})
      UNION ALL
      SELECT c.id, c.permission_version, NULL, a.attribute_key, a.can_read, a.can_write
        FROM credential c JOIN credential_attribute a ON a.credential_id = c.id WHERE c.id IN (${wanted})`,
  );
  return new Map([...byCredential(rows)].map(([id, own]) => [id, versioned(own)]));
}

function byCredential(rows: readonly Row[]): ReadonlyMap<CredentialId, readonly Row[]> {
  const groups = new Map<CredentialId, Row[]>();
  for (const row of rows) {
    const id = row['id'] as CredentialId;
    const group = groups.get(id);
    if (group) group.push(row);
    else groups.set(id, [row]);
  }
  return groups;
}

function versioned(rows: readonly Row[]): VersionedGrants {
  const boxes = new Map(rows.map((row) => [row['module'] as Module | null, row]));
  const box = (module: Module) => ({
    read: Boolean(boxes.get(module)?.['can_read']),
    write: Boolean(boxes.get(module)?.['can_write']),
  });
  const list = (action: Action) =>
    new Set(
      rows
        .filter((row) => row['attribute_key'] !== null && Boolean(row[`can_${action}`]))
        .map((row) => row['attribute_key'] as AttributeKey),
    );
  return {
    permissionVersion: rows[0]?.['permission_version'] as number,
    grants: {
      modules: { EMPLOYEES: box('EMPLOYEES'), ABSENCES: box('ABSENCES'), ATTENDANCES: box('ATTENDANCES') },
      attributes: { read: list('read'), write: list('write') },
    },
  };
}

/** Stores the grants of a credential that has none. */
export async function insertGrants(run: Run, id: CredentialId, { modules, attributes }: Grants): Promise<void> {
  const boxes = MODULES.filter((module) => ACTIONS.some((action) => modules[module][action])).map((module) => [
    id,
    module,
    modules[module].read,
    modules[module].write,
  ]);
  for (const rows of chunks(boxes)) {
    await run(sql`INSERT INTO credential_module (credential_id, module, can_read, can_write) VALUES ${bulk(rows)}`);
  }
  const keys = [...new Set([...attributes.read, ...attributes.write])];
  const list = keys.map((key) => [id, key, attributes.read.has(key), attributes.write.has(key)]);
  for (const rows of chunks(list)) {
    await run(
      sql`INSERT INTO credential_attribute (credential_id, attribute_key, can_read, can_write) VALUES ${bulk(rows)}`,
    );
  }
}

export async function replaceGrants(run: Run, id: CredentialId, grants: Grants): Promise<void> {
  await run(sql`DELETE FROM credential_module WHERE credential_id = ${id}`);
  await run(sql`DELETE FROM credential_attribute WHERE credential_id = ${id}`);
  await insertGrants(run, id, grants);
}

export function grantsAmong(found: ReadonlyMap<CredentialId, VersionedGrants>, id: CredentialId): Grants {
  return found.get(id)?.grants ?? NO_GRANTS;
}

function chunks<Item>(rows: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, index) =>
    rows.slice(index * ROWS, (index + 1) * ROWS),
  );
}
