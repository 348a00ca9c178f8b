import type { Sql } from 'sql-template-tag';
import type { EntityManager } from 'typeorm';
import type { Dialect, Row } from './store';

/** Runs one statement inside a transaction. */
export type Run = (query: Sql) => Promise<Row[]>;

/** @param manager of the transaction */
export function runIn(manager: EntityManager, dialect: Dialect): Run {
  return async (query) => {
    const text = dialect === 'sqlite' ? query.sql : query.text;
    return (await manager.query(text, query.values)) as Row[];
  };
}
