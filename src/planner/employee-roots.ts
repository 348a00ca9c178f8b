import sql, { join, raw, type Sql } from 'sql-template-tag';
import { LiveSlot } from '../authentication/live-slot';
import { all, any } from '../employees/find/condition.store';
import {
  anchorsOf,
  assertPresent,
  countOf,
  isAfter,
  orderBy,
  reversed,
  within,
} from '../employees/find/employee-order.store';
import { employeeQuery, type EmployeeQuery } from '../employees/find/employee-query.store';
import type { Cursors } from '../pagination/cursor';
import { windowOf, type Window } from '../pagination/window';
import { readRowId } from '../store/row-id';
import { objectOf } from './fields';
import { statement, type RootPlan } from './root';
import { RootConnection } from './root-connection';
import { RootPage } from './root-page';
import { atMost } from '../store/statement';

/** An id that nobody has. */
const NOBODY = 0;
const WANTED = new LiveSlot(({ wanted }) => wanted);

export const employeeRoot: RootPlan = (field, planning) => {
  const person = planning.aliases.next();
  const object = objectOf(person, planning.selection.below(field), planning);
  const query = sql`SELECT CAST(${object} AS text) AS object FROM employee ${person.from}
    WHERE ${person.column('id')} = ${WANTED}`;
  planning.addValues(query.values.length);
  const read = statement(query, planning, (found) => [typeof found['object'] === 'string' ? found['object'] : 'null']);
  return ({ id }) => {
    const wanted = readRowId(String(id)) ?? NOBODY;
    return (live) => read(live, wanted);
  };
};

export function employeesRoot(cursors: Cursors): RootPlan {
  return (field, planning) => {
    const person = planning.aliases.next();
    const connection = new RootConnection(field, person, planning);
    const readable = planning.caller.grants.attributes.read;
    return (args) => {
      const query = employeeQuery(args, readable, planning.dialect);
      const window = windowOf(args, (cursor) => Number(cursors.decode(query.name, cursor)));
      const anchors = anchorsOf(query.order, window);
      const present = anchors.length > 0 ? [sql`${countOf(anchors)} AS present`] : [];
      const columns = [...connection.columns, ...aside(connection, query, window), ...present];
      const page = pageOf(query, window, ['id', ...person.columns]);
      return statement(sql`SELECT ${join(columns, ', ')} FROM (${page}) ${person.from}`, planning, (found) => {
        assertPresent(anchors, found['present']);
        return connection.pieces(new RootPage(found, window, (id) => cursors.encode(query.name, id)));
      });
    };
  };
}

function pageOf({ where, order }: EmployeeQuery, window: Window<number>, columns: readonly string[]): Sql {
  const direction = window.isFromEnd ? reversed(order) : order;
  const read = [...new Set(columns)].map((column) => raw(`e.${column}`));
  return sql`SELECT ${join(read, ', ')} FROM employee e WHERE ${all([where, ...within(order, window)])}
    ORDER BY ${orderBy(direction, 'e')} ${atMost(window.size + 1)}`;
}

/** What is found out beside the page, only when it is selected. */
function aside({ needs }: RootConnection, query: EmployeeQuery, { after, before }: Window<number>): Sql[] {
  const beyond = needs.place;
  return [
    ...(needs.total ? [sql`(SELECT count(*) FROM employee e WHERE ${query.where}) AS total`] : []),
    ...(beyond && before !== undefined ? [sql`${existsFrom(query, query.order, before)} AS onwards`] : []),
    ...(beyond && after !== undefined ? [sql`${existsFrom(query, reversed(query.order), after)} AS backwards`] : []),
  ];
}

/** 1 when anybody stands at the place of `anchor` or further in this order. */
function existsFrom({ where }: EmployeeQuery, order: EmployeeQuery['order'], anchor: number): Sql {
  const place = any([isAfter(order, 'e', anchor), sql`e.id = ${anchor}`]);
  return sql`CASE WHEN EXISTS (SELECT 1 FROM employee e WHERE ${all([where, place])}) THEN 1 ELSE 0 END`;
}
