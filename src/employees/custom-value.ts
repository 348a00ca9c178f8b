import type { AttributeValue } from '../attributes/scalars';

/** The most custom attributes that one field may ask for by key. */
export const MOST_KEYS = 500;

/** Reads a custom value back from its columns, in the JSON shape of its type. */
export function toAttributeValue(type: string, row: Readonly<Record<string, unknown>>): AttributeValue | null {
  const [text, number] = [row['text_value'], row['number_value']];
  if (type === 'BOOLEAN') return typeof number === 'number' ? number !== 0 : null;
  if (type === 'TAGS') return typeof text === 'string' ? (JSON.parse(text) as string[]) : null;
  return ((type === 'INTEGER' || type === 'DECIMAL' ? number : text) as AttributeValue | null) ?? null;
}

/** The columns that hold a custom value. */
export function toValueColumns(value: AttributeValue): { textValue: string | null; numberValue: number | null } {
  if (typeof value === 'number') return { textValue: null, numberValue: value };
  if (typeof value === 'boolean') return { textValue: null, numberValue: value ? 1 : 0 };
  return { textValue: typeof value === 'string' ? value : JSON.stringify(value), numberValue: null };
}
