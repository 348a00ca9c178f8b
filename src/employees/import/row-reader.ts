import type { AttributeKey } from '../../attributes/attribute';
import { excerpt } from '../../tabular/problem';
import type { GoodRow } from '../../tabular/table-row';
import type { AttributeInput } from '../values/attribute-input';
import { readPersonnelNumber, readValue } from '../values/attribute-value';
import type { ColumnUse, Target } from '../../importing/column-plan';
import type { EmployeePlan } from './employee-plan';

/** One person as a row of the file tells them. */
export interface EmployeeDraft {
  readonly personnelNumber: string;
  /** Every attribute that the row or the map gives, with null for empty. */
  readonly values: ReadonlyMap<AttributeKey, AttributeInput>;
}

interface CellProblem {
  readonly column: string;
  readonly reason: string;
}

export type RowReading = { readonly draft: EmployeeDraft } | BadRow;

interface BadRow {
  readonly problems: readonly CellProblem[];
  /** Null when it is part of the problem. */
  readonly personnelNumber: string | null;
}

/** Reads the cells that a row has as a person, or tells everything that is wrong with them. */
export function readEmployeeRow(plan: EmployeePlan, row: GoodRow): RowReading {
  const problems: CellProblem[] = [];
  const values = new Map<AttributeKey, AttributeInput>(plan.constants);
  for (const [column, use] of plan.columns) {
    if (row.cells.has(column)) readCell(row, column, use, values, problems);
  }
  const personnelNumber = readKey(plan.key, row, problems);
  if (problems.length > 0 || personnelNumber === null) return { problems, personnelNumber };
  return { draft: { personnelNumber, values } };
}

function readCell(
  row: GoodRow,
  column: string,
  use: ColumnUse,
  values: Map<AttributeKey, AttributeInput>,
  problems: CellProblem[],
): void {
  const cell = row.cells.get(column);
  for (const target of use.targets) {
    const reading = readValue(target.attribute, target.options, cell, currencyOf(row, target));
    if ('value' in reading) values.set(target.attribute.key, reading.value);
    else problems.push({ column, reason: `${use.isSecret ? 'the value' : excerpt(cell)} ${reading.reason}` });
  }
}

function currencyOf(row: GoodRow, { options }: Target): unknown {
  return options.currencyColumn === undefined ? undefined : row.cells.get(options.currencyColumn);
}

function readKey(column: string, row: GoodRow, problems: CellProblem[]): string | null {
  const cell = row.cells.get(column);
  const reading = readPersonnelNumber(cell);
  if ('reason' in reading) problems.push({ column, reason: `${excerpt(cell)} ${reading.reason}` });
  else if (typeof reading.value === 'string') return reading.value;
  else problems.push({ column, reason: 'the personnel number is empty' });
  return null;
}
