import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLSchema,
} from 'graphql';
import { isCustomKey } from '../../../src/attributes/attribute';
import type { Filter, Person } from '../oracle';
import { present } from '../present';
import type { MatrixAttribute } from './attributes';

/** One operator of the type that an attribute's filter has, and a filter that uses it. */
export interface Condition {
  readonly name: string;
  readonly filter: Filter;
}

/** Every operator that the schema gives an attribute's filter, with operands that divide the people. */
export function conditionsOn(
  attribute: MatrixAttribute,
  schema: GraphQLSchema,
  people: readonly Person[],
): readonly Condition[] {
  const { key } = attribute;
  if (isCustomKey(key)) return customConditions(attribute, schema, people);
  const field = present(inputType(schema, 'EmployeeFilter').getFields()[key]);
  return conditionsIn(field, valuesAt(people, key)).map(({ name, filter }) => ({ name, filter: { [key]: filter } }));
}

function customConditions({ key }: MatrixAttribute, schema: GraphQLSchema, people: readonly Person[]): Condition[] {
  const name = key.slice('custom.'.length);
  const values = people.flatMap(({ custom }) => custom[name] ?? []);
  return operatorsOf(inputType(schema, 'CustomAttributeFilter'))
    .filter((field) => field.name !== 'key')
    .flatMap((field) => conditionsIn(field, distinct(values)))
    .map((condition) => ({ name: condition.name, filter: { custom: [{ key: name, ...condition.filter }] } }));
}

export function inputType(schema: GraphQLSchema, name: string): GraphQLInputObjectType {
  const type = schema.getType(name);
  if (!isInputObjectType(type)) throw new Error(`${name} is no input type.`);
  return type;
}

function operatorsOf(type: GraphQLInputObjectType): readonly GraphQLInputField[] {
  return Object.values(type.getFields());
}

/** @returns for an operator, what it says; for an attribute, what its filter says */
function conditionsIn(field: GraphQLInputField, values: readonly unknown[]): Condition[] {
  const type = getNamedType(field.type);
  if (!isInputObjectType(type)) return operator(field, values);
  // A person who is filtered by another: what that one is filtered by is a matter of the other attributes.
  if (type.name === 'EmployeeFilter') return RELATED.map((filter) => ({ name: JSON.stringify(filter), filter }));
  return operatorsOf(type).flatMap((part) => {
    const isOperator = !isInputObjectType(getNamedType(part.type));
    const said = conditionsIn(part, isOperator || isQuantifier(part) ? values : parts(values, part.name));
    return said.map(({ name, filter }) => ({
      name: isOperator ? name : `${part.name}.${name}`,
      filter: isOperator ? filter : { [part.name]: filter },
    }));
  });
}

const RELATED: readonly Filter[] = [{}, { id: { eq: '1' } }];

function isQuantifier({ name }: GraphQLInputField): boolean {
  return name === 'some' || name === 'none';
}

function operator({ name, type }: GraphQLInputField, values: readonly unknown[]): Condition[] {
  if (name === 'isNull')
    return [true, false].map((wanted) => ({ name: `isNull ${wanted}`, filter: { isNull: wanted } }));
  const sorted = [...values].sort((one, other) => (String(one) < String(other) ? -1 : 1));
  const middle = present(sorted[Math.floor(sorted.length / 2)]);
  const operand = isListType(getNullableType(type)) ? sorted.slice(0, 2) : operandOf(name, middle);
  return [{ name, filter: { [name]: operand } }];
}

function operandOf(name: string, value: unknown): unknown {
  const letters = [...String(value)];
  switch (name) {
    case 'contains':
      return letters.slice(1, 7).join('').toUpperCase();
    case 'startsWith':
      return letters.slice(0, 6).join('').toLowerCase();
    case 'endsWith':
      return letters.slice(-5).join('').toUpperCase();
    case 'hasTag':
      return String(value);
    default:
      return value;
  }
}

function valuesAt(people: readonly Person[], key: string): unknown[] {
  return distinct(people.flatMap((person) => person[key] ?? []));
}

function parts(values: readonly unknown[], name: string): unknown[] {
  return distinct(values.flatMap((value) => (value as Record<string, unknown>)[name] ?? []));
}

function distinct(values: readonly unknown[]): unknown[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
