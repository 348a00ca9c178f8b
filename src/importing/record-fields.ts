import type { Attribute, AttributeType } from '../attributes/attribute';
import { ImportError } from '../tabular/problem';
import { ColumnPlan, type ImportFields } from './column-plan';
import type { ImportMap } from './import-map';

/** By what the person of a record can be named, one of them in each file. */
export const PERSON_FIELDS = ['personnelNumber', 'email', 'employee'] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

const PERSON: readonly Attribute[] = [
  recordField('personnelNumber', 'TEXT'),
  recordField('email', 'TEXT'),
  // The gateway's own id.
  recordField('employee', 'INTEGER'),
];

/** A field of a record, described as an attribute is, so that a column feeds it in the same ways. */
export function recordField(
  key: string,
  type: AttributeType,
  rest: Partial<Pick<Attribute, 'options' | 'sensitivity'>> = {},
): Attribute {
  const label = { en: key, de: key };
  return { key, label, type, category: 'TIME', sensitivity: 'LOW', options: [], readOnly: false, ...rest };
}

/** Which column feeds which field of a record. */
export class RecordPlan extends ColumnPlan {
  /** @throws ImportError when the map says something that is for people only */
  constructor(map: ImportMap | undefined, fields: readonly Attribute[]) {
    assertForRecords(map);
    super(map, fieldsNamed([...PERSON, ...fields]), []);
  }

  /** By what people are named. Known when every row has been met. */
  get personField(): PersonField | undefined {
    return PERSON_FIELDS.find((field) => this.gives(field));
  }

  gives(field: string): boolean {
    return this.attributes.some(({ key }) => key === field);
  }

  /** @throws ImportError naming what every file must give and this one does not */
  assertComplete(required: readonly string[]): void {
    const people = PERSON_FIELDS.filter((field) => this.gives(field));
    if (people.length !== 1) {
      const found = people.length === 0 ? 'none of them' : people.join(' and ');
      throw new ImportError(`People are named by one of ${PERSON_FIELDS.join(', ')}; the file has ${found}.`);
    }
    const missing = required.filter((field) => !this.gives(field));
    if (missing.length > 0) throw new ImportError(`The file has no ${missing.join(', no ')}.`);
  }

  /** @returns the column that feeds a field, to be named in messages */
  columnOf(field: string): string | undefined {
    return [...this.columns].find(([, { targets }]) => targets.some(({ attribute }) => attribute.key === field))?.[0];
  }
}

function fieldsNamed(fields: readonly Attribute[]): ImportFields {
  const byKey = new Map(fields.map((field) => [field.key, field]));
  return { noun: 'field', find: (key) => byKey.get(key), forColumn: () => undefined };
}

function assertForRecords(map: ImportMap | undefined): void {
  if (!map) return;
  const wrong = [
    ...(map.key === undefined ? [] : ['"key"']),
    ...(map.supervisorCircles === undefined ? [] : ['"supervisorCircles"']),
    ...(Object.keys(map.customAttributes).length === 0 ? [] : ['"customAttributes"']),
    ...(map.unmapped === 'custom' ? ['"unmapped": "custom"'] : []),
  ];
  if (wrong.length > 0) throw new ImportError(`The map cannot be used: ${wrong.join(', ')} is for people only.`);
}
