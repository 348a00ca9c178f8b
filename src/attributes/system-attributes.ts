import type { Attribute, AttributeCategory, AttributeKey, AttributeType, Sensitivity } from './attribute';

type Row = readonly [
  key: AttributeKey,
  en: string,
  de: string,
  type: AttributeType,
  category: AttributeCategory,
  sensitivity: Sensitivity,
  options?: readonly string[],
];

/** The attributes of Personio's published employee API under camelCase keys. Closed: only a release adds one. */
const rows = [
  ['id', 'ID', 'ID', 'ID', 'PERSONAL', 'LOW'],
  ['firstName', 'First name', 'Vorname', 'TEXT', 'PERSONAL', 'LOW'],
  ['lastName', 'Last name', 'Nachname', 'TEXT', 'PERSONAL', 'LOW'],
  ['preferredName', 'Preferred name', 'Rufname', 'TEXT', 'PERSONAL', 'LOW'],
  ['email', 'Email', 'E-Mail', 'TEXT', 'PERSONAL', 'LOW'],
  ['gender', 'Gender', 'Geschlecht', 'LIST', 'PERSONAL', 'HIGH', ['FEMALE', 'MALE', 'DIVERSE', 'UNDISCLOSED']],
  ['profilePicture', 'Profile picture', 'Profilbild', 'LINK', 'PERSONAL', 'MEDIUM'],
  ['status', 'Status', 'Status', 'LIST', 'EMPLOYMENT', 'LOW', ['ONBOARDING', 'ACTIVE', 'LEAVE', 'INACTIVE']],
  ['position', 'Position', 'Position', 'TEXT', 'EMPLOYMENT', 'LOW'],
  ['supervisor', 'Supervisor', 'Vorgesetzte Person', 'EMPLOYEE', 'EMPLOYMENT', 'LOW'],
  [
    'employmentType',
    'Employment type',
    'Beschäftigungsart',
    'LIST',
    'EMPLOYMENT',
    'MEDIUM',
    ['INTERNAL', 'EXTERNAL', 'WORKING_STUDENT', 'INTERN', 'TRAINEE'],
  ],
  ['weeklyWorkingHours', 'Weekly working hours', 'Wochenstunden', 'DECIMAL', 'TIME', 'MEDIUM'],
  ['hireDate', 'Hire date', 'Eintrittsdatum', 'DATE', 'EMPLOYMENT', 'LOW'],
  ['contractEndDate', 'Contract end date', 'Vertragsende', 'DATE', 'EMPLOYMENT', 'MEDIUM'],
  ['terminationDate', 'Termination date', 'Kündigungsdatum', 'DATE', 'EMPLOYMENT', 'HIGH'],
  [
    'terminationType',
    'Termination type',
    'Kündigungsart',
    'LIST',
    'EMPLOYMENT',
    'HIGH',
    ['EMPLOYEE', 'EMPLOYER', 'MUTUAL', 'CONTRACT_END', 'RETIREMENT', 'OTHER'],
  ],
  ['terminationReason', 'Termination reason', 'Kündigungsgrund', 'TEXT', 'EMPLOYMENT', 'HIGH'],
  ['probationPeriodEnd', 'End of probation period', 'Ende der Probezeit', 'DATE', 'EMPLOYMENT', 'MEDIUM'],
  ['lastWorkingDay', 'Last working day', 'Letzter Arbeitstag', 'DATE', 'EMPLOYMENT', 'MEDIUM'],
  ['subcompany', 'Subcompany', 'Gesellschaft', 'ORGANIZATION_UNIT', 'EMPLOYMENT', 'LOW'],
  ['office', 'Office', 'Standort', 'ORGANIZATION_UNIT', 'EMPLOYMENT', 'LOW'],
  ['department', 'Department', 'Abteilung', 'ORGANIZATION_UNIT', 'EMPLOYMENT', 'LOW'],
  ['team', 'Team', 'Team', 'ORGANIZATION_UNIT', 'EMPLOYMENT', 'LOW'],
  ['costCenters', 'Cost centers', 'Kostenstellen', 'COST_CENTERS', 'COMPENSATION', 'MEDIUM'],
  ['holidayCalendar', 'Holiday calendar', 'Feiertagskalender', 'TEXT', 'TIME', 'LOW'],
  ['workSchedule', 'Work schedule', 'Arbeitszeitmodell', 'TEXT', 'TIME', 'MEDIUM'],
  ['absenceEntitlement', 'Absence entitlement', 'Abwesenheitsanspruch', 'ABSENCE_ENTITLEMENT', 'TIME', 'MEDIUM'],
  ['vacationDayBalance', 'Vacation day balance', 'Urlaubskonto', 'DECIMAL', 'TIME', 'MEDIUM'],
  ['fixSalary', 'Fixed salary', 'Festgehalt', 'MONEY', 'COMPENSATION', 'HIGH'],
  [
    'fixSalaryInterval',
    'Fixed salary interval',
    'Gehaltsintervall',
    'LIST',
    'COMPENSATION',
    'HIGH',
    ['MONTHLY', 'YEARLY'],
  ],
  ['hourlySalary', 'Hourly salary', 'Stundenlohn', 'MONEY', 'COMPENSATION', 'HIGH'],
  ['createdAt', 'Created at', 'Angelegt am', 'DATE_TIME', 'EMPLOYMENT', 'LOW'],
  ['lastModifiedAt', 'Last modified at', 'Zuletzt geändert am', 'DATE_TIME', 'EMPLOYMENT', 'LOW'],
] as const satisfies readonly Row[];

export type SystemAttributeKey = (typeof rows)[number][0];

const KEPT_BY_THE_GATEWAY: ReadonlySet<AttributeKey> = new Set(['id', 'createdAt', 'lastModifiedAt']);

export const SYSTEM_ATTRIBUTES: readonly (Attribute & { readonly key: SystemAttributeKey })[] = rows.map(
  ([key, en, de, type, category, sensitivity, options]) => ({
    key,
    label: { en, de },
    type,
    category,
    sensitivity,
    options: options ?? [],
    readOnly: KEPT_BY_THE_GATEWAY.has(key),
  }),
);

const byKey: ReadonlyMap<AttributeKey, Attribute> = new Map(
  SYSTEM_ATTRIBUTES.map((attribute) => [attribute.key, attribute]),
);

export function systemAttribute(key: AttributeKey): Attribute | undefined {
  return byKey.get(key);
}

/** @throws Error when `key` is no system attribute: a mistake in the code, found at start-up */
export function requireSystemAttribute(key: SystemAttributeKey): Attribute {
  const attribute = byKey.get(key);
  if (!attribute) throw new Error(`${key} is not in the attribute catalogue.`);
  return attribute;
}
