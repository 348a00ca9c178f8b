import { CUSTOM_TYPES, isCustomKey, type Attribute } from '../../../src/attributes/attribute';
import { SYSTEM_ATTRIBUTES, type SystemAttributeKey } from '../../../src/attributes/system-attributes';
import { EMPLOYEE_COLUMNS } from '../../../src/employees/employee-columns';
import type { RecordedStatement } from '../statements';

/** An attribute of the matrix. The number tells its values from those of all others. */
export interface MatrixAttribute extends Attribute {
  readonly number: number;
  /** Of a custom attribute, in its table. */
  readonly id: number | null;
}

/** Far from every other number in a statement, so that one which binds it is seen. */
const FIRST_CUSTOM_ID = 700_001;

/** Custom attributes of every type that there is: one of each, and two in a run of its own. */
const PLACES = process.env['FIELDGATE_TEST_MATRIX'] === 'whole' ? ['First', 'Second'] : ['First'];

const CUSTOM: readonly Attribute[] = CUSTOM_TYPES.flatMap((type, at) =>
  PLACES.map((place) => ({
    key: `custom.matrix${place}${type}`,
    label: { en: `${place} of ${type}`, de: `${place} ${type}` },
    type,
    category: 'CUSTOM' as const,
    sensitivity: 'LOW' as const,
    options: type === 'LIST' ? [0, 1, 2].map((option) => `Zq${at}${place.toLowerCase()}${option}`) : [],
    readOnly: false,
  })),
);

/** Every attribute: those of the catalogue, whatever they are by now, and custom ones of every type. */
export const ATTRIBUTES: readonly MatrixAttribute[] = [...SYSTEM_ATTRIBUTES, ...CUSTOM].map((attribute, number) => ({
  ...attribute,
  number,
  id: isCustomKey(attribute.key) ? FIRST_CUSTOM_ID + number : null,
}));

export const KEYS = ATTRIBUTES.map(({ key }) => key);

/** Tables that hold an attribute which has no column of its own in `employee`, or whose values have a table of their own. */
const TABLES: Readonly<Partial<Record<SystemAttributeKey, readonly string[]>>> = {
  subcompany: ['subcompany'],
  office: ['office'],
  department: ['department'],
  team: ['team'],
  costCenters: ['employee_cost_center', 'cost_center'],
};

const ABOUT_PEOPLE =
  /\b(employee|employee_custom_value|employee_cost_center|employee_change|custom_attribute|subcompany|office|department|team|cost_center)\b/;

export function isAboutPeople({ text }: RecordedStatement): boolean {
  return ABOUT_PEOPLE.test(withoutLabels(text));
}

/** @returns whether a statement names the attribute: its columns, its tables, its key, or the id of a custom one */
export function namingOf(attribute: MatrixAttribute): (statement: RecordedStatement) => boolean {
  if (attribute.id !== null) return namesCustom(attribute.key, attribute.id);
  const key = attribute.key as SystemAttributeKey;
  // Whoever reads people at all reads their ids.
  if (key === 'id') return isAboutPeople;
  const tables = TABLES[key] ?? [];
  const words = [...EMPLOYEE_COLUMNS[key], ...tables.map((table) => `(?:FROM|JOIN|INTO|UPDATE) "?${table}"?`)];
  if (words.length === 0) throw new Error(`Nobody has said in which table ${key} is kept.`);
  const named = new RegExp(`(?:^|\\W)(?:${words.join('|')})(?:\\W|$)`, 'i');
  return (statement) =>
    isAboutPeople(statement) &&
    (named.test(withoutLabels(statement.text)) ||
      (statement.text.includes('employee_change') && statement.values.includes(key)));
}

function namesCustom(key: string, id: number): (statement: RecordedStatement) => boolean {
  const names: readonly unknown[] = [key, key.slice('custom.'.length), id];
  return ({ text, values }) =>
    /custom_attribute|custom_value|employee_change/.test(text) &&
    (values.some((value) => names.includes(value)) || names.some((name) => text.includes(String(name))));
}

/** Without texts and names of results, which an answer needs also for what it holds a null in the place of. */
export function withoutLabels(text: string): string {
  return text.replaceAll(/'(?:[^']|'')*'/g, "''").replaceAll(/\bAS "?\w+"?/gi, '');
}
