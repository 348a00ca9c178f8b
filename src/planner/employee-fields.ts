import sql, { raw, type Sql } from 'sql-template-tag';
import type { AttributeType } from '../attributes/attribute';
import { SYSTEM_ATTRIBUTES, type SystemAttributeKey } from '../attributes/system-attributes';
import { EMPLOYEE_COLUMNS } from '../employees/employee-columns';
import { absenceBalances } from './absence-balances';
import { absenceConnection } from './absence-fields';
import { attendanceConnection } from './attendance-fields';
import { customAttributes } from './custom-attributes';
import { column, employeeOf, idColumn, objectOf } from './fields';
import type { FieldSql, FieldTable } from './planning';
import type { Row } from './row';
import type { SelectedField } from './selection';
import { Unplanned } from './unplanned';

export const UNIT_FIELDS: FieldTable = { id: idColumn('id'), name: column('name') };

export const SHARE_FIELDS: FieldTable = { ...UNIT_FIELDS, percentage: column('percentage') };

const unit: FieldSql = (row, field, planning) => {
  const key = keyOf(field);
  const other = planning.aliases.next();
  const object = objectOf(other, planning.selection.below(field), planning);
  return sql`(SELECT ${object} FROM ${raw(key)} ${other.from} WHERE ${other.column('id')} = ${columnOf(key, row)})`;
};

const money: FieldSql = (row, field, planning) => {
  const key = keyOf(field);
  const [amount, currency] = [columnOf(key, row, 0), columnOf(key, row, 1)];
  const table: FieldTable = { amount: () => amount, currency: () => currency };
  const object = objectOf(row, planning.selection.below(field), planning, table);
  return sql`CASE WHEN ${amount} IS NOT NULL AND ${currency} IS NOT NULL THEN ${object} END`;
};

const costCenters: FieldSql = (row, field, planning) => {
  const share = planning.aliases.next();
  const object = objectOf(share, planning.selection.below(field), planning);
  const list = planning.json.list(object, share.column('id'));
  return sql`(SELECT ${list} FROM (SELECT c.id, c.name, s.percentage FROM employee_cost_center s
    JOIN cost_center c ON c.id = s.cost_center_id WHERE s.employee_id = ${row.column('id')}) ${share.from})`;
};

const absenceEntitlement: FieldSql = (row, field, planning) => {
  const text = columnOf('absenceEntitlement', row);
  const entry = planning.aliases.next();
  const table: FieldTable = {
    type: () => sql`(${entry.from}.value ->> 'type')`,
    days: () => sql`(${entry.from}.value -> 'days')`,
  };
  const object = objectOf(entry, planning.selection.below(field), planning, table);
  const list = planning.json.list(object, sql`${entry.from}.key`);
  return sql`CASE WHEN ${text} IS NOT NULL THEN (SELECT ${list} FROM ${planning.json.entries(text, entry.from)}) END`;
};

// Texts that are not empty are joined, as on the reference path.
const displayName: FieldSql = (row) => {
  const first = sql`COALESCE(${columnOf('preferredName', row)}, ${columnOf('firstName', row)})`;
  return sql`NULLIF(concat_ws(' ', NULLIF(${first}, ''), NULLIF(${columnOf('lastName', row)}, '')), '')`;
};

const single: FieldSql = (row, field) => columnOf(keyOf(field), row);

/** How the values of each type of attribute are written; a type that is not here has one column, which is its value. */
const BY_TYPE: Partial<Readonly<Record<AttributeType, FieldSql>>> = {
  ID: idColumn('id'),
  EMPLOYEE: employeeOf('supervisor_id'),
  MONEY: money,
  ORGANIZATION_UNIT: unit,
  COST_CENTERS: costCenters,
  ABSENCE_ENTITLEMENT: absenceEntitlement,
};

export const EMPLOYEE_FIELDS: FieldTable = {
  ...Object.fromEntries(SYSTEM_ATTRIBUTES.map(({ key, type }): [string, FieldSql] => [key, BY_TYPE[type] ?? single])),
  displayName,
  version: column('version'),
  customAttributes,
  absences: absenceConnection,
  absenceBalances,
  attendances: attendanceConnection,
};

function keyOf({ field }: SelectedField): SystemAttributeKey {
  const key = field?.name ?? '';
  if (!Object.hasOwn(EMPLOYEE_COLUMNS, key)) throw new Unplanned();
  return key as SystemAttributeKey;
}

function columnOf(key: SystemAttributeKey, row: Row, index = 0): Sql {
  const name = EMPLOYEE_COLUMNS[key][index];
  if (name === undefined) throw new Unplanned();
  return row.column(name);
}
