import {
  execute,
  Kind,
  visit,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type TypeNode,
} from 'graphql';

/** Where an operation asks about the schema itself. Both exist at the root of a query only. */
const INTROSPECTION = new Set(['__schema', '__type']);

/**
 * Executes an operation that asks about the schema, among other things perhaps: what it asks about the schema is answered
 * from the part that its caller sees, everything else as usual.
 *
 * The whole schema goes on to be what operations are validated against, so that a field which its caller may not use
 * is answered with why, and not as if it did not exist.
 */
export async function executeIntrospecting(args: ExecutionArgs, seen: GraphQLSchema): Promise<ExecutionResult> {
  const result = await execute({ ...args, document: withoutIntrospection(args.document) });
  const asked = await execute({ schema: seen, ...introspectionOf(args) });
  const errors = [...(result.errors ?? []), ...(asked.errors ?? [])];
  // Assigned and not spread, because the names stand in their places already.
  const data = result.data && Object.assign(result.data, asked.data);
  return { ...result, ...(data === undefined ? {} : { data }), ...(errors.length > 0 ? { errors } : {}) };
}

/** Puts something harmless in the places of what is asked about the schema, so that the answer keeps its order. */
function withoutIntrospection(document: DocumentNode): DocumentNode {
  return visit(document, {
    Field: (node) => (INTROSPECTION.has(node.name.value) ? placeOf(node) : undefined),
  });
}

function placeOf({ alias, name, directives }: FieldNode): FieldNode {
  return {
    kind: Kind.FIELD,
    alias: alias ?? name,
    name: { kind: Kind.NAME, value: '__typename' },
    ...(directives ? { directives } : {}),
  };
}

type Introspection = Pick<ExecutionArgs, 'document' | 'operationName' | 'variableValues'>;

function introspectionOf({ document, operationName, variableValues }: ExecutionArgs): Introspection {
  const only = visit(document, {
    OperationDefinition: (node) => ({ ...node, ...declared(node) }),
    // What is spread below an introspection field is about the schema, and stays as it is.
    FragmentDefinition: ({ typeCondition }) => (typeCondition.name.value.startsWith('__') ? false : undefined),
    Field: ({ name }) => (INTROSPECTION.has(name.value) ? false : null),
  });
  return { document: only, operationName, variableValues };
}

/** The other variables are of types that the caller may not see, and what is asked about the schema takes none of them. */
function declared({ variableDefinitions = [] }: OperationDefinitionNode): Partial<OperationDefinitionNode> {
  return { variableDefinitions: variableDefinitions.filter(({ type }) => TAKEN.has(nameOf(type))) };
}

const TAKEN = new Set(['String', 'Boolean']);

function nameOf(type: TypeNode): string {
  if (type.kind === Kind.NON_NULL_TYPE) return nameOf(type.type);
  return type.kind === Kind.NAMED_TYPE ? type.name.value : '';
}
