import { graphql, type GraphQLSchema } from 'graphql';
import { Oracle, ordered, folded, type Filter, type OrderKey, type Person as Asked } from '../../support/oracle';
import type { Question } from './case';
import { CUSTOM, UNITS } from './pool';
import { ABSENCE_TYPES, type Absence, type Attendance, type Person, type World } from './world';

/** Fields that only the gateway can answer, because it makes them up or works them out with rules of their own. */
export const NOT_PLAIN = new Set(['cursor', 'startCursor', 'endCursor', 'absenceBalances', 'days']);
/** What the plain answer is worked out for. */
export const PLAIN_ROOTS = [
  'employees',
  'employees',
  'employees',
  'employee',
  'absences',
  'attendances',
  'absenceTypes',
  'changes',
];
export const NOT_PLAIN_ARGUMENTS = new Set(['after', 'before']);

interface RecordFilter {
  readonly employee?: Filter | null;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly status?: readonly string[] | null;
  readonly type?: readonly string[] | null;
  readonly project?: readonly string[] | null;
}

interface ListArguments {
  readonly filter?: Filter | null;
  readonly search?: string | null;
  readonly updatedSince?: string | null;
  readonly orderBy?:
    | readonly { by?: string | null; custom?: string | null; direction: 'ASC' | 'DESC'; nulls: 'FIRST' | 'LAST' }[]
    | null;
  readonly first?: number | null;
  readonly last?: number | null;
}

/** Answers a question from values in memory, in the simplest way: without SQL, permissions, loaders or plans. */
export function plainAnswer(
  schema: GraphQLSchema,
  world: World,
  { query, variables }: Question,
): Promise<{ readonly data?: unknown; readonly errors?: unknown }> {
  return graphql({ schema, source: query, rootValue: new Plain(world), variableValues: variables });
}

class Plain {
  private readonly asked: readonly Asked[];
  private readonly oracle: Oracle;

  constructor(private readonly world: World) {
    this.asked = world.people.map(asAsked);
    this.oracle = new Oracle(this.asked);
  }

  employee({ id }: { readonly id: string }): object | null {
    return this.served(id);
  }

  employees({ filter, search, updatedSince, orderBy, ...window }: ListArguments): object {
    const meant = this.asked.filter(
      (person) =>
        (!filter || this.oracle.matches(person, filter)) &&
        (typeof search !== 'string' || this.isFound(person, search)) &&
        (typeof updatedSince !== 'string' || this.isUpdated(person.id, updatedSince)),
    );
    const ids = ordered(meant, (orderBy ?? []).map(keyOf));
    return connection(
      ids.map((id) => this.served(id)),
      window,
    );
  }

  absences({ filter, ...window }: ListArguments): object {
    return connection(
      this.absencesOf(this.world.absences, filter).map((one) => this.absence(one)),
      window,
    );
  }

  attendances({ filter, ...window }: ListArguments): object {
    return connection(
      this.attendancesOf(this.world.attendances, filter).map((one) => this.attendance(one)),
      window,
    );
  }

  absenceTypes(): object[] {
    return ABSENCE_TYPES.map((type, at) => ({ id: at + 1, ...type }));
  }

  changes({ first }: ListArguments): object {
    const changes = this.world.changes.map(({ employee, attribute, at }) => ({
      employeeId: employee,
      attribute,
      at,
      employee: () => this.served(String(employee)),
    }));
    return connection(changes, { first: first ?? null });
  }

  private isFound(person: Asked, search: string): boolean {
    const texts = [...Object.entries(person), ...Object.entries(person.custom)]
      .filter(([key, value]) => typeof value === 'string' && SEARCHED.has(key))
      .map(([, value]) => folded(String(value)));
    return search
      .split(/\s+/u)
      .filter(Boolean)
      .every((word) => texts.some((text) => text.includes(folded(word))));
  }

  private isUpdated(id: string, moment: string): boolean {
    return this.world.changes.some(
      ({ employee, at }) => String(employee) === id && at >= new Date(moment).toISOString(),
    );
  }

  private absencesOf(absences: readonly Absence[], filter: Filter | null | undefined): readonly Absence[] {
    const { employee, from, to, status, type } = (filter ?? {}) as RecordFilter;
    return absences.filter(
      (one) =>
        this.isOf(one.employee, employee) &&
        (!from || one.endDate >= from) &&
        (!to || one.startDate <= to) &&
        (!status || status.includes(one.status)) &&
        (!type || type.includes(String(one.type))),
    );
  }

  private attendancesOf(attendances: readonly Attendance[], filter: Filter | null | undefined): readonly Attendance[] {
    const { employee, from, to, project } = (filter ?? {}) as RecordFilter;
    return attendances.filter(
      (one) =>
        this.isOf(one.employee, employee) &&
        (!from || one.start >= from) &&
        (!to || one.start.slice(0, 10) <= to) &&
        // A record without a project is of none that can be named, not of the empty one.
        (!project || (one.project !== null && project.includes(one.project))),
    );
  }

  private isOf(id: number, filter: unknown): boolean {
    const person = this.asked.find((one) => one.id === String(id));
    return !filter || (person !== undefined && this.oracle.matches(person, filter as Filter));
  }

  private absence({ employee, type, ...rest }: Absence): object {
    return {
      ...rest,
      ...KEPT,
      endsAtNoon: false,
      type: this.absenceTypes()[type - 1],
      employee: () => this.served(String(employee)),
    };
  }

  private attendance({ employee, ...rest }: Attendance): object {
    const workedMinutes = (Date.parse(rest.end) - Date.parse(rest.start)) / 60_000 - rest.breakMinutes;
    return { ...rest, ...KEPT, comment: null, workedMinutes, employee: () => this.served(String(employee)) };
  }

  private served(id: string | null): object | null {
    const person = this.world.people.find((one) => String(one.id) === id);
    if (!person) return null;
    const asked = asAsked(person);
    return {
      ...asked,
      version: person.version,
      displayName: [asked['preferredName'] ?? asked['firstName'], asked['lastName']].filter(Boolean).join(' ') || null,
      supervisor: () => this.served(person.values.get('supervisor') as string | null),
      customAttributes: ({ keys }: { keys?: readonly string[] | null }) => customOf(person, keys),
      absences: ({ filter, ...window }: ListArguments) =>
        connection(
          this.absencesOf(this.world.absences, filter)
            .filter(({ employee }) => employee === person.id)
            .map((one) => this.absence(one)),
          window,
        ),
      attendances: ({ filter, ...window }: ListArguments) =>
        connection(
          this.attendancesOf(this.world.attendances, filter)
            .filter(({ employee }) => employee === person.id)
            .map((one) => this.attendance(one)),
          window,
        ),
    };
  }
}

const KEPT = { version: 1, createdAt: '2025-01-01T00:00:00.000Z', lastModifiedAt: '2025-01-01T00:00:00.000Z' };
const SEARCHED = new Set([
  'firstName',
  'lastName',
  'preferredName',
  'email',
  'position',
  'terminationReason',
  'holidayCalendar',
  'workSchedule',
  'nick',
  'notes',
  'size',
]);

function connection(items: readonly unknown[], { first, last }: Pick<ListArguments, 'first' | 'last'>): object {
  const isFromEnd = typeof last === 'number';
  const size = (isFromEnd ? last : first) ?? 50;
  const nodes = isFromEnd ? items.slice(Math.max(0, items.length - size)) : items.slice(0, size);
  const hasMore = items.length > size;
  return {
    nodes,
    edges: nodes.map((node) => ({ node })),
    totalCount: items.length,
    pageInfo: { hasNextPage: !isFromEnd && hasMore, hasPreviousPage: isFromEnd && hasMore },
  };
}

function asAsked({ id, values }: Person): Asked {
  const system = [...values].filter(([key]) => !key.startsWith('custom.'));
  const custom = [...values]
    .filter(([key]) => key.startsWith('custom.'))
    .map(([key, value]) => [key.slice(7), value] as const);
  return {
    ...Object.fromEntries(system.map(([key, value]) => [key, asPart(key, value)])),
    id: String(id),
    custom: Object.fromEntries(custom) as Asked['custom'],
  };
}

function asPart(key: string, value: unknown): unknown {
  if (value === null) return null;
  if (key === 'supervisor') return { id: value };
  if (['subcompany', 'office', 'department', 'team'].includes(key)) return unit(value as string);
  if (key === 'costCenters') return (value as { name: string }[]).map((share) => ({ ...share, ...unit(share.name) }));
  return value;
}

function unit(name: string): object {
  return { id: String(UNITS.findIndex((one) => one === name) + 1), name };
}

function customOf({ values }: Person, keys: readonly string[] | null | undefined): object[] {
  const known = [...CUSTOM].sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ name }) => name as string);
  return (keys ?? known).map((key) => ({
    key,
    type: CUSTOM.find(({ name }) => name === key)?.type ?? null,
    value: values.get(`custom.${key}`) ?? null,
  }));
}

function keyOf({ by, custom, direction, nulls }: NonNullable<ListArguments['orderBy']>[number]): OrderKey {
  const key =
    typeof by === 'string'
      ? by.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
      : `custom.${custom ?? ''}`;
  return { key, direction, nulls };
}
