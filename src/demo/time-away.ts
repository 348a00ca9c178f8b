import type { AbsenceStatus, AbsenceUnit } from '../absences/absence';
import { daysAfter, momentOn } from './calendar';
import { Dice } from './dice';
import type { DemoPerson } from './people';

export interface DemoAbsence {
  readonly personnelNumber: string | null;
  readonly type: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly startsAtNoon: boolean;
  readonly endsAtNoon: boolean;
  readonly hours: number | null;
  readonly status: AbsenceStatus;
  readonly comment: string | null;
}

export interface DemoAttendance {
  readonly personnelNumber: string | null;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly breakMinutes: number;
  readonly project: string | null;
  readonly comment: string | null;
}

export const ABSENCE_TYPES: readonly { readonly name: string; readonly unit: AbsenceUnit; readonly paid: boolean }[] = [
  { name: 'Vacation', unit: 'DAYS', paid: true },
  { name: 'Sick leave', unit: 'DAYS', paid: true },
  { name: 'Puddle day', unit: 'DAYS', paid: true },
  { name: 'Unpaid leave', unit: 'DAYS', paid: false },
  { name: 'Cloud watching', unit: 'HOURS', paid: true },
];

const SEED = 9000;
/** Mondays, each of another month, so that nothing of one person can overlap. The demo stands still before the last two. */
const VACATIONS = ['2025-03-10', '2025-07-14', '2025-12-22', '2026-02-16', '2026-06-08', '2026-10-05', '2026-12-21'];
const AFTER_TODAY = new Set(VACATIONS.slice(-2));
const SICK_DAYS = ['2025-05-12', '2025-11-03', '2026-04-20', '2026-08-03'];
/** The weeks that people wrote down, by their Mondays. */
const WEEKS = ['2025-09-01', '2026-08-17', '2026-08-24'];
const PROJECTS = ['Fog removal', 'Silver linings', 'Rainbow audit', null];
/** One in so many people writes down when they work. */
const WRITERS = 5;

/** When the people of the demo company are away in its current year and the one before. */
export function demoAbsences(people: readonly DemoPerson[]): readonly DemoAbsence[] {
  return people.filter(isEntitled).flatMap((person, index) => absencesOf(person, new Dice(SEED + index)));
}

function isEntitled({ columns }: DemoPerson): boolean {
  return columns.absenceEntitlement !== null;
}

function absencesOf({ columns }: DemoPerson, dice: Dice): DemoAbsence[] {
  const wasThere = (day: string) => columns.hireDate === null || columns.hireDate <= day;
  const { personnelNumber } = columns;
  const vacations = VACATIONS.filter((day) => wasThere(day) && dice.chance(60)).map((startDate) => ({
    ...WHOLE_DAYS,
    personnelNumber,
    type: 'Vacation',
    startDate,
    endDate: daysAfter(startDate, dice.pick([1, 4, 4, 11])),
    startsAtNoon: dice.chance(10),
    status: AFTER_TODAY.has(startDate) ? dice.pick(['REQUESTED', 'APPROVED'] as const) : dice.pick(DECIDED),
  }));
  const sick = SICK_DAYS.filter((day) => wasThere(day) && dice.chance(25)).map((startDate) => ({
    ...WHOLE_DAYS,
    personnelNumber,
    type: 'Sick leave',
    startDate,
    endDate: daysAfter(startDate, dice.between(0, 3)),
    status: 'APPROVED' as const,
  }));
  return [...vacations, ...sick];
}

const DECIDED: readonly AbsenceStatus[] = ['APPROVED', 'APPROVED', 'APPROVED', 'APPROVED', 'REJECTED', 'CANCELLED'];
const WHOLE_DAYS = { startsAtNoon: false, endsAtNoon: false, hours: null, comment: null } as const;

/** When some of them worked, in a few weeks of both years. */
export function demoAttendances(people: readonly DemoPerson[]): readonly DemoAttendance[] {
  return people
    .filter(isEntitled)
    .filter((_, index) => index % WRITERS === 0)
    .flatMap((person, index) => attendancesOf(person, new Dice(SEED + 500 + index)));
}

function attendancesOf({ columns }: DemoPerson, dice: Dice): DemoAttendance[] {
  const days = WEEKS.flatMap((monday) => [0, 1, 2, 3, 4].map((offset) => daysAfter(monday, offset)));
  return days
    .filter((day) => columns.hireDate === null || columns.hireDate <= day)
    .map((day) => {
      const start = dice.between(7 * 60, 9 * 60 + 30);
      return {
        personnelNumber: columns.personnelNumber,
        startsAt: momentOn(day, start),
        endsAt: momentOn(day, start + dice.between(4 * 60, 9 * 60)),
        breakMinutes: dice.pick([0, 30, 45, 60]),
        project: dice.pick(PROJECTS),
        comment: null,
      };
    });
}
