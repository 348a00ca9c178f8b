import {
  getArgumentValues,
  getNamedType,
  getVariableValues,
  GraphQLError,
  isEnumType,
  isInputObjectType,
  Kind,
  parse,
  type FieldNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Module } from '../../../src/permissions/grants';
import type { Question } from './case';
import { ATTRIBUTES, type Policy } from './policy';
import { camelCase } from './value';

/** Fields of Query that read people, or records by what is known of people, and the module that each belongs to. */
const ROOTS: Readonly<Record<string, Module>> = {
  employees: 'EMPLOYEES',
  employeeStatistics: 'EMPLOYEES',
  absences: 'ABSENCES',
  attendances: 'ATTENDANCES',
};
/** Input types whose fields, and enums whose values, are named as the attribute that they use. */
const NAMED_AS_ATTRIBUTES = /^Employee(Filter|OrderField|Grouping|Measurable)$/;
/** Fields of input types that hold the key of a custom attribute. */
const CUSTOM_KEYS: ReadonlySet<string> = new Set([
  'CustomAttributeFilter.key',
  'EmployeeOrder.custom',
  'EmployeeGroupBy.custom',
]);

/**
 * Whether a query names, in the arguments of a field that reads people, an attribute that the policy does not let it read. Goes
 * by names alone, so it knows nothing of what the product takes an argument to use; where it cannot tell, it says no.
 */
export function namesForbidden(schema: GraphQLSchema, { query, variables }: Question, policy: Policy): boolean {
  const root = schema.getQueryType();
  const [operation] = parse(query).definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (!root || !operation || !policy.modules.EMPLOYEES.read || query.includes('@cursor') || hasDirectives(query))
    return false;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  return (
    coerced !== undefined &&
    fieldsOf(operation).some((node) => {
      const field = root.getFields()[node.name.value];
      const module = ROOTS[node.name.value];
      // Of what the module is not open for, no argument is looked at.
      if (!field || !module || !policy.modules[module].read) return false;
      const values = attempted(() => getArgumentValues(field, node, coerced));
      return (
        values &&
        field.args.some(({ name, type }) => names(type, values[name]).some((key) => !policy.read.includes(key)))
      );
    })
  );
}

function hasDirectives(query: string): boolean {
  return / @(include|skip)\(/.test(query);
}

// A fragment of the root is left alone.
function fieldsOf({ selectionSet }: OperationDefinitionNode): readonly FieldNode[] {
  return selectionSet.selections.filter((one) => one.kind === Kind.FIELD);
}

function attempted<Result>(attempt: () => Result): Result | undefined {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}

/** The attributes that a value of an input type names, at any depth. */
function names(type: GraphQLInputType, value: unknown): readonly string[] {
  const named = getNamedType(type);
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => names(type, item));
  if (typeof value === 'string')
    return isEnumType(named) && NAMED_AS_ATTRIBUTES.test(named.name) ? attribute(camelCase(value)) : [];
  if (!isInputObjectType(named)) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    const field = named.getFields()[name];
    if (!field || part === undefined) return [];
    if (CUSTOM_KEYS.has(`${named.name}.${name}`)) return typeof part === 'string' ? [`custom.${part}`] : [];
    const own = NAMED_AS_ATTRIBUTES.test(named.name) ? attribute(name) : [];
    return [...own, ...names(field.type, part)];
  });
}

function attribute(name: string): readonly string[] {
  return ATTRIBUTES.includes(name) ? [name] : [];
}
