import { daysAfter, daysBetween, momentOn, TODAY } from './calendar';
import type { Dice } from './dice';
import type { Seat } from './org-chart';

/** Where somebody stands between the first contract and the last day. */
type Stage = 'ONBOARDING' | 'ACTIVE' | 'LEAVE' | 'NOTICE_GIVEN' | 'INACTIVE';

export type EmploymentType = 'INTERNAL' | 'EXTERNAL' | 'WORKING_STUDENT' | 'INTERN' | 'TRAINEE';

interface Termination {
  readonly terminationDate: string | null;
  readonly terminationType: string | null;
  readonly terminationReason: string | null;
  readonly lastWorkingDay: string | null;
}

/** How somebody is employed, in the columns of a person's record. */
export interface Employment extends Termination {
  readonly status: string;
  readonly employmentType: EmploymentType;
  readonly hireDate: string | null;
  readonly probationPeriodEnd: string | null;
  readonly contractEndDate: string | null;
  readonly createdAt: string;
  readonly lastModifiedAt: string;
}

const REASONS: readonly (readonly [type: string, reason: string | null])[] = [
  ['EMPLOYEE', 'Joined a travelling circus of accountants'],
  ['EMPLOYEE', null],
  ['EMPLOYER', 'Polished the same cloud for three years'],
  ['MUTUAL', 'Nobody could agree on the right side of the toast'],
  ['CONTRACT_END', 'The rainbow was finished'],
  ['RETIREMENT', 'Now full-time at the duck pond'],
  ['OTHER', 'Left a note that says only "Tuesday"'],
];

const STILL_THERE: Termination = {
  terminationDate: null,
  terminationType: null,
  terminationReason: null,
  lastWorkingDay: null,
};

export function employmentOf({ rank }: Seat, dice: Dice): Employment {
  const leads = rank !== 'MEMBER';
  const stage = leads ? leaderStage(dice) : memberStage(dice);
  const employmentType = leads ? 'INTERNAL' : memberType(dice);
  const hireDate = hireDateOf(stage, employmentType, leads, dice);
  const termination = terminationOf(stage, dice);
  return {
    status: stage === 'NOTICE_GIVEN' ? 'ACTIVE' : stage,
    employmentType,
    hireDate,
    probationPeriodEnd: hireDate === null || employmentType === 'EXTERNAL' ? null : daysAfter(hireDate, 182),
    contractEndDate: termination.lastWorkingDay ?? plannedEnd(employmentType, dice),
    ...termination,
    ...bookkeeping(hireDate, dice),
  };
}

function memberStage(dice: Dice): Stage {
  const throwOf100 = dice.between(1, 100);
  if (throwOf100 <= 4) return 'ONBOARDING';
  if (throwOf100 <= 9) return 'LEAVE';
  if (throwOf100 <= 14) return 'INACTIVE';
  return throwOf100 <= 18 ? 'NOTICE_GIVEN' : 'ACTIVE';
}

function leaderStage(dice: Dice): Stage {
  return dice.chance(5) ? 'LEAVE' : 'ACTIVE';
}

function memberType(dice: Dice): EmploymentType {
  const throwOf100 = dice.between(1, 100);
  if (throwOf100 <= 6) return 'EXTERNAL';
  if (throwOf100 <= 13) return 'WORKING_STUDENT';
  if (throwOf100 <= 16) return 'INTERN';
  return throwOf100 <= 20 ? 'TRAINEE' : 'INTERNAL';
}

/** The most days since somebody was hired, before what their stage and rank add. */
const LONGEST_STAY: Readonly<Record<EmploymentType, number>> = {
  INTERNAL: 3000,
  EXTERNAL: 500,
  WORKING_STUDENT: 700,
  INTERN: 150,
  TRAINEE: 700,
};

// Whoever leads or has left was hired long before; whoever is coming may not have agreed on a day yet.
function hireDateOf(stage: Stage, type: EmploymentType, leads: boolean, dice: Dice): string | null {
  if (stage === 'ONBOARDING') return dice.chance(40) ? null : daysAfter(TODAY, dice.between(1, 90));
  const before = leads ? 700 : stage === 'INACTIVE' ? 340 : 0;
  return daysAfter(TODAY, -before - dice.between(60, LONGEST_STAY[type]));
}

function terminationOf(stage: Stage, dice: Dice): Termination {
  if (stage !== 'INACTIVE' && stage !== 'NOTICE_GIVEN') return STILL_THERE;
  const [terminationType, terminationReason] = dice.pick(REASONS);
  const lastWorkingDay = daysAfter(TODAY, stage === 'INACTIVE' ? -dice.between(20, 300) : dice.between(20, 60));
  return { terminationType, terminationReason, lastWorkingDay, terminationDate: daysAfter(lastWorkingDay, -75) };
}

function plannedEnd(type: EmploymentType, dice: Dice): string | null {
  return type === 'INTERNAL' ? null : daysAfter(TODAY, dice.between(120, 700));
}

function bookkeeping(hireDate: string | null, dice: Dice): Pick<Employment, 'createdAt' | 'lastModifiedAt'> {
  const daysAgo = hireDate !== null && hireDate < TODAY ? daysBetween(hireDate, TODAY) + 14 : dice.between(5, 30);
  return {
    createdAt: momentOn(daysAfter(TODAY, -daysAgo), dice.between(480, 1080)),
    lastModifiedAt: momentOn(daysAfter(TODAY, -dice.between(1, Math.min(daysAgo - 1, 200))), dice.between(480, 1080)),
  };
}
