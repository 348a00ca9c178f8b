import sql, { type Sql } from 'sql-template-tag';
import { nameLiteral, type Member } from './json';
import { MOST_VALUES, type FieldSql, type FieldTable, type Planning } from './planning';
import type { Row } from './row';
import type { SelectedField } from './selection';
import { Unplanned } from './unplanned';

/**
 * The object that a selection stands for. What may not be read is the constant null: nothing of it is named.
 *
 * @param table for a type whose fields depend on where it stands; else the one that the planning has for it
 */
export function objectOf(row: Row, fields: readonly SelectedField[], planning: Planning, table?: FieldTable): Sql {
  planning.addMembers(fields.length);
  let values = 0;
  const members = fields.map((field): Member => {
    const value = valueOf(row, field, planning, table ?? planning.tables[field.parent.name]);
    values += value.values.length;
    // Now, and not when the statement is whole: each object around this one would hold all of them once more.
    if (values > MOST_VALUES) throw new Unplanned();
    return [field.name, value];
  });
  return planning.json.object(members);
}

function valueOf(row: Row, selected: SelectedField, planning: Planning, table: FieldTable | undefined): Sql {
  if (!selected.field) return nameLiteral(selected.parent.name);
  if (!selected.isPermitted) return sql`NULL`;
  const { name } = selected.field;
  const write = table && Object.hasOwn(table, name) ? table[name] : undefined;
  if (!write) throw new Unplanned();
  return write(row, selected, planning);
}

export function column(name: string): FieldSql {
  return (row) => row.column(name);
}

export function idColumn(name: string): FieldSql {
  return (row, _field, { json }) => json.id(row.column(name));
}

export function booleanColumn(name: string): FieldSql {
  return (row, _field, { json }) => json.boolean(row.column(name));
}

/** The person whom a column names; null when nobody is. */
export function employeeOf(name: string): FieldSql {
  return (row, field, planning) => {
    const person = planning.aliases.next();
    const object = objectOf(person, planning.selection.below(field), planning);
    return sql`(SELECT ${object} FROM employee ${person.from} WHERE ${person.column('id')} = ${row.column(name)})`;
  };
}
