import sql, { join, type Sql } from 'sql-template-tag';
import type { AttributeKey } from '../../attributes/attribute';

/**
 * A condition on the `employee_change` row of alias `h`: that somebody appeared, or a change of an attribute that the caller
 * may read and that is in use. Nothing of any other is looked at, so it is a change that never happened.
 */
export function readableChange(readable: ReadonlySet<AttributeKey>): Sql {
  return sql`h.attribute_key IN (${join(['id', ...readable])})
    AND h.attribute_key NOT IN (SELECT 'custom.' || a.name FROM custom_attribute a WHERE a.retired_at IS NOT NULL)`;
}
