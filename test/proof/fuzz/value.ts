import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLEnumType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql';
import type { Choices } from './choices';
import { ATTRIBUTES, type Policy } from './policy';
import { CURRENCIES, CUSTOM, DAYS, ENTITLEMENTS, LONELY, MOMENTS, NUMBERS, PARTS, UNITS, WORDS } from './pool';

/** An enum value, which is written without quotes in a document. */
export class EnumValue {
  constructor(readonly name: string) {}

  toJSON(): string {
    return this.name;
  }
}

export interface ValueOptions {
  readonly choices: Choices;
  readonly policy: Policy;
  /** Whether what is named is read, as in a filter, or written. */
  readonly action: 'read' | 'write';
  /** Percent of named attributes that may be forbidden ones. */
  readonly forbidden: number;
}

const DEEPEST = 4;
/** Percent of values that are null. Where one is written, it is the guess that is right most often. */
const NULLS = { read: 2, write: 25 } as const;
/** Fields of filters that hold further filters, which are drawn more often than others. */
const NESTED: Readonly<Record<string, readonly string[]>> = {
  EmployeeFilter: ['and', 'or', 'not', 'supervisor', 'custom'],
  AbsenceFilter: ['employee'],
  AttendanceFilter: ['employee'],
};

/** Draws values of input types, at any depth, from the schema alone; what texts mean follows from the field's name. */
export class ValueGenerator {
  constructor(private readonly options: ValueOptions) {}

  of(type: GraphQLInputType, name: string, depth = 0): unknown {
    const { choices, action } = this.options;
    const nullable = getNullableType(type);
    if (!isNonNullType(type) && choices.chance(NULLS[action])) return null;
    if (isListType(nullable)) {
      const least = choices.chance(90) ? 1 : 0;
      return [...Array.from({ length: least }, () => 0), ...choices.list(2, () => 0)].map(() =>
        this.of(nullable.ofType, name, depth),
      );
    }
    if (isInputObjectType(nullable)) return this.object(nullable, depth);
    if (isEnumType(nullable)) return this.enumValue(nullable);
    return this.scalar(getNamedType(type).name, name);
  }

  private object(type: GraphQLInputObjectType, depth: number): Readonly<Record<string, unknown>> {
    const { choices } = this.options;
    const fields = Object.values(type.getFields());
    const required = fields.filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
    const optional = fields.filter((field) => !required.includes(field));
    const chosen = new Set<GraphQLInputField>(required);
    const wanted = required.length > 0 ? choices.number(3) : 1 + Number(choices.chance(35));
    for (let count = 0; count < wanted && optional.length > 0; count += 1)
      chosen.add(this.field(type, optional, depth));
    return this.sensible(
      type,
      Object.fromEntries([...chosen].map(({ name, type: of }) => [name, this.of(of, name, depth + 1)])),
    );
  }

  // Draws that mean nothing are refused before anything is looked at, so few of them are wanted.
  private sensible(type: GraphQLInputObjectType, value: Record<string, unknown>): Record<string, unknown> {
    if (type.name === 'EmployeeOrder' || type.name === 'EmployeeGroupBy') {
      const field = type.getFields()['by'];
      // Custom attributes are one field of two here, and one attribute of five otherwise.
      if (typeof value['custom'] === 'string' && this.options.choices.chance(60)) delete value['custom'];
      if (typeof value['custom'] === 'string') delete value['by'];
      else if (!value['by'] && field) value['by'] = this.of(getNullableType(field.type), 'by', 1) ?? undefined;
    }
    if (type.name === 'EmployeeOrder' && this.options.choices.chance(35)) value['direction'] = new EnumValue('DESC');
    if (type.name === 'UpsertEmployeeInput') return this.withOneTarget(value);
    return value;
  }

  private withOneTarget({ id, personnelNumber, ...rest }: Record<string, unknown>): Record<string, unknown> {
    return this.options.choices.chance(50) && id
      ? { ...rest, id }
      : { ...rest, personnelNumber: personnelNumber ?? 'P-1' };
  }

  private field(type: GraphQLInputObjectType, fields: readonly GraphQLInputField[], depth: number): GraphQLInputField {
    const { choices } = this.options;
    const nested = fields.filter(({ name }) => NESTED[type.name]?.includes(name));
    const weighted = depth < DEEPEST ? [...nested, ...nested, ...nested] : [];
    const names = fields.filter((field) => !nested.includes(field));
    const permitted = names.filter(({ name }) => this.isPermitted(name));
    const others = permitted.length > 0 && !choices.chance(this.options.forbidden) ? permitted : names;
    return choices.pick([...others, ...weighted.filter(({ name }) => name !== 'supervisor' || this.isPermitted(name))]);
  }

  // A name that is no attribute's is permitted as far as anybody can tell here.
  private isPermitted(name: string): boolean {
    const { policy, action } = this.options;
    return !ATTRIBUTE_NAMES.has(name) || name === 'id' || policy[action].includes(name);
  }

  private enumValue(type: GraphQLEnumType): EnumValue {
    const { choices } = this.options;
    const names = type.getValues().map(({ name }) => name);
    const permitted = names.filter((name) => this.isPermitted(camelCase(name)));
    const isOfAttributes = names.some((name) => ATTRIBUTE_NAMES.has(camelCase(name)));
    if (!isOfAttributes || permitted.length === 0) return new EnumValue(choices.pick(names));
    if (choices.chance(this.options.forbidden)) return new EnumValue(choices.pick(names));
    // No two people share an id, so an order by it says nothing of those who share a place.
    const shared = permitted.filter((name) => name !== 'ID');
    return new EnumValue(choices.pick(shared.length > 0 && !choices.chance(15) ? shared : permitted));
  }

  private scalar(type: string, name: string): unknown {
    const { choices } = this.options;
    switch (type) {
      case 'Int':
        return choices.pick(INTEGERS[name] ?? [1, 0, 3, 30]);
      case 'Float':
        return choices.pick(NUMBERS);
      case 'Boolean':
        return choices.chance(50);
      case 'ID':
        return choices.pick(IDS);
      case 'Date':
        return choices.pick(DAYS);
      case 'DateTime':
        return choices.pick(MOMENTS);
      case 'AttributeValue':
        return choices.pick<unknown>([
          choices.pick(WORDS),
          choices.pick(NUMBERS),
          choices.chance(50),
          [choices.pick(WORDS)],
          choices.pick(DAYS),
        ]);
      default:
        return this.text(name);
    }
  }

  private text(name: string): string {
    const { choices } = this.options;
    switch (name) {
      case 'after':
      case 'before':
        return choices.chance(85) ? `@cursor:${choices.number(40)}@` : choices.pick(['', 'AAAA', '北']);
      case 'key':
      case 'keys':
      case 'custom':
        return this.customKey();
      case 'idempotencyKey':
        return choices.pick(['once', 'twice']);
      case 'personnelNumber':
        return choices.pick(['P-1', 'P-2', 'P-77']);
      case 'currency':
        return choices.pick(CURRENCIES);
      case 'department':
      case 'team':
      case 'office':
      case 'subcompany':
        return choices.pick(UNITS);
      default:
        return choices.pick([...WORDS, ...PARTS, ...UNITS, ...ENTITLEMENTS, 'ada1@x.test', 'ben2@x.test']);
    }
  }

  private customKey(): string {
    const { choices, policy, action, forbidden } = this.options;
    const permitted = CUSTOM.map(({ name }) => name as string).filter((name) =>
      policy[action].includes(`custom.${name}`),
    );
    if (permitted.length > 0 && !choices.chance(forbidden)) return choices.pick(permitted);
    return choices.pick([...CUSTOM.map(({ name }) => name as string), ...LONELY, 'noSuch']);
  }
}

const INTEGERS: Readonly<Record<string, readonly number[]>> = {
  first: [5, 3, 1, 10, 0, 2, 50],
  last: [3, 1, 5, 0],
  version: [1, 2, 3, 4, 5],
  year: [2025, 2024, 2026],
};
const IDS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '21', 'x'];

/** Names that mean an attribute wherever an input type or enum has them. */
const ATTRIBUTE_NAMES: ReadonlySet<string> = new Set(ATTRIBUTES);

export function camelCase(name: string): string {
  return name.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** A value as a document writes it. */
export function written(value: unknown): string {
  if (value instanceof EnumValue) return value.name;
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{ ${fields.map(([name, one]) => `${name}: ${written(one)}`).join(', ')} }`;
}
