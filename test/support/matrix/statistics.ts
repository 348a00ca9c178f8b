import { GROUPINGS, MEASURABLES, MEASURE_FUNCTIONS } from '../../../src/employees/statistics/statistics.type';
import type { Person } from '../oracle';
import type { MatrixAttribute } from './attributes';
import type { Case, Data, Ground } from './case';

/** Works out every function of the attribute, and groups by it. */
export function statisticsCases(attribute: MatrixAttribute, ground: Ground): Case[] {
  return [...measureCases(attribute, ground), ...groupCases(attribute, ground)];
}

function nameIn(keys: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.keys(keys).find((name) => keys[name] === key);
}

function measureCases({ key, type }: MatrixAttribute, { company }: Ground): Case[] {
  const of = nameIn(MEASURABLES.keys, key);
  if (of === undefined) return [];
  const values = company.people.flatMap((person) => amountOf(person[key]) ?? []);
  const answer = ({ employeeStatistics }: Data): unknown => employeeStatistics.groups[0].measures;
  return MEASURE_FUNCTIONS.flatMap((name): Case[] => {
    const measure = { value: rounded(FUNCTIONS[name](values)), currency: type === 'MONEY' ? 'EUR' : null };
    const common = { answer, granted: { is: [measure] }, denied: 'REFUSED' } as const;
    return [
      {
        name: `aggregated: ${name}`,
        query: `{ employeeStatistics(measures: [{ of: ${of}, function: ${name} }]) { groups { measures { value currency } } } }`,
        ...common,
      },
      {
        name: `aggregated by a variable: ${name}`,
        query: `query ($m: [EmployeeMeasureInput!]!) { employeeStatistics(measures: $m) { groups { measures { value currency } } } }`,
        variables: { m: [{ of, function: name }] },
        ...common,
      },
    ];
  });
}

const FUNCTIONS: Readonly<Record<(typeof MEASURE_FUNCTIONS)[number], (values: readonly number[]) => number>> = {
  AVG: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  MIN: (values) => Math.min(...values),
  MAX: (values) => Math.max(...values),
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
};

function amountOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'object' && value !== null ? (value as { amount: number }).amount : null;
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function groupCases(attribute: MatrixAttribute, { company }: Ground): Case[] {
  const by = nameIn(GROUPINGS.keys, attribute.key);
  if (by === undefined && attribute.id === null) return [];
  const key = by === undefined ? `custom: "${attribute.key.slice('custom.'.length)}"` : `by: ${by}`;
  const isDate = attribute.type === 'DATE' && attribute.id === null;
  const parts = isDate ? (['YEAR', 'MONTH', 'DAY'] as const) : (['YEAR'] as const);
  return parts.map((part) => ({
    name: `grouped${isDate ? ` by ${part}` : ''}`,
    query: `{ employeeStatistics(groupBy: [{ ${key}, part: ${part} }]) { groups { keys count } } }`,
    answer: ({ employeeStatistics }) => sorted(employeeStatistics.groups as Group[]),
    // Tags are several values, so nobody groups by them.
    granted:
      attribute.type === 'TAGS'
        ? { code: 'BAD_USER_INPUT' }
        : { is: sorted(groupsOf(company.people, attribute, isDate ? LENGTHS[part] : undefined)) },
    denied: 'REFUSED',
  }));
}

interface Group {
  readonly keys: readonly (string | null)[];
  readonly count: number;
}

const LENGTHS = { YEAR: 4, MONTH: 7, DAY: 10 } as const;

function groupsOf(people: readonly Person[], attribute: MatrixAttribute, length: number | undefined): Group[] {
  const counts = new Map<string | null, number>();
  for (const person of people) {
    const key = groupKey(person, attribute)?.slice(0, length) ?? null;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => ({ keys: [key], count }));
}

function groupKey(person: Person, { key, id }: MatrixAttribute): string | null {
  const value = id === null ? person[key] : person.custom[key.slice('custom.'.length)];
  if (['string', 'number', 'boolean'].includes(typeof value)) return String(value);
  const { id: ofPerson, name, currency } = (value ?? {}) as { id?: string; name?: string; currency?: string };
  return currency ?? name ?? ofPerson ?? null;
}

function sorted(groups: readonly Group[]): Group[] {
  return [...groups].sort((one, other) => (JSON.stringify(one.keys) < JSON.stringify(other.keys) ? -1 : 1));
}
