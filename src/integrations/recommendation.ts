import type { SystemAttributeKey } from '../attributes/system-attributes';
import type { Module } from '../permissions/grants';
import type { Boxes } from './integration';

/** What a kind of integration usually needs. */
export interface Recommendation {
  readonly category: string;
  readonly modules: ReadonlyMap<Module, Boxes>;
  readonly attributes: readonly SystemAttributeKey[];
}

const READ: Boxes = { read: true, write: false };
const READ_AND_WRITE: Boxes = { read: true, write: true };

const NAME: readonly SystemAttributeKey[] = ['firstName', 'lastName', 'preferredName', 'email'];
const PLACE: readonly SystemAttributeKey[] = ['position', 'department', 'team', 'office', 'supervisor'];
const READS_EMPLOYEES: ReadonlyMap<Module, Boxes> = new Map([['EMPLOYEES', READ]]);

/** By kind. As little as the kind can do its work with: what is missing is added faster than what leaked is taken back. */
export const RECOMMENDATIONS = {
  PAYROLL: {
    category: 'Payroll',
    modules: new Map<Module, Boxes>([
      ['EMPLOYEES', READ],
      ['ABSENCES', READ],
      ['ATTENDANCES', READ],
    ]),
    attributes: [
      'firstName',
      'lastName',
      'status',
      'employmentType',
      'weeklyWorkingHours',
      'hireDate',
      'contractEndDate',
      'terminationDate',
      'lastWorkingDay',
      'subcompany',
      'costCenters',
      'fixSalary',
      'fixSalaryInterval',
      'hourlySalary',
    ],
  },
  IDENTITY: {
    category: 'Identity and access',
    modules: READS_EMPLOYEES,
    attributes: [...NAME, ...PLACE, 'status', 'hireDate', 'lastWorkingDay'],
  },
  RECRUITING: {
    category: 'Recruiting',
    modules: new Map([['EMPLOYEES', READ_AND_WRITE]]),
    attributes: [...NAME, ...PLACE, 'hireDate', 'employmentType'],
  },
  TIME: {
    category: 'Time and shifts',
    modules: new Map<Module, Boxes>([
      ['EMPLOYEES', READ],
      ['ABSENCES', READ_AND_WRITE],
      ['ATTENDANCES', READ_AND_WRITE],
    ]),
    attributes: [...NAME, 'status', 'team', 'office', 'weeklyWorkingHours', 'workSchedule', 'holidayCalendar'],
  },
  COLLABORATION: {
    category: 'Collaboration',
    modules: new Map<Module, Boxes>([
      ['EMPLOYEES', READ],
      ['ABSENCES', READ],
    ]),
    attributes: [...NAME, ...PLACE],
  },
  AUTOMATION: { category: 'Automation', modules: READS_EMPLOYEES, attributes: [...NAME, 'status'] },
  LEARNING: {
    category: 'Learning',
    modules: READS_EMPLOYEES,
    attributes: [...NAME, ...PLACE, 'status', 'hireDate'],
  },
  PERFORMANCE: {
    category: 'Performance and engagement',
    modules: READS_EMPLOYEES,
    attributes: [...NAME, ...PLACE, 'status', 'hireDate', 'probationPeriodEnd'],
  },
  EXPENSES: {
    category: 'Travel and expenses',
    modules: READS_EMPLOYEES,
    attributes: [...NAME, 'status', 'department', 'supervisor', 'subcompany', 'costCenters'],
  },
  BENEFITS: {
    category: 'Benefits',
    modules: READS_EMPLOYEES,
    attributes: [...NAME, 'status', 'office', 'subcompany', 'hireDate', 'lastWorkingDay'],
  },
  SERVICE: {
    category: 'Service and signing',
    modules: READS_EMPLOYEES,
    attributes: [...NAME, ...PLACE, 'status'],
  },
  ANALYTICS: {
    category: 'Analytics',
    modules: new Map<Module, Boxes>([
      ['EMPLOYEES', READ],
      ['ABSENCES', READ],
    ]),
    attributes: [
      'status',
      'employmentType',
      'hireDate',
      'lastWorkingDay',
      'department',
      'team',
      'office',
      'subcompany',
    ],
  },
} as const satisfies Record<string, Recommendation>;

export type IntegrationKind = keyof typeof RECOMMENDATIONS;
