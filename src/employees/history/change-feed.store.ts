import sql, { type Sql } from 'sql-template-tag';
import type { AttributeKey } from '../../attributes/attribute';
import { cut, type Page } from '../../pagination/page';
import type { RecordReader } from '../../pagination/record-reader.store';
import { readableChange } from './readable-change.store';

export interface ChangeRecord {
  readonly sequence: number;
  readonly employeeId: number;
  readonly attribute: AttributeKey;
  readonly at: string;
}

/** What its cursors are bound to. */
export const FEED = 'changes';

/** A page of changes and one more, in the order in which they became visible; `id` is the number of each. */
export function changesAfter(readable: ReadonlySet<AttributeKey>, after: number, size: number): Sql {
  return sql`SELECT h.sequence AS id, h.employee_id, h.attribute_key, h.at FROM employee_change h
    WHERE h.sequence > ${after} AND ${readableChange(readable)}
    ORDER BY h.sequence LIMIT ${size + 1}`;
}

/**
 * Changes in the order in which they became visible, from the one after `after`.
 *
 * @param readable the attributes whose changes are told; nothing of any other is read. Those out of use are left out.
 */
export async function readChanges(
  reader: RecordReader,
  readable: ReadonlySet<AttributeKey>,
  after: number,
  size: number,
): Promise<Page<ChangeRecord>> {
  const rows = await reader.rows(changesAfter(readable, after, size), sql`data.id`);
  const changes = rows.map((row) => ({
    sequence: Number(row['id']),
    employeeId: row['employee_id'] as number,
    attribute: row['attribute_key'] as string,
    at: row['at'] as string,
  }));
  return cut(changes, size);
}
