import sql, { raw } from 'sql-template-tag';
import { lockPeople, recordChanges, recordErasure } from '../employees/history/employee-change.store';
import type { Run } from '../store/statement';
import type { Dialect } from '../store/store';

/** What was deleted with a person, in numbers. */
export interface ErasedCounts {
  readonly absences: number;
  readonly attendances: number;
  /** People who have no supervisor now. */
  readonly supervised: number;
}

/** Everything that is about one person, the person last. */
const TABLES = ['absence', 'attendance', 'employee_custom_value', 'employee_cost_center', 'employee_change'] as const;

/** @returns undefined when nobody has this id */
export async function erasePerson(
  run: Run,
  dialect: Dialect,
  employeeId: number,
  now: string,
): Promise<ErasedCounts | undefined> {
  await lockPeople(run, dialect);
  // Whom the person supervises too, and in the order of their ids, as everybody holds people.
  const lock = raw(dialect === 'postgres' ? 'FOR UPDATE' : '');
  const held = await run(
    sql`SELECT id FROM employee WHERE id = ${employeeId} OR supervisor_id = ${employeeId} ORDER BY id ${lock}`,
  );
  const ids = held.map((row) => row['id'] as number);
  if (!ids.includes(employeeId)) return undefined;
  const supervised = ids.filter((id) => id !== employeeId);
  const counts = {
    absences: await countOf(run, 'absence', employeeId),
    attendances: await countOf(run, 'attendance', employeeId),
    supervised: supervised.length,
  };
  await freeSupervised(run, employeeId, supervised, now);
  for (const table of TABLES) await run(sql`DELETE FROM ${raw(table)} WHERE employee_id = ${employeeId}`);
  await run(sql`DELETE FROM employee WHERE id = ${employeeId}`);
  await recordErasure(run, employeeId, now);
  return counts;
}

async function countOf(run: Run, table: 'absence' | 'attendance', employeeId: number): Promise<number> {
  const [row] = await run(sql`SELECT count(*) AS total FROM ${raw(table)} WHERE employee_id = ${employeeId}`);
  return Number(row?.['total'] ?? 0);
}

// That they have lost their supervisor is a change like any other.
async function freeSupervised(run: Run, employeeId: number, supervised: readonly number[], now: string): Promise<void> {
  await run(
    sql`UPDATE employee SET supervisor_id = NULL, version = version + 1, last_modified_at = ${now}
      WHERE supervisor_id = ${employeeId}`,
  );
  const changes = supervised.map((id) => ({ employeeId: id, attribute: 'supervisor' }));
  await recordChanges(run, changes, now);
}

/** @returns the id of the person with this personnel number, or undefined */
export async function personNumbered(run: Run, personnelNumber: string): Promise<number | undefined> {
  const [row] = await run(sql`SELECT id FROM employee WHERE personnel_number = ${personnelNumber}`);
  return row?.['id'] as number | undefined;
}

export async function wasErased(run: Run, employeeId: number): Promise<boolean> {
  const rows = await run(sql`SELECT 1 AS present FROM employee_erasure WHERE employee_id = ${employeeId} LIMIT 1`);
  return rows.length > 0;
}
