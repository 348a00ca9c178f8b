import sql, { bulk, join, raw, type Sql } from 'sql-template-tag';
import type { Run } from '../../store/statement';
import type { Row } from '../../store/store';
import type { ColumnValue, CustomColumns, Layout, StoredEmployee } from './stored-employee';

/** A person to be written. */
export interface EmployeeRow {
  readonly personnelNumber: string | null;
  readonly employee: StoredEmployee;
}

export interface ChangedRow extends EmployeeRow {
  readonly id: number;
}

/**
 * The statements that write people, all of them in one transaction, each for a batch of people who are given the same
 * attributes. The import and the API write through the same ones.
 */
export class EmployeeRows {
  constructor(
    private readonly run: Run,
    private readonly layout: Layout,
    /** Of the custom attributes that are given. */
    private readonly attributeIds: readonly number[],
  ) {}

  /** What could change of these people, by their ids. */
  async read(ids: readonly number[]): Promise<ReadonlyMap<number, StoredEmployee>> {
    if (ids.length === 0) return new Map();
    // Who writes something else may not be one who may read the supervisor.
    const supervisor = this.layout.hasSupervisor ? ['supervisor_id'] : [];
    const columns = join(['id', ...supervisor, ...this.layout.columns].map(raw));
    const rows = await this.run(sql`SELECT ${columns} FROM employee WHERE id IN (${join([...ids])})`);
    const custom = await this.readCustom(ids);
    const costCenters = await this.readCostCenters(ids);
    return new Map(
      rows.map((row) => {
        const id = row['id'] as number;
        return [id, this.employeeOf(row, custom.get(id) ?? [], costCenters.get(id) ?? [])];
      }),
    );
  }

  /** Creates people, whose ids ascend in this order. */
  async create(rows: readonly EmployeeRow[], now: string): Promise<void> {
    const values = rows.map(({ personnelNumber, employee }) => [personnelNumber, ...employee.columns, now, now]);
    for (const part of batches(values)) {
      await this.run(sql`INSERT INTO employee (${this.written()}) VALUES ${bulk(part)}`);
    }
  }

  /** @returns the id of one new person, who need not have a personnel number to be found by */
  async createOne({ personnelNumber, employee }: EmployeeRow, now: string): Promise<number> {
    const values = [personnelNumber, ...employee.columns, now, now];
    // TypeORM gives back the rows of an INSERT on both databases only if it does not recognise the statement as one.
    const [row] = await this.run(
      sql`WITH given AS (SELECT 1) INSERT INTO employee (${this.written()}) VALUES ${bulk([values])} RETURNING id`,
    );
    return row?.['id'] as number;
  }

  /** Changes people who exist, in the order of their ids, as everybody holds people. They keep when they were created. */
  async change(rows: readonly ChangedRow[], now: string): Promise<void> {
    // An insert that always meets the row it changes: no other statement changes many rows differently on both databases
    // without a type for each parameter. It tells the ids, so that it uses up no new ones.
    const values = [...rows]
      .sort((one, other) => one.id - other.id)
      .map(({ id, personnelNumber, employee }) => [id, personnelNumber, ...employee.columns, now, now]);
    const changed = [...this.layout.columns, 'last_modified_at'].map((column) => raw(`${column} = excluded.${column}`));
    const version = raw('version = employee.version + 1');
    for (const part of batches(values)) {
      await this.run(
        sql`INSERT INTO employee (id, ${this.written()}) VALUES ${bulk(part)}
          ON CONFLICT (id) DO UPDATE SET ${join([...changed, version])}`,
      );
    }
  }

  private written(): Sql {
    return join(['personnel_number', ...this.layout.columns, 'created_at', 'last_modified_at'].map(raw));
  }

  async idsOf(personnelNumbers: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (personnelNumbers.length === 0) return new Map();
    const rows = await this.run(
      sql`SELECT id, personnel_number FROM employee WHERE personnel_number IN (${join([...personnelNumbers])})`,
    );
    return new Map(rows.map((row) => [row['personnel_number'] as string, row['id'] as number]));
  }

  /** Replaces the custom values that are given. */
  async writeCustom(people: ReadonlyMap<number, StoredEmployee>): Promise<void> {
    if (people.size === 0 || this.attributeIds.length === 0) return;
    await this.run(
      sql`DELETE FROM employee_custom_value WHERE employee_id IN (${join([...people.keys()])})
        AND attribute_id IN (${join([...this.attributeIds])})`,
    );
    const values = [...people].flatMap(([id, { custom }]) => [...custom].map((entry) => customRow(id, entry)));
    for (const part of batches(values)) {
      await this.run(
        sql`INSERT INTO employee_custom_value (employee_id, attribute_id, text_value, number_value) VALUES ${bulk(part)}`,
      );
    }
  }

  /** Replaces the shares of cost centers. */
  async writeCostCenters(people: ReadonlyMap<number, StoredEmployee>): Promise<void> {
    if (people.size === 0 || !this.layout.hasCostCenters) return;
    await this.run(sql`DELETE FROM employee_cost_center WHERE employee_id IN (${join([...people.keys()])})`);
    const values = [...people].flatMap(([id, { costCenters }]) => [...costCenters].map((share) => [id, ...share]));
    for (const part of batches(values)) {
      await this.run(
        sql`INSERT INTO employee_cost_center (employee_id, cost_center_id, percentage) VALUES ${bulk(part)}`,
      );
    }
  }

  /** @param supervisors each person's id with the supervisor's */
  async writeSupervisors(supervisors: readonly (readonly [id: number, supervisorId: number | null])[]): Promise<void> {
    for (const part of batches(supervisors)) {
      // PostgreSQL would take untyped parameters of a VALUES list for texts.
      const values = part.map(([id, supervisorId]) => sql`(CAST(${id} AS integer), CAST(${supervisorId} AS integer))`);
      await this.run(
        sql`WITH given(id, supervisor_id) AS (VALUES ${join(values)})
          UPDATE employee SET supervisor_id = given.supervisor_id FROM given WHERE employee.id = given.id`,
      );
    }
  }

  private async readCustom(ids: readonly number[]): Promise<ReadonlyMap<number, readonly Row[]>> {
    if (this.attributeIds.length === 0) return new Map();
    return this.byEmployee(
      sql`SELECT employee_id, attribute_id, text_value, number_value FROM employee_custom_value
        WHERE attribute_id IN (${join([...this.attributeIds])}) AND employee_id IN (${join([...ids])})`,
    );
  }

  private async readCostCenters(ids: readonly number[]): Promise<ReadonlyMap<number, readonly Row[]>> {
    if (!this.layout.hasCostCenters) return new Map();
    return this.byEmployee(
      sql`SELECT employee_id, cost_center_id, percentage FROM employee_cost_center
        WHERE employee_id IN (${join([...ids])})`,
    );
  }

  private async byEmployee(select: Sql): Promise<ReadonlyMap<number, readonly Row[]>> {
    const people = new Map<number, Row[]>();
    for (const row of await this.run(select)) {
      const id = row['employee_id'] as number;
      const rows = people.get(id);
      if (rows) rows.push(row);
      else people.set(id, [row]);
    }
    return people;
  }

  private employeeOf(row: Row, custom: readonly Row[], costCenters: readonly Row[]): StoredEmployee {
    return {
      columns: this.layout.columns.map((column) => row[column] as ColumnValue),
      custom: new Map(custom.map((value) => [value['attribute_id'] as number, customOf(value)])),
      costCenters: new Map(
        costCenters.map((share) => [share['cost_center_id'] as number, share['percentage'] as number]),
      ),
      supervisorId: this.layout.hasSupervisor ? (row['supervisor_id'] as number | null) : null,
    };
  }
}

function customOf(row: Row): CustomColumns {
  return { textValue: row['text_value'] as string | null, numberValue: row['number_value'] as number | null };
}

function customRow(id: number, [attributeId, value]: readonly [number, CustomColumns]): ColumnValue[] {
  return [id, attributeId, value.textValue, value.numberValue];
}

/** Rows per statement, of few values each. */
const MOST_ROWS = 2_000;
/** Values per statement: SQLite binds 32,766, and PostgreSQL 65,535. */
const MOST_VALUES = 30_000;

/** @param rows all of the same length */
function batches<Item extends readonly unknown[]>(rows: readonly Item[]): readonly (readonly Item[])[] {
  const size = Math.min(MOST_ROWS, Math.floor(MOST_VALUES / (rows[0]?.length ?? 1)));
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => rows.slice(at * size, (at + 1) * size));
}
