import { randomBytes } from 'node:crypto';
import sql, { raw, type Sql } from 'sql-template-tag';
import type { Cursors } from '../pagination/cursor';

/** Lists below a person; each key is what a mark says, each value what cursors of that list are bound to. */
const LISTS = { absences: 'absences by id', attendances: 'attendances by id' } as const;
export type MarkedList = keyof typeof LISTS;

/**
 * Marks the places of cursors in a text that a database writes: it knows the ids, but not the key that cursors are made
 * with. A mark holds random bytes that leave this process in no answer, so no stored value can look like one.
 */
export class CursorMarks {
  private readonly prefix = `cursor-${randomBytes(16).toString('hex')}-`;
  private readonly mark = new RegExp(`${this.prefix}([a-z]+)-(\\d+)`, 'g');

  constructor(private readonly cursors: Cursors) {}

  /** @returns an expression of the mark for a record; null when `id` is */
  of(list: MarkedList, id: Sql): Sql {
    return sql`${raw(`'${this.prefix}${list}-'`)} || ${id}`;
  }

  /** @throws GatewayError BAD_USER_INPUT */
  idOf(list: MarkedList, cursor: string): number {
    return Number(this.cursors.decode(LISTS[list], cursor));
  }

  /** Puts cursors in the places of their marks. */
  replaced(text: string): string {
    if (!text.includes(this.prefix)) return text;
    return text.replace(this.mark, (_mark, list: MarkedList, id: string) => this.cursors.encode(LISTS[list], id));
  }
}
