import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Dialect } from '../store/store';

/** One field of an object: the name it has in the answer, and an expression for its value. */
export type Member = readonly [name: string, value: Sql];

/** PostgreSQL functions take 100 arguments. */
const MEMBERS_AT_ONCE = 50;
/** JSON has a tab inside no text and between no two tokens that either database writes, so it tells items apart. */
export const BETWEEN_ITEMS = ',\t';

/** Writes SQL expressions whose values are JSON. Both databases give texts that parse to the same. */
export class JsonSql {
  private readonly isSqlite: boolean;

  constructor(readonly dialect: Dialect) {
    this.isSqlite = dialect === 'sqlite';
  }

  object(members: readonly Member[]): Sql {
    // A selection of which nothing is included.
    if (members.length === 0) return this.parsed(sql`'{}'`);
    if (this.isSqlite) return sql`json_object(${list(members)})`;
    if (members.length <= MEMBERS_AT_ONCE) return sql`json_build_object(${list(members)})`;
    const parts = chunks(members).map((part) => sql`json_build_object(${list(part)})::text`);
    const inner = parts.map((part) => sql`substr(${part}, 2, length(${part}) - 2)`);
    return sql`('{' || ${join(inner, ` || ',' || `)} || '}')::json`;
  }

  /** Rows as a list in this order; an empty list when there is no row. */
  list(item: Sql, order: Sql): Sql {
    return this.isSqlite
      ? sql`json_group_array(${item} ORDER BY ${order})`
      : sql`COALESCE(json_agg(${item} ORDER BY ${order}), '[]'::json)`;
  }

  /** Values in this order, each of them JSON. */
  array(values: readonly Sql[]): Sql {
    if (this.isSqlite) return sql`json_array(${values.length > 0 ? join([...values]) : empty})`;
    if (values.length === 0) return sql`'[]'::json`;
    return sql`('[' || ${join(
      values.map((value) => sql`(${value})::text`),
      ` || ',' || `,
    )} || ']')::json`;
  }

  /** A table of the entries of a list that is kept as JSON text: `key` is the place, `value` the entry. */
  entries(text: Sql, alias: Sql): Sql {
    return this.isSqlite
      ? sql`json_each(${text}) ${alias}`
      : sql`json_array_elements((${text})::json) WITH ORDINALITY ${alias} (value, key)`;
  }

  /** Rows, as they come, as one text: each as JSON, with `BETWEEN_ITEMS` between them. Null when there is no row. */
  items(item: Sql): Sql {
    return this.isSqlite ? sql`group_concat(${item}, ',' || char(9))` : sql`string_agg(${item}::text, E',\\t')`;
  }

  /** The same as bytes, where the database's driver has a way to hand them over as they are. */
  itemBytes(item: Sql): Sql {
    return this.isSqlite ? sql`CAST(${this.items(item)} AS blob)` : this.items(item);
  }

  boolean(condition: Sql): Sql {
    return this.isSqlite ? sql`CASE WHEN ${condition} THEN json('true') ELSE json('false') END` : condition;
  }

  /** What already is JSON, kept as text. */
  parsed(text: Sql): Sql {
    return this.isSqlite ? sql`json(${text})` : sql`(${text})::json`;
  }

  /** The type of values that are of different JSON types in the branches of one CASE. */
  mixed(value: Sql): Sql {
    return this.isSqlite ? value : sql`to_json(${value})`;
  }

  /** An id, which GraphQL serves as a text. */
  id(column: Sql): Sql {
    return sql`CAST(${column} AS text)`;
  }

  /** A text that a client sent, or that was computed from what it sent. */
  text(value: string): Sql {
    return sql`CAST(${value} AS text)`;
  }
}

const NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;

/** A text of the schema, or a name that a client chose: in either case one that the grammar of GraphQL lets through. */
export function nameLiteral(name: string): Sql {
  if (!NAME.test(name)) throw new Error('This is no name.');
  return raw(`'${name}'`);
}

function list(members: readonly Member[]): Sql {
  return join(
    members.map(([name, value]) => sql`${nameLiteral(name)}, ${value}`),
    ', ',
  );
}

function chunks(members: readonly Member[]): Member[][] {
  const count = Math.ceil(members.length / MEMBERS_AT_ONCE);
  return Array.from({ length: count }, (_, index) =>
    members.slice(index * MEMBERS_AT_ONCE, (index + 1) * MEMBERS_AT_ONCE),
  );
}
