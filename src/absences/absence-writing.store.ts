import sql, { bulk, join } from 'sql-template-tag';
import { holdEmployees } from '../employees/held-employees.store';
import type { Transaction } from '../operations/context';
import { userError, type UserError } from '../operations/user-error';
import { readRowId } from '../store/row-id';
import { CONFLICT, type WriteOutcome } from '../writing/write-outcome';
import { halvesOf, STANDING_STATUSES, type AbsencePeriod, type AbsenceUnit } from './absence';
import type { AbsenceChangeInput, AbsenceInput } from './absence-input.type';
import { toAbsence, toType, type AbsenceRecord } from './absence.store';
import { draftProblems, statusProblems, unitProblems, type AbsenceDraft } from './check-absence';

/** @returns what became of it, as the one row of the outcome */
export async function createAbsence({ run, dialect, now }: Transaction, input: AbsenceInput): Promise<WriteOutcome> {
  const draft = draftOf(input);
  const problems = draftProblems(draft);
  const employeeId = readRowId(input.employee) ?? 0;
  const people = await holdEmployees(run, dialect, [employeeId]);
  if (!people.has(employeeId)) problems.push(userError(['employee'], 'UNKNOWN', 'Nobody has this id.'));
  const type = await typeOf({ run }, input.type);
  problems.push(...(type ? unitProblems(draft, type.unit) : [NO_TYPE]));
  if (problems.length === 0) problems.push(...(await overlapProblems({ run }, employeeId, draft, 0)));
  if (problems.length > 0 || !type) return refused(problems);
  return written('CREATED', await insert({ run, now }, employeeId, type.id, draft));
}

/** @returns undefined when no absence has this id */
export async function updateAbsence(
  { run, dialect, now }: Transaction,
  id: number,
  version: number | null,
  input: AbsenceChangeInput,
): Promise<WriteOutcome | undefined> {
  const found = await find({ run }, id);
  if (!found) return undefined;
  await holdEmployees(run, dialect, [found.employeeId]);
  // Once more, because it may have changed while the person was held by somebody else.
  const stored = await find({ run }, id);
  if (!stored) return undefined;
  if (version !== null && version !== stored.version) return refused([CONFLICT]);
  const draft = changed(stored, input);
  const problems = [...draftProblems(draft), ...statusProblems(stored.status, draft.status)];
  const type = typeof input.type === 'string' ? await typeOf({ run }, input.type) : stored.type;
  problems.push(...(type ? unitProblems(draft, type.unit) : [NO_TYPE]));
  if (problems.length === 0) problems.push(...(await overlapProblems({ run }, stored.employeeId, draft, id)));
  if (problems.length > 0 || !type) return refused(problems);
  await update({ run, now }, id, type.id, draft);
  return written('UPDATED', id);
}

/** @returns undefined when a type of this name is there already */
export async function createAbsenceType(
  { run }: Pick<Transaction, 'run'>,
  type: { readonly name: string; readonly unit: AbsenceUnit; readonly paid: boolean },
): Promise<WriteOutcome | undefined> {
  const isTaken = (await run(sql`SELECT id FROM absence_type WHERE name = ${type.name}`)).length > 0;
  if (isTaken) return undefined;
  await run(sql`INSERT INTO absence_type (name, unit, paid) VALUES (${type.name}, ${type.unit}, ${type.paid})`);
  const [row] = await run(sql`SELECT id FROM absence_type WHERE name = ${type.name}`);
  return written('CREATED', row?.['id'] as number);
}

type Runs = Pick<Transaction, 'run'>;

const NO_TYPE = userError(['type'], 'UNKNOWN', 'No type of absence has this id.');

async function typeOf({ run }: Runs, id: string): Promise<AbsenceRecord['type'] | undefined> {
  const [row] = await run(sql`SELECT id, name, unit, paid FROM absence_type WHERE id = ${readRowId(id) ?? 0}`);
  return row && toType(row);
}

async function find({ run }: Runs, id: number): Promise<AbsenceRecord | undefined> {
  const [row] = await run(
    sql`SELECT r.*, t.name AS type_name, t.unit, t.paid FROM absence r
      JOIN absence_type t ON t.id = r.type_id WHERE r.id = ${id}`,
  );
  return row && toAbsence(row);
}

function draftOf(input: AbsenceInput): AbsenceDraft {
  return {
    startDate: input.startDate,
    endDate: input.endDate,
    startsAtNoon: input.startsAtNoon ?? false,
    endsAtNoon: input.endsAtNoon ?? false,
    hours: input.hours ?? null,
    status: input.status ?? 'REQUESTED',
    comment: input.comment ?? null,
  };
}

function changed(stored: AbsenceRecord, input: AbsenceChangeInput): AbsenceDraft {
  return {
    startDate: input.startDate ?? stored.startDate,
    endDate: input.endDate ?? stored.endDate,
    startsAtNoon: input.startsAtNoon ?? stored.startsAtNoon,
    endsAtNoon: input.endsAtNoon ?? stored.endsAtNoon,
    hours: input.hours === undefined ? stored.hours : input.hours,
    status: input.status ?? stored.status,
    comment: input.comment === undefined ? stored.comment : input.comment,
  };
}

// The person is held, so nobody can put another absence between this look and the write.
async function overlapProblems(
  { run }: Runs,
  employeeId: number,
  draft: AbsenceDraft,
  self: number,
): Promise<UserError[]> {
  if (!STANDING_STATUSES.includes(draft.status)) return [];
  const rows = await run(
    sql`SELECT start_date, end_date, starts_at_noon, ends_at_noon FROM absence
      WHERE employee_id = ${employeeId} AND id <> ${self} AND status IN (${join([...STANDING_STATUSES])})
        AND start_date <= ${draft.endDate} AND end_date >= ${draft.startDate}`,
  );
  const overlaps = rows.some((row) =>
    overlap(draft, {
      startDate: row['start_date'] as string,
      endDate: row['end_date'] as string,
      startsAtNoon: Boolean(row['starts_at_noon']),
      endsAtNoon: Boolean(row['ends_at_noon']),
    }),
  );
  return overlaps ? [userError(null, 'OVERLAP', 'The person is away at that time already, or has asked to be.')] : [];
}

function overlap(one: AbsencePeriod, other: AbsencePeriod): boolean {
  const [a, b] = [halvesOf(one), halvesOf(other)];
  return a.first <= b.last && b.first <= a.last;
}

async function insert(
  { run, now }: Pick<Transaction, 'run' | 'now'>,
  employeeId: number,
  typeId: number,
  draft: AbsenceDraft,
): Promise<number> {
  const { startDate, endDate, startsAtNoon, endsAtNoon, hours, status, comment } = draft;
  const at = now();
  const values = [employeeId, typeId, startDate, endDate, startsAtNoon, endsAtNoon, hours, status, comment, 1, at, at];
  const [row] = await run(
    sql`WITH given AS (SELECT 1) INSERT INTO absence (employee_id, type_id, start_date, end_date, starts_at_noon,
        ends_at_noon, hours, status, comment, version, created_at, last_modified_at)
      VALUES ${bulk([values])} RETURNING id`,
  );
  return row?.['id'] as number;
}

async function update(
  { run, now }: Pick<Transaction, 'run' | 'now'>,
  id: number,
  typeId: number,
  draft: AbsenceDraft,
): Promise<void> {
  await run(
    sql`UPDATE absence SET type_id = ${typeId}, start_date = ${draft.startDate}, end_date = ${draft.endDate},
        starts_at_noon = ${draft.startsAtNoon}, ends_at_noon = ${draft.endsAtNoon}, hours = ${draft.hours},
        status = ${draft.status}, comment = ${draft.comment}, version = version + 1, last_modified_at = ${now()}
      WHERE id = ${id}`,
  );
}

function refused(errors: readonly UserError[]): WriteOutcome {
  return { isKept: false, rows: [{ status: 'REFUSED', id: null, errors }] };
}

function written(status: 'CREATED' | 'UPDATED', id: number): WriteOutcome {
  return { isKept: true, rows: [{ status, id, errors: [] }] };
}
