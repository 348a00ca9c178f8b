import { readText } from '../../employees/values/scalar-values';
import type { RecordChange, RecordKind } from '../../importing/record-kind';
import { isGiven } from '../../importing/record';
import type { Run } from '../../store/statement';
import { excerpt } from '../../tabular/problem';
import type { AbsenceUnit } from '../absence';
import type { AbsenceTypeRecord } from '../absence.store';
import { draftProblems } from '../check-absence';
import {
  absencesBetween,
  changeAbsences,
  createTypes,
  insertAbsences,
  keptOf,
  storedTypes,
  type AbsenceContent,
} from './absence-import.store';
import {
  ABSENCE_FIELDS,
  ABSENCE_RULES,
  absenceFacts,
  absenceRowOf,
  REQUIRED_ABSENCE_FIELDS,
  type AbsenceRow,
  type AbsenceRowFacts,
  type StoredAbsence,
} from './absence-record';

const LONGEST_NAME = 100;

/** What the import of absences knows of them. */
export class AbsenceKind implements RecordKind<AbsenceRow, AbsenceRowFacts, StoredAbsence> {
  readonly action = 'ABSENCES_IMPORTED';
  readonly fields = ABSENCE_FIELDS;
  readonly required = REQUIRED_ABSENCE_FIELDS;
  readonly rules = ABSENCE_RULES;
  readonly draft = absenceRowOf;
  readonly problems = draftProblems;
  readonly facts = absenceFacts;
  private types: ReadonlyMap<string, AbsenceTypeRecord> = new Map();

  /** @param createsTypes whether types that nobody knows are created, or refused */
  constructor(private readonly createsTypes: boolean) {}

  async prepare(
    run: Run,
    rows: readonly AbsenceRowFacts[],
    refuse: (row: AbsenceRowFacts, reason: string) => void,
  ): Promise<void> {
    this.types = await storedTypes(run);
    if (this.createsTypes) {
      await createTypes(run, newTypes(rows, this.types));
      this.types = await storedTypes(run);
    }
    for (const row of rows) {
      const reason = typeProblem(row, this.types.get(row.group));
      if (reason !== undefined) refuse(row, reason);
    }
  }

  stored(
    run: Run,
    people: readonly number[],
    { first, last }: Pick<AbsenceRowFacts, 'first' | 'last'>,
  ): Promise<Map<number, StoredAbsence[]>> {
    // Halves of days are days with a letter behind them.
    return absencesBetween(run, people, first.slice(0, -1), last.slice(0, -1));
  }

  async write(run: Run, changes: readonly RecordChange<AbsenceRow>[], now: string): Promise<void> {
    const kept = await keptOf(
      run,
      changes.flatMap(({ id }) => id ?? []),
    );
    const content = (change: RecordChange<AbsenceRow>) => this.contentOf(change, kept.get(change.id ?? 0));
    const isNew = ({ id }: RecordChange<AbsenceRow>) => id === undefined;
    await insertAbsences(run, changes.filter(isNew).map(content), now);
    const changed = changes.flatMap((change) => (change.id === undefined ? [] : { id: change.id, ...content(change) }));
    await changeAbsences(run, changed, now);
  }

  private contentOf(
    { draft, employeeId }: RecordChange<AbsenceRow>,
    kept: Pick<AbsenceContent, 'status' | 'comment'> | undefined,
  ): AbsenceContent {
    const { type, given, isTypePaid: _, ...content } = draft;
    return {
      ...content,
      employeeId,
      typeId: this.types.get(type)?.id ?? 0,
      status: kept && !isGiven(given, 'status') ? kept.status : content.status,
      comment: kept && !isGiven(given, 'comment') ? kept.comment : content.comment,
    };
  }
}

function newTypes(
  rows: readonly AbsenceRowFacts[],
  known: ReadonlyMap<string, AbsenceTypeRecord>,
): Omit<AbsenceTypeRecord, 'id'>[] {
  const types = new Map<string, Omit<AbsenceTypeRecord, 'id'>>();
  for (const { group: name, unit, isTypePaid: paid } of rows) {
    if (!known.has(name) && !types.has(name) && !('reason' in readText(name, LONGEST_NAME))) {
      types.set(name, { name, unit, paid });
    }
  }
  return [...types.values()];
}

function typeProblem({ group, unit }: AbsenceRowFacts, type: AbsenceTypeRecord | undefined): string | undefined {
  if (!type) return `there is no type of absence ${excerpt(group)} (--create-types creates those that are missing)`;
  return type.unit === unit ? undefined : UNIT_TEXTS[type.unit];
}

const UNIT_TEXTS: Readonly<Record<AbsenceUnit, string>> = {
  HOURS: 'this type is counted in hours, which are missing',
  DAYS: 'this type is counted in days, and hours are given',
};
