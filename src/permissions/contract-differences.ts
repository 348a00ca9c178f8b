import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** What stands at a schema coordinate, by the coordinate. */
type Parts = ReadonlyMap<string, string>;

/**
 * Tells what became of a contract, coordinate by coordinate: `- Employee.fixSalary` is gone, `+ Employee.email` is new, and
 * `~ Employee.customAttributes` has another type or description, which is where the granted keys of custom attributes stand.
 *
 * @returns undefined when `before` is no schema
 */
export function contractDifferences(before: string, after: string): string[] | undefined {
  const [old, now] = [partsOf(before), partsOf(after)];
  if (!old || !now) return undefined;
  const gone = [...old.keys()].filter((at) => !now.has(at)).map((at) => `- ${at}`);
  const fresh = [...now.keys()].filter((at) => !old.has(at)).map((at) => `+ ${at}`);
  const changed = [...now].filter(([at, part]) => old.has(at) && old.get(at) !== part).map(([at]) => `~ ${at}`);
  const all = [...gone, ...fresh, ...changed];
  return all.length > 0 ? all : ['~ The order, or the form of the text.'];
}

function partsOf(text: string): Parts | undefined {
  const schema = parsed(text);
  if (!schema) return undefined;
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  return new Map(types.flatMap((type) => [[type.name, type.description ?? ''] as const, ...membersOf(type)]));
}

function parsed(text: string): GraphQLSchema | undefined {
  try {
    return buildSchema(text);
  } catch {
    return undefined;
  }
}

function membersOf(type: GraphQLNamedType): (readonly [coordinate: string, part: string])[] {
  if (isEnumType(type)) {
    return type.getValues().map(({ name, description }) => [`${type.name}.${name}`, description ?? '']);
  }
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, told(field)]);
  }
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => [
    [`${type.name}.${field.name}`, told(field)] as const,
    ...field.args.map((argument) => [`${type.name}.${field.name}(${argument.name}:)`, told(argument)] as const),
  ]);
}

function told({
  type,
  description,
}: {
  readonly type: unknown;
  readonly description?: string | null | undefined;
}): string {
  return `${String(type)} ${description ?? ''}`;
}
