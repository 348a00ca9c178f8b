import sql, { raw, type Sql } from 'sql-template-tag';
import type { CredentialCaller } from '../permissions/caller';
import type { JudgedOperation } from '../permissions/gate';
import type { Dialect } from '../store/store';
import type { CursorMarks } from './cursor-marks';
import { JsonSql } from './json';
import { Aliases, type Row } from './row';
import { Selection, type SelectedField } from './selection';
import { Unplanned } from './unplanned';

/** SQLite binds 32,766 values in a statement, and a plan puts many filters into one, some of them more than once. */
export const MOST_VALUES = 30_000;
/** As many custom attributes as one field takes, with all four fields of each, are two thousand. */
const MOST_MEMBERS = 2_500;

/** Writes the expression for one field of a row: a JSON value, or one that JSON has a form for. */
export type FieldSql = (row: Row, field: SelectedField, planning: Planning) => Sql;

/** Every field of one type of the schema that a plan can express, by its name in the schema. */
export type FieldTable = Readonly<Record<string, FieldSql>>;

export interface PlanningParts {
  readonly dialect: Dialect;
  readonly marks: CursorMarks;
  /** By the names of the schema's types. */
  readonly tables: Readonly<Record<string, FieldTable>>;
}

/** What is at hand while one operation of one credential is planned. */
export class Planning {
  readonly dialect: Dialect;
  readonly marks: CursorMarks;
  readonly tables: Readonly<Record<string, FieldTable>>;
  readonly json: JsonSql;
  readonly selection: Selection;
  readonly aliases = new Aliases();
  /** Whether the text that the database writes has marks in it. */
  hasMarks = false;
  private count = 0;
  private bound = 0;

  constructor(
    judged: JudgedOperation,
    readonly caller: CredentialCaller,
    { dialect, marks, tables }: PlanningParts,
  ) {
    this.dialect = dialect;
    this.marks = marks;
    this.tables = tables;
    this.json = new JsonSql(dialect);
    this.selection = new Selection(judged, caller);
  }

  /** Members of all objects that were written. */
  get members(): number {
    return this.count;
  }

  /** @throws Unplanned for more than a statement should have: a few words can name the same keys many times */
  addMembers(count: number): void {
    this.count += count;
    if (this.count > MOST_MEMBERS) throw new Unplanned();
  }

  /** Values that all statements bind, as far as they are written. */
  get values(): number {
    return this.bound;
  }

  /** @throws Unplanned for more than a statement should have: a few words can name the same long filter many times */
  addValues(count: number): void {
    this.bound += count;
    if (this.bound > MOST_VALUES) throw new Unplanned();
  }

  /** The smaller of two values, neither of which is null. */
  least(one: Sql, other: Sql): Sql {
    return sql`${raw(this.dialect === 'sqlite' ? 'min' : 'least')}(${one}, ${other})`;
  }

  /** The larger of two values, neither of which is null. */
  greatest(one: Sql, other: Sql): Sql {
    return sql`${raw(this.dialect === 'sqlite' ? 'max' : 'greatest')}(${one}, ${other})`;
  }
}
