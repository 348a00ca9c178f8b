import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './schema.generated.d.ts';

/** Writes an operation whose variables and answer are typed by the gateway's schema. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { DateTime: string; Date: string; JSON: unknown; ID: string };
}>();

export type { ResultOf, VariablesOf } from 'gql.tada';
