import sql, { join, raw, type Sql } from 'sql-template-tag';
import { requireSystemAttribute, type SystemAttributeKey } from '../../attributes/system-attributes';
import type { NullsPlacement, OrderDirection } from '../../pagination/order-direction.type';
import type { Window } from '../../pagination/window';
import { binary, fold } from '../../store/fold';
import type { Dialect } from '../../store/store';
import { all, any } from './condition.store';
import { customValue } from './custom-filter.store';
import { columnOf } from './employee-filter.store';
import { textOperand, unusable } from './operand';
import { ORDER_FIELDS, type EmployeeOrderType } from './employee-order.type';

const MOST_KEYS = 5;

/** One key of an order. The last one is always the id, so that no two people share a place. */
export interface OrderTerm {
  /** Names attribute and placement; a cursor is bound to it. */
  readonly name: string;
  readonly direction: OrderDirection;
  readonly nulls: NullsPlacement;
  /** What is compared, in the row of this alias. */
  readonly value: (row: string) => Sql;
}

/** @throws GatewayError BAD_USER_INPUT for more than five keys, or one that names nothing or two things */
export function orderOf(orderBy: readonly EmployeeOrderType[], dialect: Dialect): OrderTerm[] {
  if (orderBy.length > MOST_KEYS) throw unusable('An order has at most five keys.');
  return [...orderBy.flatMap((key) => termsOf(key, dialect)), BY_ID];
}

const BY_ID: OrderTerm = { name: 'id', direction: 'ASC', nulls: 'LAST', value: (row) => raw(`${row}.id`) };

/** What a cursor of this order is bound to. */
export function orderName(order: readonly OrderTerm[]): string {
  return `employees by ${order.map(({ name, direction, nulls }) => `${name} ${direction} ${nulls}`).join(', ')}`;
}

/** The same places from the other end. */
export function reversed(order: readonly OrderTerm[]): OrderTerm[] {
  return order.map((term) => ({
    ...term,
    direction: term.direction === 'ASC' ? 'DESC' : 'ASC',
    nulls: term.nulls === 'FIRST' ? 'LAST' : 'FIRST',
  }));
}

/** An ORDER BY list. Where empty values stand is spelt out, because the databases differ on it; an id is never empty. */
export function orderBy(order: readonly OrderTerm[], row: string): Sql {
  return join(
    order.map(({ name, value, direction, nulls }) =>
      name === BY_ID.name
        ? sql`${value(row)} ${raw(direction)}`
        : sql`${value(row)} ${raw(direction)} NULLS ${raw(nulls)}`,
    ),
    ', ',
  );
}

/** Whether the row of alias `row` comes after the person with this id. Their values never leave the database. */
export function isAfter(order: readonly OrderTerm[], row: string, id: number): Sql {
  const [first] = order;
  // By the id alone, the primary key leads to the place: the last of a million pages costs what the first one does.
  if (first?.name === BY_ID.name) return sql`${raw(row)}.id ${raw(first.direction === 'ASC' ? '>' : '<')} ${id}`;
  return any(
    order.map((term, index) =>
      all([...order.slice(0, index).map((earlier) => isEqual(earlier, row, id)), isLater(term, row, id)]),
    ),
  );
}

/** Conditions on the `employee` row of alias `e`: that it stands inside the window, whose ends are people's ids. */
export function within(order: readonly OrderTerm[], { after, before }: Window<number>): Sql[] {
  return [
    ...(after === undefined ? [] : [isAfter(order, 'e', after)]),
    ...(before === undefined ? [] : [isAfter(reversed(order), 'e', before)]),
  ];
}

/** The people whose values say where a window ends, each once. In the order by id it is nobody: the id itself says it. */
export function anchorsOf(order: readonly OrderTerm[], { after, before }: Window<number>): readonly number[] {
  if (order[0]?.name === BY_ID.name) return [];
  return [...new Set([after, before].filter((id) => id !== undefined))];
}

/** How many of these people there are. */
export function countOf(anchors: readonly number[]): Sql {
  return sql`(SELECT count(*) FROM employee anchor WHERE anchor.id IN (${join([...anchors])}))`;
}

/**
 * @param count of those among them who are there
 * @throws GatewayError BAD_USER_INPUT when one is gone: their place is known no more, and no value would be taken for it
 */
export function assertPresent(anchors: readonly number[], count: unknown): void {
  if (Number(count ?? 0) < anchors.length) throw unusable('The person that the cursor points to is gone. Start anew.');
}

function isEqual({ value }: OrderTerm, row: string, id: number): Sql {
  return sql`(${value(row)} IS NOT DISTINCT FROM ${valueOf(value, id)})`;
}

function isLater({ value, direction, nulls }: OrderTerm, row: string, id: number): Sql {
  const [mine, theirs] = [value(row), valueOf(value, id)];
  const later = sql`${mine} ${raw(direction === 'ASC' ? '>' : '<')} ${theirs}`;
  const [empty, full] = nulls === 'LAST' ? [mine, theirs] : [theirs, mine];
  return sql`(${later} OR (${empty} IS NULL AND ${full} IS NOT NULL))`;
}

function valueOf(value: OrderTerm['value'], id: number): Sql {
  return sql`(SELECT ${value('anchor')} FROM employee anchor WHERE anchor.id = ${id})`;
}

function termsOf({ by, custom, direction, nulls }: EmployeeOrderType, dialect: Dialect): OrderTerm[] {
  if (typeof by === 'string' && typeof custom !== 'string') {
    const key = ORDER_FIELDS[by];
    if (key) return [{ name: key, direction, nulls, value: (row) => systemValue(key, row, dialect) }];
  }
  if (typeof custom === 'string' && typeof by !== 'string') return customTerms(custom, { direction, nulls }, dialect);
  throw unusable('A key of an order names either "by" or "custom".');
}

// The attribute's type is known to the database only, and one of the two columns is always empty.
function customTerms(custom: string, placement: Pick<OrderTerm, 'direction' | 'nulls'>, dialect: Dialect): OrderTerm[] {
  const name = textOperand(custom);
  return [
    { ...placement, name: `custom.${name}`, value: (row) => customValue(name, row, 'number') },
    {
      ...placement,
      name: `custom.${name}`,
      value: (row) => sortable(customValue(name, row, 'single'), dialect),
    },
  ];
}

function systemValue(key: SystemAttributeKey, row: string, dialect: Dialect): Sql {
  const column = columnOf(key, row);
  switch (requireSystemAttribute(key).type) {
    case 'TEXT':
    case 'MULTILINE':
      return sortable(column, dialect);
    case 'ORGANIZATION_UNIT':
      return sortable(sql`(SELECT u.name FROM ${raw(key)} u WHERE u.id = ${column})`, dialect);
    case 'LINK':
    case 'LIST':
    case 'DATE':
    case 'DATE_TIME':
      return sql`(${binary(column, dialect)})`;
    default:
      return column;
  }
}

function sortable(text: Sql, dialect: Dialect): Sql {
  return sql`(${binary(fold(text, dialect), dialect)})`;
}
