import sql, { join, type Sql } from 'sql-template-tag';
import { binary, fold, foldFor, folded } from './fold';

type Dialect = 'sqlite' | 'postgres';
type Operand = string | number;

/** What is compared, and with operands of which kind. */
export interface Compared {
  readonly value: Sql;
  readonly dialect: Dialect;
  /** Texts are compared by code points when it matters which one is larger. */
  readonly isText: boolean;
}

export const TRUE = sql`1 = 1`;
export const FALSE = sql`1 = 0`;

/**
 * Every condition is true or false, never unknown, so `not` is its exact opposite: whoever has no value differs from every
 * operand (`neq`, `notIn`) and fulfils no other comparison.
 */
export const COMPARISONS = {
  eq: ({ value }: Compared, operand: Operand) => sql`(${value} IS NOT NULL AND ${value} = ${operand})`,
  neq: ({ value }: Compared, operand: Operand) => sql`(${value} IS NULL OR ${value} <> ${operand})`,
  gt: (compared: Compared, operand: Operand) => larger(compared, sql`> ${operand}`),
  gte: (compared: Compared, operand: Operand) => larger(compared, sql`>= ${operand}`),
  lt: (compared: Compared, operand: Operand) => larger(compared, sql`< ${operand}`),
  lte: (compared: Compared, operand: Operand) => larger(compared, sql`<= ${operand}`),
} as const;

export const LIST_COMPARISONS = {
  in: ({ value }: Compared, operands: readonly Operand[]) =>
    operands.length === 0 ? FALSE : sql`(${value} IS NOT NULL AND ${value} IN (${join([...operands])}))`,
  notIn: ({ value }: Compared, operands: readonly Operand[]) =>
    operands.length === 0 ? TRUE : sql`(${value} IS NULL OR ${value} NOT IN (${join([...operands])}))`,
} as const;

/** These ignore case and umlauts; no character of the operand is a wildcard. */
export const TEXT_COMPARISONS = {
  contains: (compared: Compared, operand: string) =>
    sql`(${compared.value} IS NOT NULL AND ${contains(compared.value, operand, compared)})`,
  startsWith: (compared: Compared, operand: string) => folding(compared, (text) => startsWith(text, operand, compared)),
  endsWith: (compared: Compared, operand: string) => folding(compared, (text) => endsWith(text, operand)),
} as const;

export function isNull({ value }: Pick<Compared, 'value'>, wanted: boolean): Sql {
  return wanted ? sql`${value} IS NULL` : sql`${value} IS NOT NULL`;
}

/** Whether `text` holds `part`, both folded. */
export function contains(text: Sql, part: string, { dialect }: Pick<Compared, 'dialect'>): Sql {
  const wanted = folded(part);
  const where = foldFor(wanted, text, dialect);
  return dialect === 'sqlite' ? sql`instr(${where}, ${wanted}) > 0` : sql`strpos(${where}, ${wanted}) > 0`;
}

function startsWith(text: Sql, part: string, { dialect }: Compared): Sql {
  const prefix = folded(part);
  // The first condition lets an index find the place; the second one decides.
  return sql`(${binary(text, dialect)} >= ${prefix} AND substr(${text}, 1, ${[...prefix].length}) = ${prefix})`;
}

function endsWith(text: Sql, part: string): Sql {
  const suffix = folded(part);
  const length = [...suffix].length;
  const start = sql`length(${text}) - ${length} + 1`;
  return sql`(length(${text}) >= ${length} AND substr(${text}, ${start}) = ${suffix})`;
}

function folding({ value, dialect }: Compared, condition: (text: Sql) => Sql): Sql {
  return sql`(${value} IS NOT NULL AND ${condition(fold(value, dialect))})`;
}

function larger({ value, dialect, isText }: Compared, comparison: Sql): Sql {
  return sql`(${value} IS NOT NULL AND ${isText ? binary(value, dialect) : value} ${comparison})`;
}
