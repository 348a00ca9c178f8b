import sql, { join, type Sql } from 'sql-template-tag';
import type { AttributeKey } from '../../attributes/attribute';

const RETIRED = sql`SELECT 'custom.' || a.name FROM custom_attribute a WHERE a.retired_at IS NOT NULL`;

/**
 * A condition on the `employee_change` row of alias `h`: that somebody appeared, or a change of an attribute that the caller
 * may read and that is in use. Nothing of any other is looked at, so it is a change that never happened.
 */
export function readableChange(readable: ReadonlySet<AttributeKey>): Sql {
  return sql`h.attribute_key IN (${join(keysOf(readable))}) AND h.attribute_key NOT IN (${RETIRED})`;
}

/** The same attributes as a table of one column, `column1`, as both kinds of databases call the first of VALUES. */
export function readableKeys(readable: ReadonlySet<AttributeKey>): Sql {
  const keys = join(keysOf(readable).map((key) => sql`(${key})`));
  return sql`(SELECT k.column1 FROM (VALUES ${keys}) k WHERE k.column1 NOT IN (${RETIRED}))`;
}

/** `id` stands for that somebody appeared, which whoever reads people may know. */
function keysOf(readable: ReadonlySet<AttributeKey>): readonly AttributeKey[] {
  return [...new Set(['id', ...readable])];
}
