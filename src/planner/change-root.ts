import sql, { join } from 'sql-template-tag';
import { changesAfter, FEED } from '../employees/history/change-feed.store';
import type { Cursors } from '../pagination/cursor';
import { pageSize } from '../pagination/page';
import { column, employeeOf, idColumn } from './fields';
import type { FieldTable } from './planning';
import { statement, type RootPlan } from './root';
import { RootConnection } from './root-connection';
import { RootPage } from './root-page';

/** The columns of `changesAfter`. */
export const CHANGE_FIELDS: FieldTable = {
  employeeId: idColumn('employee_id'),
  attribute: column('attribute_key'),
  at: column('at'),
  employee: employeeOf('employee_id'),
};

export function changesRoot(cursors: Cursors): RootPlan {
  return (field, planning) => {
    const change = planning.aliases.next();
    const connection = new RootConnection(field, change, planning);
    const readable = planning.caller.grants.attributes.read;
    return ({ after, first }) => {
      const start = typeof after === 'string' ? cursors.unseal(FEED, after) : undefined;
      const size = pageSize(typeof first === 'number' ? first : null);
      const window = { size, isFromEnd: false, after: start, before: undefined };
      const page = changesAfter(readable, start ?? 0, size);
      const columns = join([...connection.columns, sql`1 AS backwards`], ', ');
      return statement(sql`SELECT ${columns} FROM (${page}) ${change.from}`, planning, (found) =>
        connection.pieces(new RootPage(found, window, (id) => cursors.seal(FEED, Number(id)))),
      );
    };
  };
}
