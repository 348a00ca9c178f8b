import type { ImportMap } from '../importing/import-map';
import { readName, readPersonId, type PersonioAttendance, type PersonioTimeOff } from './personio-answer';
import { day } from './standard-attributes';

type Row = Record<string, unknown>;

/** An absence as a row of a file. Half days are worked in their first half when they begin an absence. */
export function absenceRowOf(timeOff: PersonioTimeOff): Row {
  return {
    employee: readPersonId(timeOff.employee),
    time_off_type: timeOff.time_off_type.attributes.name,
    start_date: day({ value: timeOff.start_date }),
    end_date: day({ value: timeOff.end_date }),
    half_day_start: Boolean(timeOff.half_day_start),
    half_day_end: Boolean(timeOff.half_day_end),
    status: timeOff.status ?? null,
    comment: timeOff.comment ?? null,
  };
}

export const ABSENCE_MAP: ImportMap = mapOf({
  employee: { attribute: 'personnelNumber' },
  time_off_type: { attribute: 'type' },
  start_date: { attribute: 'startDate' },
  end_date: { attribute: 'endDate' },
  half_day_start: { attribute: 'startsAtNoon' },
  half_day_end: { attribute: 'endsAtNoon' },
  status: { attribute: 'status', values: { pending: 'REQUESTED', canceled: 'CANCELLED' } },
  comment: { attribute: 'comment' },
});

/** Why an attendance is not taken: it is not decided yet, or not over yet. */
export function attendanceObjection({ attributes }: PersonioAttendance): string | undefined {
  if (!attributes.end_time) return 'attendances that are not over';
  const isConfirmed = (attributes.status ?? 'confirmed') === 'confirmed';
  return isConfirmed ? undefined : 'attendances that are not confirmed';
}

/** An attendance as a row of a file, at the times of its place. */
export function attendanceRowOf({ attributes }: PersonioAttendance): Row {
  const { date, start_time: start, end_time: end } = attributes;
  return {
    employee: attributes.employee,
    start_time: `${date} ${start}`,
    end_time: `${date} ${end ?? ''}`,
    break: attributes.break ?? null,
    project: readName(attributes.project),
    comment: attributes.comment ?? null,
  };
}

export const ATTENDANCE_MAP: ImportMap = mapOf({
  employee: { attribute: 'personnelNumber' },
  start_time: { attribute: 'start' },
  end_time: { attribute: 'end' },
  break: { attribute: 'breakMinutes' },
  project: { attribute: 'project' },
  comment: { attribute: 'comment' },
});

function mapOf(columns: Record<string, ImportMap['columns'][string][number]>): ImportMap {
  return {
    unmapped: 'refuse',
    columns: Object.fromEntries(Object.entries(columns).map(([column, target]) => [column, [target]])),
    constants: {},
    customAttributes: {},
  };
}
