/** Where the time comes from, so that expiry can be shown without waiting for it. */
export interface Clock {
  /** ISO 8601 in UTC with milliseconds: such texts sort by time. */
  now(): string;
}

let moment = 0;
let text = new Date(moment).toISOString();

export const systemClock: Clock = {
  now: () => {
    const now = Date.now();
    // Writing a date costs more than knowing it, and many requests fall into one millisecond.
    if (now !== moment) {
      moment = now;
      text = new Date(now).toISOString();
    }
    return text;
  },
};

/** @returns `moment` plus `seconds`, in the same format */
export function later(moment: string, seconds: number): string {
  return new Date(Date.parse(moment) + seconds * 1000).toISOString();
}
