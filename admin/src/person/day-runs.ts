/** Days that follow each other, first and last. */
export type DayRun = readonly [first: string, last: string];

const DAY = 86_400_000;

/** @param days ascending */
export function dayRuns(days: readonly string[]): readonly DayRun[] {
  const runs: [first: string, last: string][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && Date.parse(day) - Date.parse(run[1]) <= DAY) run[1] = day;
    else runs.push([day, day]);
  }
  return runs;
}
