import DataLoader from 'dataloader';
import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { LiveReader } from '../authentication/live.store';
import type { Row } from '../store/store';
import { cut, type Page } from './page';
import type { Window } from './window';

/** Which records of a module, each of which belongs to a person. */
export interface RecordQuery {
  /** What a cursor is bound to. */
  readonly name: string;
  readonly columns: Sql;
  /** Tables, of which alias `r` has the `id` that records are ordered by and the `employee_id`. */
  readonly from: Sql;
  readonly where: Sql;
}

/** Reads records of the modules beside the people, in statements that carry the live check. */
export class RecordReader {
  private readonly pages = new Map<string, DataLoader<number, Page<Row>>>();
  private readonly single = new Map<string, DataLoader<number, unknown>>();
  private readonly counts = new Map<string, DataLoader<number, number>>();

  constructor(private readonly live: LiveReader) {}

  get dialect(): LiveReader['dialect'] {
    return this.live.dialect;
  }

  rows(query: Sql, order?: Sql): Promise<Row[]> {
    return this.live.rows(query, order);
  }

  async page(query: RecordQuery, window: Window<number>): Promise<Page<Row>> {
    const direction = directionOf(window);
    const rows = await this.live.rows(
      sql`SELECT ${query.columns} FROM ${query.from} WHERE ${within(query, window)}
        ORDER BY r.id ${direction} LIMIT ${window.size + 1}`,
      sql`data.id ${direction}`,
    );
    return pageOf(rows, window);
  }

  async count(query: RecordQuery): Promise<number> {
    const [row] = await this.live.rows(sql`SELECT count(*) AS total FROM ${query.from} WHERE ${query.where}`);
    return Number(row?.['total'] ?? 0);
  }

  /** The same stretch of each person's own records, for all the people that an operation meets in one statement. */
  pageOf(employeeId: number, query: RecordQuery, window: Window<number>): Promise<Page<Row>> {
    const key = JSON.stringify([query.name, query.where.sql, query.where.values, window]);
    return remembered(this.pages, key, () => new DataLoader((ids) => this.pagesOf(ids, query, window))).load(
      employeeId,
    );
  }

  countOf(employeeId: number, query: RecordQuery): Promise<number> {
    const key = JSON.stringify([query.name, query.where.sql, query.where.values]);
    return remembered(this.counts, key, () => new DataLoader((ids) => this.countsOf(ids, query))).load(employeeId);
  }

  /** One record by its id, together with the others that an operation asks for. */
  async record<Item extends { readonly id: number }>(
    kind: string,
    id: number,
    load: (ids: readonly number[]) => Promise<readonly Item[]>,
  ): Promise<Item | null> {
    const loader = remembered(
      this.single,
      kind,
      () =>
        new DataLoader<number, unknown>(async (ids) => {
          const items = new Map((await load(ids)).map((item) => [item.id, item]));
          return ids.map((wanted) => items.get(wanted) ?? null);
        }),
    );
    return (await loader.load(id)) as Item | null;
  }

  private async pagesOf(ids: readonly number[], query: RecordQuery, window: Window<number>): Promise<Page<Row>[]> {
    const direction = directionOf(window);
    const rows = await this.live.rows(
      sql`SELECT * FROM (
        SELECT ${query.columns}, row_number() OVER (PARTITION BY r.employee_id ORDER BY r.id ${direction}) AS place
        FROM ${query.from} WHERE r.employee_id IN (${join([...ids])}) AND ${within(query, window)}) placed
        WHERE place <= ${window.size + 1}`,
      sql`data.id ${direction}`,
    );
    const groups = new Map<number, Row[]>(ids.map((id) => [id, []]));
    for (const row of rows) groups.get(row['employee_id'] as number)?.push(row);
    return ids.map((id) => pageOf(groups.get(id) ?? [], window));
  }

  private async countsOf(ids: readonly number[], query: RecordQuery): Promise<number[]> {
    const rows = await this.live.rows(
      sql`SELECT r.employee_id, count(*) AS total FROM ${query.from}
        WHERE r.employee_id IN (${join([...ids])}) AND ${query.where} GROUP BY r.employee_id`,
    );
    const totals = new Map(rows.map((row) => [row['employee_id'] as number, Number(row['total'])]));
    return ids.map((id) => totals.get(id) ?? 0);
  }
}

function remembered<Value>(values: Map<string, Value>, key: string, make: () => Value): Value {
  const value = values.get(key) ?? make();
  values.set(key, value);
  return value;
}

function directionOf({ isFromEnd }: Window<number>): Sql {
  return raw(isFromEnd ? 'DESC' : 'ASC');
}

/** The records that are meant, as far as they stand inside the window, whose ends are ids. */
export function within({ where }: Pick<RecordQuery, 'where'>, { after, before }: Window<number>): Sql {
  const start = after === undefined ? empty : sql`AND r.id > ${after}`;
  const end = before === undefined ? empty : sql`AND r.id < ${before}`;
  return sql`${where} ${start} ${end}`;
}

function pageOf(rows: readonly Row[], { size, isFromEnd }: Window<number>): Page<Row> {
  const page = cut(rows, size);
  return isFromEnd ? { ...page, items: page.items.toReversed() } : page;
}
