import sql, { join, type Sql } from 'sql-template-tag';
import { listOf } from '../employees/find/condition.store';
import { textOperand } from '../employees/find/operand';
import { ofEmployees } from '../employees/of-employees.store';
import type { RecordQuery, RecordReader } from '../pagination/record-reader.store';
import type { Dialect, Row } from '../store/store';
import { workedMinutes } from './attendance';
import type { AttendanceFilter } from './attendance-input.type';

export interface AttendanceRecord {
  readonly id: number;
  readonly employeeId: number;
  readonly start: string;
  readonly end: string;
  readonly breakMinutes: number;
  readonly workedMinutes: number;
  readonly project: string | null;
  readonly comment: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly lastModifiedAt: string;
}

const COLUMNS = sql`r.id, r.employee_id, r.starts_at, r.ends_at, r.break_minutes, r.project, r.comment, r.version,
  r.created_at, r.last_modified_at`;
const FROM = sql`attendance r`;

/** @param filter has passed the gate */
export function attendanceQuery(filter: AttendanceFilter | null | undefined, dialect: Dialect): RecordQuery {
  return {
    name: 'attendances by id',
    columns: COLUMNS,
    from: FROM,
    where: join(conditions(filter ?? {}, dialect), ' AND '),
  };
}

function conditions({ employee, from, to, project }: AttendanceFilter, dialect: Dialect): Sql[] {
  return [
    sql`1 = 1`,
    ...(employee ? [ofEmployees(employee, dialect)] : []),
    ...(from ? [sql`r.ends_at >= ${`${from}T00:00:00.000Z`}`] : []),
    ...(to ? [sql`r.starts_at <= ${`${to}T23:59:59.999Z`}`] : []),
    ...(project ? [inProjects(listOf(project).map(textOperand))] : []),
  ];
}

// An empty list names nothing, so nothing is meant.
function inProjects(projects: readonly string[]): Sql {
  return projects.length > 0 ? sql`r.project IN (${join([...projects])})` : sql`1 = 0`;
}

export async function attendancesById(reader: RecordReader, ids: readonly number[]): Promise<AttendanceRecord[]> {
  if (ids.length === 0) return [];
  const rows = await reader.rows(sql`SELECT ${COLUMNS} FROM ${FROM} WHERE r.id IN (${join([...ids])})`);
  return rows.map(toAttendance);
}

export function toAttendance(row: Row): AttendanceRecord {
  const [start, end] = [row['starts_at'] as string, row['ends_at'] as string];
  const breakMinutes = row['break_minutes'] as number;
  const [project, comment] = [row['project'] as string | null, row['comment'] as string | null];
  return {
    id: row['id'] as number,
    employeeId: row['employee_id'] as number,
    start,
    end,
    breakMinutes,
    workedMinutes: workedMinutes({ startsAt: start, endsAt: end, breakMinutes, project, comment }),
    project,
    comment,
    version: row['version'] as number,
    createdAt: row['created_at'] as string,
    lastModifiedAt: row['last_modified_at'] as string,
  };
}
