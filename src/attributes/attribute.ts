/** Where an attribute stands in the picker. */
export const CATEGORIES = ['PERSONAL', 'EMPLOYMENT', 'COMPENSATION', 'TIME', 'CUSTOM'] as const;
export type AttributeCategory = (typeof CATEGORIES)[number];

/** How much harm an unwanted reader could do: LOW is what a staff directory shows, HIGH is pay and the like. */
export const SENSITIVITIES = ['LOW', 'MEDIUM', 'HIGH'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

/** The shapes that a custom attribute's value can have. */
export const CUSTOM_TYPES = [
  'TEXT',
  'MULTILINE',
  'INTEGER',
  'DECIMAL',
  'DATE',
  'BOOLEAN',
  'LINK',
  'LIST',
  'TAGS',
] as const;
export type CustomAttributeType = (typeof CUSTOM_TYPES)[number];

/** A custom type, or one of the shapes that only system attributes have. */
export const ATTRIBUTE_TYPES = [
  ...CUSTOM_TYPES,
  'ID',
  'DATE_TIME',
  'MONEY',
  'EMPLOYEE',
  'ORGANIZATION_UNIT',
  'COST_CENTERS',
  'ABSENCE_ENTITLEMENT',
] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** A catalogue key: `firstName` for a system attribute, `custom.shirtSize` for a custom one. */
export type AttributeKey = string;

/** One entry of the catalogue. */
export interface Attribute {
  readonly key: AttributeKey;
  readonly label: { readonly en: string; readonly de: string };
  readonly type: AttributeType;
  readonly category: AttributeCategory;
  readonly sensitivity: Sensitivity;
  /** The allowed values of a LIST; empty for every other type. */
  readonly options: readonly string[];
  /** Kept by the gateway itself, so nobody writes it. */
  readonly readOnly: boolean;
}

export const CUSTOM_PREFIX = 'custom.';

export function isCustomKey(key: AttributeKey): boolean {
  return key.startsWith(CUSTOM_PREFIX);
}

/** `shirtSize` → `custom.shirtSize` */
export function customKey(name: string): AttributeKey {
  return CUSTOM_PREFIX + name;
}

/** `custom.shirtSize` → `shirtSize` */
export function customName(key: AttributeKey): string {
  return key.slice(CUSTOM_PREFIX.length);
}

/** The part of a custom attribute's key after the prefix: a letter, then letters, digits and underscores. */
export const CUSTOM_NAME_PATTERN = /^[a-zA-Z][a-zA-Z0-9_]{0,62}$/;
