import { getNullableType, isListType, type FieldNode, type GraphQLField, type GraphQLOutputType } from 'graphql';

/** A field of an operation, as the gate meets it. */
export interface FieldVisit {
  readonly coordinate: string;
  readonly path: readonly string[];
  readonly field: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
}

/** What a path holds in the place of the items of a list: `"@"` for each list that a type nests. */
export function listMarks(type: GraphQLOutputType): string[] {
  const nullable = getNullableType(type);
  return isListType(nullable) ? ['@', ...listMarks(nullable.ofType)] : [];
}
