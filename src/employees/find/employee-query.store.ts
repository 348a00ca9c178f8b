import type { Sql } from 'sql-template-tag';
import type { AttributeKey } from '../../attributes/attribute';
import type { Dialect } from '../../store/store';
import { all } from './condition.store';
import { employeeFilter } from './employee-filter.store';
import { orderName, orderOf, type OrderTerm } from './employee-order.store';
import type { EmployeeOrderType } from './employee-order.type';
import { employeeSearch } from './employee-search.store';
import { updatedSinceCondition } from './employee-updated.store';
import { momentOperand } from './operand';

/** The arguments that say who is meant. All of them have passed the gate. */
export interface FindArguments {
  readonly filter?: unknown;
  readonly search?: string | null | undefined;
  readonly updatedSince?: Date | null | undefined;
  readonly orderBy?: readonly EmployeeOrderType[] | null | undefined;
}

/** Which people, in which order: arguments made into SQL, and nothing but bound values of what the client said. */
export interface EmployeeQuery {
  /** What a cursor is bound to. */
  readonly name: string;
  /** A condition on the `employee` row of alias `e`. */
  readonly where: Sql;
  readonly order: readonly OrderTerm[];
}

/**
 * Translates arguments to SQL. Pure.
 *
 * @param readable what the caller may read: a search looks into nothing else, and no other change counts
 * @throws GatewayError BAD_USER_INPUT for what cannot be compared, ordered or searched
 */
export function employeeQuery(
  { filter, search, updatedSince, orderBy }: FindArguments,
  readable: ReadonlySet<AttributeKey>,
  dialect: Dialect,
): EmployeeQuery {
  const order = orderOf(orderBy ?? [], dialect);
  const conditions = [
    ...(isSaid(filter) ? [employeeFilter(filter, 'e', dialect)] : []),
    ...(isSaid(search) ? [employeeSearch(search, readable, 'e', dialect)] : []),
    ...(isSaid(updatedSince) ? [updatedSinceCondition(momentOperand(updatedSince), readable, 'e')] : []),
  ];
  return { name: orderName(order), where: all(conditions), order };
}

// A whole argument that is null is an argument left out, as GraphQL clients send it.
function isSaid<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}
