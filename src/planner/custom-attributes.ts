import sql, { join, raw, type Sql } from 'sql-template-tag';
import { customKey, customName, isCustomKey } from '../attributes/attribute';
import { MOST_KEYS } from '../employees/custom-value';
import { decide } from '../permissions/decide';
import { objectOf } from './fields';
import type { JsonSql } from './json';
import type { FieldSql, FieldTable, Planning } from './planning';
import type { Row } from './row';
import type { SelectedField } from './selection';
import { Unplanned } from './unplanned';

export const customAttributes: FieldSql = (row, field, planning) => {
  const { keys } = planning.selection.arguments(field) as { readonly keys?: readonly string[] | null };
  if (keys && keys.length > MOST_KEYS) throw new Unplanned();
  return keys ? named(keys, row, field, planning) : all(row, field, planning);
};

/**
 * One object for each key that was asked for.
 *
 * @throws Unplanned for a key that is denied: its object would hold the key, and no statement says it
 */
function named(keys: readonly string[], row: Row, field: SelectedField, planning: Planning): Sql {
  const isDenied = (key: string) => !decide(planning.caller.grants, customKey(key), 'read').allowed;
  if (keys.some(isDenied)) throw new Unplanned();
  return planning.json.array(
    keys.map((key) => {
      const name = planning.json.text(key);
      const attribute = attributeOf(name, row, planning.json);
      return objectFor(attribute, field, planning);
    }),
  );
}

/** A custom attribute of one person. */
interface PersonsAttribute {
  readonly name: Sql;
  readonly type: Sql;
  readonly value: Sql;
}

// Which attribute a name means is found out once for a statement, because nothing in that subquery depends on the person.
function attributeOf(name: Sql, row: Row, json: JsonSql): PersonsAttribute {
  const part = (column: 'id' | 'type') =>
    sql`(SELECT ${raw(`a.${column}`)} FROM custom_attribute a WHERE a.name = ${name} AND a.retired_at IS NULL)`;
  const value = sql`(SELECT ${valueOf(part('type'), sql`v.text_value`, sql`v.number_value`, json)} FROM employee_custom_value v
    WHERE v.employee_id = ${row.column('id')} AND v.attribute_id = ${part('id')})`;
  return { name, type: part('type'), value };
}

/** Every attribute that the credential may read and that is in use, in the order of their names. */
function all(row: Row, field: SelectedField, planning: Planning): Sql {
  const names = [...planning.caller.grants.attributes.read].filter(isCustomKey).map(customName);
  if (names.length === 0) return planning.json.array([]);
  const value = planning.aliases.next();
  const [name, type] = [value.column('name'), value.column('type')];
  const stored = valueOf(type, value.column('text_value'), value.column('number_value'), planning.json);
  const object = objectFor({ name, type, value: stored }, field, planning);
  return sql`(SELECT ${planning.json.list(object, name)} FROM (
    SELECT a.name, a.type, v.text_value, v.number_value FROM custom_attribute a
    LEFT JOIN employee_custom_value v ON v.attribute_id = a.id AND v.employee_id = ${row.column('id')}
    WHERE a.retired_at IS NULL AND a.name IN (${join(names)})) ${value.from})`;
}

function objectFor({ name, type, value }: PersonsAttribute, field: SelectedField, planning: Planning): Sql {
  const table: FieldTable = { key: () => name, type: () => type, value: () => value };
  return objectOf(planning.aliases.next(), planning.selection.below(field), planning, table);
}

/** What `toAttributeValue` makes of the two columns. */
function valueOf(type: Sql, text: Sql, number: Sql, json: JsonSql): Sql {
  const boolean = json.mixed(json.boolean(sql`${number} <> 0`));
  return sql`CASE ${type}
    WHEN 'BOOLEAN' THEN CASE WHEN ${number} IS NOT NULL THEN ${boolean} END
    WHEN 'TAGS' THEN ${json.parsed(text)}
    WHEN 'INTEGER' THEN ${json.mixed(number)}
    WHEN 'DECIMAL' THEN ${json.mixed(number)}
    ELSE ${json.mixed(text)} END`;
}
