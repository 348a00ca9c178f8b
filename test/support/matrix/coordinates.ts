import { getNamedType, isEnumType, type GraphQLField, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { argumentGuardOf, guardOf, inputGuardOf, type Guard, type InputGuard } from '../../../src/permissions/guard';
import { fieldsInReach, inputTypesOf } from '../../../src/permissions/reach';
import type { MatrixAttribute } from './attributes';

/** Every place of the schema that names an attribute: fields, arguments, fields of input types and values of enums. */
export function coordinatesOf(attribute: MatrixAttribute, schema: GraphQLSchema): string[] {
  const fields = fieldsInReach(schema);
  const found = [
    ...fields.filter(([, field]) => reads(guardOf(field), attribute)).map(([type, { name }]) => `${type.name}.${name}`),
    ...fields.flatMap(([type, field]) => argumentsNaming(type, field, attribute)),
    ...inputTypesOf(fields.map(([, field]) => field)).flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) =>
        places(inputGuardOf(field), `${type.name}.${field.name}`, field.type, attribute),
      ),
    ),
  ];
  return [...new Set(found)].sort();
}

function reads(guard: Guard | undefined, { key, id }: MatrixAttribute): boolean {
  if (guard?.kind === 'customAttributes') return id !== null;
  return (
    (guard?.kind === 'attributes' || guard?.kind === 'module') && (guard.attributes as readonly string[]).includes(key)
  );
}

function argumentsNaming(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  attribute: MatrixAttribute,
): string[] {
  return field.args.flatMap((argument) =>
    places(
      argumentGuardOf(field, argument.name),
      `${type.name}.${field.name}(${argument.name}:)`,
      argument.type,
      attribute,
    ),
  );
}

function places(
  guard: InputGuard | undefined,
  coordinate: string,
  type: Parameters<typeof getNamedType>[0],
  { key, id }: MatrixAttribute,
): string[] {
  switch (guard?.kind) {
    case 'attributes':
      return (guard.attributes as readonly string[]).includes(key) ? [coordinate] : [];
    case 'customKey':
      return id === null ? [] : [coordinate];
    case 'attributeNames': {
      const named = getNamedType(type);
      const values = isEnumType(named) ? named.getValues().map(({ name }) => name) : [];
      return values.filter((name) => guard.attributes[name]?.includes(key)).map((name) => `${named?.name}.${name}`);
    }
    default:
      return [];
  }
}

/** Every field that gives a person, or a list of them. */
export function pathsToPeople(schema: GraphQLSchema): string[] {
  return fieldsInReach(schema)
    .filter(([, field]) => getNamedType(field.type).name === 'Employee')
    .map(([type, { name }]) => `${type.name}.${name}`)
    .sort();
}

/** Every argument and field of an input type that takes a filter of people. */
export function placesOfFilters(schema: GraphQLSchema): string[] {
  const isFilter = (type: Parameters<typeof getNamedType>[0]) => getNamedType(type)?.name === 'EmployeeFilter';
  const fields = fieldsInReach(schema);
  return [
    ...fields.flatMap(([type, { name, args }]) =>
      args.filter((argument) => isFilter(argument.type)).map((argument) => `${type.name}.${name}(${argument.name}:)`),
    ),
    ...inputTypesOf(fields.map(([, field]) => field)).flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => isFilter(field.type))
        .map(({ name }) => `${type.name}.${name}`),
    ),
  ].sort();
}
