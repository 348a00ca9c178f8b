import sql, { type Sql } from 'sql-template-tag';
import { attendanceQuery } from '../attendances/attendance.store';
import { column, employeeOf, idColumn } from './fields';
import { nestedConnection } from './nested-connection';
import type { FieldSql, FieldTable, Planning } from './planning';

// What `workedMinutes` of src/attendances/attendance.ts counts: whole minutes, less the break.
const workedMinutes: FieldSql = (row, _field, planning) => {
  const milliseconds = sql`(${moment(row.column('ends_at'), planning)} - ${moment(row.column('starts_at'), planning)})`;
  return sql`(${milliseconds} / 60000 - ${row.column('break_minutes')})`;
};

/** Milliseconds since 1970, as a whole number. Moments are kept as `YYYY-MM-DDTHH:MM:SS.mmmZ`. */
function moment(text: Sql, { dialect }: Planning): Sql {
  return dialect === 'sqlite'
    ? sql`(unixepoch(${text}) * 1000 + CAST(substr(${text}, 21, 3) AS integer))`
    : sql`CAST(EXTRACT(EPOCH FROM CAST(${text} AS timestamptz)) * 1000 AS bigint)`;
}

/** The columns of `attendanceQuery`. */
export const ATTENDANCE_FIELDS: FieldTable = {
  id: idColumn('id'),
  employee: employeeOf('employee_id'),
  start: column('starts_at'),
  end: column('ends_at'),
  breakMinutes: column('break_minutes'),
  workedMinutes,
  project: column('project'),
  comment: column('comment'),
  version: column('version'),
  createdAt: column('created_at'),
  lastModifiedAt: column('last_modified_at'),
};

export const attendanceConnection = nestedConnection('attendances', attendanceQuery);
