import {
  CUSTOM_NAME_PATTERN,
  customKey,
  customName,
  type Attribute,
  type AttributeKey,
  type CustomAttributeType,
} from '../../attributes/attribute';
import { systemAttribute } from '../../attributes/system-attributes';
import { ImportError } from '../../tabular/problem';
import type { ImportFields } from '../../importing/column-plan';
import type { ImportMap } from '../../importing/import-map';

/** A custom attribute, whose type is one that a custom attribute can have. */
export interface CustomAttribute extends Attribute {
  readonly type: CustomAttributeType;
}

/** The attributes that an import may fill: those that there are, and those that its map declares. */
export class ImportCatalogue implements ImportFields {
  readonly noun = 'attribute';
  private readonly custom: Map<AttributeKey, Attribute>;
  private readonly declared = new Map<AttributeKey, CustomAttribute>();

  /**
   * @param existing the custom attributes in use. They stay as they are: an admin may have changed them on purpose.
   * @throws ImportError when the map declares one of them with another type
   */
  constructor(existing: readonly Attribute[], map: ImportMap | undefined) {
    this.custom = new Map(existing.map((attribute) => [attribute.key, attribute]));
    for (const attribute of declaredBy(map)) {
      const known = this.custom.get(attribute.key);
      if (known && known.type !== attribute.type) {
        throw new ImportError(`${attribute.key} has the type ${known.type} already, not ${attribute.type}.`);
      }
      if (!known) this.declare(attribute);
    }
  }

  find(key: AttributeKey): Attribute | undefined {
    return systemAttribute(key) ?? this.custom.get(key);
  }

  /** @returns the custom attribute of a column's name, declared if need be; undefined when no key can be made of it */
  forColumn(column: string): Attribute | undefined {
    const name = camelCase(column);
    if (!CUSTOM_NAME_PATTERN.test(name)) return undefined;
    return this.custom.get(customKey(name)) ?? this.declare(ofUnknownColumn(name, column));
  }

  /** Those that are to be created: declared, and not there yet. */
  get toCreate(): readonly CustomAttribute[] {
    return [...this.declared.values()];
  }

  private declare(attribute: CustomAttribute): Attribute {
    this.custom.set(attribute.key, attribute);
    this.declared.set(attribute.key, attribute);
    return attribute;
  }
}

function declaredBy(map: ImportMap | undefined): CustomAttribute[] {
  return Object.entries(map?.customAttributes ?? {}).map(([name, { label, type, sensitivity, options }]) => ({
    key: customKey(name),
    label: typeof label === 'string' ? { en: label, de: label } : label,
    type,
    category: 'CUSTOM',
    sensitivity,
    options: options ?? [],
    readOnly: false,
  }));
}

// Nobody has said how harmful it is, so it counts as harmful.
function ofUnknownColumn(name: string, column: string): CustomAttribute {
  return {
    key: customKey(name),
    label: { en: column, de: column },
    type: 'TEXT',
    category: 'CUSTOM',
    sensitivity: 'HIGH',
    options: [],
    readOnly: false,
  };
}

/** `Shirt size` → `shirtSize`, and `custom.shirtSize` → `shirtSize` */
function camelCase(column: string): string {
  const words = customNameOf(column)
    .split(/[^a-zA-Z0-9]+/)
    .filter(Boolean);
  const joined = words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  return joined.charAt(0).toLowerCase() + joined.slice(1);
}

function customNameOf(column: string): string {
  return column.startsWith('custom.') ? customName(column) : column;
}
