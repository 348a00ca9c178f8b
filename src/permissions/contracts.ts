import { createHash } from 'node:crypto';
import { printSchema, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { AdminCaller, CredentialCaller } from './caller';
import type { Grants } from './grants';
import { enumGuardsOf, narrowSchema } from './narrowed-schema';
import type { EnumGuards } from './usable-types';
import { CredentialVisibility, visibilityOf, type Visibility } from './visibility';

/** What somebody may use, as text. */
export interface Contract {
  /** In GraphQL's schema definition language. */
  readonly text: string;
  /** SHA-256 of the text, in hexadecimal digits. */
  readonly hash: string;
}

/** How many narrowed schemas are remembered; credentials with the same grants share one. */
const REMEMBERED_SCHEMAS = 100;

/** The schema as each caller sees it: the part that the caller may use. */
export class Contracts {
  private readonly enumGuards: EnumGuards;
  // What a schema shows depends on nothing but what it is remembered under, so it is never out of date.
  private readonly schemas = new LRUCache<string, GraphQLSchema>({ max: REMEMBERED_SCHEMAS });
  private readonly contracts = new WeakMap<GraphQLSchema, Contract>();
  // The grants of a permission version are one object that never changes, so each version is computed once.
  private readonly hashes = new WeakMap<Grants, string>();

  constructor(private readonly schema: GraphQLSchema) {
    this.enumGuards = enumGuardsOf(schema);
  }

  /** @returns a valid schema to look at, not to execute against */
  schemaFor(caller: CredentialCaller | AdminCaller): GraphQLSchema {
    return this.narrowed(visibilityOf(caller));
  }

  /** @returns the contract of whoever has these grants */
  of(grants: Grants): Contract {
    const schema = this.narrowed(new CredentialVisibility(grants));
    return remembered(this.contracts, schema, () => contractOf(schema));
  }

  hashOf(grants: Grants): string {
    return remembered(this.hashes, grants, () => this.of(grants).hash);
  }

  private narrowed(visibility: Visibility): GraphQLSchema {
    const { key } = visibility;
    let schema = this.schemas.get(key);
    if (!schema) {
      schema = narrowSchema(this.schema, visibility, this.enumGuards);
      this.schemas.set(key, schema);
    }
    return schema;
  }
}

function contractOf(schema: GraphQLSchema): Contract {
  const text = `${printSchema(schema)}\n`;
  return { text, hash: createHash('sha256').update(text).digest('hex') };
}

function remembered<Key extends object, Value>(known: WeakMap<Key, Value>, key: Key, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
