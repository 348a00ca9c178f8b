import type { Company } from './company';
import { ATTRIBUTES, type Policy } from './policy';
import { CUSTOM } from './pool';

/** Everything about people and their records, by what it belongs to. */
export interface Snapshot {
  readonly people: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly absences: string;
  readonly attendances: string;
}

const PARTS: Readonly<Record<string, string>> = {
  supervisor: '{ id }',
  subcompany: '{ name }',
  office: '{ name }',
  department: '{ name }',
  team: '{ name }',
  costCenters: '{ name percentage }',
  absenceEntitlement: '{ type days }',
  fixSalary: '{ amount currency }',
  hourlySalary: '{ amount currency }',
};
/** A write changes it whoever may write what. */
const KEPT = new Set(['createdAt', 'lastModifiedAt']);
const WATCHED = ATTRIBUTES.filter((key) => !KEPT.has(key));

const QUERY = `{
  employees(first: 1000) { nodes { id ${WATCHED.filter((key) => !key.startsWith('custom.'))
    .map((key) => `${key} ${PARTS[key] ?? ''}`)
    .join(' ')} customAttributes(keys: [${CUSTOM.map(({ name }) => `"${name}"`).join(', ')}]) { key value } } }
  absences(first: 1000) { nodes { id employee { id } type { id } startDate endDate startsAtNoon endsAtNoon hours status comment } }
  attendances(first: 1000) { nodes { id employee { id } start end breakMinutes project comment } }
}`;

/** Reads all of it, as somebody who may. */
export async function snapshotOf(company: Company): Promise<Snapshot> {
  const { text } = await company.asPrivileged({ query: QUERY, variables: {} });
  const { data, errors } = JSON.parse(text) as { data: Data | null; errors?: unknown };
  if (!data || errors) throw new Error(`Nobody could look at what was written: ${text}`);
  return {
    people: Object.fromEntries(data.employees.nodes.map((person) => [String(person['id']), attributesOf(person)])),
    absences: JSON.stringify(data.absences),
    attendances: JSON.stringify(data.attendances),
  };
}

interface Data {
  readonly employees: { readonly nodes: readonly Readonly<Record<string, unknown>>[] };
  readonly absences: object;
  readonly attendances: object;
}

function attributesOf({ customAttributes, ...system }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const custom = (customAttributes as readonly { key: string; value: unknown }[]).map(
    ({ key, value }) => [`custom.${key}`, value] as const,
  );
  return { ...system, ...Object.fromEntries(custom) };
}

/** What changed, or appeared with a value, although the credential may not write it. */
export function unpermittedWrites(before: Snapshot, after: Snapshot, policy: Policy): string[] {
  const { modules, write } = policy;
  const forbidden = WATCHED.filter((key) => !modules.EMPLOYEES.write || !write.includes(key));
  const ids = [...new Set([...Object.keys(before.people), ...Object.keys(after.people)])];
  const appeared = modules.EMPLOYEES.write ? [] : ids.filter((id) => !before.people[id]);
  const changed = ids.flatMap((id) =>
    forbidden
      .filter((key) => text(before.people[id]?.[key]) !== text(after.people[id]?.[key]))
      .map((key) => `${key} of ${id}: ${text(before.people[id]?.[key])} became ${text(after.people[id]?.[key])}`),
  );
  const records = [
    ...(!modules.ABSENCES.write && before.absences !== after.absences ? ['absences'] : []),
    ...(!modules.ATTENDANCES.write && before.attendances !== after.attendances ? ['attendances'] : []),
  ];
  return [...appeared.map((id) => `person ${id} appeared`), ...changed, ...records];
}

// A person who was not there had nothing.
function text(value: unknown): string {
  const isNothing = value === undefined || (Array.isArray(value) && value.length === 0);
  return JSON.stringify(isNothing ? null : value);
}
