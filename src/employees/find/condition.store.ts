import sql, { join, type Sql } from 'sql-template-tag';
import type { Dialect } from '../../store/store';
import {
  COMPARISONS,
  FALSE,
  isNull,
  LIST_COMPARISONS,
  TEXT_COMPARISONS,
  TRUE,
  type Compared,
} from '../../store/comparison';
import { idOperand, momentOperand, numberOperand, textOperand, unusable } from './operand';

/** What a client said in an input type, after coercion and the gate. */
export type Said = Readonly<Record<string, unknown>>;

export type OperandKind = 'text' | 'number' | 'day' | 'moment' | 'id';

const OPERANDS: Readonly<Record<OperandKind, (value: unknown) => string | number>> = {
  text: textOperand,
  number: numberOperand,
  day: textOperand,
  moment: momentOperand,
  id: idOperand,
};

/** Operands of one list: well below what either database binds. */
const LONGEST_LIST = 1_000;

/** Joins conditions of which all must hold. */
export function all(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? TRUE : sql`(${join([...conditions], ' AND ')})`;
}

/** Joins conditions of which one must hold. */
export function any(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? FALSE : sql`(${join([...conditions], ' OR ')})`;
}

/**
 * What a client said, name by name. A null is no condition, and dropping it would widen the answer without a word.
 *
 * @throws GatewayError BAD_USER_INPUT for a null
 */
export function entriesOf(said: unknown): [name: string, value: unknown][] {
  return Object.entries(said as Said)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      if (value === null) throw unusable(`Null is no condition: leave "${name}" out, or use "isNull".`);
      return [name, value];
    });
}

/** Translates the operators of one filter, such as `{ gte: 3, lt: 5 }`, all of which must hold for `value`. */
export function condition(value: Sql, kind: OperandKind, said: unknown, dialect: Dialect): Sql {
  const compared: Compared = { value, dialect, isText: kind !== 'number' && kind !== 'id' };
  return all(entriesOf(said).map(([operator, operand]) => operation(compared, kind, operator, operand)));
}

function operation(compared: Compared, kind: OperandKind, operator: string, operand: unknown): Sql {
  if (operator === 'isNull') return isNull(compared, operand === true);
  const bind = OPERANDS[kind];
  if (isKeyOf(LIST_COMPARISONS, operator)) return LIST_COMPARISONS[operator](compared, listOf(operand).map(bind));
  if (isKeyOf(TEXT_COMPARISONS, operator)) return TEXT_COMPARISONS[operator](compared, textOperand(operand));
  if (isKeyOf(COMPARISONS, operator)) return COMPARISONS[operator](compared, bind(operand));
  throw new Error(`Nobody has said how ${operator} compares.`);
}

/** @throws GatewayError BAD_USER_INPUT for a list that is too long or holds a null */
export function listOf(operand: unknown): readonly unknown[] {
  const list = Array.isArray(operand) ? (operand as readonly unknown[]) : [operand];
  if (list.length > LONGEST_LIST) throw unusable('A list to compare with has at most 1,000 entries.');
  if (list.includes(null)) throw unusable('Null is no condition: leave it out of the list.');
  return list;
}

export function isKeyOf<Table extends object>(table: Table, key: string): key is Extract<keyof Table, string> {
  return Object.hasOwn(table, key);
}
