import {
  getNamedType,
  isInputObjectType,
  isEnumType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { guardOf } from './guard';

/**
 * Refuses a schema in which any field escapes the permissions. Called at start, so a forgotten mapping never serves.
 *
 * @throws Error naming every field that has no guard, could not answer null when denied, or takes an unmapped input
 */
export function assertGuarded(schema: GraphQLSchema): void {
  const problems = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .flatMap((type) =>
      Object.values((type as GraphQLObjectType).getFields()).flatMap((field) => problemsOf(type.name, field)),
    );
  if (problems.length > 0) throw new Error(`The schema is not fully guarded:\n${problems.join('\n')}`);
}

function problemsOf(typeName: string, field: GraphQLField<unknown, unknown>): string[] {
  const coordinate = `${typeName}.${field.name}`;
  const guard = guardOf(field);
  if (!guard) return [`  ${coordinate} names no attribute: add @Attribute(…), @Structure() or a root audience.`];
  const problems: string[] = [];
  if (isNonNullType(field.type) && canBeDenied(guard)) {
    problems.push(`  ${coordinate} is denied for some credentials, so it must be nullable.`);
  }
  for (const argument of field.args) {
    const type = getNamedType(argument.type);
    if (isInputObjectType(type) || isEnumType(type)) {
      problems.push(`  ${coordinate}(${argument.name}:) could name an attribute, and no guard maps it.`);
    }
  }
  return problems;
}

function canBeDenied(guard: NonNullable<ReturnType<typeof guardOf>>): boolean {
  if (guard.kind === 'attributes') return guard.attributes.some((attribute) => attribute !== 'id');
  if (guard.kind === 'root') return guard.audience.who === 'credential' && guard.audience.module !== undefined;
  return guard.kind === 'customAttributes';
}
