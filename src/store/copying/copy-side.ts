import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { QueryRunner } from 'typeorm';
import { UsageError } from '../../errors';
import type { Dialect, Row } from '../store';
import type { ColumnKind, TableShape } from './table-shape';

/** The most values that one statement carries. SQLite takes 32,766. */
const MOST_VALUES = 30_000;
const MOST_ROWS = 500;

const name = (text: string): Sql => raw(`"${text}"`);
const names = (all: readonly string[]): Sql => join(all.map(name));

/** One of the two stores of a copy, inside its one transaction. */
export class CopySide {
  constructor(
    readonly runner: QueryRunner,
    readonly dialect: Dialect,
  ) {}

  run(query: Sql): Promise<Row[]> {
    return this.runner.query(this.dialect === 'sqlite' ? query.sql : query.text, query.values) as Promise<Row[]>;
  }

  async count(table: TableShape): Promise<number> {
    const [row] = await this.run(sql`SELECT count(*) AS total FROM ${name(table.name)}`);
    return Number(row?.['total'] ?? 0);
  }

  /** Every row, some hundred at a time: memory does not grow with the table. */
  async *batches(table: TableShape): AsyncGenerator<readonly Row[]> {
    const key = names(table.primaryKey);
    const columns = names(table.columns.map((column) => column.name));
    const size = batchSize(table);
    let after: readonly unknown[] | undefined;
    for (;;) {
      const behind = after ? sql`WHERE (${key}) > (${join([...after])})` : empty;
      const rows = await this.run(
        sql`SELECT ${columns} FROM ${name(table.name)} ${behind} ORDER BY ${key} LIMIT ${size}`,
      );
      const last = rows.at(-1);
      if (!last) return;
      yield rows;
      if (rows.length < size) return;
      after = table.primaryKey.map((column) => last[column]);
    }
  }

  async insert(table: TableShape, rows: readonly Row[]): Promise<void> {
    const tuples = rows.map((row) => {
      const values = table.columns.map((column) => this.written(row[column.name], column.kind, table.name));
      return sql`(${join(values)})`;
    });
    const columns = names(table.columns.map((column) => column.name));
    await this.run(sql`INSERT INTO ${name(table.name)} (${columns}) VALUES ${join(tuples)}`);
  }

  async clear(table: TableShape): Promise<void> {
    await this.run(sql`DELETE FROM ${name(table.name)}`);
  }

  /** The highest id that the table has ever given, so that none is given twice. */
  async lastId({ name: table, counted = '' }: TableShape): Promise<number> {
    const [row] =
      this.dialect === 'sqlite'
        ? await this.run(sql`SELECT seq AS last FROM sqlite_sequence WHERE name = ${table}`)
        : await this.run(sql`SELECT pg_sequence_last_value(pg_get_serial_sequence(${table}, ${counted})) AS last`);
    return Number(row?.['last'] ?? 0);
  }

  async setLastId({ name: table, counted = '' }: TableShape, last: number): Promise<void> {
    if (last === 0) return;
    if (this.dialect === 'postgres') {
      await this.run(sql`SELECT setval(pg_get_serial_sequence(${table}, ${counted}), ${last})`);
      return;
    }
    await this.run(sql`DELETE FROM sqlite_sequence WHERE name = ${table}`);
    await this.run(sql`INSERT INTO sqlite_sequence (name, seq) VALUES (${table}, ${last})`);
  }

  private written(value: unknown, kind: ColumnKind, table: string): string | number | boolean | null {
    if (value === null || value === undefined) return null;
    if (kind === 'boolean') return this.dialect === 'sqlite' ? Number(Boolean(value)) : Boolean(value);
    if (kind !== 'text') return Number(value);
    const text = value as string;
    if (this.dialect === 'postgres' && text.includes('\0')) {
      throw new UsageError(`A text of the table ${table} holds a NUL character, which PostgreSQL cannot keep.`);
    }
    return text;
  }
}

function batchSize({ columns }: TableShape): number {
  return Math.min(MOST_ROWS, Math.floor(MOST_VALUES / columns.length));
}
