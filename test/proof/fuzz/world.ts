import { SYSTEM_ATTRIBUTES } from '../../../src/attributes/system-attributes';
import type { Attribute } from '../../../src/attributes/attribute';
import { Choices, drawn } from './choices';
import { ATTRIBUTES, mayDiffer, moduleMayDiffer, peopleMayDiffer, type Policy } from './policy';
import {
  CURRENCIES,
  CUSTOM,
  DAYS,
  ENTITLEMENTS,
  LONELY,
  MOMENTS,
  NUMBERS,
  UNITS,
  WORDS,
  type CustomType,
} from './pool';

export type Value =
  | string
  | number
  | boolean
  | readonly string[]
  | { readonly amount: number; readonly currency: string }
  | readonly { readonly name: string; readonly percentage: number }[]
  | readonly { readonly type: string; readonly days: number }[]
  | null;

/** A person as the API serves them; units by name, the supervisor by id. */
export interface Person {
  readonly id: number;
  readonly version: number;
  readonly values: ReadonlyMap<string, Value>;
}

export interface Absence {
  readonly id: number;
  readonly employee: number;
  readonly type: number;
  readonly startDate: string;
  readonly endDate: string;
  readonly startsAtNoon: boolean;
  readonly hours: number | null;
  readonly status: string;
  readonly comment: string | null;
}

export interface Attendance {
  readonly id: number;
  readonly employee: number;
  readonly start: string;
  readonly end: string;
  readonly breakMinutes: number;
  readonly project: string | null;
}

export interface Change {
  readonly employee: number;
  readonly attribute: string;
  readonly at: string;
}

/** Everything that is stored of a company. */
export interface World {
  readonly people: readonly Person[];
  readonly absences: readonly Absence[];
  readonly attendances: readonly Attendance[];
  readonly changes: readonly Change[];
}

export const ABSENCE_TYPES = [
  { name: 'Vacation', unit: 'DAYS', paid: true },
  { name: 'Training', unit: 'HOURS', paid: true },
  { name: 'Sick', unit: 'DAYS', paid: false },
] as const;

const PEOPLE = 10;
const CHANGES = 14;

/**
 * One of two companies that are alike in all that `policy` lets a credential see, and drawn apart in everything else.
 *
 * @param side 0 or 1
 */
export function worldOf(seed: number, side: 0 | 1, policy: Policy): World {
  const sideOf = (differs: boolean) => (differs ? side : 0);
  const count = PEOPLE + 2 * sideOf(peopleMayDiffer(policy));
  const people = Array.from({ length: count }, (_, at) =>
    personOf(seed, at + 1, (key) => sideOf(mayDiffer(policy, key))),
  );
  return {
    people,
    absences: absencesOf(seed, sideOf(moduleMayDiffer(policy, 'ABSENCES'))),
    attendances: attendancesOf(seed, sideOf(moduleMayDiffer(policy, 'ATTENDANCES'))),
    changes: changesOf(seed, side, policy),
  };
}

function choicesFor(...parts: readonly (number | string)[]): Choices {
  let hash = 2_166_136_261;
  for (const letter of parts.join('/')) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619);
  return new Choices(drawn(hash, 40));
}

function personOf(seed: number, id: number, sideOf: (attribute: string) => number): Person {
  const values = new Map(
    ATTRIBUTES.map((key) => [key, valueOf(key, id, choicesFor(seed, key, id, sideOf(key)))] as const),
  );
  const version = 1 + choicesFor(seed, 'version', id, sideOf('lastModifiedAt')).number(5);
  return { id, version, values };
}

function valueOf(key: string, id: number, choices: Choices): Value {
  const custom = CUSTOM.find(({ name }) => `custom.${name}` === key);
  const attribute = SYSTEM_ATTRIBUTES.find((one) => one.key === key);
  if (attribute?.type === 'DATE_TIME') return choices.pick(MOMENTS);
  if (attribute?.type === 'COST_CENTERS') return sharesOf(choices);
  if (choices.number(100) < 22) return null;
  if (custom) return customValue(custom.type, choices);
  return attribute ? systemValue(attribute, id, choices) : null;
}

function systemValue({ key, type, options }: Attribute, id: number, choices: Choices): Value {
  switch (type) {
    case 'LIST':
      return choices.pick(options);
    case 'DECIMAL':
      return choices.pick(NUMBERS);
    case 'DATE':
      return choices.pick(DAYS);
    case 'EMPLOYEE':
      // Nobody is above themselves, because everybody's superior has a smaller id.
      return id === 1 ? null : String(1 + choices.number(id - 1));
    case 'MONEY':
      return { amount: choices.pick(NUMBERS), currency: choices.pick(CURRENCIES) };
    case 'ORGANIZATION_UNIT':
      return choices.pick(UNITS);
    case 'ABSENCE_ENTITLEMENT':
      return choices.list(2, () => ({ type: choices.pick(ENTITLEMENTS), days: choices.pick([5, 17, 30]) }));
    case 'LINK':
      return `https://x.test/${encodeURIComponent(choices.pick(WORDS))}`;
    default:
      return key === 'email'
        ? `${choices.pick(['ada', 'ben', 'cleo', 'dora'])}${choices.number(4)}@x.test`
        : choices.pick(WORDS);
  }
}

function customValue(type: CustomType, choices: Choices): Value {
  switch (type) {
    case 'INTEGER':
      return choices.pick([0, 1, 40, -3]);
    case 'DECIMAL':
      return choices.pick(NUMBERS);
    case 'DATE':
      return choices.pick(DAYS);
    case 'BOOLEAN':
      return choices.chance(50);
    case 'TAGS':
      return [...new Set(choices.list(3, () => choices.pick(WORDS)))];
    default:
      return choices.pick(WORDS);
  }
}

function sharesOf(choices: Choices): Value {
  return choices.some(UNITS, 40).map((name) => ({ name, percentage: choices.pick([25, 62.5, 100]) }));
}

function absencesOf(seed: number, side: number): Absence[] {
  const choices = choicesFor(seed, 'absences', side);
  return Array.from({ length: 3 + choices.number(5) }, (_, at) => {
    const type = 1 + choices.number(ABSENCE_TYPES.length);
    const start = choices.number(5);
    return {
      id: at + 1,
      employee: 1 + choices.number(PEOPLE),
      type,
      startDate: DAYS[start] ?? DAYS[0],
      endDate: DAYS[start] ?? DAYS[0],
      startsAtNoon: choices.chance(30),
      hours: ABSENCE_TYPES[type - 1]?.unit === 'HOURS' ? 4 : null,
      status: choices.pick(['REQUESTED', 'APPROVED', 'REJECTED']),
      comment: choices.chance(50) ? choices.pick(WORDS) : null,
    };
  });
}

function attendancesOf(seed: number, side: number): Attendance[] {
  const choices = choicesFor(seed, 'attendances', side);
  return Array.from({ length: 3 + choices.number(5) }, (_, at) => {
    const day = choices.pick(DAYS);
    return {
      id: at + 1,
      employee: 1 + choices.number(PEOPLE),
      start: `${day}T08:00:00.000Z`,
      end: `${day}T1${choices.number(9)}:30:00.000Z`,
      breakMinutes: choices.pick([0, 30, 45]),
      project: choices.chance(60) ? choices.pick(WORDS) : null,
    };
  });
}

/** What is hidden on one side is another change on the other side, or none: then what comes later has another place in the feed. */
function changesOf(seed: number, side: 0 | 1, policy: Policy): Change[] {
  const hidden = [...ATTRIBUTES, 'custom.' + LONELY[0]].filter((key) => isHidden(policy, key));
  return Array.from({ length: CHANGES }).flatMap((_, at): Change[] => {
    const choices = choicesFor(seed, 'change', at);
    const attribute = choices.pick(['id', ...ATTRIBUTES]);
    const public_ = {
      attribute,
      employee: 1 + choices.number(PEOPLE),
      at: MOMENTS[Math.floor((at * 4) / CHANGES)] ?? MOMENTS[0],
    };
    if (!isHidden(policy, attribute) || hidden.length === 0 || side === 0) return [public_];
    const other = choicesFor(seed, 'other change', at);
    if (other.chance(30)) return [];
    return [{ attribute: other.pick(hidden), employee: 1 + other.number(PEOPLE), at: other.pick(MOMENTS) }];
  });
}

function isHidden({ modules, read }: Policy, attribute: string): boolean {
  return !modules.EMPLOYEES.read || (attribute !== 'id' && !read.includes(attribute));
}
