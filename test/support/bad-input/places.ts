import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredInputField,
  isRequiredArgument,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { fieldsInReach } from '../../../src/permissions/reach';
import { ATTRIBUTES } from '../matrix/attributes';
import { present } from '../present';

/** A place of an operation that takes a value: an argument, or a field of an input type on one way to it. */
export interface InputPlace {
  /** `Query.employees(filter:)` or `TextFilter.eq`, and what else tells it from others. */
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly isMutation: boolean;
  /** The way from the argument to the place; empty for the argument itself. */
  readonly path: readonly string[];
  /** The argument's own coordinate. */
  readonly argument: string;
  /** The operation, with this text in the place of the value. */
  readonly operation: (value: string, declared?: string) => string;
  /** The value of the argument, with this one in its place. */
  readonly given: (value: unknown) => unknown;
}

/** The day in every operation that gives one: nobody is away or works twice at one time, so each request puts its own there. */
export const DAY = '2031-05-05';

/** Makes the rest of an operation good, so that what is wrong is the one value and nothing else. */
const GOOD: Readonly<Record<string, string>> = {
  ID: '"1"',
  String: '"Good"',
  Int: '1',
  Float: '1',
  Boolean: 'true',
  Date: `"${DAY}"`,
  DateTime: `"${DAY}T08:00:00Z"`,
  AttributeValue: '"Good"',
};

/** What else an input object needs, though its type does not say so. */
const COMPANIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  UpsertEmployeeInput: { id: '"1"' },
  EmployeeOrder: { by: 'FIRST_NAME' },
  EmployeeGroupBy: { by: 'FIRST_NAME' },
  TerminationInput: { terminationDate: `"${DAY}"` },
};
/** Of two names for one thing, the companion goes when the other one is tried. */
const RIVALS: Readonly<Record<string, string>> = { personnelNumber: 'id', custom: 'by' };

/** Custom attributes of every type: what a value of one must be is not in the schema. */
const CUSTOM_KEYS = ATTRIBUTES.filter(({ key }) => key.startsWith('custom.matrixFirst')).map(({ key }) => key.slice(7));

type Input = GraphQLArgument | GraphQLInputField;
type Wrap = (value: string) => string;
type Give = (value: unknown) => unknown;

/** Every place that a credential can put a value in: each argument, and each field of each input type once. */
export function placesOf(schema: GraphQLSchema): readonly InputPlace[] {
  const places: InputPlace[] = [];
  const seen = new Set<string>();
  // People first, so that filters are tried where it is known whom they mean.
  const fields = fieldsInReach(schema).toSorted(([, one], [, other]) => rank(one.name) - rank(other.name));
  for (const [owner, field] of fields) {
    for (const argument of field.args) {
      const isMutation = owner.name === 'Mutation';
      const coordinate = `${owner.name}.${field.name}(${argument.name}:)`;
      const root = rootOf(owner.name, field, argument);
      const visit = (name: string, input: Input, path: readonly string[], wrap: Wrap, given: Give): void => {
        const operation = (value: string, declared = '') =>
          `${isMutation ? 'mutation' : 'query'} ${declared} ${root(wrap(value))}`;
        places.push({ name, type: input.type, isMutation, path, argument: coordinate, operation, given });
        const named = getNamedType(input.type);
        if (!isInputObjectType(named) || seen.has(named.name)) return;
        seen.add(named.name);
        for (const part of Object.values(named.getFields())) {
          for (const key of keysFor(named.name, part.name)) {
            const others = [
              ...requiredIn(named.name, part.name, Object.values(named.getFields())),
              ...(key === null ? [] : [`key: "${key}"`]),
            ];
            const isList = isListOf(input.type);
            const around = (value: string) => `{ ${[...others, `${part.name}: ${value}`].join(', ')} }`;
            const object = (value: unknown) => ({ ...(key === null ? {} : { key }), [part.name]: value });
            visit(
              `${named.name}.${part.name}${key === null ? '' : ` of ${key}`}`,
              part,
              [...path, part.name],
              (value) => wrap(isList ? `[${around(value)}]` : around(value)),
              (value) => given(isList ? [object(value)] : object(value)),
            );
          }
        }
      };
      visit(
        coordinate,
        argument,
        [],
        (value) => value,
        (value) => value,
      );
    }
  }
  return places;
}

function rank(field: string): number {
  return field === 'employees' ? 0 : 1;
}

/** A value of a custom attribute is tried with one attribute of every type. */
function keysFor(type: string, field: string): readonly (string | null)[] {
  return type.startsWith('CustomAttribute') && field !== 'key' ? CUSTOM_KEYS : [null];
}

function requiredIn(type: string, tried: string, fields: readonly GraphQLInputField[]): string[] {
  const required = fields
    .filter((field) => field.name !== tried && isRequiredInputField(field))
    .filter(({ name }) => !(type.startsWith('CustomAttribute') && name === 'key'))
    .map((field) => `${field.name}: ${goodValue(field.name, field.type)}`);
  const companions = Object.entries(COMPANIONS[type] ?? {})
    .filter(([name]) => name !== tried && RIVALS[tried] !== name)
    .map(([name, value]) => `${name}: ${value}`);
  return [...required, ...companions];
}

function goodValue(name: string, type: GraphQLInputType): string {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return `[${goodValue(name, nullable.ofType)}]`;
  const named = getNamedType(type);
  if (isInputObjectType(named)) return `{ ${requiredIn(named.name, '', Object.values(named.getFields())).join(', ')} }`;
  if (isEnumType(named)) return present(named.getValues()[0]).name;
  if (name === 'end') return `"${DAY}T16:00:00Z"`;
  if (name === 'year') return '2025';
  return present(GOOD[named.name]);
}

function rootOf(owner: string, field: GraphQLField<unknown, unknown>, tried: GraphQLArgument): Wrap {
  const others = field.args
    .filter((argument) => argument !== tried && isRequiredArgument(argument))
    .map((argument) => `${argument.name}: ${goodValue(argument.name, argument.type)}`);
  const text = (value: string) =>
    `${field.name}(${[...others, `${tried.name}: ${value}`].join(', ')}) ${selectionOf(getNamedType(field.type), 3)}`;
  if (owner === 'Employee') return (value) => `{ employee(id: "1") { ${text(value)} } }`;
  if (owner !== 'Query' && owner !== 'Mutation') throw new Error(`Nobody has said how ${owner} is reached.`);
  return (value) => `{ ${text(value)} }`;
}

/** Everything on the way, so that what was written is shown; people only by what is not a list of records. */
function selectionOf(type: GraphQLNamedType, depth: number): string {
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields())
    .filter(({ args }) => args.length === 0)
    .filter(
      (field) => isLeafType(getNamedType(field.type)) || (depth > 1 && !getNamedType(field.type).name.endsWith('Edge')),
    )
    .filter(({ name }) => depth > 2 || name !== 'supervisor')
    .map((field) => `${field.name} ${selectionOf(getNamedType(field.type), depth - 1)}`);
  return `{ ${fields.join(' ')} }`;
}

function isListOf(type: GraphQLInputType): boolean {
  return isListType(getNullableType(type));
}
