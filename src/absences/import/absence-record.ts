import { recordField } from '../../importing/record-fields';
import { fingerprintOf, isGiven, joinGiven, type RowFacts, type StoredFacts } from '../../importing/record';
import type { RecordRules } from '../../importing/judge-records';
import type { RecordValues } from '../../importing/record-row';
import {
  ABSENCE_STATUSES,
  halvesOf,
  mayBecome,
  STANDING_STATUSES,
  type AbsenceStatus,
  type AbsenceUnit,
} from '../absence';
import type { AbsenceDraft } from '../check-absence';

/** The columns that a file of absences may have, besides the one that names the person. */
export const ABSENCE_FIELDS = [
  recordField('type', 'TEXT'),
  recordField('startDate', 'DATE'),
  recordField('endDate', 'DATE'),
  recordField('startsAtNoon', 'BOOLEAN'),
  recordField('endsAtNoon', 'BOOLEAN'),
  recordField('hours', 'DECIMAL'),
  recordField('status', 'LIST', { options: ABSENCE_STATUSES }),
  // May tell of an illness, so no message repeats it.
  recordField('comment', 'TEXT', { sensitivity: 'HIGH' }),
  // Only for types that are created.
  recordField('typePaid', 'BOOLEAN'),
];

export const REQUIRED_ABSENCE_FIELDS = ['type', 'startDate', 'endDate'] as const;

/** What stays as it is when a file does not give it. */
const OPTIONAL = ['status', 'comment'] as const;

/** An absence as a row tells it. */
export interface AbsenceRow extends AbsenceDraft {
  readonly type: string;
  readonly isTypePaid: boolean;
  /** The optional fields that the row gives. */
  readonly given: string;
}

/** @param values with every required field */
export function absenceRowOf(values: RecordValues): AbsenceRow {
  return {
    type: values.get('type') as string,
    startDate: values.get('startDate') as string,
    endDate: values.get('endDate') as string,
    startsAtNoon: values.get('startsAtNoon') === true,
    endsAtNoon: values.get('endsAtNoon') === true,
    hours: (values.get('hours') ?? null) as number | null,
    status: (values.get('status') ?? 'REQUESTED') as AbsenceStatus,
    comment: (values.get('comment') ?? null) as string | null,
    isTypePaid: values.get('typePaid') !== false,
    given: joinGiven(OPTIONAL.filter((field) => values.has(field))),
  };
}

export interface AbsenceRowFacts extends RowFacts {
  readonly status: AbsenceStatus;
  readonly unit: AbsenceUnit;
  readonly isTypePaid: boolean;
}

export interface StoredAbsence extends StoredFacts {
  readonly hours: number | null;
  readonly status: AbsenceStatus;
  readonly comment: string | null;
}

export function absenceFacts(row: AbsenceRow, base: Pick<RowFacts, 'index' | 'place' | 'person'>): AbsenceRowFacts {
  const { status, given, isTypePaid } = row;
  return {
    ...base,
    ...halvesOf(row),
    group: row.type,
    takesTime: STANDING_STATUSES.includes(status),
    given,
    fingerprint: fingerprint(row, given),
    status,
    unit: row.hours === null ? 'DAYS' : 'HOURS',
    isTypePaid,
  };
}

function fingerprint(absence: Pick<StoredAbsence, 'hours' | 'status' | 'comment'>, given: string): string {
  return fingerprintOf([absence.hours, ...OPTIONAL.map((field) => (isGiven(given, field) ? absence[field] : ''))]);
}

export const ABSENCE_RULES: RecordRules<AbsenceRowFacts, StoredAbsence> = {
  overlap: (one, other) => one.first <= other.last && other.first <= one.last,
  says: (stored, row) => row.fingerprint === fingerprint(stored, row.given),
  objection: (stored, row) =>
    !isGiven(row.given, 'status') || mayBecome(stored.status, row.status)
      ? undefined
      : `is ${stored.status} in the store and cannot become ${row.status}`,
  overlapText: 'overlaps an absence that the person has or asked for already',
};
