import { SYSTEM_ATTRIBUTES } from '../../src/attributes/system-attributes';

/** What filters and orders mean, written a second time in plain JavaScript over values in memory, without any SQL. */

export type Value = string | number | boolean | readonly string[] | null;
/** A person as the API serves it: attributes by key, and custom ones by name under `custom`. */
export interface Person {
  readonly id: string;
  readonly custom: Readonly<Record<string, Value>>;
  readonly [attribute: string]: unknown;
}

export type Filter = Readonly<Record<string, unknown>>;

export function folded(text: string): string {
  return [...text]
    .map((letter) => {
      const [base = letter] = ['Ää', 'Öö', 'Üü'].flatMap((pair, at) => (pair.includes(letter) ? ['aou'[at]] : []));
      return letter === 'ß' || letter === 'ẞ' ? 'ss' : /[A-Z]/.test(base) ? base.toLowerCase() : base;
    })
    .join('');
}

export class Oracle {
  private readonly byId: ReadonlyMap<string, Person>;

  constructor(readonly people: readonly Person[]) {
    this.byId = new Map(people.map((person) => [person.id, person]));
  }

  ids(filter: Filter): string[] {
    return this.people.filter((person) => this.matches(person, filter)).map(({ id }) => id);
  }

  matches(person: Person, filter: Filter): boolean {
    return Object.entries(filter).every(([name, said]) => this.part(person, name, said));
  }

  private part(person: Person, name: string, said: unknown): boolean {
    const list = said as readonly Filter[];
    if (name === 'and') return list.every((one) => this.matches(person, one));
    if (name === 'or') return list.some((one) => this.matches(person, one));
    if (name === 'not') return !this.matches(person, said as Filter);
    if (name === 'custom') return list.every(({ key, ...rest }) => custom(person.custom[String(key)] ?? null, rest));
    if (name === 'supervisor') return this.supervisor(person, said as Filter);
    return attribute(person[name] ?? null, said as Filter);
  }

  private supervisor(person: Person, said: Filter): boolean {
    const { id } = (person['supervisor'] ?? {}) as { id?: string };
    const supervisor = this.byId.get(id ?? '');
    return supervisor !== undefined && this.matches(supervisor, said);
  }
}

function attribute(value: unknown, said: Filter): boolean {
  if (Object.hasOwn(said, 'some') || Object.hasOwn(said, 'none')) {
    const items = (value ?? []) as Readonly<Record<string, unknown>>[];
    const has = (filter: unknown) =>
      items.some((item) =>
        Object.entries(filter as Filter).every(([part, one]) => attribute(item[part], one as Filter)),
      );
    return (!('some' in said) || has(said['some'])) && (!('none' in said) || !has(said['none']));
  }
  const parts = Object.entries(said);
  return parts.every(([name, operand]) => {
    if (name === 'isNull') return (value === null) === operand;
    if (typeof operand === 'object' && operand !== null && !Array.isArray(operand)) {
      return attribute((value as Record<string, unknown> | null)?.[name] ?? null, operand as Filter);
    }
    return operator(name, value as string | number | null, operand);
  });
}

function operator(name: string, value: string | number | null, operand: unknown): boolean {
  const list = operand as readonly unknown[];
  if (name === 'neq') return value !== operand;
  if (name === 'notIn') return !list.includes(value);
  if (value === null) return false;
  if (name === 'eq') return value === operand;
  if (name === 'in') return list.includes(value);
  if (name === 'gt') return value > (operand as string | number);
  if (name === 'gte') return value >= (operand as string | number);
  if (name === 'lt') return value < (operand as string | number);
  if (name === 'lte') return value <= (operand as string | number);
  const [text, part] = [folded(String(value)), folded(String(operand))];
  if (name === 'contains') return text.includes(part);
  if (name === 'startsWith') return text.startsWith(part);
  if (name === 'endsWith') return text.endsWith(part);
  throw new Error(`The oracle does not know ${name}.`);
}

function custom(value: Value, said: Filter): boolean {
  return Object.entries(said).every(([name, operand]) => {
    if (name === 'isNull') return (value === null) === operand;
    if (name === 'hasTag') return Array.isArray(value) && value.includes(String(operand));
    const scalar = Array.isArray(value) ? JSON.stringify(value) : (value as string | number | null);
    // A list may hold operands of several types; each is compared by itself.
    const isOtherType = scalar !== null && !Array.isArray(operand) && typeof scalar !== typeof operand;
    return operator(name, isOtherType ? null : scalar, operand);
  });
}

export interface OrderKey {
  readonly key: string;
  readonly direction: 'ASC' | 'DESC';
  readonly nulls: 'FIRST' | 'LAST';
}

/** The ids in the order of these keys, then by id. */
export function ordered(people: readonly Person[], keys: readonly OrderKey[]): string[] {
  return [...people].sort((a, b) => compare(a, b, keys) || Number(a.id) - Number(b.id)).map(({ id }) => id);
}

function compare(a: Person, b: Person, keys: readonly OrderKey[]): number {
  for (const { key, direction, nulls } of keys) {
    const [x, y] = [sortKey(a, key), sortKey(b, key)];
    if (x === y) continue;
    if (x === null || y === null) return (x === null) === (nulls === 'FIRST') ? -1 : 1;
    return x < y === (direction === 'ASC') ? -1 : 1;
  }
  return 0;
}

/** Texts that no person writes: they are ordered by their characters, case and umlauts among them. */
const AS_IT_IS: ReadonlySet<string> = new Set(
  SYSTEM_ATTRIBUTES.filter(({ type }) => ['LINK', 'LIST', 'DATE', 'DATE_TIME'].includes(type)).map(({ key }) => key),
);

function sortKey(person: Person, key: string): string | number | null {
  const value = key.startsWith('custom.') ? person.custom[key.slice(7)] : person[key];
  if (value === null || value === undefined || Array.isArray(value)) return null;
  if (key === 'id') return Number(value);
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'object') {
    const { amount, name } = value as { amount?: number; name?: string };
    return amount ?? folded(name ?? '');
  }
  return typeof value === 'string' && !AS_IT_IS.has(key) ? folded(value) : (value as string | number);
}
