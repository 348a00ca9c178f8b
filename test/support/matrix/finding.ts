import { folded, ordered, type Filter, type OrderKey, type Person } from '../oracle';
import { present } from '../present';
import { ORDER_FIELDS } from '../../../src/employees/find/employee-order.type';
import { ATTRIBUTES, type MatrixAttribute } from './attributes';
import { literal, type Case, type Data, type Ground } from './case';
import { conditionsOn } from './conditions';

const ids = ({ employees }: Data) => employees.nodes.map(({ id }: { id: string }) => id);

/** A place where a filter can stand. */
interface Place {
  readonly name: string;
  /** The argument or field that takes the filter. */
  readonly coordinates: readonly string[];
  readonly make: (filter: Filter, ground: Ground) => Pick<Case, 'query' | 'variables' | 'answer' | 'granted'>;
}

/** A filter in the argument of `employees`, as a literal. */
function ofEmployees(name: string, coordinates: readonly string[], around: (filter: Filter) => Filter): Place {
  return {
    name,
    coordinates: ['Query.employees(filter:)', ...coordinates],
    make: (filter, { schema, oracle }) => ({
      query: `{ employees(first: 500, filter: ${literal(schema, 'EmployeeFilter', around(filter))}) { nodes { id } totalCount } }`,
      answer: ids,
      granted: { is: oracle.ids(around(filter)) },
    }),
  };
}

const DIRECT = ofEmployees('a literal', [], (filter) => filter);

const VARIABLE: Place = {
  name: 'a variable',
  coordinates: [],
  make: (filter, { oracle }) => ({
    query: 'query ($f: EmployeeFilter) { employees(first: 500, filter: $f) { nodes { id } } }',
    variables: { f: filter },
    answer: ids,
    granted: { is: oracle.ids(filter) },
  }),
};

/** Every place where a filter can stand. Every operator is tried in the first one, one operator in all. */
export const PLACES: readonly Place[] = [
  DIRECT,
  VARIABLE,
  {
    name: 'the default of a variable',
    coordinates: [],
    make: (filter, { schema, oracle }) => ({
      query: `query ($f: EmployeeFilter = ${literal(schema, 'EmployeeFilter', filter)}) {
        employees(first: 500, filter: $f) { nodes { id } } }`,
      answer: ids,
      granted: { is: oracle.ids(filter) },
    }),
  },
  {
    name: 'a variable inside of a literal',
    coordinates: [],
    make: (filter, { oracle }) => ({
      query: 'query ($f: [EmployeeFilter!]) { employees(first: 500, filter: { and: $f }) { nodes { id } } }',
      variables: { f: [filter] },
      answer: ids,
      granted: { is: oracle.ids(filter) },
    }),
  },
  ofEmployees('the supervisor', ['EmployeeFilter.supervisor'], (supervisor) => ({ supervisor })),
  ofEmployees('three supervisors up', ['EmployeeFilter.supervisor'], (filter) => ({
    supervisor: { supervisor: { supervisor: filter } },
  })),
  ofEmployees('not', ['EmployeeFilter.not'], (filter) => ({ not: filter })),
  ofEmployees('or', ['EmployeeFilter.or'], (filter) => ({ or: [{ id: { eq: '1' } }, filter] })),
  ofEmployees('and, beside empty lists', ['EmployeeFilter.and', 'EmployeeFilter.or'], (filter) => ({
    and: [{ and: [] }, { or: [{ not: { or: [] } }] }, { and: [filter] }],
  })),
  {
    name: 'a count',
    coordinates: [],
    make: (filter, { schema, oracle }) => ({
      query: `{ employees(first: 0, filter: ${literal(schema, 'EmployeeFilter', filter)}) { totalCount } }`,
      answer: ({ employees }) => employees.totalCount as unknown,
      granted: { is: oracle.ids(filter).length },
    }),
  },
  {
    name: 'statistics',
    coordinates: ['Query.employeeStatistics(filter:)'],
    make: (filter, { schema, oracle }) => ({
      query: `{ employeeStatistics(filter: ${literal(schema, 'EmployeeFilter', filter)}) { groups { count } } }`,
      answer: ({ employeeStatistics }) => employeeStatistics.groups as unknown,
      granted: { is: oracle.ids(filter).length > 0 ? [{ count: oracle.ids(filter).length }] : [] },
    }),
  },
  ...(['absences', 'attendances'] as const).flatMap((records): Place[] => {
    const type = records === 'absences' ? 'AbsenceFilter' : 'AttendanceFilter';
    const away = (filter: Filter, { oracle, withTime }: Ground) =>
      oracle.ids(filter).filter((id) => withTime.includes(id));
    return [
      {
        name: `whose ${records}`,
        coordinates: [`${type}.employee`],
        make: (filter, ground) => ({
          query: `{ ${records}(filter: { employee: ${literal(ground.schema, 'EmployeeFilter', filter)} }) { nodes { employee { id } } } }`,
          answer: (data) => data[records].nodes.map(({ employee }: { employee: { id: string } }) => employee.id),
          granted: { is: away(filter, ground) },
        }),
      },
      {
        name: `${records} below people`,
        coordinates: [`${type}.employee`],
        make: (filter, ground) => ({
          query: `{ employees(first: 500) { nodes { id ${records}(filter: { employee: ${literal(ground.schema, 'EmployeeFilter', filter)} }) { totalCount } } } }`,
          answer: ({ employees }) =>
            employees.nodes
              .filter((node: Record<string, { totalCount: number }>) => present(node[records]).totalCount > 0)
              .map(({ id }: { id: string }) => id),
          granted: { is: away(filter, ground) },
        }),
      },
    ];
  }),
];

/** Filters by the attribute with every operator, and at every place. */
export function filterCases(attribute: MatrixAttribute, ground: Ground): Case[] {
  const conditions = conditionsOn(attribute, ground.schema, ground.company.people);
  return conditions.flatMap(({ name, filter }, at) =>
    (at === 0 ? PLACES : [DIRECT]).map((place): Case => {
      const made = place.make(filter, ground);
      const granted = isMeaningless(attribute, name) ? { code: 'BAD_USER_INPUT' } : made.granted;
      return { name: `filtered with ${name} in ${place.name}`, ...made, granted, denied: 'REFUSED' };
    }),
  );
}

/** A boolean is only equal or not. */
function isMeaningless({ type }: MatrixAttribute, operator: string): boolean {
  return type === 'BOOLEAN' && ['gt', 'gte', 'lt', 'lte'].includes(operator);
}

export function canOrder({ key, id }: MatrixAttribute): boolean {
  return id !== null || Object.values<string>(ORDER_FIELDS).includes(key);
}

export function orderArgument({ key, direction, nulls }: OrderKey): object {
  if (key.startsWith('custom.')) return { custom: key.slice('custom.'.length), direction, nulls };
  const [by] = present(Object.entries(ORDER_FIELDS).find(([, attribute]) => attribute === key));
  return { by, direction, nulls };
}

export const ORDERED =
  'query ($o: [EmployeeOrder!]) { employees(first: 20, orderBy: $o) { edges { cursor node { id } } } }';

/** Orders by the attribute as the first and the second key, by literal and variable, and goes on behind a cursor of it. */
export function orderCases(attribute: MatrixAttribute, ground: Ground): Case[] {
  if (!canOrder(attribute)) return [];
  const { company, schema } = ground;
  const key: OrderKey = { key: attribute.key, direction: 'ASC', nulls: 'LAST' };
  const backwards: OrderKey = { ...key, direction: 'DESC', nulls: 'FIRST' };
  const other: OrderKey = { ...key, key: otherKey(attribute) };
  const text = (keys: readonly OrderKey[]) =>
    `[${keys.map((one) => literal(schema, 'EmployeeOrder', orderArgument(one))).join(', ')}]`;
  const orders: readonly (readonly [string, readonly OrderKey[]])[] = [
    ['ordered first', [key]],
    ['ordered first, the other way', [backwards]],
    ['ordered second', [other, key]],
  ];
  const { cursor, id } = present(ground.cursors.get(attribute.key));
  const all = ordered(company.people, [key]);
  const behind = all.slice(all.indexOf(id) + 1);
  const before = all.slice(0, all.indexOf(id));
  return [
    ...orders.map(([name, keys]): Case => ({
      name,
      query: `{ employees(first: 500, orderBy: ${text(keys)}) { nodes { id } } }`,
      answer: ids,
      granted: { is: ordered(company.people, keys) },
      denied: 'REFUSED',
    })),
    {
      name: 'ordered by a variable',
      query: 'query ($o: [EmployeeOrder!]) { employees(first: 500, orderBy: $o) { nodes { id } } }',
      variables: { o: [orderArgument(key)] },
      answer: ids,
      granted: { is: all },
      denied: 'REFUSED',
    },
    {
      name: 'ordered by the default of a variable',
      query: `query ($o: [EmployeeOrder!] = ${text([key])}) { employees(first: 500, orderBy: $o) { nodes { id } } }`,
      answer: ids,
      granted: { is: all },
      denied: 'REFUSED',
    },
    {
      name: 'in a cursor that the list goes on behind',
      query: `{ employees(first: 500, after: "${cursor}", orderBy: ${text([key])}) { nodes { id } pageInfo { hasPreviousPage } } }`,
      answer: ids,
      granted: { is: behind },
      denied: 'REFUSED',
    },
    {
      name: 'in a cursor that the list ends in front of',
      query: `{ employees(last: 500, before: "${cursor}", orderBy: ${text([key])}) { nodes { id } pageInfo { hasNextPage } } }`,
      answer: ids,
      granted: { is: before },
      denied: 'REFUSED',
    },
  ];
}

/** Another attribute with few values, which vary at another pace. */
function otherKey({ number }: MatrixAttribute): string {
  return present(ATTRIBUTES.find((one) => one.type === 'LIST' && one.id === null && one.number % 3 !== number % 3)).key;
}

/** The text attributes that a search looks into. */
function isSearched({ type, id }: MatrixAttribute): boolean {
  return type === 'TEXT' || type === 'MULTILINE' || (type === 'LIST' && id !== null);
}

/** Searches for a word that stands in this attribute and in no other. */
export function searchCases(attribute: MatrixAttribute, { company: { people } }: Ground): Case[] {
  if (!isSearched(attribute)) return [];
  const text = present(people.map((person) => textIn(person, attribute)).find((one) => one !== null));
  const word = present(/^\w+/.exec(text)?.[0]).toUpperCase();
  const holders = people.filter((person) =>
    ATTRIBUTES.filter(isSearched).some((one) => folded(textIn(person, one) ?? '').includes(folded(word))),
  );
  const theirs = people.filter((person) => folded(textIn(person, attribute) ?? '').includes(folded(word)));
  if (holders.length !== theirs.length)
    throw new Error(`${word} stands in other attributes than ${attribute.key}, too.`);
  const found = theirs.map(({ id }) => id);
  return [
    {
      name: 'searched',
      query: `{ employees(first: 500, search: "${word}") { nodes { id } } }`,
      answer: ids,
      granted: { is: found },
      denied: { is: [] },
    },
    {
      name: 'searched and counted, by a variable',
      query: 'query ($s: String) { employees(search: $s) { totalCount } }',
      variables: { s: word },
      answer: ({ employees }) => employees.totalCount as unknown,
      granted: { is: found.length },
      denied: { is: 0 },
    },
  ];
}

function textIn(person: Person, { key, id }: MatrixAttribute): string | null {
  const value = id === null ? person[key] : person.custom[key.slice('custom.'.length)];
  return typeof value === 'string' ? value : null;
}

/** Asks who changed since the moment at which this attribute changed, and for the changes themselves. */
export function changeCases({ key }: MatrixAttribute, { company }: Ground): Case[] {
  const touches = [...company.touched];
  const touch = company.touched.get(key);
  if (!touch) return [];
  const since = touches.filter(([, { moment }]) => moment >= touch.moment);
  const people = (changes: typeof touches) =>
    company.people.map(({ id }) => id).filter((id) => changes.some(([, { personId }]) => personId === id));
  const others = (changes: typeof touches) => changes.filter(([attribute]) => attribute !== key);
  const feed = (changes: typeof touches) =>
    changes.map(([attribute, { personId, moment }]) => ({ employeeId: personId, attribute, at: moment }));
  return [
    {
      name: 'updatedSince',
      query: `{ employees(first: 500, updatedSince: "${touch.moment}") { nodes { id } } }`,
      answer: ids,
      granted: { is: people(since) },
      denied: { is: people(others(since)) },
    },
    {
      name: 'in the feed of changes',
      query: `{ changes(first: 500, after: "${company.feedStart}") { nodes { employeeId attribute at } } }`,
      answer: ({ changes }) => changes.nodes as unknown,
      granted: { is: feed(touches) },
      denied: { is: feed(others(touches)) },
    },
  ];
}
