import type { TargetOptions } from '../importing/import-map';
import { readName, readPersonId, type PersonioAttribute } from './personio-answer';

/** How an attribute of Personio becomes one of the catalogue. */
export interface StandardAttribute {
  readonly target: TargetOptions;
  /** @returns the value as a cell of a JSON file has it */
  readonly cell: (attribute: PersonioAttribute, currency: string | undefined) => unknown;
}

/** Those that the gateway keeps itself. */
export const KEPT_HERE: ReadonlySet<string> = new Set(['created_at', 'last_modified_at']);

const TERMINATION_TYPES = {
  employee: 'EMPLOYEE',
  employer: 'EMPLOYER',
  mutual: 'MUTUAL',
  'contract-end': 'CONTRACT_END',
  'temporary-contract': 'CONTRACT_END',
  retirement: 'RETIREMENT',
  '*': 'OTHER',
};

/** By Personio's names. */
export const STANDARD_ATTRIBUTES: ReadonlyMap<string, StandardAttribute> = new Map([
  ['first_name', as('firstName', plain)],
  ['last_name', as('lastName', plain)],
  ['preferred_name', as('preferredName', plain)],
  ['email', as('email', plain)],
  ['gender', as('gender', plain, { values: { undefined: 'UNDISCLOSED', unknown: 'UNDISCLOSED' } })],
  ['status', as('status', plain)],
  ['position', as('position', plain)],
  ['supervisor', as('supervisor', ({ value }) => readPersonId(value))],
  ['employment_type', as('employmentType', plain)],
  ['weekly_working_hours', as('weeklyWorkingHours', plain)],
  ['hire_date', as('hireDate', day)],
  ['contract_end_date', as('contractEndDate', day)],
  ['termination_date', as('terminationDate', day)],
  ['termination_type', as('terminationType', plain, { values: TERMINATION_TYPES })],
  ['termination_reason', as('terminationReason', plain)],
  ['probation_period_end', as('probationPeriodEnd', day)],
  ['last_working_day', as('lastWorkingDay', day)],
  ['subcompany', as('subcompany', name)],
  ['office', as('office', name)],
  ['department', as('department', name)],
  ['team', as('team', name)],
  ['cost_centers', as('costCenters', listOf('name', 'name', 'percentage', 'percentage'))],
  ['holiday_calendar', as('holidayCalendar', name)],
  ['work_schedule', as('workSchedule', name)],
  ['absence_entitlement', as('absenceEntitlement', listOf('type', 'name', 'days', 'entitlement'))],
  ['vacation_day_balance', as('vacationDayBalance', plain)],
  ['fix_salary', as('fixSalary', money)],
  ['fix_salary_interval', as('fixSalaryInterval', plain)],
  ['hourly_salary', as('hourlySalary', money)],
  ['profile_picture', as('profilePicture', plain)],
]);

function as(
  attribute: string,
  cell: StandardAttribute['cell'],
  options: Partial<TargetOptions> = {},
): StandardAttribute {
  return { target: { attribute, ...options }, cell };
}

function plain({ value }: PersonioAttribute): unknown {
  return value ?? null;
}

function name({ value }: PersonioAttribute): unknown {
  return readName(value);
}

/** Days come as midnights in the company's own time zone, so the day is what stands there. */
export function day({ value }: Pick<PersonioAttribute, 'value'>): unknown {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}(T|$)/.test(value) ? value.slice(0, 10) : (value ?? null);
}

// Personio tells 0 where nothing was entered, and often no currency: then there is no amount.
function money({ value, currency: own }: PersonioAttribute, currency: string | undefined): unknown {
  const code = own || currency;
  if (value === null || value === undefined || value === '') return null;
  if (code === undefined) return Number(value) === 0 ? null : value;
  return { amount: value, currency: code };
}

function listOf(
  textKey: string,
  textMember: string,
  numberKey: string,
  numberMember: string,
): StandardAttribute['cell'] {
  return ({ value }) => {
    if (!Array.isArray(value)) return value ?? null;
    return value.map((item: unknown) => {
      const members = membersOf(item);
      return { [textKey]: members[textMember], [numberKey]: members[numberMember] ?? 0 };
    });
  };
}

function membersOf(item: unknown): Record<string, unknown> {
  const attributes = typeof item === 'object' && item !== null && 'attributes' in item ? item.attributes : undefined;
  return typeof attributes === 'object' && attributes !== null ? (attributes as Record<string, unknown>) : {};
}
