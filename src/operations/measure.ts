import {
  getArgumentValues,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  Kind,
  typeFromAST,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { DEFAULT_PAGE } from '../pagination/page';
import type { JudgedOperation } from '../permissions/gate';
import { weightOf } from './weight';

/** How large an operation is. */
export interface Measured {
  /** Levels of fields. */
  readonly depth: number;
  /** Fields under another name than their own, fragments counted each time they are spread. */
  readonly aliases: number;
  readonly directives: number;
  readonly cost: number;
}

/** Items that a list is taken to have which is no page. */
const USUAL_LIST = 10;
/** Cost of one value in the arguments: every condition of a filter is one more comparison for each row. */
const ARGUMENT_VALUE = 5;

const NOTHING: Measured = { depth: 0, aliases: 0, directives: 0, cost: 0 };

/**
 * Measures a valid operation. A fragment is measured once for each page size that it is spread under, so the work stays
 * linear in the document while the result counts every spread.
 *
 * @see docs/limits.md for the formula
 */
export function measure(judged: JudgedOperation): Measured {
  const root = judged.schema.getRootType(judged.operation.operation);
  if (!root) return NOTHING;
  const { directives, ...rest } = new Measurement(judged).selections(root, judged.operation.selectionSet, USUAL_LIST);
  return { ...rest, directives: directives + (judged.operation.directives?.length ?? 0) };
}

class Measurement {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly measured = new Map<string, Measured>();

  constructor(private readonly judged: JudgedOperation) {
    this.fragments = new Map(
      judged.document.definitions
        .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
        .map((definition) => [definition.name.value, definition]),
    );
  }

  /** @param items that a list just below is taken to have */
  selections(type: GraphQLNamedType, set: SelectionSetNode, items: number): Measured {
    return set.selections.map((node) => this.selection(type, node, items)).reduce(together, NOTHING);
  }

  private selection(type: GraphQLNamedType, node: SelectionNode, items: number): Measured {
    const own = { ...NOTHING, directives: node.directives?.length ?? 0 };
    switch (node.kind) {
      case Kind.FIELD:
        return together(own, this.field(type, node, items));
      case Kind.INLINE_FRAGMENT:
        return together(own, this.selections(this.narrowed(type, node.typeCondition), node.selectionSet, items));
      case Kind.FRAGMENT_SPREAD:
        return together(own, this.spread(type, node.name.value, items));
    }
  }

  private spread(type: GraphQLNamedType, name: string, items: number): Measured {
    const fragment = this.fragments.get(name);
    if (!fragment) return NOTHING;
    const key = `${name} ${items}`;
    const known = this.measured.get(key);
    const found = known ?? this.selections(this.narrowed(type, fragment.typeCondition), fragment.selectionSet, items);
    this.measured.set(key, found);
    return found;
  }

  private field(type: GraphQLNamedType, node: FieldNode, items: number): Measured {
    const aliases = node.alias && node.alias.value !== node.name.value ? 1 : 0;
    const field = isObjectType(type) ? type.getFields()[node.name.value] : undefined;
    // What describes the schema costs no statement, and graphql-js limits how deeply it may be asked for.
    if (!field) return { ...NOTHING, depth: 1, aliases, cost: 1 };
    const values = getArgumentValues(field, node, this.judged.variables);
    const page = pageOf(field, values);
    const below = node.selectionSet
      ? this.selections(getNamedType(field.type), node.selectionSet, page ?? USUAL_LIST)
      : NOTHING;
    return {
      depth: below.depth + 1,
      aliases: below.aliases + aliases,
      directives: below.directives,
      cost: weightOf(field) + ARGUMENT_VALUE * countValues(values) + below.cost * (isList(field.type) ? items : 1),
    };
  }

  private narrowed(type: GraphQLNamedType, condition: FragmentDefinitionNode['typeCondition'] | undefined) {
    return (condition && typeFromAST(this.judged.schema, condition)) ?? type;
  }
}

function together(one: Measured, other: Measured): Measured {
  return {
    depth: Math.max(one.depth, other.depth),
    aliases: one.aliases + other.aliases,
    directives: one.directives + other.directives,
    cost: one.cost + other.cost,
  };
}

/** @returns undefined for a field that is no connection */
function pageOf(field: GraphQLField<unknown, unknown>, values: Readonly<Record<string, unknown>>): number | undefined {
  if (!field.args.some(({ name }) => name === 'first')) return undefined;
  const size = values['last'] ?? values['first'] ?? DEFAULT_PAGE;
  return typeof size === 'number' ? Math.max(size, 1) : DEFAULT_PAGE;
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type));
}

function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null || value instanceof Date) return 1;
  return Object.values(value).reduce<number>((sum, part) => sum + countValues(part), 0);
}
