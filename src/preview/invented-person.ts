import type { Attribute, AttributeKey } from '../attributes/attribute';
import type { SystemAttributeKey } from '../attributes/system-attributes';

export const INVENTED_NAME = 'Alex Beispiel';

/** Nobody. Every attribute has a value, so that whatever is visible shows. */
const VALUES: Readonly<Record<SystemAttributeKey, string>> = {
  id: '0',
  firstName: 'Alexandra',
  lastName: 'Beispiel',
  preferredName: 'Alex',
  email: 'alex.beispiel@example.com',
  gender: 'UNDISCLOSED',
  profilePicture: 'https://example.com/alex.png',
  status: 'ACTIVE',
  position: 'Controller',
  supervisor: '1',
  employmentType: 'INTERNAL',
  weeklyWorkingHours: '38.5',
  hireDate: '2021-06-14',
  contractEndDate: '2031-06-13',
  terminationDate: '2031-03-31',
  terminationType: 'CONTRACT_END',
  terminationReason: 'The contract ends.',
  probationPeriodEnd: '2021-12-13',
  lastWorkingDay: '2031-06-13',
  subcompany: 'Example GmbH',
  office: 'Munich',
  department: 'Finance',
  team: 'Controlling',
  costCenters: 'Finance 100 %',
  holidayCalendar: 'Bavaria',
  workSchedule: 'Monday to Friday',
  absenceEntitlement: 'Paid vacation 30',
  vacationDayBalance: '12.5',
  fixSalary: '4200.5 EUR',
  fixSalaryInterval: 'MONTHLY',
  hourlySalary: '26.25 EUR',
  createdAt: '2021-05-03T08:00:00.000Z',
  lastModifiedAt: '2026-01-31T08:30:00.000Z',
};

/** The invented person's value of an attribute, as text. */
export function inventedValue({ key, type, options }: Attribute): string {
  if (isSystemKey(key)) return VALUES[key];
  switch (type) {
    case 'LIST':
      return options[0] ?? 'Example';
    case 'INTEGER':
      return '42';
    case 'DECIMAL':
      return '4.2';
    case 'DATE':
      return '2026-01-31';
    case 'BOOLEAN':
      return 'true';
    case 'LINK':
      return 'https://example.com';
    default:
      return 'Example';
  }
}

function isSystemKey(key: AttributeKey): key is SystemAttributeKey {
  return Object.hasOwn(VALUES, key);
}
