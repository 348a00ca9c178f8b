import sql, { bulk } from 'sql-template-tag';
import { holdEmployees } from '../employees/held-employees.store';
import type { Transaction } from '../operations/context';
import { userError, type UserError } from '../operations/user-error';
import { readRowId } from '../store/row-id';
import { CONFLICT, type RowOutcome, type WriteMode, type WriteOutcome } from '../writing/write-outcome';
import { draftProblems, overlap, type AttendanceDraft } from './attendance';
import type { AttendanceChangeInput, AttendanceInput } from './attendance-input.type';
import { toAttendance, type AttendanceRecord } from './attendance.store';

type Stretch = Pick<AttendanceDraft, 'startsAt' | 'endsAt'> & { readonly employeeId: number };

/** @returns what became of each row, in their order */
export async function createAttendances(
  transaction: Transaction,
  inputs: readonly AttendanceInput[],
  mode: WriteMode,
): Promise<WriteOutcome> {
  const drafts = inputs.map((input) => ({ employeeId: readRowId(input.employee) ?? 0, ...draftOf(input) }));
  const people = await holdEmployees(transaction.run, transaction.dialect, [
    ...new Set(drafts.map(({ employeeId }) => employeeId)),
  ]);
  const clashing = await clashesOf(transaction, drafts);
  // Rows must not overlap each other either.
  const taken = new Map<number, Stretch[]>([...people].map((id) => [id, []]));
  const checked = drafts.map((draft, place) => {
    const problems = draftProblems(draft);
    const theirs = taken.get(draft.employeeId);
    if (!theirs) problems.push(userError(['employee'], 'UNKNOWN', 'Nobody has this id.'));
    const overlaps = clashing.has(place) || theirs?.some((other) => overlap(draft, other));
    if (problems.length === 0 && overlaps) problems.push(OVERLAP);
    if (problems.length === 0) theirs?.push(draft);
    return { draft, problems };
  });
  const isRefused = mode === 'ALL_OR_NOTHING' && checked.some(({ problems }) => problems.length > 0);
  const rows: RowOutcome[] = [];
  for (const { draft, problems } of checked) {
    if (problems.length > 0) rows.push({ status: 'REFUSED', id: null, errors: problems });
    else if (isRefused) rows.push({ status: 'NOT_APPLIED', id: null, errors: [] });
    else rows.push({ status: 'CREATED', id: await insert(transaction, draft.employeeId, draft), errors: [] });
  }
  return { isKept: rows.some(({ id }) => id !== null), rows };
}

/** @returns undefined when no attendance has this id */
export async function updateAttendance(
  transaction: Transaction,
  id: number,
  version: number | null,
  input: AttendanceChangeInput,
): Promise<WriteOutcome | undefined> {
  const { run, now } = transaction;
  const stored = await held(transaction, id);
  if (!stored) return undefined;
  if (version !== null && version !== stored.version) return refused([CONFLICT]);
  const draft = changed(stored, input);
  const problems = draftProblems(draft);
  if (problems.length === 0) {
    const clashing = await clashesOf(transaction, [{ ...draft, employeeId: stored.employeeId }], id);
    if (clashing.size > 0) problems.push(OVERLAP);
  }
  if (problems.length > 0) return refused(problems);
  await run(
    sql`UPDATE attendance SET starts_at = ${draft.startsAt}, ends_at = ${draft.endsAt},
        break_minutes = ${draft.breakMinutes}, project = ${draft.project}, comment = ${draft.comment},
        version = version + 1, last_modified_at = ${now()}
      WHERE id = ${id}`,
  );
  return { isKept: true, rows: [{ status: 'UPDATED', id, errors: [] }] };
}

/** @returns undefined when no attendance has this id */
export async function deleteAttendance(
  transaction: Transaction,
  id: number,
  version: number | null,
): Promise<WriteOutcome | undefined> {
  const stored = await held(transaction, id);
  if (!stored) return undefined;
  if (version !== null && version !== stored.version) return refused([CONFLICT]);
  await transaction.run(sql`DELETE FROM attendance WHERE id = ${id}`);
  return { isKept: true, rows: [{ status: 'UPDATED', id, errors: [] }] };
}

const OVERLAP = userError(null, 'OVERLAP', 'The person has another attendance at that time.');

/** The attendance as nobody else can change it until this transaction ends: their person is held. */
async function held({ run, dialect }: Transaction, id: number): Promise<AttendanceRecord | undefined> {
  const find = async () => {
    const [row] = await run(sql`SELECT * FROM attendance WHERE id = ${id}`);
    return row && toAttendance(row);
  };
  const found = await find();
  if (!found) return undefined;
  await holdEmployees(run, dialect, [found.employeeId]);
  return find();
}

/**
 * The places of those that overlap something their person has stored. Only these come back: rows for many people and far apart
 * would load all that those people have.
 */
async function clashesOf({ run }: Transaction, drafts: readonly Stretch[], except = 0): Promise<ReadonlySet<number>> {
  if (drafts.length === 0) return new Set();
  const values = drafts.map(({ employeeId, startsAt, endsAt }, place) => [place, employeeId, startsAt, endsAt]);
  // PostgreSQL takes bound values of VALUES for texts.
  const rows = await run(
    sql`WITH draft (place, employee_id, starts_at, ends_at) AS (VALUES ${bulk(values)})
      SELECT d.place FROM draft d WHERE EXISTS (SELECT 1 FROM attendance a
        WHERE a.employee_id = CAST(d.employee_id AS integer) AND a.id <> ${except}
          AND a.starts_at < d.ends_at AND a.ends_at > d.starts_at)`,
  );
  return new Set(rows.map((row) => Number(row['place'])));
}

function draftOf(input: AttendanceInput): AttendanceDraft {
  return {
    startsAt: input.start.toISOString(),
    endsAt: input.end.toISOString(),
    breakMinutes: input.breakMinutes ?? 0,
    project: blankToNull(input.project),
    comment: blankToNull(input.comment),
  };
}

function changed(stored: AttendanceRecord, input: AttendanceChangeInput): AttendanceDraft {
  return {
    startsAt: input.start?.toISOString() ?? stored.start,
    endsAt: input.end?.toISOString() ?? stored.end,
    breakMinutes: input.breakMinutes ?? stored.breakMinutes,
    project: input.project === undefined ? stored.project : blankToNull(input.project),
    comment: input.comment === undefined ? stored.comment : blankToNull(input.comment),
  };
}

function blankToNull(text: string | null | undefined): string | null {
  return text?.trim() ? text.trim() : null;
}

async function insert({ run, now }: Transaction, employeeId: number, draft: AttendanceDraft): Promise<number> {
  const { startsAt, endsAt, breakMinutes, project, comment } = draft;
  const at = now();
  const [row] = await run(
    sql`WITH given AS (SELECT 1) INSERT INTO attendance (employee_id, starts_at, ends_at, break_minutes, project, comment,
        version, created_at, last_modified_at)
      VALUES ${bulk([[employeeId, startsAt, endsAt, breakMinutes, project, comment, 1, at, at]])} RETURNING id`,
  );
  return row?.['id'] as number;
}

function refused(errors: readonly UserError[]): WriteOutcome {
  return { isKept: false, rows: [{ status: 'REFUSED', id: null, errors }] };
}
