import sql, { type Sql } from 'sql-template-tag';
import type { AttributeKey } from '../../attributes/attribute';
import { cut, type Page } from '../../pagination/page';
import type { RecordReader } from '../../pagination/record-reader.store';
import { readableChange, readableKeys } from './readable-change.store';
import { atMost, oneAfter } from '../../store/statement';

export interface ChangeRecord {
  readonly sequence: number;
  readonly employeeId: number;
  readonly attribute: AttributeKey;
  readonly at: string;
}

/** What its cursors are bound to. */
export const FEED = 'changes';

/** A page of changes and one more, erasures among them, in the order in which they became visible, numbered by `id`. */
export function changesAfter(readable: ReadonlySet<AttributeKey>, after: number, size: number): Sql {
  return sql`SELECT c.id, c.employee_id, c.attribute_key, c.at FROM (
      SELECT h.sequence AS id, h.employee_id, h.attribute_key, h.at FROM employee_change h
        WHERE h.sequence > ${after} AND h.sequence <= ${lastWithin(readable, after, size)} AND ${readableChange(readable)}
      UNION ALL
      SELECT e.id, e.employee_id, 'id' AS attribute_key, e.at FROM (
        SELECT e.sequence AS id, e.employee_id, e.at FROM employee_erasure e
          WHERE e.sequence > ${after} ORDER BY e.sequence ${atMost(size + 1)}
      ) e
    ) c ORDER BY c.id ${atMost(size + 1)}`;
}

/**
 * The number by which one attribute alone has a page and one more of changes; without such an attribute, the largest number.
 * Beyond it nothing belongs to the page, so a page of each attribute is read at most, and not the rest of the history.
 */
function lastWithin(readable: ReadonlySet<AttributeKey>, after: number, size: number): Sql {
  const ofOne = sql`SELECT h.sequence FROM employee_change h
    WHERE h.attribute_key = k.column1 AND h.sequence > ${after} ORDER BY h.sequence ${oneAfter(size)}`;
  return sql`coalesce(
    (SELECT min(p.last) FROM (SELECT (${ofOne}) AS last FROM ${readableKeys(readable)} k) p), 9007199254740991)`;
}

/**
 * Changes in the order in which they became visible, from the one after `after`, and among them who is gone.
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
