import { isGiven, type RowFacts } from '../../importing/record';
import type { RecordChange, RecordKind } from '../../importing/record-kind';
import type { Run } from '../../store/statement';
import { draftProblems } from '../attendance';
import {
  attendancesBetween,
  changeAttendances,
  insertAttendances,
  keptOf,
  type AttendanceContent,
} from './attendance-import.store';
import {
  ATTENDANCE_FIELDS,
  ATTENDANCE_RULES,
  attendanceFacts,
  attendanceRowOf,
  REQUIRED_ATTENDANCE_FIELDS,
  type AttendanceRow,
  type StoredAttendance,
} from './attendance-record';

/** What the import of attendances knows of them. */
export const ATTENDANCE_KIND: RecordKind<AttendanceRow, RowFacts, StoredAttendance> = {
  action: 'ATTENDANCES_IMPORTED',
  fields: ATTENDANCE_FIELDS,
  required: REQUIRED_ATTENDANCE_FIELDS,
  rules: ATTENDANCE_RULES,
  draft: attendanceRowOf,
  problems: draftProblems,
  facts: attendanceFacts,
  prepare: () => Promise.resolve(),
  stored: (run, people, { first, last }) => attendancesBetween(run, people, first, last),
  write,
};

async function write(run: Run, changes: readonly RecordChange<AttendanceRow>[], now: string): Promise<void> {
  const kept = await keptOf(
    run,
    changes.flatMap(({ id }) => id ?? []),
  );
  const created = changes.filter(({ id }) => id === undefined);
  await insertAttendances(
    run,
    created.map((change) => contentOf(change)),
    now,
  );
  const changed = changes.flatMap((change) =>
    change.id === undefined ? [] : { id: change.id, ...contentOf(change, kept.get(change.id)) },
  );
  await changeAttendances(run, changed, now);
}

function contentOf(
  { draft, employeeId }: RecordChange<AttendanceRow>,
  kept?: Pick<AttendanceContent, 'breakMinutes' | 'project' | 'comment'>,
): AttendanceContent {
  const { given, ...content } = draft;
  if (!kept) return { ...content, employeeId };
  return {
    ...content,
    employeeId,
    breakMinutes: isGiven(given, 'breakMinutes') ? content.breakMinutes : kept.breakMinutes,
    project: isGiven(given, 'project') ? content.project : kept.project,
    comment: isGiven(given, 'comment') ? content.comment : kept.comment,
  };
}
