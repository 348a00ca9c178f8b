import type { Dice } from './dice';
import type { Employment, EmploymentType } from './employment';

/** How much somebody works and rests, in the columns of a person's record. */
export interface WorkingTime {
  readonly weeklyWorkingHours: number | null;
  readonly workSchedule: string | null;
  readonly absenceEntitlement: string | null;
  readonly vacationDayBalance: number | null;
}

/** Somebody from outside works when it suits them. */
const WEEKLY_HOURS: Readonly<Record<EmploymentType, readonly (number | null)[]>> = {
  INTERNAL: [40, 40, 40, 38.5, 38.5, 32, 30, 20],
  EXTERNAL: [null],
  WORKING_STUDENT: [20, 16, 12],
  INTERN: [40, 35],
  TRAINEE: [38.5],
};

const FULL_WEEK = 40;
const FULL_VACATION = 30;

export function workingTimeOf({ employmentType, status }: Employment, dice: Dice): WorkingTime {
  const hours = dice.pick(WEEKLY_HOURS[employmentType]);
  if (hours === null) return NO_FIXED_TIME;
  const vacation = Math.round((FULL_VACATION * hours) / FULL_WEEK);
  return {
    weeklyWorkingHours: hours,
    workSchedule: scheduleOf(hours, dice),
    absenceEntitlement: JSON.stringify(entitlements(vacation, dice)),
    vacationDayBalance: status === 'ONBOARDING' ? null : dice.between(0, vacation * 2) / 2,
  };
}

const NO_FIXED_TIME: WorkingTime = {
  weeklyWorkingHours: null,
  workSchedule: null,
  absenceEntitlement: null,
  vacationDayBalance: null,
};

function scheduleOf(hours: number, dice: Dice): string {
  if (hours < 30) return 'Part-time, mornings after the second cup of tea';
  return dice.pick([
    'Monday to Friday, nine to five',
    'Flexitime, core hours at teatime',
    'Whenever clouds are in reach',
  ]);
}

function entitlements(vacation: number, dice: Dice): readonly { readonly type: string; readonly days: number }[] {
  const days = [{ type: 'Vacation', days: vacation }];
  return dice.chance(40) ? [...days, { type: 'Puddle day', days: dice.between(1, 3) }] : days;
}
