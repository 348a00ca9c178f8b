/** Where the time comes from, so that expiry can be shown without waiting for it. */
export interface Clock {
  /** ISO 8601 in UTC with milliseconds: such texts sort by time. */
  now(): string;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };

/** @returns `moment` plus `seconds`, in the same format */
export function later(moment: string, seconds: number): string {
  return new Date(Date.parse(moment) + seconds * 1000).toISOString();
}
