import { EMPLOYEE_COLUMNS } from './employee-columns';

/** A person as far as an operation has read them: attributes that it may not read, or did not select, are undefined. */
export interface EmployeeRecord {
  readonly id: number;
  readonly [attribute: string]: unknown;
}

interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** @param row with the columns of `EMPLOYEE_COLUMNS`, or some of them */
export function toEmployee(row: Readonly<Record<string, unknown>>): EmployeeRecord {
  return {
    ...attributesOf(row),
    id: row['id'] as number,
    version: row['version'],
    displayName: displayName(row),
    absenceEntitlement: parsed(row['absence_entitlement']),
    fixSalary: money(row['fix_salary_amount'], row['fix_salary_currency']),
    hourlySalary: money(row['hourly_salary_amount'], row['hourly_salary_currency']),
  };
}

const SINGLE_COLUMNS: readonly (readonly [attribute: string, column: string])[] = Object.entries(
  EMPLOYEE_COLUMNS,
).flatMap(([attribute, [column, ...more]]) =>
  column !== undefined && more.length === 0 ? [[attribute, column] as const] : [],
);

function attributesOf(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(SINGLE_COLUMNS.map(([attribute, column]) => [attribute, row[column]]));
}

function displayName(row: Readonly<Record<string, unknown>>): string | null {
  const name = [row['preferred_name'] ?? row['first_name'], row['last_name']].filter(Boolean).join(' ');
  return name || null;
}

function money(amount: unknown, currency: unknown): Money | null {
  return typeof amount === 'number' && typeof currency === 'string' ? { amount, currency } : null;
}

function parsed(json: unknown): unknown {
  return typeof json === 'string' ? (JSON.parse(json) as unknown) : null;
}
