import sql, { raw, type Sql } from 'sql-template-tag';
import type { AttributeKey } from '../../attributes/attribute';
import { readableChange } from '../history/readable-change.store';

/**
 * Somebody who appeared, or an attribute of whom changed, at this moment or later.
 *
 * @param moment ISO 8601 in UTC with milliseconds, as moments are stored
 * @param readable what the caller may read: no other change counts
 */
export function updatedSinceCondition(moment: string, readable: ReadonlySet<AttributeKey>, row: string): Sql {
  return sql`${raw(row)}.id IN (SELECT h.employee_id FROM employee_change h
    WHERE h.at >= ${moment} AND ${readableChange(readable)})`;
}
