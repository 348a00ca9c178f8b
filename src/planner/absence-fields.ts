import sql from 'sql-template-tag';
import { absenceQuery } from '../absences/absence.store';
import { booleanColumn, column, employeeOf, idColumn, objectOf } from './fields';
import type { FieldSql, FieldTable } from './planning';
import { nestedConnection } from './nested-connection';
import type { Row } from './row';
import { Workdays, type PeriodSql } from './workdays';

export const ABSENCE_TYPE_FIELDS: FieldTable = {
  id: idColumn('id'),
  name: column('name'),
  unit: column('unit'),
  paid: booleanColumn('paid'),
};

/** The same, of a row that an absence is joined with. */
const JOINED_TYPE: FieldTable = { ...ABSENCE_TYPE_FIELDS, id: idColumn('type_id'), name: column('type_name') };

const type: FieldSql = (row, field, planning) => objectOf(row, planning.selection.below(field), planning, JOINED_TYPE);

const days: FieldSql = (row, _field, planning) =>
  sql`CASE WHEN ${row.column('unit')} = 'DAYS' THEN ${new Workdays(planning).in(periodOf(row))} END`;

/** The columns of `absenceQuery`. */
export const ABSENCE_FIELDS: FieldTable = {
  id: idColumn('id'),
  employee: employeeOf('employee_id'),
  type,
  startDate: column('start_date'),
  endDate: column('end_date'),
  startsAtNoon: booleanColumn('starts_at_noon'),
  endsAtNoon: booleanColumn('ends_at_noon'),
  hours: column('hours'),
  days,
  status: column('status'),
  comment: column('comment'),
  version: column('version'),
  createdAt: column('created_at'),
  lastModifiedAt: column('last_modified_at'),
};

export const absenceConnection = nestedConnection('absences', absenceQuery);

export function periodOf(row: Row): PeriodSql {
  return {
    startDate: row.column('start_date'),
    endDate: row.column('end_date'),
    startsAtNoon: row.column('starts_at_noon'),
    endsAtNoon: row.column('ends_at_noon'),
  };
}
