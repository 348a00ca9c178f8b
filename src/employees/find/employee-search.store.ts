import sql, { join, raw, type Sql } from 'sql-template-tag';
import { customName, isCustomKey, type AttributeKey } from '../../attributes/attribute';
import { SYSTEM_ATTRIBUTES } from '../../attributes/system-attributes';
import { contains } from '../../store/comparison';
import type { Dialect } from '../../store/store';
import { all, any } from './condition.store';
import { columnOf } from './employee-filter.store';
import { textOperand, unusable } from './operand';

const MOST_WORDS = 8;

const SEARCHED = SYSTEM_ATTRIBUTES.filter(({ type }) => type === 'TEXT' || type === 'MULTILINE');

/** Whether a search looks at it where it may be read. Of a custom attribute only the database knows the type. */
export function isSearched(key: AttributeKey): boolean {
  return isCustomKey(key) || SEARCHED.some((attribute) => attribute.key === key);
}

/**
 * Every word of `search` must occur in some text attribute that the caller may read. What it may not read is not looked at,
 * so a word that stands there only is a word that stands nowhere.
 *
 * @throws GatewayError BAD_USER_INPUT for more than eight words
 */
export function employeeSearch(
  search: string,
  readable: ReadonlySet<AttributeKey>,
  row: string,
  dialect: Dialect,
): Sql {
  const words = textOperand(search).split(/\s+/u).filter(Boolean);
  if (words.length > MOST_WORDS) throw unusable('A search has at most eight words.');
  const columns = SEARCHED.filter(({ key }) => readable.has(key)).map(({ key }) => columnOf(key, row));
  const customNames = [...readable].filter(isCustomKey).map(customName);
  return all(
    words.map((word) =>
      any([
        ...(columns.length > 0 ? [contains(inOneText(columns, dialect), word, { dialect })] : []),
        ...(customNames.length > 0 ? [customContains(customNames, word, row, dialect)] : []),
      ]),
    ),
  );
}

// Folding costs more than joining. No word holds white space, so none is found across the line breaks.
function inOneText(columns: readonly Sql[], dialect: Dialect): Sql {
  return sql`concat_ws(${raw(dialect === 'sqlite' ? 'char(10)' : 'chr(10)')}, ${join([...columns], ', ')})`;
}

function customContains(names: readonly string[], word: string, row: string, dialect: Dialect): Sql {
  return sql`EXISTS (SELECT 1 FROM employee_custom_value v JOIN custom_attribute a ON a.id = v.attribute_id
    WHERE v.employee_id = ${raw(row)}.id AND a.name IN (${join([...names])}) AND a.retired_at IS NULL
      AND a.type IN ('TEXT', 'MULTILINE', 'LIST') AND ${contains(sql`v.text_value`, word, { dialect })})`;
}
