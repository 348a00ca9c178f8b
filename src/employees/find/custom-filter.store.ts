import sql, { raw, type Sql } from 'sql-template-tag';
import type { Dialect } from '../../store/store';
import { isNull } from '../../store/comparison';
import { all, any, condition, entriesOf, isKeyOf, listOf } from './condition.store';
import { numberOperand, textOperand, unusable } from './operand';

/**
 * Translates a condition on a custom attribute. The attribute's type is known to the database only, so the operand's type
 * says which column is meant; one that does not fit the attribute finds the column empty, and so is fulfilled by nobody.
 */
export function customCondition(said: unknown, row: string, dialect: Dialect): Sql {
  const { key, ...operators } = Object.fromEntries(entriesOf(said));
  const name = textOperand(key);
  const custom = new CustomCondition((place) => customValue(name, row, place), dialect);
  return all(entriesOf(operators).map(([operator, operand]) => custom.operation(operator, operand)));
}

/**
 * Where a custom attribute's value is looked for; `list` and `single` tell TAGS from every other text, `truth` and `figure`
 * BOOLEAN from every other number.
 */
type Place = 'text' | 'number' | 'list' | 'single' | 'truth' | 'figure';

const VALUES: Readonly<Record<Place, Sql>> = {
  text: sql`v.text_value`,
  number: sql`v.number_value`,
  // Another attribute's text may well not be JSON.
  list: sql`CASE WHEN a.type = 'TAGS' THEN v.text_value END`,
  single: sql`CASE WHEN a.type <> 'TAGS' THEN v.text_value END`,
  truth: sql`CASE WHEN a.type = 'BOOLEAN' THEN v.number_value END`,
  figure: sql`CASE WHEN a.type <> 'BOOLEAN' THEN v.number_value END`,
};

/** A person's value of a custom attribute that is in use; null when there is none. */
export function customValue(name: string, row: string, place: Place): Sql {
  return sql`(SELECT ${VALUES[place]} FROM employee_custom_value v JOIN custom_attribute a ON a.id = v.attribute_id
    WHERE v.employee_id = ${raw(row)}.id AND a.name = ${name} AND a.retired_at IS NULL)`;
}

class CustomCondition {
  constructor(
    private readonly value: (place: Place) => Sql,
    private readonly dialect: Dialect,
  ) {}

  operation(operator: string, operand: unknown): Sql {
    if (operator === 'isNull') return this.isNull(operand === true);
    if (operator === 'hasTag') return this.hasTag(textOperand(operand));
    if (operator === 'in' || operator === 'notIn') return this.list(operator, listOf(operand));
    return this.compare(operator, operand);
  }

  private compare(operator: string, operand: unknown): Sql {
    if (typeof operand === 'boolean') return this.boolean(operator, operand);
    if (typeof operand === 'number') {
      return condition(this.value('figure'), 'number', { [operator]: numberOperand(operand) }, this.dialect);
    }
    return condition(this.value('text'), 'text', { [operator]: textOperand(operand) }, this.dialect);
  }

  private boolean(operator: string, operand: boolean): Sql {
    if (!isKeyOf({ eq: true, neq: true }, operator)) throw unusable('A boolean is only equal or not.');
    return condition(this.value('truth'), 'number', { [operator]: operand ? 1 : 0 }, this.dialect);
  }

  private list(operator: 'in' | 'notIn', operands: readonly unknown[]): Sql {
    const texts = operands.filter((operand) => typeof operand === 'string');
    const truths = operands.filter((operand) => typeof operand === 'boolean').map(Number);
    const figures = operands.filter((operand) => typeof operand !== 'string' && typeof operand !== 'boolean');
    const conditions = [
      condition(this.value('text'), 'text', { [operator]: texts }, this.dialect),
      condition(this.value('figure'), 'number', { [operator]: figures }, this.dialect),
      condition(this.value('truth'), 'number', { [operator]: truths }, this.dialect),
    ];
    return operator === 'in' ? any(conditions) : all(conditions);
  }

  private isNull(wanted: boolean): Sql {
    const empty = all([isNull({ value: this.value('text') }, true), isNull({ value: this.value('number') }, true)]);
    return wanted ? empty : sql`NOT ${empty}`;
  }

  private hasTag(tag: string): Sql {
    const tags = this.value('list');
    const entries =
      this.dialect === 'sqlite' ? sql`json_each(${tags})` : sql`jsonb_array_elements_text(${tags}::jsonb)`;
    return sql`EXISTS (SELECT 1 FROM ${entries} entry WHERE entry.value = ${tag})`;
  }
}
