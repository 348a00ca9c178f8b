import { getNamedType, isEnumType, isInputObjectType, type GraphQLInputType, type GraphQLSchema } from 'graphql';
import { present } from '../present';
import type { AnswerBody, TestGateway } from '../gateway';
import type { Oracle } from '../oracle';
import type { MatrixAttribute } from './attributes';
import { inputType } from './conditions';
import type { Company } from './people';

export type Data = NonNullable<AnswerBody['data']>;

/** One way to use one attribute, which whoever has it gets answered and whoever has not is denied. */
export interface Case {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** What of the answer the case is about; where it is denied with nulls, pairs of an id and a value. */
  readonly answer: (data: Data) => unknown;
  readonly granted: Granted;
  readonly denied: Denied;
  /** Which list the attribute is not on when the case is denied; that for reading when it is not said. */
  readonly missing?: 'write';
}

/** What whoever may use the attribute gets. `some`: somebody has a value. `code`: what is asked for makes no sense. */
export type Granted =
  | { readonly is: unknown }
  | { readonly like: (data: Data) => unknown }
  | { readonly some: true }
  | { readonly code: string };

/**
 * What whoever may not use it gets: nothing of the whole operation, nulls where its values would be, or an answer as if the
 * attribute did not exist.
 */
export type Denied = 'REFUSED' | 'NULLS' | { readonly is: unknown };

/** What cases are made from. */
export interface Ground {
  readonly gateway: TestGateway;
  readonly schema: GraphQLSchema;
  readonly company: Company;
  readonly oracle: Oracle;
  /** The ids of those who have been away and have worked, once each. */
  readonly withTime: readonly string[];
  /** An absence and an attendance of theirs. */
  readonly absenceId: string;
  readonly attendanceId: string;
  /** What selecting an attribute of the first of them gives. */
  readonly stillOf: (attribute: MatrixAttribute) => unknown;
  /** A day of which nobody has heard before. */
  readonly nextDay: () => string;
  /** By the key of the attribute that a list is ordered by: a cursor of that list, and whom it stands for. */
  readonly cursors: ReadonlyMap<string, { readonly cursor: string; readonly id: string }>;
}

/** A value as an operation's text has it. */
export function literal(schema: GraphQLSchema, type: string, value: unknown): string {
  return literalOf(inputType(schema, type), value);
}

// Not `astFromValue`: it knows no list where a scalar of ours takes one.
function literalOf(type: GraphQLInputType, value: unknown): string {
  const named = getNamedType(type);
  if (Array.isArray(value)) return `[${value.map((item) => literalOf(named, item)).join(', ')}]`;
  if (isInputObjectType(named) && typeof value === 'object' && value !== null) {
    const fields = named.getFields();
    const parts = Object.entries(value).map(
      ([name, part]) => `${name}: ${literalOf(present(fields[name]).type, part)}`,
    );
    return `{ ${parts.join(', ')} }`;
  }
  return isEnumType(named) && typeof value === 'string' ? value : JSON.stringify(value);
}

export interface Field {
  readonly name: string;
  /** As an operation selects it. */
  readonly text: string;
}

const PARTS: Readonly<Partial<Record<MatrixAttribute['type'], string>>> = {
  MONEY: '{ amount currency }',
  EMPLOYEE: '{ id }',
  ORGANIZATION_UNIT: '{ id name }',
  COST_CENTERS: '{ id name percentage }',
  ABSENCE_ENTITLEMENT: '{ type days }',
};

/** How an attribute is selected. */
export function fieldOf({ key, type, id }: MatrixAttribute): Field {
  if (id !== null) {
    const name = key.slice('custom.'.length);
    return { name: 'customAttributes', text: `customAttributes(keys: ["${name}"]) { key type value }` };
  }
  return { name: key, text: `${key} ${PARTS[type] ?? ''}`.trim() };
}

/** What selecting an attribute gives of a person's value. */
export function shown({ key, type, id }: MatrixAttribute, value: unknown): unknown {
  return id === null ? value : [{ key: key.slice('custom.'.length), type, value }];
}

/** Whether nothing of a value is told: a null, or entries of a list that hold nothing but their own key. */
export function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return (
    Array.isArray(value) &&
    value.every((entry: Record<string, unknown>) => 'key' in entry && entry['type'] === null && entry['value'] === null)
  );
}
