import type { AttributeInput, Reading } from '../employees/values/attribute-input';
import { readPersonnelNumber, readValue } from '../employees/values/attribute-value';
import { excerpt } from '../tabular/problem';
import type { GoodRow } from '../tabular/table-row';
import type { ColumnUse, Target } from './column-plan';
import type { MomentReader } from './moment';
import type { RecordPlan } from './record-fields';

/** The fields that a row or the map gives, with null for empty. */
export type RecordValues = ReadonlyMap<string, AttributeInput>;

/** What is wrong with one field, or with the row. */
export interface FieldProblem {
  readonly column?: string;
  readonly reason: string;
}

/** Reads the cells that a row has, or tells everything that is wrong with them. */
export function readRecordRow(
  plan: RecordPlan,
  row: GoodRow,
  moments: MomentReader,
): { readonly values: RecordValues } | { readonly problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const values = new Map<string, AttributeInput>(plan.constants);
  for (const [column, use] of plan.columns) {
    if (row.cells.has(column)) readCell(row, column, use, moments, values, problems);
  }
  return problems.length > 0 ? { problems } : { values };
}

function readCell(
  row: GoodRow,
  column: string,
  use: ColumnUse,
  moments: MomentReader,
  values: Map<string, AttributeInput>,
  problems: FieldProblem[],
): void {
  const cell = row.cells.get(column);
  for (const target of use.targets) {
    const reading = readField(target, cell, moments);
    if ('value' in reading) values.set(target.attribute.key, reading.value);
    else problems.push({ column, reason: `${use.isSecret ? 'the value' : excerpt(cell)} ${reading.reason}` });
  }
}

function readField({ attribute, options }: Target, cell: unknown, moments: MomentReader): Reading {
  if (attribute.key === 'personnelNumber') return readPersonnelNumber(cell);
  if (attribute.type !== 'DATE_TIME') return readValue(attribute, options, cell);
  const text = typeof cell === 'string' ? cell.trim() : cell;
  return text === '' || text === null || text === undefined ? { value: null } : moments.read(text);
}
