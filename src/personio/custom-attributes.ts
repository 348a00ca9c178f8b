import type { CustomAttributeType } from '../attributes/attribute';
import { day } from './standard-attributes';
import type { PersonioAttribute } from './personio-answer';

/** What Personio calls an attribute that the company made itself. The names fit the catalogue's as they are. */
export const DYNAMIC_NAME = /^dynamic_\d{1,18}$/;

// Which options a list has is not told with its values, so a list is a text here.
const TYPES: ReadonlyMap<string, CustomAttributeType> = new Map([
  ['standard', 'TEXT'],
  ['list', 'TEXT'],
  ['date', 'DATE'],
  ['integer', 'INTEGER'],
  ['decimal', 'DECIMAL'],
  ['boolean', 'BOOLEAN'],
  ['link', 'LINK'],
  ['tags', 'TAGS'],
  ['multiline', 'MULTILINE'],
]);

const LONGEST_LABEL = 100;

/** What an import declares of a custom attribute. */
export interface DeclaredAttribute {
  readonly label: string;
  readonly type: CustomAttributeType;
}

/** @param kept the type that the attribute has already, if it exists: whoever chose it had a reason */
export function declaredOf(
  name: string,
  { label, type }: PersonioAttribute,
  kept: CustomAttributeType | undefined,
): DeclaredAttribute {
  const text = (label ?? '').trim().slice(0, LONGEST_LABEL);
  return { label: text === '' ? name : text, type: kept ?? TYPES.get(type ?? 'standard') ?? 'TEXT' };
}

const TEXTS: readonly CustomAttributeType[] = ['TEXT', 'MULTILINE', 'LIST'];

/** @returns the value as a cell of a JSON file has it */
export function customCell(attribute: PersonioAttribute, type: CustomAttributeType): unknown {
  const { value } = attribute;
  if (type === 'DATE') return day(attribute);
  if (type === 'TAGS' && typeof value === 'string') return value.split(',').map((tag) => tag.trim());
  if (TEXTS.includes(type) && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  return value ?? null;
}
