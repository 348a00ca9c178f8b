import {
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { guardOf } from './guard';

type Field = GraphQLField<unknown, unknown>;
type OwnedField = readonly [owner: GraphQLObjectType, field: Field];

/**
 * The fields that a credential can reach: root fields for credentials, and everything below them. What only an admin can
 * reach holds no employee data, so its arguments cannot name an attribute of it.
 */
export function fieldsInReach(schema: GraphQLSchema): OwnedField[] {
  const found: OwnedField[] = [];
  const seen = new Set<GraphQLObjectType>();
  const visit = (type: GraphQLObjectType): void => {
    if (seen.has(type)) return;
    seen.add(type);
    for (const field of Object.values(type.getFields())) follow(type, field);
  };
  const follow = (owner: GraphQLObjectType, field: Field): void => {
    found.push([owner, field]);
    for (const type of objectTypes(schema, field.type)) visit(type);
  };
  for (const [root, field] of credentialFields(schema)) follow(root, field);
  return found;
}

function credentialFields(schema: GraphQLSchema): OwnedField[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots
    .flatMap((root) => (root ? Object.values(root.getFields()).map((field) => [root, field] as const) : []))
    .filter(([, field]) => {
      const guard = guardOf(field);
      // A root field whose guard is of another kind is open to whoever holds the attribute: a credential.
      return guard?.kind !== 'root' || guard.audience.who === 'credential';
    });
}

function objectTypes(schema: GraphQLSchema, type: GraphQLOutputType): readonly GraphQLObjectType[] {
  const named = getNamedType(type);
  if (isObjectType(named)) return [named];
  return isAbstractType(named) ? schema.getPossibleTypes(named) : [];
}

/** The input types that arguments of `fields` are made of, at any depth, each once. */
export function inputTypesOf(fields: readonly Field[]): GraphQLInputObjectType[] {
  const found = new Set<GraphQLInputObjectType>();
  const visit = (type: GraphQLInputType): void => {
    const named = getNamedType(type);
    if (!isInputObjectType(named) || found.has(named)) return;
    found.add(named);
    for (const field of Object.values(named.getFields())) visit(field.type);
  };
  for (const { args } of fields) for (const { type } of args) visit(type);
  return [...found];
}
