import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { argumentGuardOf, guardOf, inputGuardOf, type Guard, type InputGuard } from './guard';
import { fieldsInReach, inputTypesOf } from './reach';

/**
 * Refuses a schema in which any field or argument escapes the permissions. Called at start, so a forgotten mapping never
 * serves.
 *
 * @throws Error naming every field that has no guard or could not answer null when denied, and every argument, field of an
 *   input type and enum value that a credential can reach and that nobody mapped
 */
export function assertGuarded(schema: GraphQLSchema): void {
  const reached = fieldsInReach(schema);
  const problems = [
    ...allFields(schema).flatMap(([type, field]) => fieldProblems(type.name, field)),
    ...reached.flatMap(([type, field]) => argumentProblems(type.name, field)),
    ...inputTypesOf(reached.map(([, field]) => field)).flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) =>
        inputProblems(`${type.name}.${field.name}`, inputGuardOf(field), field.type),
      ),
    ),
  ];
  if (problems.length > 0) throw new Error(`The schema is not fully guarded:\n${problems.join('\n')}`);
}

type OwnedField = readonly [owner: GraphQLObjectType, field: GraphQLField<unknown, unknown>];

function allFields(schema: GraphQLSchema): OwnedField[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .filter((type) => !type.name.startsWith('__'))
    .flatMap((type) => Object.values(type.getFields()).map((field) => [type, field] as const));
}

function fieldProblems(typeName: string, field: GraphQLField<unknown, unknown>): string[] {
  const coordinate = `${typeName}.${field.name}`;
  const guard = guardOf(field);
  if (!guard) return [`  ${coordinate} names no attribute: add @Attribute(…), @Structure() or a root audience.`];
  return isNonNullType(field.type) && canBeDenied(guard)
    ? [`  ${coordinate} is denied for some credentials, so it must be nullable.`]
    : [];
}

function canBeDenied(guard: Guard): boolean {
  if (guard.kind === 'attributes') return guard.attributes.some((attribute) => attribute !== 'id');
  if (guard.kind === 'root') return guard.audience.who === 'credential' && guard.audience.module !== undefined;
  return guard.kind === 'customAttributes' || guard.kind === 'module';
}

function argumentProblems(typeName: string, field: GraphQLField<unknown, unknown>): string[] {
  return field.args.flatMap(({ name, type }) =>
    inputProblems(`${typeName}.${field.name}(${name}:)`, argumentGuardOf(field, name), type),
  );
}

function inputProblems(coordinate: string, guard: InputGuard | undefined, type: GraphQLInputType): string[] {
  if (!guard) return [`  ${coordinate} could name an attribute, and no guard maps it.`];
  if (guard.kind !== 'attributeNames') return [];
  const named = getNamedType(type);
  if (isInputObjectType(named) || !isEnumType(named))
    return [`  ${coordinate} names attributes, so it must be an enum.`];
  return named
    .getValues()
    .filter(({ value }) => !Object.hasOwn(guard.attributes, String(value)))
    .map(({ name }) => `  ${named.name}.${name} could name an attribute, and ${coordinate} does not map it.`);
}
