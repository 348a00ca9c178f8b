/** For the `max` of a field for a day: without it, a browser takes years of six digits. */
export const LAST_DAY = '9999-12-31';

/** Whether a field for a day holds one: not while it is empty, and not when its year has too many digits. */
export function isDay(value: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(value);
}
