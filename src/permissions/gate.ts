import {
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { customKey, type AttributeKey } from '../attributes/attribute';
import { GatewayError } from '../errors';
import { admit, unauthenticated } from './admit';
import { ArgumentUses } from './argument-uses';
import type { Caller } from './caller';
import { decide, decideModule, type Decision } from './decide';
import type { Denial } from './denial';
import { DenialList } from './denial-list';
import { NO_GRANTS, type Grants } from './grants';
import { listMarks, type FieldVisit } from './field-visit';
import { fragmentApplies, isIncluded } from './inclusion';
import { guardOf, type Audience, type Guard, type LooksAt, type Section } from './guard';

/** What the gate found in an operation before any data was read. */
export interface Verdict {
  /** Not empty: the operation must not run at all. */
  readonly refusals: readonly Denial[];
  /** Selections that answer null, one entry per coordinate. */
  readonly denials: readonly Denial[];
  /** The employee attributes that the operation selects and may read: the only columns worth reading. */
  readonly attributes: ReadonlySet<AttributeKey>;
  /** Those that it may read and that its arguments use, such as a filter, or that it looks at unnamed, as the feed of changes does: they are not read for the answer. */
  readonly asked: ReadonlySet<AttributeKey>;
  /** The parts of the admins' work that the operation belongs to; each must be switched on. */
  readonly sections: ReadonlySet<Section>;
  /** Whether it asks about the schema, which answers with the part of it that the caller sees. */
  readonly introspects: boolean;
}

export interface JudgedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Coerced, as the GraphQL specification's CoerceVariableValues gives them. */
  readonly variables: Record<string, unknown>;
}

/**
 * Walks a valid operation once and finds every attribute that it uses. Fields are known by their concrete parent type and
 * name, never by alias or path, so renaming in the query changes nothing.
 *
 * @throws GatewayError UNAUTHENTICATED or FORBIDDEN when a root field is not for this kind of caller
 */
export function judge(judged: JudgedOperation, caller: Caller): Verdict {
  const walk = new Walk(judged, caller);
  const root = judged.schema.getRootType(judged.operation.operation);
  if (!root) throw new GatewayError('BAD_REQUEST', 'The schema has no such kind of operation.');
  walk.selections(root, judged.operation.selectionSet, []);
  const { attributes, asked, sections, introspects } = walk;
  const denials = walk.denials.all;
  const strict = caller.kind === 'credential' && caller.denialMode === 'STRICT';
  // Of several writes in one operation none is done when one may not be.
  const isMutation = judged.operation.operation === OperationTypeNode.MUTATION;
  const writes = isMutation ? denials.filter(({ path }) => path.length === 1) : [];
  const refusals = [...walk.argumentDenials.all, ...(strict ? denials : writes)];
  return { refusals, denials, attributes, asked, sections, introspects };
}

class Walk {
  readonly denials = new DenialList();
  readonly argumentDenials = new DenialList();
  readonly attributes = new Set<AttributeKey>();
  readonly asked = new Set<AttributeKey>();
  readonly sections = new Set<Section>();
  introspects = false;
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  // A fragment means the same wherever it is spread on the same type. Walking it once keeps the work linear in the
  // document, where nested spreads could otherwise double it at every level.
  private readonly walkedFragments = new Set<string>();
  private readonly grants: Grants;
  private readonly argumentUses: ArgumentUses;

  constructor(
    private readonly judged: JudgedOperation,
    private readonly caller: Caller,
  ) {
    this.fragments = new Map(
      judged.document.definitions
        .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
        .map((definition) => [definition.name.value, definition]),
    );
    this.grants = caller.kind === 'credential' ? caller.grants : NO_GRANTS;
    this.argumentUses = new ArgumentUses(this.grants.attributes.read);
  }

  selections(type: GraphQLObjectType, set: SelectionSetNode, path: readonly string[]): void {
    for (const node of set.selections) {
      if (!isIncluded(node, this.judged.variables)) continue;
      if (node.kind === Kind.FIELD) this.field(type, node, path);
      else if (node.kind === Kind.INLINE_FRAGMENT) this.fragment(type, node.typeCondition, node.selectionSet, path);
      else this.spread(type, node.name.value, path);
    }
  }

  private spread(type: GraphQLObjectType, name: string, path: readonly string[]): void {
    const fragment = this.fragments.get(name);
    const visit = `${type.name} ${name}`;
    if (!fragment || this.walkedFragments.has(visit)) return;
    this.walkedFragments.add(visit);
    this.fragment(type, fragment.typeCondition, fragment.selectionSet, path);
  }

  private fragment(
    type: GraphQLObjectType,
    condition: FragmentDefinitionNode['typeCondition'] | undefined,
    set: SelectionSetNode,
    path: readonly string[],
  ): void {
    if (fragmentApplies(this.judged.schema, condition, type)) this.selections(type, set, path);
  }

  private field(parent: GraphQLObjectType, node: FieldNode, path: readonly string[]): void {
    const name = node.name.value;
    if (name === '__typename') return;
    if (name.startsWith('__')) return this.introspection();
    const field = parent.getFields()[name];
    const guard = field && guardOf(field);
    // Validation and the start-up check make both impossible; what nobody mapped is denied all the same.
    if (!field || !guard) throw new GatewayError('FORBIDDEN', 'This field is not available.');
    const fieldPath = [...path, node.alias?.value ?? name];
    const at = { coordinate: `${parent.name}.${name}`, path: fieldPath, field, node };
    const goesOn = this.guard(guard, at);
    if (goesOn && isForCredentials(guard)) this.arguments(parent, at);
    if (goesOn && node.selectionSet) this.descend(field.type, node.selectionSet, fieldPath);
  }

  private introspection(): void {
    if (this.caller.kind === 'anonymous') throw unauthenticated();
    this.introspects = true;
  }

  private descend(type: GraphQLOutputType, set: SelectionSetNode, path: readonly string[]): void {
    const named = getNamedType(type);
    const itemPath = [...path, ...listMarks(type)];
    if (isObjectType(named)) this.selections(named, set, itemPath);
    else if (isAbstractType(named)) {
      for (const possible of this.judged.schema.getPossibleTypes(named)) this.selections(possible, set, itemPath);
    }
  }

  /** @returns whether what is selected below is worth looking at: below a denied attribute it is, so that all that is missing is told at once */
  private guard(guard: Guard, at: FieldVisit): boolean {
    if (guard.kind === 'root') return this.audience(guard.audience, at);
    if (guard.kind === 'attributes') this.reads(guard.attributes, at);
    else if (guard.kind === 'customAttributes') this.customAttributes(at);
    else if (guard.kind === 'module') return this.module(guard, at);
    return true;
  }

  private audience(audience: Audience, at: FieldVisit): boolean {
    const decision = admit(audience, this.caller);
    this.deny(at, decision, []);
    if (audience.who === 'admin' && audience.section) this.sections.add(audience.section);
    if (audience.who === 'credential' && audience.looksAt && decision.allowed) this.looks(audience.looksAt);
    return decision.allowed;
  }

  private looks(looksAt: LooksAt): void {
    for (const attribute of this.grants.attributes.read) if (looksAt(attribute)) this.asked.add(attribute);
  }

  private module({ module, attributes }: Extract<Guard, { kind: 'module' }>, at: FieldVisit): boolean {
    const decision = decideModule(this.grants, module, 'read');
    this.deny(at, decision, []);
    if (decision.allowed) this.reads(attributes, at);
    return decision.allowed;
  }

  private reads(attributes: readonly AttributeKey[], at: FieldVisit): void {
    const decisions = attributes.map((attribute) => ({ attribute, decision: decide(this.grants, attribute, 'read') }));
    const missing = decisions.filter(({ decision }) => !decision.allowed);
    const [first] = missing;
    if (first) {
      const keys = missing.map(({ attribute }) => attribute);
      return this.deny(at, first.decision, keys);
    }
    for (const attribute of attributes) this.attributes.add(attribute);
  }

  // Admins read no employee data, so nothing that they say can name an attribute of it.
  private arguments(parent: GraphQLObjectType, { field, node, path }: FieldVisit): void {
    if (this.caller.kind !== 'credential' || field.args.length === 0) return;
    const values = getArgumentValues(field, node, this.judged.variables);
    for (const { action, attributes, coordinate } of this.argumentUses.of(parent.name, field, values)) {
      const missing = attributes.filter((attribute) => !decide(this.grants, attribute, action).allowed);
      const [first] = missing;
      if (first !== undefined) {
        this.argumentDenials.add({ coordinate, path, action }, decide(this.grants, first, action), missing);
      } else if (action === 'read') {
        for (const attribute of attributes) this.asked.add(attribute);
      }
    }
  }

  private customAttributes(at: FieldVisit): void {
    for (const key of this.customKeys(at)) {
      const decision = decide(this.grants, key, 'read');
      if (decision.allowed) this.attributes.add(key);
      else this.deny(at, decision, [key]);
    }
  }

  private customKeys({ field, node }: FieldVisit): readonly AttributeKey[] {
    const { keys } = getArgumentValues(field, node, this.judged.variables) as { keys?: readonly string[] | null };
    if (keys) return keys.map(customKey);
    return [...this.grants.attributes.read].filter((key) => key.startsWith(customKey('')));
  }

  private deny({ coordinate, path }: FieldVisit, decision: Decision, attributes: readonly AttributeKey[]): void {
    this.denials.add({ coordinate, path, action: 'read' }, decision, attributes);
  }
}

function isForCredentials(guard: Guard): boolean {
  return guard.kind !== 'root' || guard.audience.who === 'credential';
}
