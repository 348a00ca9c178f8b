import sql, { join, raw } from 'sql-template-tag';
import { customKey, customName, isCustomKey, type AttributeKey } from '../attributes/attribute';
import { systemAttribute, type SystemAttributeKey } from '../attributes/system-attributes';
import { toAttributeValue } from '../employees/custom-value';
import { EMPLOYEE_COLUMNS } from '../employees/employee-columns';
import { toEmployee, type EmployeeRecord } from '../employees/employee-record';
import type { Run } from '../store/statement';

/** A person as far as a preview shows one: texts, by attribute. */
export interface PreviewedPerson {
  readonly name: string;
  readonly values: ReadonlyMap<AttributeKey, string | null>;
}

/** @param keys nothing else is read */
export async function readPerson(run: Run, id: number, keys: readonly AttributeKey[]): Promise<PreviewedPerson | null> {
  const system = keys.filter((key) => !isCustomKey(key)) as SystemAttributeKey[];
  const columns = new Set(['id', ...system.flatMap((key) => EMPLOYEE_COLUMNS[key])]);
  const [row] = await run(
    sql`SELECT ${join([...columns].map((column) => raw(column)))} FROM employee WHERE id = ${id}`,
  );
  if (!row) return null;
  const employee = toEmployee(row);
  const values = new Map<AttributeKey, string | null>(system.map((key) => [key, textOf(employee[key])]));
  for (const key of system.filter(isUnit)) values.set(key, await unitName(run, key, employee));
  if (system.includes('costCenters')) values.set('costCenters', await costCenters(run, id));
  for (const [key, value] of await customValues(run, id, keys.filter(isCustomKey))) values.set(key, value);
  return { name: nameOf(employee, system), values };
}

// The name is a value like any other: it is told when it is visible.
function nameOf(employee: EmployeeRecord, keys: readonly SystemAttributeKey[]): string {
  const isVisible = (['firstName', 'lastName', 'preferredName'] as const).every((key) => keys.includes(key));
  const { displayName } = employee as EmployeeRecord & { readonly displayName?: string | null };
  return (isVisible ? displayName : null) ?? `Employee ${employee.id}`;
}

function isUnit(key: SystemAttributeKey): boolean {
  return systemAttribute(key)?.type === 'ORGANIZATION_UNIT';
}

/** @param kind names the table as well */
async function unitName(run: Run, kind: SystemAttributeKey, employee: EmployeeRecord): Promise<string | null> {
  const [row] = await run(sql`SELECT name FROM ${raw(kind)} WHERE id = ${employee[kind] ?? null}`);
  return (row?.['name'] as string | undefined) ?? null;
}

async function costCenters(run: Run, employeeId: number): Promise<string | null> {
  const rows = await run(
    sql`SELECT c.name, s.percentage FROM employee_cost_center s JOIN cost_center c ON c.id = s.cost_center_id
      WHERE s.employee_id = ${employeeId} ORDER BY c.name`,
  );
  return rows.map((row) => `${String(row['name'])} ${String(row['percentage'])} %`).join(', ') || null;
}

async function customValues(
  run: Run,
  employeeId: number,
  keys: readonly AttributeKey[],
): Promise<[key: AttributeKey, value: string | null][]> {
  if (keys.length === 0) return [];
  const rows = await run(
    sql`SELECT a.name, a.type, v.text_value, v.number_value FROM custom_attribute a
      JOIN employee_custom_value v ON v.attribute_id = a.id AND v.employee_id = ${employeeId}
      WHERE a.retired_at IS NULL AND a.name IN (${join(keys.map(customName))})`,
  );
  return rows.map((row) => [customKey(row['name'] as string), textOf(toAttributeValue(row['type'] as string, row))]);
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(textOf).join(', ') || null;
  // Money and entitlements: their parts, one after the other.
  if (typeof value === 'object') return Object.values(value).map(textOf).join(' ');
  return `${value as string | number | boolean}`;
}
