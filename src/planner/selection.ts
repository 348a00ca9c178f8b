import {
  getArgumentValues,
  getNamedType,
  isObjectType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type SelectionSetNode,
} from 'graphql';
import type { Caller } from '../permissions/caller';
import { permits } from '../permissions/field-middleware';
import type { JudgedOperation } from '../permissions/gate';
import { guardOf } from '../permissions/guard';
import { fragmentApplies, isIncluded } from '../permissions/inclusion';
import { Unplanned } from './unplanned';

/** A field of the answer. Fields of one name have become one, as the GraphQL specification's MergeSelectionSets says. */
export interface SelectedField {
  /** As the answer calls it. */
  readonly name: string;
  readonly parent: GraphQLObjectType;
  /** Absent for `__typename`. */
  readonly field: GraphQLField<unknown, unknown> | undefined;
  /** False for one that the caller may not read: it answers null, and nothing below it is looked at. */
  readonly isPermitted: boolean;
  readonly node: FieldNode;
  readonly nodes: readonly FieldNode[];
}

/** Finds out which fields an operation's answer has, in their order. */
export class Selection {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    private readonly judged: JudgedOperation,
    private readonly caller: Caller,
  ) {
    this.fragments = new Map(
      judged.document.definitions
        .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
        .map((definition) => [definition.name.value, definition]),
    );
  }

  root(): readonly SelectedField[] {
    const type = this.judged.schema.getRootType(this.judged.operation.operation);
    if (!type) throw new Unplanned();
    return this.fields(type, [this.judged.operation.selectionSet]);
  }

  /** What is selected of the objects that a field answers with. */
  below({ field, nodes }: SelectedField): readonly SelectedField[] {
    const type = field && getNamedType(field.type);
    if (!isObjectType(type)) throw new Unplanned();
    return this.fields(
      type,
      nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
    );
  }

  /** Coerced, as the GraphQL specification's CoerceArgumentValues gives them. */
  arguments({ field, node }: SelectedField): Readonly<Record<string, unknown>> {
    return field ? getArgumentValues(field, node, this.judged.variables) : {};
  }

  private fields(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): readonly SelectedField[] {
    const found = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    for (const set of sets) this.collect(type, set, found, spread);
    return [...found].map(([name, nodes]) => this.selected(type, name, nodes));
  }

  private selected(parent: GraphQLObjectType, name: string, nodes: readonly FieldNode[]): SelectedField {
    const [node] = nodes;
    if (!node) throw new Unplanned();
    if (node.name.value === '__typename') {
      return { name, parent, field: undefined, isPermitted: true, node, nodes };
    }
    const field = parent.getFields()[node.name.value];
    const guard = field && guardOf(field);
    // What describes the schema is no data; what nobody mapped is not planned.
    if (!field || !guard) throw new Unplanned();
    return { name, parent, field, isPermitted: permits(guard, this.caller), node, nodes };
  }

  private collect(
    type: GraphQLObjectType,
    set: SelectionSetNode,
    found: Map<string, FieldNode[]>,
    spread: Set<string>,
  ): void {
    const { schema, variables } = this.judged;
    for (const node of set.selections) {
      if (!isIncluded(node, variables)) continue;
      if (node.kind === Kind.FIELD) {
        const name = node.alias?.value ?? node.name.value;
        const nodes = found.get(name);
        if (nodes) nodes.push(node);
        else found.set(name, [node]);
        continue;
      }
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.once(node.name.value, spread) : node;
      if (fragment && fragmentApplies(schema, fragment.typeCondition, type)) {
        this.collect(type, fragment.selectionSet, found, spread);
      }
    }
  }

  private once(name: string, spread: Set<string>): FragmentDefinitionNode | undefined {
    if (spread.has(name)) return undefined;
    spread.add(name);
    return this.fragments.get(name);
  }
}
