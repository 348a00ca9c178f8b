import sql, { type Sql } from 'sql-template-tag';
import { QueryFailedError, type EntityManager } from 'typeorm';
import type { Dialect, Row } from './store';

/** Runs one statement inside a transaction. */
export type Run = (query: Sql) => Promise<Row[]>;

/** @param manager of the transaction */
export function runIn(manager: EntityManager, dialect: Dialect): Run {
  return async (query) => {
    const text = dialect === 'sqlite' ? query.sql : query.text;
    return manager.query<Row[]>(text, query.values);
  };
}

/**
 * LIMIT, for statements that are kept prepared. SQLite looks at the value of a bare parameter there, and prepares the statement
 * anew each time one is bound, which takes as long as a small page.
 */
export function atMost(rows: number): Sql {
  return sql`LIMIT ${rows} + 0`;
}

/** Whether a statement failed because a value that must be unique is there already. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { code, message } = error.driverError as Error & { code?: string };
  // SQLSTATE 23505 of PostgreSQL; SQLite tells it in its message only.
  return code === '23505' || message.includes('UNIQUE constraint failed');
}
