import sql, { raw } from 'sql-template-tag';
import type { CopySide } from './copy-side';

interface Constraint {
  readonly table: string;
  readonly name: string;
}

/**
 * Lets rows refer to rows of their own table that are not there yet, until `settle`: a supervisor may come after the people
 * who have them. Every other reference is checked at once.
 */
export async function deferSelfReferences(side: CopySide): Promise<() => Promise<void>> {
  if (side.dialect === 'sqlite') {
    // Ends by itself with the transaction, which fails if something is missing then.
    await side.run(sql`PRAGMA defer_foreign_keys = ON`);
    return () => Promise.resolve();
  }
  const constraints = await selfReferences(side);
  await alterAll(side, constraints, 'DEFERRABLE INITIALLY DEFERRED');
  return async () => {
    await side.run(sql`SET CONSTRAINTS ALL IMMEDIATE`);
    await alterAll(side, constraints, 'NOT DEFERRABLE');
  };
}

async function selfReferences(side: CopySide): Promise<readonly Constraint[]> {
  const rows = await side.run(
    sql`SELECT conname, relname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
      WHERE contype = 'f' AND conrelid = confrelid AND connamespace = current_schema()::regnamespace`,
  );
  return rows.map((row) => ({ table: row['relname'] as string, name: row['conname'] as string }));
}

async function alterAll(side: CopySide, constraints: readonly Constraint[], change: string): Promise<void> {
  for (const { table, name } of constraints) {
    await side.run(sql`ALTER TABLE ${raw(`"${table}"`)} ALTER CONSTRAINT ${raw(`"${name}"`)} ${raw(change)}`);
  }
}
