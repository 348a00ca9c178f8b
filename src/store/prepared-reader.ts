import { LRUCache } from 'lru-cache';
import type { Pool, PoolClient } from 'pg';
import type { Statement } from 'sqlite3';
import type { DataSource } from 'typeorm';
import type { LimitedConnection } from './time-limit';

/** A statement in the text of its database, and the values to bind. */
export interface PreparedStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

type Rows = Record<string, unknown>[];

/** Statements that one connection keeps prepared. */
const MOST_PREPARED = 500;
/** Characters of all their texts together: what a database keeps of one grows with its text. */
const MOST_TEXT = 2 * 1024 * 1024;

/** Runs statements of one SQLite connection that only reads, and keeps them prepared. */
export class SqlitePreparedReader {
  private readonly statements = new LRUCache<string, Promise<Statement>>({
    max: MOST_PREPARED,
    maxSize: MOST_TEXT,
    sizeCalculation: (_statement, text) => text.length,
    dispose: (statement) => void statement.then(finalized, () => undefined),
  });
  private running = 0;

  constructor(private readonly connection: LimitedConnection) {}

  /** How many statements wait for this connection, or run on it. */
  get load(): number {
    return this.running;
  }

  async run({ text, values }: PreparedStatement): Promise<Rows> {
    this.running += 1;
    try {
      return await this.connection.withinTime(async () => allRows(await this.prepared(text), values));
    } finally {
      this.running -= 1;
    }
  }

  /** Lets go of what was prepared, so that the connection can be closed. */
  async close(): Promise<void> {
    const statements = [...this.statements.values()];
    await Promise.all(statements.map(async (statement) => finalized(await statement)));
  }

  private prepared(text: string): Promise<Statement> {
    const known = this.statements.get(text);
    if (known) return known;
    const statement = new Promise<Statement>((resolve, reject) => {
      const made: Statement = this.connection.database.prepare(text, (error: Error | null) => {
        if (error) reject(error);
        else resolve(made);
      });
    });
    this.statements.set(text, statement);
    // What cannot be prepared is not kept.
    statement.catch(() => this.statements.delete(text));
    return statement;
  }
}

// All rows, also of a statement that has only one: a statement that was not run to its end keeps the connection in the
// snapshot that it began with, and the live check of the next one would look into the past.
function allRows(statement: Statement, values: readonly unknown[]): Promise<Rows> {
  return new Promise((resolve, reject) => {
    statement.all<Rows[number]>(values, (error, rows) => {
      if (error) reject(error);
      else resolve(rows);
    });
  });
}

function finalized(statement: Statement): Promise<void> {
  return new Promise((resolve) => {
    statement.finalize(() => {
      resolve();
    });
  });
}

/** Runs statements on a pool of PostgreSQL connections, each of which keeps those prepared that have a name. */
export class PostgresPreparedReader {
  private readonly names = new LRUCache<string, string>({
    max: MOST_PREPARED,
    maxSize: MOST_TEXT,
    sizeCalculation: (_name, text) => text.length,
  });
  private readonly preparedBy = new WeakMap<PoolClient, { readonly names: Set<string>; characters: number }>();
  private count = 0;

  constructor(private readonly pool: Pool) {}

  async run({ text, values }: PreparedStatement): Promise<Rows> {
    const name = this.nameOf(text);
    const client = await this.pool.connect();
    let isGood = false;
    try {
      const { rows } = await client.query<Rows[number]>({ name, text, values: [...values] });
      isGood = !this.isFull(client, name, text.length);
      return rows;
    } finally {
      // Whether it broke or is full: a connection that is not good is closed, and the pool makes a new one.
      client.release(!isGood);
    }
  }

  // PostgreSQL forgets a prepared statement with its connection only, and whoever asks decides how many there are.
  private isFull(client: PoolClient, name: string, length: number): boolean {
    const prepared = this.preparedBy.get(client) ?? { names: new Set(), characters: 0 };
    this.preparedBy.set(client, prepared);
    if (!prepared.names.has(name)) prepared.characters += length;
    prepared.names.add(name);
    return prepared.names.size > MOST_PREPARED || prepared.characters > MOST_TEXT;
  }

  // A name is never used again for another text: a connection would take the one for the other.
  private nameOf(text: string): string {
    const known = this.names.get(text);
    if (known !== undefined) return known;
    this.count += 1;
    const name = `plan_${this.count}`;
    this.names.set(text, name);
    return name;
  }
}

/** The pool below a DataSource of PostgreSQL. */
export function poolOf({ driver }: DataSource): Pool {
  return (driver as unknown as { readonly master: Pool }).master;
}
