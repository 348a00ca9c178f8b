import { createHash } from 'node:crypto';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { CacheFigures } from '../metrics/metrics';
import type { CredentialCaller } from '../permissions/caller';
import type { Grants } from '../permissions/grants';
import { opaqueVariables } from './opaque-variables';

const MOST_OPERATIONS = 2_000;
const MOST_JUDGEMENTS = 5_000;
/**
 * Characters of all the operations' texts together, and of what all judgements are of and hold, which is texts, values and plans:
 * either takes up to a hundred bytes for each.
 */
const MOST_TEXT = 1024 * 1024;
/** What is longer by itself is not remembered: it would push out what others ask. */
const LONGEST_TEXT = MOST_TEXT / 8;

/** A valid operation, and the text that it was sent as. */
export interface ParsedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly text: string;
  readonly operationName: string | undefined;
}

interface KnownOperation extends ParsedOperation {
  readonly number: number;
  readonly opaque: ReadonlySet<string>;
}

type Variables = Readonly<Record<string, unknown>>;

/**
 * Remembers operations that a plan was made for, and what was decided about each for certain grants and for the values of
 * variables that decide something. Decisions are found by the grants themselves, so none can be stale.
 */
export class KnownOperations<Judgement extends object> {
  private readonly operations = new LRUCache<string, KnownOperation>({
    max: MOST_OPERATIONS,
    maxSize: MOST_TEXT,
    maxEntrySize: LONGEST_TEXT,
    sizeCalculation: (_operation, key) => key.length,
  });
  private readonly judgements = new LRUCache<string, Judgement>({
    max: MOST_JUDGEMENTS,
    maxSize: MOST_TEXT,
    maxEntrySize: LONGEST_TEXT,
  });
  private readonly grants = new WeakMap<Grants, string>();
  private count = 0;
  private hits = 0;
  private misses = 0;

  /** @param sizeOf characters that a judgement counts as, besides those that it is of */
  constructor(private readonly sizeOf: (judgement: Judgement) => number) {}

  /** A miss is a judgement that had to be made and is kept from then on, unless it is too long. */
  get figures(): CacheFigures {
    return { hits: this.hits, misses: this.misses, size: this.judgements.size };
  }

  /** @returns undefined for a text that must be parsed and validated first */
  find(text: string, operationName: string | undefined): ParsedOperation | undefined {
    return this.operations.get(keyOf({ text, operationName }));
  }

  /** @param variables as they were sent */
  judgement(parsed: ParsedOperation, caller: CredentialCaller, variables: Variables): Judgement | undefined {
    const known = this.operations.get(keyOf(parsed));
    const judgement = known && this.judgements.get(this.nameOf(known, caller, variables));
    if (judgement) this.hits += 1;
    return judgement;
  }

  add(parsed: ParsedOperation, caller: CredentialCaller, variables: Variables, judgement: Judgement): void {
    const known = this.operations.get(keyOf(parsed)) ?? this.made(parsed);
    this.misses += 1;
    const name = this.nameOf(known, caller, variables);
    this.judgements.set(name, judgement, { size: parsed.text.length + name.length + this.sizeOf(judgement) });
  }

  private made(parsed: ParsedOperation): KnownOperation {
    // Named one by one: whatever else came along belongs to whoever asked first.
    const { schema, document, operation, text, operationName } = parsed;
    this.count += 1;
    const opaque = opaqueVariables(schema, document, operation);
    const known = { schema, document, operation, text, operationName, opaque, number: this.count };
    this.operations.set(keyOf(parsed), known);
    return known;
  }

  private nameOf(known: KnownOperation, { denialMode, grants }: CredentialCaller, variables: Variables): string {
    return `${known.number} ${denialMode} ${this.nameOfGrants(grants)} ${shapeOf(known, variables)}`;
  }

  private nameOfGrants(grants: Grants): string {
    const known = this.grants.get(grants);
    if (known !== undefined) return known;
    const { modules, attributes } = grants;
    const said = JSON.stringify([modules, [...attributes.read].sort(), [...attributes.write].sort()]);
    const name = createHash('sha256').update(said).digest('base64');
    this.grants.set(grants, name);
    return name;
  }
}

function keyOf({ text, operationName }: Pick<ParsedOperation, 'text' | 'operationName'>): string {
  return operationName === undefined ? text : `${operationName}\n${text}`;
}

/** The values that decide something; of the others, whether they are there. */
function shapeOf({ operation, opaque }: KnownOperation, variables: Variables): string {
  const { variableDefinitions = [] } = operation;
  if (variableDefinitions.length === 0) return '';
  return JSON.stringify(
    variableDefinitions.map(({ variable }) => {
      const name = variable.name.value;
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (value === undefined) return [];
      return value !== null && opaque.has(name) ? 0 : [value];
    }),
  );
}
