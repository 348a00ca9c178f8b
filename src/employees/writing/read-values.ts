import { customKey, type Attribute, type AttributeKey } from '../../attributes/attribute';
import { SYSTEM_ATTRIBUTES } from '../../attributes/system-attributes';
import { GatewayError } from '../../errors';
import { userError, type UserError } from '../../operations/user-error';
import type { AttributeInput, GivenValues, Reading } from '../values/attribute-input';
import { EMPTY, bad } from '../values/attribute-input';
import { readValue } from '../values/attribute-value';
import type { CustomField, EmployeeWrite } from './employee-write';

/** What a row gives, read by type, and everything that is wrong with it. */
export interface ReadRow extends GivenValues {
  readonly attributes: readonly Attribute[];
  readonly problems: readonly UserError[];
}

/**
 * Reads what a row gives, each value by its type.
 *
 * @param custom the custom attributes in use, by key
 * @throws GatewayError ATTRIBUTE_FORBIDDEN for a custom attribute that is not in use: as for one that is not granted
 */
export function readValues(write: EmployeeWrite, custom: ReadonlyMap<AttributeKey, Attribute>): ReadRow {
  const row = {
    attributes: [] as Attribute[],
    values: new Map<AttributeKey, AttributeInput>(),
    problems: [] as UserError[],
  };
  const add = (field: readonly string[], attribute: Attribute, reading: Reading): void => {
    row.attributes.push(attribute);
    if ('value' in reading) row.values.set(attribute.key, reading.value);
    else row.problems.push(userError(field, 'INVALID', `The value ${reading.reason}.`));
  };
  for (const attribute of SYSTEM_ATTRIBUTES.filter(({ readOnly }) => !readOnly)) {
    const value = write.fields[attribute.key];
    if (value !== undefined) add([attribute.key], attribute, readSystem(attribute, value));
  }
  for (const given of write.customAttributes) {
    const field = ['customAttributes', given.key];
    if (row.values.has(customKey(given.key)))
      row.problems.push(userError(field, 'DUPLICATE', 'The key is given twice.'));
    else add(field, inUse(custom, given), readCustom(inUse(custom, given), given.value));
  }
  row.problems.push(...contradictions(row.values));
  return row;
}

function inUse(custom: ReadonlyMap<AttributeKey, Attribute>, { key }: CustomField): Attribute {
  const attribute = custom.get(customKey(key));
  if (attribute) return attribute;
  throw new GatewayError('ATTRIBUTE_FORBIDDEN', 'This credential may not write this attribute.', {
    coordinate: 'CustomAttributeInput.key',
    attribute: customKey(key),
    reason: 'NOT_ON_THE_LIST',
  });
}

// The classes of GraphQL's inputs are left behind: what is read is plain data.
function readSystem(attribute: Attribute, value: unknown): Reading {
  return readValue(attribute, {}, typeof value === 'object' && value !== null ? plain(value) : value);
}

function plain(value: object): unknown {
  return Array.isArray(value) ? value.map((item: object) => ({ ...item })) : { ...value };
}

// Files write everything as text; a client says what it means.
function readCustom(attribute: Attribute, value: unknown): Reading {
  if (value === null || value === undefined) return EMPTY;
  const { shape, fits } = SHAPES[attribute.type] ?? A_TEXT;
  return fits(value) ? readValue(attribute, {}, value) : bad(`is not ${shape}`);
}

interface Shape {
  readonly shape: string;
  readonly fits: (value: unknown) => boolean;
}

const A_TEXT: Shape = { shape: 'a text', fits: (value) => typeof value === 'string' };
const A_NUMBER: Shape = { shape: 'a number', fits: (value) => typeof value === 'number' };
const SHAPES: Readonly<Partial<Record<Attribute['type'], Shape>>> = {
  INTEGER: A_NUMBER,
  DECIMAL: A_NUMBER,
  BOOLEAN: { shape: 'true or false', fits: (value) => typeof value === 'boolean' },
  TAGS: { shape: 'a list of texts', fits: (value) => Array.isArray(value) },
};

// Only what the input itself gives is compared: a stored date would be told by what it is compared with.
const IN_ORDER: readonly (readonly [earlier: AttributeKey, later: AttributeKey])[] = [
  ['hireDate', 'contractEndDate'],
  ['hireDate', 'probationPeriodEnd'],
  ['hireDate', 'terminationDate'],
  ['hireDate', 'lastWorkingDay'],
  ['terminationDate', 'lastWorkingDay'],
];

function contradictions(values: ReadonlyMap<AttributeKey, AttributeInput>): UserError[] {
  return IN_ORDER.flatMap(([earlier, later]) => {
    const [one, other] = [values.get(earlier), values.get(later)];
    const isWrong = typeof one === 'string' && typeof other === 'string' && other < one;
    return isWrong ? [userError([later], 'INVALID', `The day is before that of ${earlier}.`)] : [];
  });
}
