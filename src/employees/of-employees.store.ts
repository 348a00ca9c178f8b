import sql, { type Sql } from 'sql-template-tag';
import type { Dialect } from '../store/store';
import { employeeFilter } from './find/employee-filter.store';

/** A condition on records of alias `r`: that they belong to people who fulfil a filter, which has passed the gate. */
export function ofEmployees(filter: unknown, dialect: Dialect): Sql {
  return sql`r.employee_id IN (SELECT e.id FROM employee e WHERE ${employeeFilter(filter, 'e', dialect)})`;
}
