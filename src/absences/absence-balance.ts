import { workdaysIn } from './absence';
import type { AbsenceRecord } from './absence.store';

/** How many days a year a person may be away for one reason. */
export interface Entitlement {
  readonly type: string;
  readonly days: number;
}

export interface AbsenceBalance {
  readonly type: string;
  readonly year: number;
  readonly entitled: number;
  readonly taken: number;
  readonly requested: number;
  readonly remaining: number;
}

export const HOURS_A_DAY = 8;

/** Balances are worked out for these years and those between. */
export const FIRST_BALANCE_YEAR = 1900;
export const LAST_BALANCE_YEAR = 2200;

/** @param absences of one person; those of other types, statuses and years do not count */
export function balancesOf(
  entitlements: readonly Entitlement[],
  absences: readonly AbsenceRecord[],
  year: number,
): readonly AbsenceBalance[] {
  return entitlements.map(({ type, days: entitled }) => {
    const ofType = absences.filter((absence) => absence.type.name === type);
    const daysOf = (status: AbsenceRecord['status']) =>
      ofType.filter((absence) => absence.status === status).reduce((sum, absence) => sum + daysIn(absence, year), 0);
    const taken = daysOf('APPROVED');
    return {
      type,
      year,
      entitled,
      taken: rounded(taken),
      requested: rounded(daysOf('REQUESTED')),
      remaining: rounded(entitled - taken),
    };
  });
}

// Hours belong to the year that they begin in.
function daysIn(absence: AbsenceRecord, year: number): number {
  if (absence.hours === null) return workdaysIn(absence, `${year}-01-01`, `${year}-12-31`);
  return absence.startDate.startsWith(String(year)) ? absence.hours / HOURS_A_DAY : 0;
}

// A sum of hours may differ in its last digit by the order in which they are added.
function rounded(days: number): number {
  return Math.round(days * 1e6) / 1e6;
}
