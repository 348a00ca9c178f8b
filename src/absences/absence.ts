export const ABSENCE_UNITS = ['DAYS', 'HOURS'] as const;
export type AbsenceUnit = (typeof ABSENCE_UNITS)[number];

export const ABSENCE_STATUSES = ['REQUESTED', 'APPROVED', 'REJECTED', 'CANCELLED'] as const;
export type AbsenceStatus = (typeof ABSENCE_STATUSES)[number];

/** Those that take up their time: no other of the same person may overlap them. */
export const STANDING_STATUSES: readonly AbsenceStatus[] = ['REQUESTED', 'APPROVED'];

const NEXT: Readonly<Record<AbsenceStatus, readonly AbsenceStatus[]>> = {
  REQUESTED: ['APPROVED', 'REJECTED', 'CANCELLED'],
  APPROVED: ['CANCELLED'],
  REJECTED: [],
  CANCELLED: [],
};

export function mayBecome(from: AbsenceStatus, to: AbsenceStatus): boolean {
  return from === to || NEXT[from].includes(to);
}

/** When somebody is away. Both days are included, as far as their halves are. */
export interface AbsencePeriod {
  readonly startDate: string;
  readonly endDate: string;
  readonly startsAtNoon: boolean;
  readonly endsAtNoon: boolean;
}

/**
 * The halves of days that a period begins and ends with, as texts that sort by time: `2026-03-02a` is a morning,
 * `2026-03-02b` an afternoon.
 */
export function halvesOf(period: AbsencePeriod): { readonly first: string; readonly last: string } {
  return {
    first: `${period.startDate}${period.startsAtNoon ? 'b' : 'a'}`,
    last: `${period.endDate}${period.endsAtNoon ? 'a' : 'b'}`,
  };
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * The days from Monday to Friday in a period, half days as 0.5. Public holidays count: the gateway does not know them.
 *
 * @param from counts only from this day on
 * @param to counts only up to this day
 */
export function workdaysIn(period: AbsencePeriod, from = period.startDate, to = period.endDate): number {
  const first = period.startDate > from ? period.startDate : from;
  const last = period.endDate < to ? period.endDate : to;
  if (first > last) return 0;
  const startHalf = period.startsAtNoon && first === period.startDate && isWorkday(first) ? 0.5 : 0;
  const endHalf = period.endsAtNoon && last === period.endDate && isWorkday(last) ? 0.5 : 0;
  return workdaysBetween(first, last) - startHalf - endHalf;
}

function isWorkday(day: string): boolean {
  return workdaysBetween(day, day) === 1;
}

function workdaysBetween(first: string, last: string): number {
  const days = Math.round((Date.parse(last) - Date.parse(first)) / DAY) + 1;
  // 0 is Monday.
  const weekday = (new Date(Date.parse(first)).getUTCDay() + 6) % 7;
  const started = Array.from({ length: days % 7 }, (_, at) => (weekday + at) % 7);
  return Math.floor(days / 7) * 5 + started.filter((day) => day < 5).length;
}
