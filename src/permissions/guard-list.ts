import { isInputObjectType, isObjectType, type GraphQLNamedType, type GraphQLSchema } from 'graphql';
import { argumentGuardOf, guardOf, inputGuardOf, type Guard, type InputGuard } from './guard';

/** Guards by schema coordinate, such as `Employee.fixSalary` or `Query.employees(updatedSince:)`. */
export type GuardList = Readonly<Record<string, Guard | InputGuard>>;

/**
 * Lists what each field, argument and input field of employee data needs, so that a client can tell before it asks what a
 * credential will be denied. What needs nothing is left out, and so is everything that is for admins. The names of system
 * attributes are public; those of custom ones are rows, and in no guard.
 */
export function listGuards(schema: GraphQLSchema): GuardList {
  const found = Object.values(schema.getTypeMap()).flatMap(guardsOf);
  return Object.fromEntries(
    found.flatMap(([coordinate, guard]) => (guard && tells(guard) ? [[coordinate, guard]] : [])),
  );
}

type Found = readonly [coordinate: string, guard: Guard | InputGuard | undefined];

function guardsOf(type: GraphQLNamedType): readonly Found[] {
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, inputGuardOf(field)]);
  }
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field): Found[] => [
    [`${type.name}.${field.name}`, guardOf(field)],
    ...field.args.map(({ name }): Found => [`${type.name}.${field.name}(${name}:)`, argumentGuardOf(field, name)]),
  ]);
}

function tells(guard: Guard | InputGuard): boolean {
  if (guard.kind === 'root') return guard.audience.who === 'credential' && guard.audience.module !== undefined;
  return guard.kind !== 'structure';
}
