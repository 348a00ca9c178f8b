import sql, { bulk } from 'sql-template-tag';
import type { AttributeKey } from '../../attributes/attribute';
import type { Run } from '../../store/statement';
import type { Dialect } from '../../store/store';

/** That an attribute of a person changed; `id` stands for a person who appeared. */
export interface EmployeeChange {
  readonly employeeId: number;
  readonly attribute: AttributeKey;
}

/**
 * Lets one transaction at a time change people, until it ends. Take it before any other lock on them. It keeps what was
 * checked (supervisor circles, emails) true until it is written, and makes changes visible in the order of their numbers:
 * a sequence of PostgreSQL would give 5 to a transaction that commits after the one with 6, and whoever read up to 6 would
 * never see 5.
 */
export async function lockPeople(run: Run, dialect: Dialect): Promise<void> {
  // SQLite's one writer holds its lock already.
  if (dialect === 'postgres') await run(sql`SELECT last FROM employee_change_counter FOR UPDATE`);
}

/** Rows per statement: with four values each, well below what either database binds. */
const BATCH = 2_000;

/** Numbers changes in this order. The transaction must hold the lock of `lockPeople`. */
export async function recordChanges(run: Run, changes: readonly EmployeeChange[], now: string): Promise<void> {
  if (changes.length === 0) return;
  const { last, at } = await lastChange(run, now);
  const rows = changes.map(({ employeeId, attribute }, index) => [last + index + 1, employeeId, attribute, at]);
  for (let from = 0; from < rows.length; from += BATCH) {
    await run(
      sql`INSERT INTO employee_change (sequence, employee_id, attribute_key, at) VALUES ${bulk(rows.slice(from, from + BATCH))}`,
    );
  }
  await run(sql`UPDATE employee_change_counter SET last = ${last + changes.length}`);
}

/** Tells that a person is gone. The transaction must hold the lock of `lockPeople`. */
export async function recordErasure(run: Run, employeeId: number, now: string): Promise<void> {
  const { last, at } = await lastChange(run, now);
  await run(sql`INSERT INTO employee_erasure (sequence, employee_id, at) VALUES (${last + 1}, ${employeeId}, ${at})`);
  await run(sql`UPDATE employee_change_counter SET last = ${last + 1}`);
}

/** The number that was given last, and the moment of the next change. */
async function lastChange(run: Run, now: string): Promise<{ readonly last: number; readonly at: string }> {
  const [counter] = await run(
    sql`SELECT c.last, COALESCE(h.at, e.at) AS at FROM employee_change_counter c
      LEFT JOIN employee_change h ON h.sequence = c.last LEFT JOIN employee_erasure e ON e.sequence = c.last`,
  );
  // The clocks of two nodes can differ; the moments of changes do not go back.
  const at = [now, (counter?.['at'] ?? '') as string].reduce((one, other) => (one > other ? one : other));
  return { last: Number(counter?.['last']), at };
}
