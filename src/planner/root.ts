import type { Sql } from 'sql-template-tag';
import type { LiveReader } from '../authentication/live.store';
import { LiveStatement } from '../authentication/live-statement.store';
import type { Row as Found } from '../store/store';
import type { Planning } from './planning';
import type { SelectedField } from './selection';

/** Coerced, as the GraphQL specification's CoerceArgumentValues gives them. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Reads what a root field answers with, as JSON. */
export type RootRead = (live: LiveReader) => Promise<string>;

/**
 * Plans a field of Query. The selection is written once; what the arguments mean is bound when they are known.
 *
 * @throws Unplanned
 * @throws GatewayError for arguments that cannot be meant: the reference path says so in its place
 */
export type RootPlan = (field: SelectedField, planning: Planning) => (args: Arguments) => RootRead;

/** One statement of one row, and what becomes of that row. */
export function statement(query: Sql, { dialect }: Planning, text: (found: Found | undefined) => string): RootRead {
  const prepared = new LiveStatement(query, dialect);
  return async (live) => text(await live.row(prepared));
}
