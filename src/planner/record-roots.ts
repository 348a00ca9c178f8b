import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Cursors } from '../pagination/cursor';
import { within, type RecordQuery } from '../pagination/record-reader.store';
import { windowOf, type Window } from '../pagination/window';
import type { Dialect } from '../store/store';
import { objectOf } from './fields';
import { recordColumns } from './nested-connection';
import { statement, type RootPlan } from './root';
import { RootConnection } from './root-connection';
import { RootPage } from './root-page';
import type { Row } from './row';
import { atMost } from '../store/statement';

/** Everybody's records of a module, in the order of their ids. */
export function recordsRoot(cursors: Cursors, queryOf: (filter: never, dialect: Dialect) => RecordQuery): RootPlan {
  return (field, planning) => {
    const record = planning.aliases.next();
    const connection = new RootConnection(field, record, planning);
    return ({ filter, ...rest }) => {
      const query = queryOf(filter as never, planning.dialect);
      const window = windowOf(rest, (cursor) => Number(cursors.decode(query.name, cursor)));
      const columns = [...connection.columns, ...aside(connection, query, window)];
      const page = pageOf(query, window, record);
      return statement(sql`SELECT ${join(columns, ', ')} FROM (${page}) ${record.from}`, planning, (found) =>
        connection.pieces(new RootPage(found, window, (id) => cursors.encode(query.name, id))),
      );
    };
  };
}

function pageOf(query: RecordQuery, window: Window<number>, record: Row): Sql {
  return sql`SELECT ${recordColumns(record)} FROM ${query.from} WHERE ${within(query, window)}
    ORDER BY r.id ${raw(window.isFromEnd ? 'DESC' : 'ASC')} ${atMost(window.size + 1)}`;
}

// A record that a cursor was made for is taken to be there still, on the side that the page was not cut at.
function aside({ needs }: RootConnection, query: RecordQuery, { isFromEnd }: Window<number>): Sql[] {
  return [
    ...(needs.total ? [sql`(SELECT count(*) FROM ${query.from} WHERE ${query.where}) AS total`] : []),
    ...(needs.place ? [raw(`${isFromEnd ? 1 : 0} AS onwards, ${isFromEnd ? 0 : 1} AS backwards`)] : []),
  ];
}

export const absenceTypesRoot: RootPlan = (field, planning) => {
  const type = planning.aliases.next();
  const object = objectOf(type, planning.selection.below(field), planning);
  const list = planning.json.list(object, type.column('id'));
  const query = sql`SELECT CAST(${list} AS text) AS types FROM absence_type ${type.from}`;
  return () => statement(query, planning, (found) => [String(found['types'])]);
};
