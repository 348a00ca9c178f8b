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

interface StoredValue {
  readonly type: Sql;
  readonly text: Sql;
  readonly number: Sql;
}

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
      return objectFor(name, stored(name, row), field, planning);
    }),
  );
}

// Which attribute a name means is found out once for a statement, because nothing in that subquery depends on the person.
function stored(name: Sql, row: Row): StoredValue {
  const attribute = (part: string) =>
    sql`(SELECT ${raw(`a.${part}`)} FROM custom_attribute a WHERE a.name = ${name} AND a.retired_at IS NULL)`;
  const value = (part: string) =>
    sql`(SELECT ${raw(`v.${part}`)} FROM employee_custom_value v
      WHERE v.employee_id = ${row.column('id')} AND v.attribute_id = ${attribute('id')})`;
  return { type: attribute('type'), text: value('text_value'), number: value('number_value') };
}

/** Every attribute that the credential may read and that is in use, in the order of their names. */
function all(row: Row, field: SelectedField, planning: Planning): Sql {
  const names = [...planning.caller.grants.attributes.read].filter(isCustomKey).map(customName);
  if (names.length === 0) return planning.json.array([]);
  const value = planning.aliases.next();
  const columns = {
    type: value.column('type'),
    text: value.column('text_value'),
    number: value.column('number_value'),
  };
  const object = objectFor(value.column('name'), columns, field, planning);
  return sql`(SELECT ${planning.json.list(object, value.column('name'))} FROM (
    SELECT a.name, a.type, v.text_value, v.number_value FROM custom_attribute a
    LEFT JOIN employee_custom_value v ON v.attribute_id = a.id AND v.employee_id = ${row.column('id')}
    WHERE a.retired_at IS NULL AND a.name IN (${join(names)})) ${value.from})`;
}

function objectFor(name: Sql, value: StoredValue, field: SelectedField, planning: Planning): Sql {
  const table: FieldTable = {
    key: () => name,
    type: () => value.type,
    value: () => valueOf(value, planning.json),
  };
  return objectOf(planning.aliases.next(), planning.selection.below(field), planning, table);
}

/** What `toAttributeValue` makes of the two columns. */
function valueOf({ type, text, number }: StoredValue, json: JsonSql): Sql {
  const boolean = json.mixed(json.boolean(sql`${number} <> 0`));
  return sql`CASE ${type}
    WHEN 'BOOLEAN' THEN CASE WHEN ${number} IS NOT NULL THEN ${boolean} END
    WHEN 'TAGS' THEN ${json.parsed(text)}
    WHEN 'INTEGER' THEN ${json.mixed(number)}
    WHEN 'DECIMAL' THEN ${json.mixed(number)}
    ELSE ${json.mixed(text)} END`;
}
