import { raw, type Sql } from 'sql-template-tag';
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
 * LIMIT, as a number in the text. SQLite would prepare a statement anew for each value of a parameter there, and PostgreSQL would
 * plan it anew each time, because it expects a tenth of the table behind a parameter and so finds every general plan too dear.
 */
export function atMost(rows: number): Sql {
  return raw(`LIMIT ${whole(rows)}`);
}

/** The row that comes after so many. */
export function oneAfter(rows: number): Sql {
  return raw(`LIMIT 1 OFFSET ${whole(rows)}`);
}

function whole(rows: number): number {
  if (!Number.isSafeInteger(rows)) throw new Error('This is no number of rows.');
  return rows;
}

/** Whether a statement failed because a value that must be unique is there already. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { code, message } = error.driverError as Error & { code?: string };
  // SQLSTATE 23505 of PostgreSQL; SQLite tells it in its message only.
  return code === '23505' || message.includes('UNIQUE constraint failed');
}
