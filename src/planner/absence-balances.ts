import sql, { type Sql } from 'sql-template-tag';
import { FIRST_BALANCE_YEAR, HOURS_A_DAY, LAST_BALANCE_YEAR } from '../absences/absence-balance';
import type { AbsenceStatus } from '../absences/absence';
import { LiveSlot } from '../authentication/live-slot';
import { EMPLOYEE_COLUMNS } from '../employees/employee-columns';
import { periodOf } from './absence-fields';
import { objectOf } from './fields';
import type { FieldSql, FieldTable, Planning } from './planning';
import type { Row } from './row';
import { Unplanned } from './unplanned';
import { Workdays } from './workdays';

/** What `balancesOf` of src/absences/absence-balance.ts works out, in SQL. */
export const absenceBalances: FieldSql = (person, field, planning) => {
  const { json, selection, aliases } = planning;
  const year = yearOf(selection.arguments(field)['year']);
  const [column = ''] = EMPLOYEE_COLUMNS.absenceEntitlement;
  const entry = aliases.next();
  const type = sql`(${entry.from}.value ->> 'type')`;
  const entitled = sql`CAST(${entry.from}.value ->> 'days' AS double precision)`;
  const days = (status: AbsenceStatus) => daysOf(status, type, year, person, planning);
  const balance: FieldTable = {
    type: () => type,
    year: () => sql`CAST(${year((text) => Number(text))} AS integer)`,
    entitled: () => sql`(${entry.from}.value -> 'days')`,
    taken: () => rounded(days('APPROVED')),
    requested: () => rounded(days('REQUESTED')),
    remaining: () => rounded(sql`(${entitled} - ${days('APPROVED')})`),
  };
  const object = objectOf(entry, selection.below(field), planning, balance);
  const text = person.column(column);
  const list = json.list(object, sql`${entry.from}.key`);
  return sql`CASE WHEN ${text} IS NULL THEN ${json.array([])}
    ELSE (SELECT ${list} FROM ${json.entries(text, entry.from)}) END`;
};

/** Makes a value of the four digits of the year; of this year's, when the statement runs. */
type Year = (value: (digits: string) => unknown) => unknown;

function yearOf(wanted: unknown): Year {
  if (wanted === undefined || wanted === null) return (value) => new LiveSlot(({ now }) => value(now.slice(0, 4)));
  const year = Number(wanted);
  if (year < FIRST_BALANCE_YEAR || year > LAST_BALANCE_YEAR) throw new Unplanned();
  return (value) => value(String(year));
}

function daysOf(status: AbsenceStatus, type: Sql, year: Year, person: Row, planning: Planning): Sql {
  const absence = planning.aliases.next();
  const from = sql`CAST(${year((digits) => `${digits}-01-01`)} AS text)`;
  const to = sql`CAST(${year((digits) => `${digits}-12-31`)} AS text)`;
  const hours = absence.column('hours');
  const inDays = new Workdays(planning).within(periodOf(absence), from, to);
  const inHours = sql`CASE WHEN substr(${absence.column('start_date')}, 1, 4) = CAST(${year((digits) => digits)} AS text)
    THEN ${hours} / ${HOURS_A_DAY} ELSE 0 END`;
  const reason = planning.aliases.next();
  return sql`COALESCE((SELECT sum(CASE WHEN ${hours} IS NULL THEN ${inDays} ELSE ${inHours} END)
    FROM absence ${absence.from} JOIN absence_type ${reason.from} ON ${reason.column('id')} = ${absence.column('type_id')}
    WHERE ${absence.column('employee_id')} = ${person.column('id')} AND ${reason.column('name')} = ${type}
      AND ${absence.column('status')} = ${status} AND ${absence.column('end_date')} >= ${from}
      AND ${absence.column('start_date')} <= ${to}), 0)`;
}

// Sums of hours may differ in their last digit by the order in which they are added.
function rounded(value: Sql): Sql {
  return sql`round(CAST(${value} AS numeric), 6)`;
}
