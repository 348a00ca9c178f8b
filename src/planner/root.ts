import type { Sql } from 'sql-template-tag';
import type { LiveReader } from '../authentication/live.store';
import { LiveStatement } from '../authentication/live-statement.store';
import type { Row as Found } from '../store/store';
import { MOST_VALUES, type Planning } from './planning';
import type { SelectedField } from './selection';
import { Unplanned } from './unplanned';

/** Coerced, as the GraphQL specification's CoerceArgumentValues gives them. */
export type Arguments = Readonly<Record<string, unknown>>;

/**
 * JSON in pieces, in their order. What a database wrote as bytes stays bytes: to make a text of a large answer, only to send it
 * as bytes, costs as much as reading it.
 */
export type JsonPieces = readonly (string | Buffer)[];

/** Reads what a root field answers with. */
export type RootRead = (live: LiveReader) => Promise<JsonPieces>;

/**
 * Plans a field of Query. The selection is written once; what the arguments mean is bound when they are known.
 *
 * @throws Unplanned
 * @throws GatewayError for arguments that cannot be meant: the reference path says so in its place
 */
export type RootPlan = (field: SelectedField, planning: Planning) => (args: Arguments) => RootRead;

/**
 * One statement of one row, and what becomes of that row.
 *
 * @returns what runs it, for a value that its slots may ask for
 * @throws Unplanned for a statement that binds too many values: the reference path reads in smaller ones
 */
export function statement(
  query: Sql,
  { dialect }: Planning,
  piecesOf: (found: Found) => JsonPieces,
): (live: LiveReader, wanted?: unknown) => Promise<JsonPieces> {
  if (query.values.length > MOST_VALUES) throw new Unplanned();
  const prepared = new LiveStatement(query, dialect);
  return async (live, wanted) => piecesOf(await live.row(prepared, wanted));
}
