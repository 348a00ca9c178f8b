/** The day on which the demo company stands still, so that its dates are the same whenever it is made. */
export const TODAY = '2026-09-01';

const DAY = 24 * 60 * 60 * 1000;
const MINUTE = 60 * 1000;

/** @returns the day `days` after `day` (before it, when negative), as `YYYY-MM-DD` */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

/** @returns the moment `minute` minutes into `day`, in ISO 8601 with milliseconds */
export function momentOn(day: string, minute: number): string {
  return new Date(Date.parse(day) + minute * MINUTE).toISOString();
}

/** How many days `to` is after `from`. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY;
}
