import { getNullableType, isListType, type GraphQLOutputType } from 'graphql';

/** What a path holds in the place of the items of a list: `"@"` for each list that a type nests. */
export function listMarks(type: GraphQLOutputType): string[] {
  const nullable = getNullableType(type);
  return isListType(nullable) ? ['@', ...listMarks(nullable.ofType)] : [];
}
