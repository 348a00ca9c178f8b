import sql from 'sql-template-tag';
import type { Run } from '../../store/statement';
import type { StoredPerson } from './supervisors';

/** @param withEmail whether anybody is found by it */
export async function storedPeople(run: Run, withEmail: boolean): Promise<StoredPerson[]> {
  const email = withEmail ? sql`email` : sql`NULL AS email`;
  const rows = await run(sql`SELECT id, personnel_number, supervisor_id, ${email} FROM employee`);
  return rows.map((row) => ({
    id: row['id'] as number,
    personnelNumber: row['personnel_number'] as string | null,
    supervisorId: row['supervisor_id'] as number | null,
    email: row['email'] as string | null,
  }));
}
