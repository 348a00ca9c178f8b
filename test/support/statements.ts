import { Client } from 'pg';
import { Database, Statement } from 'sqlite3';

/** A statement as it went to a database. */
export interface RecordedStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Every statement that this process sends to any database, whoever sends it. */
export interface StatementLog {
  /** What was sent since the start, or since the last `take`. */
  take(): readonly RecordedStatement[];
  stop(): void;
}

/**
 * Records statements where all of them pass: in the drivers. What is recorded above them, at TypeORM or our own store, would
 * not see who goes around it.
 */
export function recordStatements(): StatementLog {
  let recorded: RecordedStatement[] = [];
  const add = (text: unknown, values: readonly unknown[]) => recorded.push({ text: String(text), values });
  const undo = [...recordSqlite(add), ...recordPostgres(add)];
  return {
    take: () => {
      const taken = recorded;
      recorded = [];
      return taken;
    },
    stop: () => undo.forEach((restore) => restore()),
  };
}

type Add = (text: unknown, values: readonly unknown[]) => void;
type Method = (this: unknown, ...args: unknown[]) => unknown;

// Whatever a Database runs, it runs as a Statement, except for `exec`; `map` calls `all`. A prepared one gets its values by
// `bind` or as it runs.
function recordSqlite(add: Add): (() => void)[] {
  const bound = new WeakMap<object, readonly unknown[]>();
  const ran = (statement: unknown, args: readonly unknown[]) => {
    const own = valuesIn(args);
    const { sql } = statement as { readonly sql?: unknown };
    add(sql, own.length > 0 ? own : (bound.get(statement as object) ?? []));
  };
  return [
    ...['run', 'get', 'all', 'each'].map((name) => watch(Statement.prototype, name, ran)),
    watch(Statement.prototype, 'bind', (statement, args) => bound.set(statement as object, valuesIn(args))),
    watch(Database.prototype, 'exec', (_database, [text]) => add(text, [])),
  ];
}

function valuesIn(args: readonly unknown[]): readonly unknown[] {
  const [first, ...rest] = args.filter((arg) => typeof arg !== 'function');
  if (first === undefined) return [];
  if (Array.isArray(first)) return first;
  return typeof first === 'object' && first !== null ? Object.values(first) : [first, ...rest];
}

function recordPostgres(add: Add): (() => void)[] {
  return [
    watch(Client.prototype, 'query', (_client, [query, values]) => {
      const { text, values: own } = (typeof query === 'object' ? query : { text: query }) as {
        readonly text?: unknown;
        readonly values?: unknown;
      };
      const bound = own ?? values;
      add(text, Array.isArray(bound) ? bound : []);
    }),
  ];
}

/** @returns what gives the method back as it was */
function watch(owner: object, name: string, seen: (self: unknown, args: readonly unknown[]) => void): () => void {
  const methods = owner as Record<string, Method>;
  const original = methods[name];
  if (!original) throw new Error(`The driver has no method ${name} any more: statements would go unseen.`);
  methods[name] = function (...args) {
    seen(this, args);
    return original.apply(this, args);
  };
  return () => {
    methods[name] = original;
  };
}
