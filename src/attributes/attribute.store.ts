import sql from 'sql-template-tag';
import type { Store } from '../store/store';
import { customKey, type Attribute, type CustomAttributeType, type Sensitivity } from './attribute';

/** Reads the custom part of the catalogue. */
export class AttributeStore {
  constructor(private readonly store: Store) {}

  /** The custom attributes that are in use, by name. */
  async custom(): Promise<readonly Attribute[]> {
    const rows = await this.store.read(
      sql`SELECT name, label_en, label_de, type, sensitivity, options FROM custom_attribute
        WHERE retired_at IS NULL ORDER BY name`,
    );
    return rows.map((row) => ({
      key: customKey(row['name'] as string),
      label: { en: row['label_en'] as string, de: row['label_de'] as string },
      type: row['type'] as CustomAttributeType,
      category: 'CUSTOM',
      sensitivity: row['sensitivity'] as Sensitivity,
      options: JSON.parse(row['options'] as string) as string[],
      readOnly: false,
    }));
  }
}
