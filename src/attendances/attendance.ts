import { EMPTY } from '../employees/values/attribute-input';
import { readText } from '../employees/values/scalar-values';
import { userError, type UserError } from '../operations/user-error';

/** An attendance as it is to be. Moments are ISO 8601 in UTC with milliseconds. */
export interface AttendanceDraft {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly breakMinutes: number;
  readonly project: string | null;
  readonly comment: string | null;
}

const MINUTE = 60_000;
const LONGEST_MINUTES = 24 * 60;
const YEARS = /^(19|20|21)\d\d-/;

/** Whole minutes of work. */
export function workedMinutes({ startsAt, endsAt, breakMinutes }: AttendanceDraft): number {
  return Math.floor((Date.parse(endsAt) - Date.parse(startsAt)) / MINUTE) - breakMinutes;
}

/** Everything that is wrong with an attendance by itself. */
export function draftProblems(draft: AttendanceDraft): UserError[] {
  return [
    ...timeProblems(draft),
    ...textProblems('project', draft.project, 200),
    ...textProblems('comment', draft.comment),
  ];
}

function timeProblems(draft: AttendanceDraft): UserError[] {
  const { startsAt, endsAt, breakMinutes } = draft;
  const outside = [
    ...(YEARS.test(startsAt) ? [] : [userError(['start'], 'INVALID', 'The year is not between 1900 and 2199.')]),
    ...(YEARS.test(endsAt) ? [] : [userError(['end'], 'INVALID', 'The year is not between 1900 and 2199.')]),
  ];
  if (outside.length > 0) return outside;
  if (endsAt <= startsAt) return [userError(['end'], 'INVALID', 'The end is not after the start.')];
  const minutes = workedMinutes({ ...draft, breakMinutes: 0 });
  if (minutes > LONGEST_MINUTES) return [userError(['end'], 'INVALID', 'It lasts longer than 24 hours.')];
  return breakMinutes < 0 || breakMinutes > minutes
    ? [userError(['breakMinutes'], 'INVALID', 'The break is below zero or longer than the whole.')]
    : [];
}

function textProblems(field: string, text: string | null, longest?: number): UserError[] {
  const reading = text === null ? EMPTY : readText(text, longest);
  return 'reason' in reading ? [userError([field], 'INVALID', `The value ${reading.reason}.`)] : [];
}

/** Whether two stretches have a moment in common. One may begin when the other ends. */
export function overlap(
  one: Pick<AttendanceDraft, 'startsAt' | 'endsAt'>,
  other: Pick<AttendanceDraft, 'startsAt' | 'endsAt'>,
): boolean {
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt;
}
