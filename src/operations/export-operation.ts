import {
  Kind,
  OperationTypeNode,
  parse,
  print,
  validate,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { GatewayError } from '../errors';
import { LARGEST_PAGE } from '../pagination/page';

/** A client's operation over one list, made into one that asks for the list page by page. */
export interface ExportOperation {
  readonly text: string;
  /** The name that the list has in the answer. */
  readonly list: string;
  /** The variable that takes the cursor to go on behind; null begins. */
  readonly cursor: string;
}

/** What decides which page is meant: the export says so itself. */
const PAGE_ARGUMENTS: ReadonlySet<string> = new Set(['after', 'before', 'last']);

/**
 * @param mostTokens that the text may have
 * @returns undefined for what cannot be parsed or is not valid: whoever runs it as it is says what is wrong
 * @throws GatewayError BAD_USER_INPUT for operations that do not ask for the items of one list, and nothing else
 */
export function exportOperation(schema: GraphQLSchema, text: string, mostTokens: number): ExportOperation | undefined {
  const document = validDocument(schema, text, mostTokens);
  return document && paged(schema, document);
}

function validDocument(schema: GraphQLSchema, text: string, maxTokens: number): DocumentNode | undefined {
  try {
    const document = parse(text, { maxTokens });
    return validate(schema, document, undefined, { maxErrors: 1 }).length === 0 ? document : undefined;
  } catch {
    return undefined;
  }
}

function paged(schema: GraphQLSchema, document: DocumentNode): ExportOperation {
  const operation = onlyOperation(document);
  const list = onlyField(operation);
  const type = schema.getQueryType()?.getFields()[list?.name.value ?? ''];
  const isList = ['first', 'after'].every((name) => type?.args.some((argument) => argument.name === name));
  if (!list || !isList || !asksForNodes(list)) {
    throw unusable('An export asks for the nodes of one list: query { employees { nodes { … } } }.');
  }
  const named = list.arguments?.find(({ name }) => PAGE_ARGUMENTS.has(name.value))?.name.value;
  if (named !== undefined) throw unusable('An export goes from the first item to the last by itself.', named);
  const cursor = unusedName(operation);
  const whole = document.definitions.map((definition) =>
    definition === operation ? withPages(operation, list, cursor) : definition,
  );
  return {
    text: print({ ...document, definitions: whole }),
    list: list.alias?.value ?? list.name.value,
    cursor,
  };
}

function onlyOperation({ definitions }: DocumentNode): OperationDefinitionNode {
  const operations = definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (!operation || operations.length > 1) throw unusable('An export is one operation, in a document of its own.');
  if (operation.operation !== OperationTypeNode.QUERY) throw unusable('An export is a query.');
  return operation;
}

/** @returns undefined for whatever is not one plain field */
function onlyField({ selectionSet }: { readonly selectionSet?: FieldNode['selectionSet'] }): FieldNode | undefined {
  const [field, ...others] = selectionSet?.selections ?? [];
  const isPlain = others.length === 0 && field?.kind === Kind.FIELD && (field.directives ?? []).length === 0;
  return isPlain ? field : undefined;
}

function asksForNodes(list: FieldNode): boolean {
  const nodes = onlyField(list);
  return nodes?.name.value === 'nodes' && nodes.alias === undefined;
}

function unusedName({ variableDefinitions = [] }: OperationDefinitionNode): string {
  const used = new Set(variableDefinitions.map(({ variable }) => variable.name.value));
  let name = 'after';
  while (used.has(name)) name += '_';
  return name;
}

function withPages(operation: OperationDefinitionNode, list: FieldNode, cursor: string): OperationDefinitionNode {
  const variable = { kind: Kind.VARIABLE, name: nameOf(cursor) } as const;
  const definition = {
    kind: Kind.VARIABLE_DEFINITION,
    variable,
    type: { kind: Kind.NAMED_TYPE, name: nameOf('String') },
  } as const;
  const given = list.arguments ?? [];
  const size: ArgumentNode[] = given.some(({ name }) => name.value === 'first')
    ? []
    : [{ kind: Kind.ARGUMENT, name: nameOf('first'), value: { kind: Kind.INT, value: String(LARGEST_PAGE) } }];
  const after: ArgumentNode = { kind: Kind.ARGUMENT, name: nameOf('after'), value: variable };
  const field: FieldNode = {
    ...list,
    arguments: [...given, ...size, after],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [...(list.selectionSet?.selections ?? []), PAGE_INFO],
    },
  };
  return {
    ...operation,
    variableDefinitions: [...(operation.variableDefinitions ?? []), definition],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
  };
}

const PAGE_INFO: FieldNode = {
  kind: Kind.FIELD,
  name: nameOf('pageInfo'),
  selectionSet: {
    kind: Kind.SELECTION_SET,
    selections: [
      { kind: Kind.FIELD, name: nameOf('hasNextPage') },
      { kind: Kind.FIELD, name: nameOf('endCursor') },
    ],
  },
};

function nameOf(value: string): { readonly kind: Kind.NAME; readonly value: string } {
  return { kind: Kind.NAME, value };
}

function unusable(message: string, argument?: string): GatewayError {
  return new GatewayError('BAD_USER_INPUT', message, argument === undefined ? {} : { argument });
}
