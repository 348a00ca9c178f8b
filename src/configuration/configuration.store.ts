import sql from 'sql-template-tag';
import type { AttributeKey } from '../attributes/attribute';
import type { CredentialId } from '../credentials/credential';
import type { Integration } from '../integrations/integration';
import { NO_GRANTS, type Action, type DenialMode, type Grants, type Module } from '../permissions/grants';
import type { Run } from '../store/statement';
import type { Dialect, Row } from '../store/store';
import { listsOf, type CredentialConfiguration } from './configuration';

/** A credential's configuration, and which credential it is. */
export interface StoredConfiguration {
  readonly id: CredentialId;
  readonly configuration: CredentialConfiguration;
}

/** Keeps everybody else from changing credentials until the end of the transaction. On SQLite every transaction does so. */
export async function lockCredentials(run: Run, dialect: Dialect): Promise<void> {
  if (dialect === 'postgres') await run(sql`LOCK TABLE credential IN SHARE ROW EXCLUSIVE MODE`);
}

/** Every credential, by name. */
export async function readConfigurations(
  run: Run,
  integrations: readonly Integration[],
): Promise<readonly StoredConfiguration[]> {
  const rows = await run(
    sql`SELECT id, name, enabled, expires_at, denial_mode, description, owner_contact, purpose, integration_id, separate_directions
      FROM credential ORDER BY name_key`,
  );
  const boxes = grouped(await run(sql`SELECT credential_id, module, can_read, can_write FROM credential_module`));
  const lists = grouped(
    await run(sql`SELECT credential_id, attribute_key, can_read, can_write FROM credential_attribute`),
  );
  const names = new Map(integrations.map((integration) => [integration.id, configuredName(integration)]));
  return rows.map((row) => {
    const id = row['id'] as CredentialId;
    const grants = grantsIn(boxes.get(id) ?? [], lists.get(id) ?? []);
    return { id, configuration: toConfiguration(row, grants, names) };
  });
}

/** How a file names an integration: a built-in one by its id, an own one by its name, because ids differ between stores. */
export function configuredName({ builtIn, id, name }: Integration): string {
  return builtIn ? id : name;
}

function grouped(rows: readonly Row[]): ReadonlyMap<CredentialId, readonly Row[]> {
  const groups = new Map<CredentialId, Row[]>();
  for (const row of rows) {
    const id = row['credential_id'] as CredentialId;
    const group = groups.get(id);
    if (group) group.push(row);
    else groups.set(id, [row]);
  }
  return groups;
}

function grantsIn(boxes: readonly Row[], list: readonly Row[]): Grants {
  const given = boxes.map((row) => [
    row['module'] as Module,
    { read: Boolean(row['can_read']), write: Boolean(row['can_write']) },
  ]);
  const keys = (action: Action) =>
    new Set(list.filter((row) => Boolean(row[`can_${action}`])).map((row) => row['attribute_key'] as AttributeKey));
  return {
    modules: { ...NO_GRANTS.modules, ...(Object.fromEntries(given) as Partial<Grants['modules']>) },
    attributes: { read: keys('read'), write: keys('write') },
  };
}

function toConfiguration(row: Row, grants: Grants, integrations: ReadonlyMap<string, string>): CredentialConfiguration {
  return {
    name: row['name'] as string,
    enabled: Boolean(row['enabled']),
    integration: integrations.get(row['integration_id'] as string) ?? null,
    description: row['description'] as string | null,
    owner: row['owner_contact'] as string | null,
    purpose: row['purpose'] as string | null,
    expires: row['expires_at'] as string | null,
    denial: row['denial_mode'] as DenialMode,
    modules: grants.modules,
    attributes: listsOf(grants, Boolean(row['separate_directions'])),
  };
}
