import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Run } from '../store/statement';
import type { Dialect, Row, Store } from '../store/store';
import {
  customKey,
  customName,
  isCustomKey,
  type Attribute,
  type AttributeKey,
  type CustomAttributeType,
  type Sensitivity,
} from './attribute';
import { SYSTEM_ATTRIBUTES } from './system-attributes';

/** An entry of the catalogue as admins see it. */
export interface CatalogueEntry extends Attribute {
  /** When it was taken out of use; null while it can be granted. */
  readonly retiredAt: string | null;
}

const COLUMNS: Sql = sql`name, label_en, label_de, type, sensitivity, options, retired_at`;

/** Reads the custom part of the catalogue. */
export class AttributeStore {
  constructor(private readonly store: Store) {}

  /** The custom attributes that are in use, by name. */
  async custom(): Promise<readonly Attribute[]> {
    return (await this.customEntries()).filter(({ retiredAt }) => retiredAt === null);
  }

  /** System attributes, then the custom ones by name, retired ones among them. */
  async every(): Promise<readonly CatalogueEntry[]> {
    return [...SYSTEM_ENTRIES, ...(await this.customEntries())];
  }

  private async customEntries(): Promise<readonly CatalogueEntry[]> {
    const rows = await this.store.read(sql`SELECT ${COLUMNS} FROM custom_attribute ORDER BY name`);
    return rows.map(toEntry);
  }
}

const SYSTEM_ENTRIES: readonly CatalogueEntry[] = SYSTEM_ATTRIBUTES.map((attribute) => ({
  ...attribute,
  retiredAt: null,
}));

/**
 * What can be granted of these keys, by key. Keeps the custom ones from being retired until the transaction ends: a grant
 * that is written meanwhile would outlive the attribute.
 */
export async function lockGrantable(
  run: Run,
  dialect: Dialect,
  keys: Iterable<AttributeKey>,
): Promise<ReadonlyMap<AttributeKey, Attribute>> {
  const names = [...new Set(keys)].filter(isCustomKey).map(customName);
  const lock = dialect === 'postgres' ? sql`FOR SHARE` : empty;
  const rows =
    names.length === 0
      ? []
      : await run(
          sql`SELECT ${COLUMNS} FROM custom_attribute WHERE name IN (${join(names)}) AND retired_at IS NULL
            ORDER BY name ${lock}`,
        );
  return new Map([...SYSTEM_ENTRIES, ...rows.map(toEntry)].map((attribute) => [attribute.key, attribute]));
}

/** A custom attribute for a change, or null. Retired ones are among them. */
export async function lockCustomAttribute(
  run: Run,
  dialect: Dialect,
  key: AttributeKey,
): Promise<CatalogueEntry | null> {
  const lock = dialect === 'postgres' ? sql`FOR UPDATE` : empty;
  const [row] = await run(sql`SELECT ${COLUMNS} FROM custom_attribute WHERE name = ${customName(key)} ${lock}`);
  return row && isCustomKey(key) ? toEntry(row) : null;
}

function toEntry(row: Row): CatalogueEntry {
  return {
    key: customKey(row['name'] as string),
    label: { en: row['label_en'] as string, de: row['label_de'] as string },
    type: row['type'] as CustomAttributeType,
    category: 'CUSTOM',
    sensitivity: row['sensitivity'] as Sensitivity,
    options: JSON.parse(row['options'] as string) as string[],
    readOnly: false,
    retiredAt: row['retired_at'] as string | null,
  };
}
