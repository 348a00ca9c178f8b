import sql, { bulk, join, raw } from 'sql-template-tag';
import type { Run } from '../store/statement';
import type { OrganizationUnitKind } from './organization-unit.entity';

/** Every kind of named unit; each has the table of its name. */
export type UnitTable = OrganizationUnitKind | 'cost_center';

/** Names per statement: well below what either database binds. */
const BATCH = 1_000;

/**
 * Finds units of one kind by their names, and creates those that do not exist, in this order.
 *
 * @returns the id of each name
 */
export async function ensureUnits(run: Run, table: UnitTable, names: readonly string[]): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  for (let from = 0; from < names.length; from += BATCH) {
    const part = names.slice(from, from + BATCH);
    await addFound(run, table, part, ids);
    // Tried for those alone, because an insert that meets its like uses up an id all the same.
    const missing = part.filter((name) => !ids.has(name));
    if (missing.length > 0) await create(run, table, missing);
    if (missing.length > 0) await addFound(run, table, missing, ids);
  }
  return ids;
}

// Somebody else may create a unit of the same name at this moment; theirs is as good.
async function create(run: Run, table: UnitTable, names: readonly string[]): Promise<void> {
  const values = bulk(names.map((name) => [name]));
  await run(sql`INSERT INTO ${raw(table)} (name) VALUES ${values} ON CONFLICT (name) DO NOTHING`);
}

async function addFound(run: Run, table: UnitTable, names: readonly string[], ids: Map<string, number>): Promise<void> {
  const rows = await run(sql`SELECT id, name FROM ${raw(table)} WHERE name IN (${join([...names])})`);
  for (const row of rows) ids.set(row['name'] as string, row['id'] as number);
}
