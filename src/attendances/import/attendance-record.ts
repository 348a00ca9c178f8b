import type { RecordRules } from '../../importing/judge-records';
import { fingerprintOf, isGiven, joinGiven, type RowFacts, type StoredFacts } from '../../importing/record';
import { recordField } from '../../importing/record-fields';
import type { RecordValues } from '../../importing/record-row';
import { workedMinutes, type AttendanceDraft } from '../attendance';

/** The columns that a file of attendances may have, besides the one that names the person. */
export const ATTENDANCE_FIELDS = [
  recordField('start', 'DATE_TIME'),
  recordField('end', 'DATE_TIME'),
  recordField('breakMinutes', 'INTEGER'),
  recordField('project', 'TEXT'),
  recordField('comment', 'TEXT', { sensitivity: 'HIGH' }),
];

export const REQUIRED_ATTENDANCE_FIELDS = ['start', 'end'] as const;

/** What stays as it is when a file does not give it. */
const OPTIONAL = ['breakMinutes', 'project', 'comment'] as const;

/** An attendance as a row tells it. */
export interface AttendanceRow extends AttendanceDraft {
  /** The optional fields that the row gives. */
  readonly given: string;
}

/** @param values with every required field */
export function attendanceRowOf(values: RecordValues): AttendanceRow {
  return {
    startsAt: values.get('start') as string,
    endsAt: values.get('end') as string,
    breakMinutes: (values.get('breakMinutes') ?? 0) as number,
    project: (values.get('project') ?? null) as string | null,
    comment: (values.get('comment') ?? null) as string | null,
    given: joinGiven(OPTIONAL.filter((field) => values.has(field))),
  };
}

export interface StoredAttendance extends StoredFacts, Pick<AttendanceDraft, 'breakMinutes' | 'project' | 'comment'> {}

export function attendanceFacts(row: AttendanceRow, base: Pick<RowFacts, 'index' | 'place' | 'person'>): RowFacts {
  const { startsAt: first, endsAt: last, given } = row;
  return { ...base, first, last, group: '', takesTime: true, given, fingerprint: fingerprint(row, given) };
}

function fingerprint(attendance: Pick<StoredAttendance, (typeof OPTIONAL)[number]>, given: string): string {
  return fingerprintOf(OPTIONAL.map((field) => (isGiven(given, field) ? attendance[field] : '')));
}

export const ATTENDANCE_RULES: RecordRules<RowFacts, StoredAttendance> = {
  // One may begin when the other ends.
  overlap: (one, other) => one.first < other.last && other.first < one.last,
  says: (stored, row) => row.fingerprint === fingerprint(stored, row.given),
  objection: (stored, row) =>
    isGiven(row.given, 'breakMinutes') || workedMinutes({ ...stored, startsAt: row.first, endsAt: row.last }) >= 0
      ? undefined
      : 'would be shorter than its break, which the row does not give',
  overlapText: 'overlaps an attendance that the person has already',
};
