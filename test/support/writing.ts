import sql, { raw } from 'sql-template-tag';
import {
  requireSystemAttribute,
  SYSTEM_ATTRIBUTES,
  type SystemAttributeKey,
} from '../../src/attributes/system-attributes';
import type { TestCredential, TestGateway } from './gateway';

export const WRITABLE: readonly SystemAttributeKey[] = SYSTEM_ATTRIBUTES.filter(({ readOnly }) => !readOnly).map(
  ({ key }) => key,
);

/** A good value of every attribute that can be written, and what reading it gives. */
export function goodValue(key: SystemAttributeKey): unknown {
  const attribute = requireSystemAttribute(key);
  switch (attribute.type) {
    case 'LIST':
      return attribute.options[0];
    case 'DECIMAL':
      return 12.5;
    case 'DATE':
      return '2031-02-03';
    case 'EMPLOYEE':
      return '1';
    case 'MONEY':
      return { amount: 98_765.25, currency: 'EUR' };
    case 'COST_CENTERS':
      return [{ name: 'Observatory', percentage: 62.5 }];
    case 'ABSENCE_ENTITLEMENT':
      return [{ type: 'Observation', days: 17 }];
    case 'LINK':
      return 'https://observatory.example/picture.png';
    case 'TEXT':
    case 'MULTILINE':
    case 'ORGANIZATION_UNIT':
    case 'TAGS':
    case 'INTEGER':
    case 'BOOLEAN':
    case 'ID':
    case 'DATE_TIME':
      return key === 'email' ? 'written@observatory.example' : `Written ${key}`;
  }
}

const SELECTIONS: Readonly<Partial<Record<SystemAttributeKey, string>>> = {
  supervisor: 'supervisor { id }',
  subcompany: 'subcompany { name }',
  office: 'office { name }',
  department: 'department { name }',
  team: 'team { name }',
  costCenters: 'costCenters { name percentage }',
  absenceEntitlement: 'absenceEntitlement { type days }',
  fixSalary: 'fixSalary { amount currency }',
  hourlySalary: 'hourlySalary { amount currency }',
};

export function selectionOf(key: SystemAttributeKey): string {
  return SELECTIONS[key] ?? key;
}

/** What reading gives of a good value. */
export function readBack(key: SystemAttributeKey): unknown {
  const value = goodValue(key);
  if (key === 'supervisor') return { id: value };
  return ['subcompany', 'office', 'department', 'team'].includes(key) ? { name: value } : value;
}

export async function countOf({ house }: TestGateway, table: string): Promise<number> {
  const [row] = await house.store.read(sql`SELECT count(*) AS total FROM ${raw(table)}`);
  return Number(row?.['total']);
}

/** Everything that is stored of people, so that "nothing was written" can be shown. */
export async function storedPeople({ house }: TestGateway): Promise<string> {
  const tables = ['employee', 'employee_custom_value', 'employee_cost_center', 'employee_change', 'department', 'team'];
  const rows = [];
  for (const table of tables) rows.push(await house.store.read(sql`SELECT * FROM ${raw(table)} ORDER BY 1, 2`));
  return JSON.stringify(rows);
}

const TEXT_FIELDS = 'employee { id firstName version } userErrors { field code message }';

export const CREATE = `mutation ($values: EmployeeInput!, $number: String, $key: String) {
  createEmployee(values: $values, personnelNumber: $number, idempotencyKey: $key) { ${TEXT_FIELDS} } }`;
export const UPDATE = `mutation ($id: ID!, $values: EmployeeInput!, $version: Int, $key: String) {
  updateEmployee(id: $id, values: $values, version: $version, idempotencyKey: $key) { ${TEXT_FIELDS} } }`;
export const UPSERT = `mutation ($rows: [UpsertEmployeeInput!]!, $mode: WriteMode, $key: String) {
  upsertEmployees(rows: $rows, mode: $mode, idempotencyKey: $key) {
    applied rows { index status employee { id firstName } userErrors { field code message } } } }`;

export interface WriterOptions {
  readonly readable?: readonly string[];
  readonly writable?: readonly string[];
}

/** A credential that may write people; both lists are everything when they are left out. */
export function writer(gateway: TestGateway, { readable, writable }: WriterOptions = {}): Promise<TestCredential> {
  const everything = [
    ...SYSTEM_ATTRIBUTES.map(({ key }) => key),
    'custom.shirtSize',
    'custom.laptopCount',
    'custom.remote',
  ];
  return gateway.credential({
    read: ['EMPLOYEES'],
    write: ['EMPLOYEES'],
    attributes: readable ?? everything,
    writable: writable ?? everything,
  });
}
