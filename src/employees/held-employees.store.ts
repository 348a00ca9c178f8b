import sql, { join, raw } from 'sql-template-tag';
import type { Run } from '../store/statement';
import type { Dialect } from '../store/store';

/**
 * Lets one transaction at a time write records of these people, until it ends, so that two which overlap cannot both be
 * found fitting.
 *
 * @returns the ids of those who are there
 */
export async function holdEmployees(run: Run, dialect: Dialect, ids: readonly number[]): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set();
  // In the order of their ids, so that no two transactions wait for each other. SQLite's one writer is alone anyway.
  const lock = raw(dialect === 'postgres' ? 'FOR NO KEY UPDATE' : '');
  const rows = await run(sql`SELECT id FROM employee WHERE id IN (${join([...ids])}) ORDER BY id ${lock}`);
  return new Set(rows.map((row) => row['id'] as number));
}
