import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { AttributeKey } from '../../attributes/attribute';

/**
 * Somebody who appeared, or an attribute of whom changed, at this moment or later. A change of what the caller may not read
 * is not looked at, so it is a change that never happened.
 *
 * @param moment ISO 8601 in UTC with milliseconds, as moments are stored
 */
export function updatedSinceCondition(moment: string, readable: ReadonlySet<AttributeKey>, row: string): Sql {
  return sql`${raw(row)}.id IN (SELECT h.employee_id FROM employee_change h
    WHERE h.at >= ${moment} AND h.attribute_key IN (${join(['id', ...readable])})
      AND h.attribute_key NOT IN (SELECT 'custom.' || a.name FROM custom_attribute a WHERE a.retired_at IS NOT NULL))`;
}
