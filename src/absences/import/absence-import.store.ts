import sql, { bulk, join } from 'sql-template-tag';
import type { Run } from '../../store/statement';
import type { Row } from '../../store/store';
import { halvesOf, STANDING_STATUSES, type AbsenceStatus } from '../absence';
import { toType, type AbsenceTypeRecord } from '../absence.store';
import type { StoredAbsence } from './absence-record';

/** What is written of an absence. */
export interface AbsenceContent {
  readonly employeeId: number;
  readonly typeId: number;
  readonly startDate: string;
  readonly endDate: string;
  readonly startsAtNoon: boolean;
  readonly endsAtNoon: boolean;
  readonly hours: number | null;
  readonly status: AbsenceStatus;
  readonly comment: string | null;
}

/** Types by their names. */
export async function storedTypes(run: Run): Promise<Map<string, AbsenceTypeRecord>> {
  const rows = await run(sql`SELECT id, name, unit, paid FROM absence_type`);
  return new Map(rows.map(toType).map((type) => [type.name, type]));
}

/** Somebody else may create a type of the same name at this moment; theirs is as good, if its unit is the same. */
export async function createTypes(run: Run, types: readonly Omit<AbsenceTypeRecord, 'id'>[]): Promise<void> {
  const values = types.map(({ name, unit, paid }) => [name, unit, paid]);
  if (values.length > 0) {
    await run(sql`INSERT INTO absence_type (name, unit, paid) VALUES ${bulk(values)} ON CONFLICT (name) DO NOTHING`);
  }
}

/** The absences of these people that touch the days from `from` to `to`, by person. */
export async function absencesBetween(
  run: Run,
  people: readonly number[],
  from: string,
  to: string,
): Promise<Map<number, StoredAbsence[]>> {
  const rows = await run(
    sql`SELECT a.id, a.employee_id, t.name AS type_name, a.start_date, a.end_date, a.starts_at_noon, a.ends_at_noon,
        a.hours, a.status, a.comment
      FROM absence a JOIN absence_type t ON t.id = a.type_id
      WHERE a.employee_id IN (${join([...people])}) AND a.start_date <= ${to} AND a.end_date >= ${from}
      ORDER BY a.id`,
  );
  const found = new Map<number, StoredAbsence[]>();
  for (const row of rows) {
    const employeeId = row['employee_id'] as number;
    const absences = found.get(employeeId);
    if (absences) absences.push(toStored(row));
    else found.set(employeeId, [toStored(row)]);
  }
  return found;
}

function toStored(row: Row): StoredAbsence {
  const status = row['status'] as AbsenceStatus;
  return {
    id: row['id'] as number,
    group: row['type_name'] as string,
    ...halvesOf({
      startDate: row['start_date'] as string,
      endDate: row['end_date'] as string,
      startsAtNoon: Boolean(row['starts_at_noon']),
      endsAtNoon: Boolean(row['ends_at_noon']),
    }),
    takesTime: STANDING_STATUSES.includes(status),
    hours: row['hours'] as number | null,
    status,
    comment: row['comment'] as string | null,
  };
}

/** What a file may leave as it is, by the absence's id. */
export async function keptOf(
  run: Run,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Pick<AbsenceContent, 'status' | 'comment'>>> {
  if (ids.length === 0) return new Map();
  const rows = await run(sql`SELECT id, status, comment FROM absence WHERE id IN (${join([...ids])})`);
  return new Map(
    rows.map((row) => [
      row['id'] as number,
      { status: row['status'] as AbsenceStatus, comment: row['comment'] as string | null },
    ]),
  );
}

export async function insertAbsences(run: Run, absences: readonly AbsenceContent[], now: string): Promise<void> {
  if (absences.length === 0) return;
  const values = absences.map((absence) => [...valuesOf(absence), 1, now, now]);
  await run(
    sql`INSERT INTO absence (employee_id, type_id, start_date, end_date, starts_at_noon, ends_at_noon, hours, status,
        comment, version, created_at, last_modified_at)
      VALUES ${bulk(values)}`,
  );
}

/** Changes absences that exist. They keep when they were created. */
export async function changeAbsences(
  run: Run,
  absences: readonly (AbsenceContent & { readonly id: number })[],
  now: string,
): Promise<void> {
  if (absences.length === 0) return;
  // An insert that always meets the row it changes, as people are changed in batches.
  const values = absences.map((absence) => [absence.id, ...valuesOf(absence), 1, now, now]);
  await run(
    sql`INSERT INTO absence (id, employee_id, type_id, start_date, end_date, starts_at_noon, ends_at_noon, hours, status,
        comment, version, created_at, last_modified_at)
      VALUES ${bulk(values)}
      ON CONFLICT (id) DO UPDATE SET end_date = excluded.end_date, ends_at_noon = excluded.ends_at_noon,
        hours = excluded.hours, status = excluded.status, comment = excluded.comment,
        version = absence.version + 1, last_modified_at = excluded.last_modified_at`,
  );
}

function valuesOf(absence: AbsenceContent): unknown[] {
  const { employeeId, typeId, startDate, endDate, startsAtNoon, endsAtNoon, hours, status, comment } = absence;
  return [employeeId, typeId, startDate, endDate, startsAtNoon, endsAtNoon, hours, status, comment];
}
