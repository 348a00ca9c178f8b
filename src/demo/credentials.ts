import type { SystemAttributeKey } from '../attributes/system-attributes';
import type { CredentialDraft } from '../credentials/credential';
import { NO_GRANTS, type Module } from '../permissions/grants';

const PAYROLL: readonly SystemAttributeKey[] = [
  'firstName',
  'lastName',
  'preferredName',
  'email',
  'status',
  'employmentType',
  'hireDate',
  'contractEndDate',
  'subcompany',
  'department',
  'costCenters',
  'weeklyWorkingHours',
  'fixSalary',
  'fixSalaryInterval',
  'hourlySalary',
];

const STAFF_DIRECTORY: readonly SystemAttributeKey[] = [
  'firstName',
  'lastName',
  'preferredName',
  'email',
  'position',
  'department',
  'team',
  'office',
  'supervisor',
];

const TIME_TRACKING: readonly SystemAttributeKey[] = ['firstName', 'lastName', 'weeklyWorkingHours', 'workSchedule'];

/** Three credentials that show what a list does: one with pay, one without, and one that is switched off. */
export const DEMO_CREDENTIALS: readonly CredentialDraft[] = [
  reader('Payroll', PAYROLL),
  reader('Staff directory', STAFF_DIRECTORY),
  { ...reader('Old time tracking', TIME_TRACKING, ['EMPLOYEES', 'ATTENDANCES']), enabled: false },
];

function reader(
  name: string,
  attributes: readonly SystemAttributeKey[],
  modules: readonly Module[] = ['EMPLOYEES'],
): CredentialDraft {
  const boxes = Object.fromEntries(modules.map((module) => [module, { read: true, write: false }]));
  return {
    name,
    enabled: true,
    expiresAt: null,
    denialMode: 'NULL_AND_ERROR',
    grants: {
      modules: { ...NO_GRANTS.modules, ...boxes },
      attributes: { read: new Set(attributes), write: new Set() },
    },
  };
}
