import {
  getNullableType,
  isInputObjectType,
  isLeafType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { argumentGuardOf, inputGuardOf, type InputGuard } from '../permissions/guard';

/** Arguments whose values decide what an operation costs. */
const SIZES: ReadonlySet<string> = new Set(['first', 'last']);

/**
 * Finds the variables of which only matters whether they have a value: each place where one stands is a single operand in
 * the arguments of a root field, whose value the permissions do not depend on. Whatever else a variable does, such as
 * naming an attribute, including a field or giving a page's size, makes it one that decides.
 */
export function opaqueVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ReadonlySet<string> {
  const deciding = new Set<string>();
  const types = new TypeInfo(schema);
  const enter = (node: ASTNode, parent: Ancestor, ancestors: readonly Ancestor[]): void => {
    if (node.kind !== Kind.VARIABLE || isNode(parent, Kind.VARIABLE_DEFINITION)) return;
    const isOperand = isInRootField(ancestors) && isSingle(types) && isBound(guardAt(types, parent));
    if (!isOperand) deciding.add(node.name.value);
  };
  visit(
    document,
    visitWithTypeInfo(types, {
      Variable: (node, _key, parent, _path, ancestors) => {
        enter(node, parent, ancestors);
      },
    }),
  );
  const declared = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  return new Set(declared.filter((name) => !deciding.has(name)));
}

type Ancestor = ASTNode | readonly ASTNode[] | undefined;

function isInRootField(ancestors: readonly Ancestor[]): boolean {
  const count = (kind: Kind) => ancestors.filter((ancestor) => isNode(ancestor, kind)).length;
  return count(Kind.FIELD) === 1 && count(Kind.DIRECTIVE) === 0 && count(Kind.FRAGMENT_DEFINITION) === 0;
}

function isSingle(types: TypeInfo): boolean {
  return isLeafType(getNullableType(types.getInputType()));
}

function isBound(guard: InputGuard | undefined): boolean {
  return guard?.kind === 'structure' || guard?.kind === 'attributes';
}

function guardAt(types: TypeInfo, parent: Ancestor): InputGuard | undefined {
  const field = types.getFieldDef();
  const argument = types.getArgument();
  if (isNode(parent, Kind.ARGUMENT) && field && argument && !SIZES.has(argument.name)) {
    return argumentGuardOf(field, argument.name);
  }
  const input = types.getParentInputType();
  if (!isNode(parent, Kind.OBJECT_FIELD) || !isInputObjectType(input)) return undefined;
  const inner = input.getFields()[parent.name.value];
  return inner && inputGuardOf(inner);
}

function isNode<Wanted extends Kind>(
  ancestor: Ancestor,
  kind: Wanted,
): ancestor is Extract<ASTNode, { readonly kind: Wanted }> {
  return ancestor !== undefined && 'kind' in ancestor && ancestor.kind === kind;
}
