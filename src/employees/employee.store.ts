import DataLoader from 'dataloader';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { customName, isCustomKey, type AttributeKey } from '../attributes/attribute';
import type { AttributeValue } from '../attributes/scalars';
import type { SystemAttributeKey } from '../attributes/system-attributes';
import type { LiveReader } from '../authentication/live.store';
import type { OrganizationUnitKind } from '../organization/organization-unit.entity';
import { cut, type Page } from '../pagination/page';
import type { Window } from '../pagination/window';
import type { Row } from '../store/store';
import { toAttributeValue } from './custom-value';
import { EMPLOYEE_COLUMNS } from './employee-columns';
import { toEmployee, type EmployeeRecord } from './employee-record';
import { all, any } from './find/condition.store';
import {
  anchorsOf,
  assertPresent,
  countOf,
  isAfter,
  orderBy,
  reversed,
  within,
  type OrderTerm,
} from './find/employee-order.store';
import type { EmployeeQuery } from './find/employee-query.store';

export interface UnitRecord {
  readonly id: number;
  readonly name: string;
}

export interface CostCenterShareRecord extends UnitRecord {
  readonly percentage: number;
}

export interface CustomValueRecord {
  readonly type: string;
  readonly value: AttributeValue | null;
}

/**
 * Reads people for one operation: only columns that the operation selects and may read, in statements that carry the live
 * check. What is loaded is shared within the operation and with nobody else.
 */
export class EmployeeReader {
  private readonly columns: Sql;
  private readonly customNames: readonly string[];

  /** @param attributes what the gate found selected and granted */
  constructor(
    private readonly live: LiveReader,
    attributes: ReadonlySet<AttributeKey>,
  ) {
    this.columns = columnsOf(attributes);
    this.customNames = [...attributes].filter(isCustomKey).map(customName);
  }

  get dialect(): LiveReader['dialect'] {
    return this.live.dialect;
  }

  /** @throws GatewayError BAD_USER_INPUT when the person of a cursor is gone */
  async page({ where, order }: EmployeeQuery, window: Window<number>): Promise<Page<EmployeeRecord>> {
    const direction = window.isFromEnd ? reversed(order) : order;
    const places = direction.map(({ value }, index) => sql`${value('e')} AS ${raw(placeName(index))}`);
    const rows = await this.live.rows(
      sql`SELECT ${join([this.columns, ...places], ', ')} FROM employee e WHERE ${all([where, ...within(order, window)])}
        ORDER BY ${orderBy(direction, 'e')} LIMIT ${window.size + 1}`,
      orderByPlaces(direction),
    );
    await this.assertPresent(anchorsOf(order, window));
    const page = cut(rows.map(toEmployee), window.size);
    for (const employee of page.items) this.byId.prime(employee.id, employee);
    return window.isFromEnd ? { ...page, items: page.items.toReversed() } : page;
  }

  // Behind the page: no id is given twice, so whoever is there now was there when it was read.
  private async assertPresent(anchors: readonly number[]): Promise<void> {
    if (anchors.length === 0) return;
    const [row] = await this.live.rows(sql`SELECT ${countOf(anchors)} AS present`);
    assertPresent(anchors, row?.['present']);
  }

  async count({ where }: EmployeeQuery): Promise<number> {
    const [row] = await this.live.rows(sql`SELECT count(*) AS total FROM employee e WHERE ${where}`);
    return Number(row?.['total'] ?? 0);
  }

  /** Whether anybody stands at the place of `anchor` or further in this direction. */
  async existsFrom(query: EmployeeQuery, anchor: number, direction: 'onwards' | 'backwards'): Promise<boolean> {
    const order = direction === 'onwards' ? query.order : reversed(query.order);
    const place = any([isAfter(order, 'e', anchor), sql`e.id = ${anchor}`]);
    const rows = await this.live.rows(sql`SELECT e.id FROM employee e WHERE ${all([query.where, place])} LIMIT 1`);
    return rows.length > 0;
  }

  /** @returns null when nobody has this id */
  employee(id: number): Promise<EmployeeRecord | null> {
    return this.byId.load(id);
  }

  unit(kind: OrganizationUnitKind, id: number): Promise<UnitRecord | null> {
    return this.units[kind].load(id);
  }

  costCenters(employeeId: number): Promise<readonly CostCenterShareRecord[]> {
    return this.costCentersByEmployee.load(employeeId);
  }

  /** The person's granted custom attributes by name; granted ones without a value are there with null. */
  customValues(employeeId: number): Promise<ReadonlyMap<string, CustomValueRecord>> {
    return this.customByEmployee.load(employeeId);
  }

  private readonly byId = new DataLoader<number, EmployeeRecord | null>(async (ids) => {
    const rows = await this.live.rows(sql`SELECT ${this.columns} FROM employee e WHERE e.id IN (${join([...ids])})`);
    return inOrder(ids, rows.map(toEmployee), ({ id }) => id);
  });

  private readonly units: Readonly<Record<OrganizationUnitKind, DataLoader<number, UnitRecord | null>>> = {
    subcompany: this.unitLoader('subcompany'),
    office: this.unitLoader('office'),
    department: this.unitLoader('department'),
    team: this.unitLoader('team'),
  };

  private unitLoader(table: OrganizationUnitKind): DataLoader<number, UnitRecord | null> {
    return new DataLoader(async (ids) => {
      const rows = await this.live.rows(sql`SELECT id, name FROM ${raw(table)} WHERE id IN (${join([...ids])})`);
      return inOrder(ids, rows as unknown as UnitRecord[], ({ id }) => id);
    });
  }

  private readonly costCentersByEmployee = new DataLoader<number, readonly CostCenterShareRecord[]>(async (ids) => {
    const rows = await this.live.rows(
      sql`SELECT s.employee_id, c.id, c.name, s.percentage FROM employee_cost_center s
        JOIN cost_center c ON c.id = s.cost_center_id WHERE s.employee_id IN (${join([...ids])})`,
      sql`data.employee_id, data.id`,
    );
    const shares = byEmployee(rows);
    return ids.map((id) => (shares.get(id) ?? []) as unknown as CostCenterShareRecord[]);
  });

  private readonly customByEmployee = new DataLoader<number, ReadonlyMap<string, CustomValueRecord>>(async (ids) => {
    if (this.customNames.length === 0) return ids.map(() => new Map());
    const rows = await this.live.rows(
      sql`SELECT a.name, a.type, v.employee_id, v.text_value, v.number_value FROM custom_attribute a
        LEFT JOIN employee_custom_value v ON v.attribute_id = a.id AND v.employee_id IN (${join([...ids])})
        WHERE a.retired_at IS NULL AND a.name IN (${join([...this.customNames])})`,
      sql`data.name`,
    );
    const unset = new Map(rows.map((row) => [row['name'] as string, { type: row['type'] as string, value: null }]));
    const values = byEmployee(rows);
    return ids.map((id) => new Map<string, CustomValueRecord>([...unset, ...(values.get(id) ?? []).map(customValue)]));
  });
}

function placeName(index: number): string {
  return `place_${index}`;
}

function orderByPlaces(order: readonly OrderTerm[]): Sql {
  return join(
    order.map(({ direction, nulls }, index) => raw(`data.${placeName(index)} ${direction} NULLS ${nulls}`)),
    ', ',
  );
}

function columnsOf(attributes: ReadonlySet<AttributeKey>): Sql {
  const keys = [...attributes].filter((key) => !isCustomKey(key)) as SystemAttributeKey[];
  // A version tells what lastModifiedAt tells, and nothing more.
  const version = attributes.has('lastModifiedAt') ? ['version'] : [];
  const columns = new Set(['id', ...version, ...keys.flatMap((key) => EMPLOYEE_COLUMNS[key])]);
  return join(
    [...columns].map((column) => raw(`e.${column}`)),
    ', ',
  );
}

function customValue(row: Row): [name: string, value: CustomValueRecord] {
  const type = row['type'] as string;
  return [row['name'] as string, { type, value: toAttributeValue(type, row) }];
}

function byEmployee(rows: readonly Row[]): ReadonlyMap<unknown, readonly Row[]> {
  const groups = new Map<unknown, Row[]>();
  for (const row of rows) {
    const group = groups.get(row['employee_id']);
    if (group) group.push(row);
    else groups.set(row['employee_id'], [row]);
  }
  return groups;
}

function inOrder<Item>(ids: readonly number[], items: readonly Item[], idOf: (item: Item) => number): (Item | null)[] {
  const found = new Map(items.map((item) => [idOf(item), item]));
  return ids.map((id) => found.get(id) ?? null);
}
