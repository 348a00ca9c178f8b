import type { Dice } from './dice';
import type { EmploymentType } from './employment';
import type { Rank } from './org-chart';

/** What somebody earns, in the columns of a person's record. */
export interface Pay {
  readonly fixSalaryAmount: number | null;
  readonly fixSalaryCurrency: string | null;
  readonly fixSalaryInterval: 'MONTHLY' | 'YEARLY' | null;
  readonly hourlySalaryAmount: number | null;
  readonly hourlySalaryCurrency: string | null;
}

const CURRENCY = 'EUR';

/** Gross for a full year of full weeks, before what the dice add. */
const YEARLY: Readonly<Record<Rank, number>> = {
  CEO: 240_000,
  CHIEF: 165_000,
  HEAD: 112_000,
  LEAD: 78_000,
  MEMBER: 46_000,
};

const FULL_WEEK = 40;
const MONTHS = 12;

const UNPAID: Pay = {
  fixSalaryAmount: null,
  fixSalaryCurrency: null,
  fixSalaryInterval: null,
  hourlySalaryAmount: null,
  hourlySalaryCurrency: null,
};

/** @param weeklyHours null for somebody who has no fixed hours */
export function payOf(rank: Rank, type: EmploymentType, weeklyHours: number | null, dice: Dice): Pay {
  switch (type) {
    case 'EXTERNAL':
      return hourly(dice.between(70, 130));
    case 'WORKING_STUDENT':
      return hourly(dice.between(30, 38) / 2);
    case 'INTERN':
      return dice.chance(30) ? UNPAID : fixed(dice.between(10, 16) * 100, 'MONTHLY');
    case 'TRAINEE':
      return fixed(dice.between(11, 15) * 100, 'MONTHLY');
    case 'INTERNAL':
      return salary((YEARLY[rank] * (weeklyHours ?? FULL_WEEK)) / FULL_WEEK, dice);
  }
}

function salary(base: number, dice: Dice): Pay {
  const yearly = base * (1 + dice.between(0, 40) / 100);
  return dice.chance(50)
    ? fixed(Math.round(yearly / 500) * 500, 'YEARLY')
    : fixed(Math.round(yearly / MONTHS / 10) * 10, 'MONTHLY');
}

function fixed(amount: number, interval: 'MONTHLY' | 'YEARLY'): Pay {
  return { ...UNPAID, fixSalaryAmount: amount, fixSalaryCurrency: CURRENCY, fixSalaryInterval: interval };
}

function hourly(amount: number): Pay {
  return { ...UNPAID, hourlySalaryAmount: amount, hourlySalaryCurrency: CURRENCY };
}
