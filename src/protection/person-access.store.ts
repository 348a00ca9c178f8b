import sql from 'sql-template-tag';
import type { AttributeKey } from '../attributes/attribute';
import type { Clock } from '../clock';
import type { Store } from '../store/store';
import { dayOf, DAYS_KEPT, daysUntil, type Day } from '../usage/usage';

/** That a credential read an attribute of people on these days, among whom a person was or may have been. */
export interface PossibleAccess {
  readonly credentialId: string;
  /** Null for a credential that was deleted since. */
  readonly credentialName: string | null;
  readonly attribute: AttributeKey;
  /** Ascending. */
  readonly days: readonly Day[];
}

/** What can be said about who read a person's attributes. */
export interface PersonAccess {
  /** The first and last day that was looked at. */
  readonly from: Day;
  readonly to: Day;
  readonly accesses: readonly PossibleAccess[];
  /** Whether there were more days than are told at once. */
  readonly isCut: boolean;
}

/** Days of credentials and attributes that are told at once. */
const MOST_DAYS = 20_000;

/**
 * Answers which credentials read attributes of people while a person was in the store. Usage is counted for each credential,
 * attribute and day, and not for each person, so nobody can say more: that a credential read first names on a day does not
 * tell whose.
 */
export class PersonAccessStore {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** @returns null when nobody has this id */
  async accessTo(employeeId: number): Promise<PersonAccess | null> {
    const [person] = await this.store.read(sql`SELECT created_at FROM employee WHERE id = ${employeeId}`);
    if (!person) return null;
    const to = dayOf(this.clock.now());
    const [oldest = to] = daysUntil(to, DAYS_KEPT);
    const from = [dayOf(person['created_at'] as string), oldest].reduce((one, other) => (one > other ? one : other));
    const rows = await this.store.read(
      sql`SELECT u.credential_id, c.name, u.attribute_key, u.day FROM attribute_usage u
        LEFT JOIN credential c ON c.id = u.credential_id
        WHERE u.reads > 0 AND u.day >= ${from} AND u.day <= ${to}
        ORDER BY c.name, u.credential_id, u.attribute_key, u.day LIMIT ${MOST_DAYS + 1}`,
    );
    const accesses = new Map<string, PossibleAccess & { readonly days: Day[] }>();
    for (const row of rows.slice(0, MOST_DAYS)) {
      const credentialId = row['credential_id'] as string;
      const attribute = row['attribute_key'] as AttributeKey;
      const key = `${credentialId} ${attribute}`;
      const known = accesses.get(key);
      if (known) known.days.push(row['day'] as Day);
      else {
        const credentialName = row['name'] as string | null;
        accesses.set(key, { credentialId, credentialName, attribute, days: [row['day'] as Day] });
      }
    }
    return { from, to, accesses: [...accesses.values()], isCut: rows.length > MOST_DAYS };
  }
}

/** What every answer says of itself. */
export const ACCESS_NOTE =
  'Usage is counted for each credential, attribute and day, not for each person: these credentials read these attributes of people on these days, while this person was in the store. Whether this person was among them is not recorded.';
