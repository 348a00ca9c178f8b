import sql, { join } from 'sql-template-tag';
import {
  customKey,
  customName,
  type Attribute,
  type AttributeKey,
  type CustomAttributeType,
} from '../../attributes/attribute';
import type { Run } from '../../store/statement';

/** Somebody whom a row names. */
export interface FoundPerson {
  readonly id: number;
  readonly personnelNumber: string | null;
  readonly version: number;
}

/** Those among `ids` and `personnelNumbers` who are there. */
export async function findPeople(
  run: Run,
  ids: readonly number[],
  personnelNumbers: readonly string[],
): Promise<readonly FoundPerson[]> {
  if (ids.length + personnelNumbers.length === 0) return [];
  const rows = await run(
    sql`SELECT id, personnel_number, version FROM employee
      WHERE id IN (${join([0, ...ids])}) OR personnel_number IN (${join(['', ...personnelNumbers])})`,
  );
  return rows.map((row) => ({
    id: row['id'] as number,
    personnelNumber: row['personnel_number'] as string | null,
    version: row['version'] as number,
  }));
}

/** Who has one of these emails, without regard to case. */
export async function findEmails(run: Run, emails: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
  if (emails.length === 0) return new Map();
  const rows = await run(
    sql`SELECT id, lower(email) AS email FROM employee
      WHERE lower(email) IN (${join(emails.map((email) => sql`lower(${email})`))})`,
  );
  const owners = new Map<string, number[]>();
  for (const row of rows) {
    const email = (row['email'] as string).toLowerCase();
    owners.set(email, [...(owners.get(email) ?? []), row['id'] as number]);
  }
  return owners;
}

/** Everybody above these people and they themselves, with their supervisors. */
export async function findSuperiors(run: Run, ids: readonly number[]): Promise<ReadonlyMap<number, number | null>> {
  if (ids.length === 0) return new Map();
  const rows = await run(
    sql`WITH RECURSIVE up(id, supervisor_id) AS (
        SELECT id, supervisor_id FROM employee WHERE id IN (${join([...ids])})
        UNION SELECT e.id, e.supervisor_id FROM employee e JOIN up ON e.id = up.supervisor_id)
      SELECT id, supervisor_id FROM up`,
  );
  return new Map(rows.map((row) => [row['id'] as number, row['supervisor_id'] as number | null]));
}

/** A custom attribute in use. */
export interface StoredAttribute extends Attribute {
  readonly id: number;
}

export async function findCustomAttributes(
  run: Run,
  keys: readonly AttributeKey[],
): Promise<ReadonlyMap<AttributeKey, StoredAttribute>> {
  if (keys.length === 0) return new Map();
  const rows = await run(
    sql`SELECT id, name, type, options FROM custom_attribute
      WHERE retired_at IS NULL AND name IN (${join(keys.map(customName))})`,
  );
  return new Map(
    rows.map((row) => {
      const key = customKey(row['name'] as string);
      const type = row['type'] as CustomAttributeType;
      const options = JSON.parse(row['options'] as string) as string[];
      return [key, { id: row['id'] as number, key, type, options, ...UNTOLD }];
    }),
  );
}

/** What a writer need not know of an attribute. */
const UNTOLD = { label: { en: '', de: '' }, category: 'CUSTOM', sensitivity: 'HIGH', readOnly: false } as const;
