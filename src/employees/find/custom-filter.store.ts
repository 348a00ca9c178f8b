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
  const custom = new CustomCondition((column) => customValue(name, row, column), dialect);
  return all(entriesOf(operators).map(([operator, operand]) => custom.operation(operator, operand)));
}

/** A person's value of a custom attribute that is in use; null when there is none. */
export function customValue(name: string, row: string, column: 'text_value' | 'number_value' | 'tags'): Sql {
  // Only a TAGS attribute's text is a list; another attribute's text may well not be JSON.
  const value = column === 'tags' ? sql`CASE WHEN a.type = 'TAGS' THEN v.text_value END` : raw(`v.${column}`);
  return sql`(SELECT ${value} FROM employee_custom_value v JOIN custom_attribute a ON a.id = v.attribute_id
    WHERE v.employee_id = ${raw(row)}.id AND a.name = ${name} AND a.retired_at IS NULL)`;
}

type Column = Parameters<typeof customValue>[2];

class CustomCondition {
  constructor(
    private readonly value: (column: Column) => Sql,
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
      return condition(this.value('number_value'), 'number', { [operator]: numberOperand(operand) }, this.dialect);
    }
    return condition(this.value('text_value'), 'text', { [operator]: textOperand(operand) }, this.dialect);
  }

  private boolean(operator: string, operand: boolean): Sql {
    if (!isKeyOf({ eq: true, neq: true }, operator)) throw unusable('A boolean is only equal or not.');
    return condition(this.value('number_value'), 'number', { [operator]: operand ? 1 : 0 }, this.dialect);
  }

  private list(operator: 'in' | 'notIn', operands: readonly unknown[]): Sql {
    const texts = operands.filter((operand) => typeof operand === 'string');
    const numbers = operands
      .filter((operand) => typeof operand !== 'string')
      .map((operand) => (typeof operand === 'boolean' ? Number(operand) : operand));
    const conditions = [
      condition(this.value('text_value'), 'text', { [operator]: texts }, this.dialect),
      condition(this.value('number_value'), 'number', { [operator]: numbers }, this.dialect),
    ];
    return operator === 'in' ? any(conditions) : all(conditions);
  }

  private isNull(wanted: boolean): Sql {
    const empty = all([
      isNull({ value: this.value('text_value') }, true),
      isNull({ value: this.value('number_value') }, true),
    ]);
    return wanted ? empty : sql`NOT ${empty}`;
  }

  private hasTag(tag: string): Sql {
    const tags = this.value('tags');
    const entries =
      this.dialect === 'sqlite' ? sql`json_each(${tags})` : sql`jsonb_array_elements_text(${tags}::jsonb)`;
    return sql`EXISTS (SELECT 1 FROM ${entries} entry WHERE entry.value = ${tag})`;
  }
}
