import sql from 'sql-template-tag';
import type { Run } from '../store/statement';
import type { Dialect } from '../store/store';

// Larger than any numbers that the lost store can have given after the backup. Ids have room for 200 restores, one after the
// other, and changes for millions.
const ID_GAP = 10_000_000;
const CHANGE_GAP = 1_000_000_000;

/**
 * Leaves out every number that the lost store may have given after the backup: a foreign system may hold the id of somebody who
 * is not in it, and whoever follows the changes goes on behind the last one that the lost store told.
 */
export async function leaveNumbersOut(run: Run, dialect: Dialect): Promise<void> {
  await run(sql`UPDATE employee_change_counter SET last = last + ${CHANGE_GAP}`);
  if (dialect === 'postgres') {
    await run(
      sql`SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, coalesce(last_value, 0) + ${ID_GAP})
        FROM pg_sequences WHERE schemaname = current_schema()`,
    );
    return;
  }
  // A table that nothing was ever put into is not among the sequences yet.
  await run(
    sql`INSERT INTO sqlite_sequence (name, seq) SELECT name, 0 FROM sqlite_schema
      WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%' AND name NOT IN (SELECT name FROM sqlite_sequence)`,
  );
  await run(sql`UPDATE sqlite_sequence SET seq = seq + ${ID_GAP}`);
}
