import sql, { empty } from 'sql-template-tag';
import { customName, type Attribute, type AttributeKey } from '../attributes/attribute';
import type { Run } from '../store/statement';
import type { Dialect } from '../store/store';

/** @throws a unique violation when the name was ever used: only the database can tell who of two was first */
export async function insertAttribute(run: Run, attribute: Attribute): Promise<void> {
  const { key, label, type, sensitivity, options } = attribute;
  await run(
    sql`INSERT INTO custom_attribute (name, label_en, label_de, type, sensitivity, options)
      VALUES (${customName(key)}, ${label.en}, ${label.de}, ${type}, ${sensitivity}, ${JSON.stringify(options)})`,
  );
}

export async function updateAttribute(run: Run, { key, label, sensitivity, options }: Attribute): Promise<void> {
  await run(
    sql`UPDATE custom_attribute SET label_en = ${label.en}, label_de = ${label.de}, sensitivity = ${sensitivity},
        options = ${JSON.stringify(options)}
      WHERE name = ${customName(key)}`,
  );
}

/**
 * Takes an attribute out of use and off every list. The credentials get a new permission version, so that a statement that
 * was made for the old one returns nothing.
 *
 * @returns the names of the credentials that had it
 */
export async function retireAttribute(
  run: Run,
  dialect: Dialect,
  key: AttributeKey,
  now: string,
): Promise<readonly string[]> {
  await run(sql`UPDATE custom_attribute SET retired_at = ${now} WHERE name = ${customName(key)}`);
  const lock = dialect === 'postgres' ? sql`FOR UPDATE` : empty;
  const holders = sql`(SELECT a.credential_id FROM credential_attribute a WHERE a.attribute_key = ${key})`;
  const rows = await run(sql`SELECT name FROM credential WHERE id IN ${holders} ORDER BY id ${lock}`);
  await run(
    sql`UPDATE credential SET permission_version = permission_version + 1, version = version + 1, updated_at = ${now}
      WHERE id IN ${holders}`,
  );
  await run(
    sql`INSERT INTO credential_revision (credential_id, version, fields)
      SELECT id, version, ${JSON.stringify(['grants'])} FROM credential WHERE id IN ${holders}`,
  );
  await run(sql`DELETE FROM credential_attribute WHERE attribute_key = ${key}`);
  return rows.map((row) => row['name'] as string).sort();
}
