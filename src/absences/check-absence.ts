import { userError, type UserError } from '../operations/user-error';
import { readDate, readNumber, readText } from '../employees/values/scalar-values';
import { halvesOf, mayBecome, type AbsencePeriod, type AbsenceStatus, type AbsenceUnit } from './absence';

/** An absence as it is to be, before anything has looked at it. */
export interface AbsenceDraft extends AbsencePeriod {
  readonly hours: number | null;
  readonly status: AbsenceStatus;
  readonly comment: string | null;
}

const LONGEST_DAYS = 1_000;
const DAY = 24 * 60 * 60 * 1000;

/** Everything that is wrong with an absence by itself. */
export function draftProblems(draft: AbsenceDraft): UserError[] {
  return [
    ...dayProblems(draft),
    ...(draft.comment === null ? [] : problemOf('comment', readText(draft.comment))),
    ...(draft.hours === null ? [] : hourProblems(draft.hours)),
  ];
}

/** @param unit of the type: only hours are told with the absence */
export function unitProblems({ hours }: AbsenceDraft, unit: AbsenceUnit): UserError[] {
  if (unit === 'HOURS' && hours === null) return [userError(['hours'], 'REQUIRED', 'This type is counted in hours.')];
  if (unit === 'DAYS' && hours !== null) return [userError(['hours'], 'INVALID', 'This type is counted in days.')];
  return [];
}

export function statusProblems(from: AbsenceStatus, to: AbsenceStatus): UserError[] {
  return mayBecome(from, to)
    ? []
    : [userError(['status'], 'NOT_ALLOWED', 'The absence cannot become this from what it is.')];
}

function dayProblems(draft: AbsenceDraft): UserError[] {
  const problems = [
    ...problemOf('startDate', readDate(draft.startDate)),
    ...problemOf('endDate', readDate(draft.endDate)),
  ];
  if (problems.length > 0) return problems;
  const { first, last } = halvesOf(draft);
  if (last < first) return [userError(['endDate'], 'INVALID', 'The end is before the start.')];
  const days = (Date.parse(draft.endDate) - Date.parse(draft.startDate)) / DAY;
  return days > LONGEST_DAYS ? [userError(['endDate'], 'INVALID', 'The period is longer than 1,000 days.')] : [];
}

function hourProblems(hours: number): UserError[] {
  const problems = problemOf('hours', readNumber(hours));
  if (problems.length > 0) return problems;
  return hours > 0 && hours <= 10_000 ? [] : [userError(['hours'], 'INVALID', 'Hours are above 0 and at most 10,000.')];
}

function problemOf(field: string, reading: object): UserError[] {
  return 'reason' in reading ? [userError([field], 'INVALID', `The value ${String(reading.reason)}.`)] : [];
}
