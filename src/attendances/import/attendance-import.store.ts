import sql, { bulk, join } from 'sql-template-tag';
import type { Run } from '../../store/statement';
import type { Row } from '../../store/store';
import type { AttendanceDraft } from '../attendance';
import type { StoredAttendance } from './attendance-record';

/** What is written of an attendance. */
export interface AttendanceContent extends AttendanceDraft {
  readonly employeeId: number;
}

/** The attendances of these people that touch the time from `from` to `to`, by person. */
export async function attendancesBetween(
  run: Run,
  people: readonly number[],
  from: string,
  to: string,
): Promise<Map<number, StoredAttendance[]>> {
  const rows = await run(
    sql`SELECT id, employee_id, starts_at, ends_at, break_minutes, project, comment FROM attendance
      WHERE employee_id IN (${join([...people])}) AND starts_at <= ${to} AND ends_at >= ${from}
      ORDER BY id`,
  );
  const found = new Map<number, StoredAttendance[]>();
  for (const row of rows) {
    const employeeId = row['employee_id'] as number;
    const attendances = found.get(employeeId);
    if (attendances) attendances.push(toStored(row));
    else found.set(employeeId, [toStored(row)]);
  }
  return found;
}

function toStored(row: Row): StoredAttendance {
  return {
    id: row['id'] as number,
    group: '',
    first: row['starts_at'] as string,
    last: row['ends_at'] as string,
    takesTime: true,
    ...optionalOf(row),
  };
}

type Optional = Pick<AttendanceContent, 'breakMinutes' | 'project' | 'comment'>;

function optionalOf(row: Row): Optional {
  return {
    breakMinutes: row['break_minutes'] as number,
    project: row['project'] as string | null,
    comment: row['comment'] as string | null,
  };
}

/** What a file may leave as it is, by the attendance's id. */
export async function keptOf(run: Run, ids: readonly number[]): Promise<ReadonlyMap<number, Optional>> {
  if (ids.length === 0) return new Map();
  const rows = await run(
    sql`SELECT id, break_minutes, project, comment FROM attendance WHERE id IN (${join([...ids])})`,
  );
  return new Map(rows.map((row) => [row['id'] as number, optionalOf(row)]));
}

export async function insertAttendances(
  run: Run,
  attendances: readonly AttendanceContent[],
  now: string,
): Promise<void> {
  if (attendances.length === 0) return;
  const values = attendances.map((attendance) => [...valuesOf(attendance), 1, now, now]);
  await run(
    sql`INSERT INTO attendance (employee_id, starts_at, ends_at, break_minutes, project, comment, version, created_at,
        last_modified_at)
      VALUES ${bulk(values)}`,
  );
}

/** Changes attendances that exist. They keep when they were created. */
export async function changeAttendances(
  run: Run,
  attendances: readonly (AttendanceContent & { readonly id: number })[],
  now: string,
): Promise<void> {
  if (attendances.length === 0) return;
  // An insert that always meets the row it changes, as people are changed in batches.
  const values = attendances.map((attendance) => [attendance.id, ...valuesOf(attendance), 1, now, now]);
  await run(
    sql`INSERT INTO attendance (id, employee_id, starts_at, ends_at, break_minutes, project, comment, version, created_at,
        last_modified_at)
      VALUES ${bulk(values)}
      ON CONFLICT (id) DO UPDATE SET ends_at = excluded.ends_at, break_minutes = excluded.break_minutes,
        project = excluded.project, comment = excluded.comment, version = attendance.version + 1,
        last_modified_at = excluded.last_modified_at`,
  );
}

function valuesOf({ employeeId, startsAt, endsAt, breakMinutes, project, comment }: AttendanceContent): unknown[] {
  return [employeeId, startsAt, endsAt, breakMinutes, project, comment];
}
