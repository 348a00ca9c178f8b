import { raw, type Sql } from 'sql-template-tag';

/** Gives every row that a statement names an alias of its own. */
export class Aliases {
  private count = 0;

  next(): Row {
    this.count += 1;
    return new Row(`t${this.count}`);
  }
}

/** A row of a statement, and the columns of it that the answer needs: no other is read. */
export class Row {
  private readonly used = new Set<string>();

  constructor(readonly alias: string) {}

  /** @param name of a column, from a registry of this code and never from a client */
  column(name: string): Sql {
    this.used.add(name);
    return raw(`${this.alias}.${name}`);
  }

  get from(): Sql {
    return raw(this.alias);
  }

  get columns(): readonly string[] {
    return [...this.used];
  }
}
