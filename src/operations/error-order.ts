import type { ExecutionResult, GraphQLError } from 'graphql';

/**
 * A result whose errors stand in the order of the document and then of each list. graphql-js gives them in the order in which
 * statements came back: a client could not compare two answers, and time would tell what else was read meanwhile.
 */
export function inDocumentOrder(result: ExecutionResult): ExecutionResult {
  if (!result.errors) return result;
  return { ...result, errors: result.errors.toSorted((one, other) => compare(placeOf(one), placeOf(other))) };
}

type Place = readonly (string | number)[];

// Line and column first: the same field of two list items differs in its path only.
function placeOf({ locations, path }: GraphQLError): Place {
  const [start] = locations ?? [];
  return [start?.line ?? 0, start?.column ?? 0, ...(path ?? [])];
}

function compare(one: Place, other: Place): number {
  const differing = one.findIndex((step, index) => step !== other[index]);
  if (differing === -1) return one.length - other.length;
  const [step, against] = [one[differing], other[differing]];
  if (step === undefined || against === undefined) return one.length - other.length;
  return step < against ? -1 : 1;
}
