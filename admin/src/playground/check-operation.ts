import {
  getNamedType,
  isInputObjectType,
  Kind,
  OperationTypeNode,
  parse,
  typeFromAST,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
  type ArgumentNode,
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type ObjectFieldNode,
  type VariableDefinitionNode,
} from 'graphql';
import { lackOf, lackOfModule, type Guard, type GuardList, type Lack, type Permissions } from './guards';

/** A place in the operation's text that the gateway will deny. */
export interface Finding {
  /** Characters from the beginning of the text. */
  readonly start: number;
  readonly end: number;
  readonly coordinate: string;
  readonly lack: Lack;
  /** Whether the whole operation is refused for it; otherwise null is answered in its place. */
  readonly refuses: boolean;
}

export interface CheckedOperation {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly schema: GraphQLSchema;
  readonly guards: GuardList;
  readonly permissions: Permissions;
}

/**
 * Tells what the gateway will deny, before the operation is sent. It is a service to whoever types: the gateway decides by
 * itself, and knows more, such as which fragments are used.
 *
 * @returns undefined when it cannot tell: while the text is no whole document, or where the guards could not be fetched
 */
export function checkOperation(checked: CheckedOperation): readonly Finding[] | undefined {
  const document = parsed(checked.text);
  if (!document || Object.keys(checked.guards).length === 0) return undefined;
  return new Check(checked).of(document);
}

// What is being typed is seldom complete, and the editor marks that by itself.
function parsed(text: string): DocumentNode | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

class Check {
  private readonly findings: Finding[] = [];
  private isMutation = false;

  constructor(private readonly checked: CheckedOperation) {}

  of(document: DocumentNode): readonly Finding[] {
    const info = new TypeInfo(this.checked.schema);
    const visitor = visitWithTypeInfo(info, {
      OperationDefinition: ({ operation }) => {
        this.isMutation = operation === OperationTypeNode.MUTATION;
      },
      VariableDefinition: (node) => this.variable(node),
      Field: (node) => this.field(node, info.getParentType()?.name),
      Argument: (node, _key, _parent, _path, ancestors) => {
        const field = ancestors.at(-2) as ASTNode | undefined;
        const parent = info.getParentType()?.name;
        if (field?.kind !== Kind.FIELD || parent === undefined) return;
        this.given(`${parent}.${field.name.value}(${node.name.value}:)`, node);
      },
      ObjectField: (node) => {
        const type = getNamedType(info.getParentInputType());
        if (type) this.given(`${type.name}.${node.name.value}`, node);
      },
    });
    visit(document, visitor);
    return this.findings;
  }

  private field(node: FieldNode, parent: string | undefined): void {
    if (parent === undefined) return;
    const coordinate = `${parent}.${node.name.value}`;
    const guard = this.guardOf(coordinate);
    const lack = guard && this.lackOfField(guard, node);
    if (!lack) return;
    const isWrite = this.isMutation && parent === this.checked.schema.getMutationType()?.name;
    this.add(node.name, coordinate, lack, isWrite || this.checked.permissions.isStrict);
  }

  private lackOfField(guard: Guard, node: FieldNode): Lack | undefined {
    const { permissions } = this.checked;
    if (guard.kind === 'attributes') return lackOf(permissions, guard.attributes, 'read');
    if (guard.kind === 'customAttributes') return lackOf(permissions, this.customKeys(node), 'read');
    if (guard.kind === 'root') {
      const { name, action } = guard.audience.module;
      return lackOfModule(permissions, name, action);
    }
    if (guard.kind !== 'module') return undefined;
    return lackOfModule(permissions, guard.module, 'read') ?? lackOf(permissions, guard.attributes, 'read');
  }

  private customKeys({ arguments: given = [] }: FieldNode): readonly string[] {
    const keys = given.find(({ name }) => name.value === 'keys');
    return keys ? texts(valueFromASTUntyped(keys.value, this.checked.variables)).map(customKey) : [];
  }

  private given(coordinate: string, node: ArgumentNode | ObjectFieldNode): void {
    const guard = this.guardOf(coordinate);
    if (!guard) return;
    for (const lack of this.lacksOfInput(guard, valueFromASTUntyped(node.value, this.checked.variables))) {
      this.add(node, coordinate, lack, true);
    }
  }

  private lacksOfInput(guard: Guard, value: unknown): readonly Lack[] {
    const { permissions } = this.checked;
    const lack = (attributes: readonly string[], action: 'read' | 'write') =>
      [lackOf(permissions, attributes, action)].filter((one) => one !== undefined);
    if (guard.kind === 'attributes') return lack(guard.attributes, guard.action ?? 'read');
    if (guard.kind === 'customKey') return lack(texts(value).map(customKey), guard.action);
    if (guard.kind !== 'attributeNames') return [];
    return texts(value).flatMap((name) => lack(guard.attributes[name] ?? [name], guard.action));
  }

  /** Values of variables stand elsewhere, so what they use is told where the variable is declared. */
  private variable(node: VariableDefinitionNode): void {
    const type = typeFromAST(this.checked.schema, node.type);
    const value = this.checked.variables[node.variable.name.value];
    if (type && value !== undefined) this.inside(type as GraphQLInputType, value, node);
  }

  private inside(type: GraphQLInputType, value: unknown, node: VariableDefinitionNode): void {
    const named = getNamedType(type);
    if (!isInputObjectType(named) || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) return value.forEach((item: unknown) => this.inside(named, item, node));
    for (const [name, inner] of Object.entries(value)) {
      const coordinate = `${named.name}.${name}`;
      const guard = this.guardOf(coordinate);
      for (const lack of guard ? this.lacksOfInput(guard, inner) : []) this.add(node, coordinate, lack, true);
      const field = named.getFields()[name];
      if (field) this.inside(field.type, inner, node);
    }
  }

  private guardOf(coordinate: string): Guard | undefined {
    const { guards } = this.checked;
    return Object.hasOwn(guards, coordinate) ? guards[coordinate] : undefined;
  }

  private add({ loc }: ASTNode, coordinate: string, lack: Lack, refuses: boolean): void {
    if (loc) this.findings.push({ start: loc.start, end: loc.end, coordinate, lack, refuses });
  }
}

function customKey(name: string): string {
  return `custom.${name}`;
}

function texts(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  return typeof value === 'string' ? [value] : [];
}
