import sql, { bulk } from 'sql-template-tag';
import type { Run } from '../store/statement';
import { customKey, customName, type Attribute, type AttributeKey } from './attribute';

/** What became of the custom attributes that somebody wants to use. */
export interface EnsuredAttributes {
  /** By catalogue key. */
  readonly ids: ReadonlyMap<AttributeKey, number>;
  readonly created: readonly Attribute[];
  /** Those that exist with another type, or were taken out of use: their names mean something else for good. */
  readonly conflicts: readonly AttributeKey[];
}

/** Creates the custom attributes that do not exist, and finds the ids of all. Those that exist stay as they are. */
export async function ensureCustomAttributes(run: Run, wanted: readonly Attribute[]): Promise<EnsuredAttributes> {
  if (wanted.length === 0) return { ids: new Map(), created: [], conflicts: [] };
  const existing = new Set((await findAll(run)).map(({ key }) => key));
  const created = await create(
    run,
    wanted.filter(({ key }) => !existing.has(key)),
  );
  const types = new Map(wanted.map(({ key, type }) => [key, type]));
  const found = (await findAll(run)).filter(({ key }) => types.has(key));
  return {
    ids: new Map(found.map(({ key, id }) => [key, id])),
    created,
    conflicts: found.filter((row) => row.isRetired || row.type !== types.get(row.key)).map(({ key }) => key),
  };
}

// Somebody else may create one of the same name at this moment; whether it is the same is found out afterwards.
async function create(run: Run, attributes: readonly Attribute[]): Promise<readonly Attribute[]> {
  if (attributes.length === 0) return [];
  // TypeORM gives back the rows of an INSERT on both databases only if it does not recognise the statement as one.
  const rows = await run(
    sql`WITH given AS (SELECT 1) INSERT INTO custom_attribute (name, label_en, label_de, type, sensitivity, options)
      VALUES ${bulk(attributes.map(valuesOf))} ON CONFLICT (name) DO NOTHING RETURNING name`,
  );
  const names = new Set(rows.map((row) => row['name']));
  return attributes.filter(({ key }) => names.has(customName(key)));
}

interface FoundAttribute {
  readonly key: AttributeKey;
  readonly id: number;
  readonly type: string;
  readonly isRetired: boolean;
}

async function findAll(run: Run): Promise<FoundAttribute[]> {
  const rows = await run(sql`SELECT id, name, type, retired_at FROM custom_attribute`);
  return rows.map((row) => ({
    key: customKey(row['name'] as string),
    id: row['id'] as number,
    type: row['type'] as string,
    isRetired: row['retired_at'] !== null,
  }));
}

function valuesOf({ key, label, type, sensitivity, options }: Attribute): unknown[] {
  return [customName(key), label.en, label.de, type, sensitivity, JSON.stringify(options)];
}
