import sql, { join, raw, type Sql } from 'sql-template-tag';
import { within, type RecordQuery } from '../pagination/record-reader.store';
import { windowOf, type Window, type WindowArguments } from '../pagination/window';
import type { Dialect } from '../store/store';
import type { MarkedList } from './cursor-marks';
import type { Row } from './row';
import { objectOf } from './fields';
import type { FieldSql, FieldTable } from './planning';
import { atMost } from '../store/statement';

/** A page of the records of one person, as one object. */
export function nestedConnection(
  list: MarkedList,
  queryOf: (filter: never, dialect: Dialect) => RecordQuery,
): FieldSql {
  return (person, field, planning) => {
    const { json, selection, marks, dialect } = planning;
    planning.hasMarks = true;
    const { filter, ...rest } = selection.arguments(field);
    const query = queryOf(filter as never, dialect);
    const window = windowOf(rest as WindowArguments, (cursor) => marks.idOf(list, cursor));
    const record = planning.aliases.next();
    const own = sql`r.employee_id = ${person.column('id')} AND ${query.where}`;
    const more = hasMore(query, own, window);
    const info: FieldTable = {
      hasNextPage: () => json.boolean(window.isFromEnd ? said(window.before) : more),
      hasPreviousPage: () => json.boolean(window.isFromEnd ? more : said(window.after)),
      startCursor: () => marks.of(list, sql`min(${record.column('id')})`),
      endCursor: () => marks.of(list, sql`max(${record.column('id')})`),
    };
    const edge: FieldTable = {
      cursor: () => marks.of(list, record.column('id')),
      node: (_row, node) => objectOf(record, selection.below(node), planning),
    };
    const connection: FieldTable = {
      nodes: (_row, nodes) => json.list(objectOf(record, selection.below(nodes), planning), record.column('id')),
      edges: (_row, edges) => json.list(objectOf(record, selection.below(edges), planning, edge), record.column('id')),
      pageInfo: (_row, pageInfo) => objectOf(record, selection.below(pageInfo), planning, info),
      totalCount: () => sql`(SELECT count(*) FROM ${query.from} WHERE ${own})`,
    };
    const object = objectOf(record, selection.below(field), planning, connection);
    // Counting makes one object of however many records, also when nothing that is selected adds them up.
    const one = sql`CASE WHEN count(*) >= 0 THEN ${object} END`;
    return sql`(SELECT ${one} FROM (${page(query, own, window, record)}) ${record.from})`;
  };
}

function page(query: RecordQuery, own: Sql, window: Window<number>, record: Row): Sql {
  return sql`SELECT ${recordColumns(record)} FROM ${query.from} WHERE ${within({ where: own }, window)}
    ORDER BY r.id ${raw(window.isFromEnd ? 'DESC' : 'ASC')} ${atMost(window.size)}`;
}

function hasMore(query: RecordQuery, own: Sql, window: Window<number>): Sql {
  const oneMore = sql`SELECT r.id FROM ${query.from} WHERE ${within({ where: own }, window)} ${atMost(window.size + 1)}`;
  return sql`(SELECT count(*) FROM (${oneMore}) found) > ${window.size}`;
}

/** What a row of `absence` gets from the type that it is joined with. */
const JOINED: Readonly<Record<string, string>> = { type_name: 't.name AS type_name', unit: 't.unit', paid: 't.paid' };

/** Of a record's columns those that the answer needs, and its id. */
export function recordColumns(record: Row): Sql {
  const names = [...new Set(['id', ...record.columns])];
  return join(
    names.map((name) => raw(JOINED[name] ?? `r.${name}`)),
    ', ',
  );
}

function said(anchor: number | undefined): Sql {
  return anchor === undefined ? sql`1 = 0` : sql`1 = 1`;
}
