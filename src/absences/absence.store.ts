import sql, { join, type Sql } from 'sql-template-tag';
import { listOf } from '../employees/find/condition.store';
import { idOperand, textOperand } from '../employees/find/operand';
import { ofEmployees } from '../employees/of-employees.store';
import type { RecordQuery, RecordReader } from '../pagination/record-reader.store';
import type { Dialect, Row } from '../store/store';
import { workdaysIn, type AbsencePeriod, type AbsenceStatus, type AbsenceUnit } from './absence';
import type { AbsenceFilter } from './absence-input.type';

export interface AbsenceTypeRecord {
  readonly id: number;
  readonly name: string;
  readonly unit: AbsenceUnit;
  readonly paid: boolean;
}

export interface AbsenceRecord extends AbsencePeriod {
  readonly id: number;
  readonly employeeId: number;
  readonly type: AbsenceTypeRecord;
  readonly hours: number | null;
  readonly days: number | null;
  readonly status: AbsenceStatus;
  readonly comment: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly lastModifiedAt: string;
}

const COLUMNS = sql`r.id, r.employee_id, r.type_id, r.start_date, r.end_date, r.starts_at_noon, r.ends_at_noon, r.hours,
  r.status, r.comment, r.version, r.created_at, r.last_modified_at, t.name AS type_name, t.unit, t.paid`;
const FROM = sql`absence r JOIN absence_type t ON t.id = r.type_id`;

/** @param filter has passed the gate */
export function absenceQuery(filter: AbsenceFilter | null | undefined, dialect: Dialect): RecordQuery {
  return {
    name: 'absences by id',
    columns: COLUMNS,
    from: FROM,
    where: join(conditions(filter ?? {}, dialect), ' AND '),
  };
}

function conditions({ employee, from, to, status, type }: AbsenceFilter, dialect: Dialect): Sql[] {
  return [
    sql`1 = 1`,
    ...(employee ? [ofEmployees(employee, dialect)] : []),
    ...(from ? [sql`r.end_date >= ${from}`] : []),
    ...(to ? [sql`r.start_date <= ${to}`] : []),
    // An empty list names nothing, so nothing is meant.
    ...(status ? [sql`r.status IN (${join(['', ...listOf(status).map(textOperand)])})`] : []),
    ...(type ? [sql`r.type_id IN (${join([0, ...listOf(type).map(idOperand)])})`] : []),
  ];
}

export async function absenceById(reader: RecordReader, id: number): Promise<AbsenceRecord | null> {
  const [row] = await reader.rows(sql`SELECT ${COLUMNS} FROM ${FROM} WHERE r.id = ${id}`);
  return row ? toAbsence(row) : null;
}

export async function absenceTypes(reader: RecordReader): Promise<readonly AbsenceTypeRecord[]> {
  const rows = await reader.rows(sql`SELECT id, name, unit, paid FROM absence_type`, sql`data.id`);
  return rows.map(toType);
}

export function toAbsence(row: Row): AbsenceRecord {
  const period = {
    startDate: row['start_date'] as string,
    endDate: row['end_date'] as string,
    startsAtNoon: Boolean(row['starts_at_noon']),
    endsAtNoon: Boolean(row['ends_at_noon']),
  };
  const type = toType({ ...row, id: row['type_id'], name: row['type_name'] });
  return {
    ...period,
    id: row['id'] as number,
    employeeId: row['employee_id'] as number,
    type,
    hours: row['hours'] as number | null,
    days: type.unit === 'DAYS' ? workdaysIn(period) : null,
    status: row['status'] as AbsenceStatus,
    comment: row['comment'] as string | null,
    version: row['version'] as number,
    createdAt: row['created_at'] as string,
    lastModifiedAt: row['last_modified_at'] as string,
  };
}

export function toType(row: Row): AbsenceTypeRecord {
  return {
    id: row['id'] as number,
    name: row['name'] as string,
    unit: row['unit'] as AbsenceUnit,
    paid: Boolean(row['paid']),
  };
}
