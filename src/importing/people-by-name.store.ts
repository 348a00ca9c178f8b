import sql from 'sql-template-tag';
import type { Run } from '../store/statement';
import type { PersonField } from './record-fields';

/** Everybody whom a name of this kind can mean; several people can share an email. */
export async function peopleByName(run: Run, field: PersonField): Promise<ReadonlyMap<string, readonly number[]>> {
  const people = new Map<string, number[]>();
  for (const row of await run(sql`SELECT id, personnel_number, email FROM employee`)) {
    const id = row['id'] as number;
    const name = nameIn(field, id, row['personnel_number'] as string | null, row['email'] as string | null);
    if (name === null) continue;
    const sharing = people.get(nameKey(field, name));
    if (sharing) sharing.push(id);
    else people.set(nameKey(field, name), [id]);
  }
  return people;
}

/** Emails mean the same in any case. */
export function nameKey(field: PersonField, name: string): string {
  return field === 'email' ? name.toLowerCase() : name;
}

function nameIn(field: PersonField, id: number, personnelNumber: string | null, email: string | null): string | null {
  if (field === 'employee') return String(id);
  return field === 'email' ? email : personnelNumber;
}
