import { ImportError, placeName, ProblemList, type Place } from '../../tabular/problem';
import type { Table } from '../../tabular/table';
import type { TableRow } from '../../tabular/table-row';
import type { OnBytes } from '../../tabular/text-file';
import type { EmployeePlan } from './employee-plan';
import { readEmployeeRow, type EmployeeDraft } from './row-reader';
import type { RowFacts } from './supervisors';

/** What is known of a file after its first reading: little for each row, however long the rows are. */
export interface CheckedRows {
  /** Good rows by personnel number, and bad ones whose personnel number could be read. */
  readonly rows: ReadonlyMap<string, RowFacts>;
  readonly rowCount: number;
  readonly problems: ProblemList;
}

/**
 * Reads the whole file once without touching the store.
 *
 * @throws ImportError when the file is broken as a whole, has no rows, or has columns that nobody knows
 */
export async function checkRows(table: Table, plan: EmployeePlan, onBytes: OnBytes): Promise<CheckedRows> {
  const checker = new RowChecker(plan);
  for await (const row of table.rows(onBytes)) checker.check(row);
  if (checker.rowCount === 0) throw new ImportError(`${table.name} has no rows.`);
  if (checker.sawColumns) plan.assertAllMet();
  return checker;
}

class RowChecker implements CheckedRows {
  readonly rows = new Map<string, RowFacts>();
  readonly problems = new ProblemList();
  rowCount = 0;
  sawColumns = false;

  constructor(private readonly plan: EmployeePlan) {}

  check(row: TableRow): void {
    const index = this.rowCount;
    this.rowCount += 1;
    if ('fault' in row) {
      this.problems.add(index, { ...row.place, reason: `the row ${row.fault}` });
      return;
    }
    this.sawColumns = true;
    this.plan.meet(row.cells.keys());
    const reading = readEmployeeRow(this.plan, row);
    if ('problems' in reading)
      for (const problem of reading.problems) this.problems.add(index, { ...row.place, ...problem });
    if ('draft' in reading) this.remember(reading.draft.personnelNumber, index, row.place, this.facts(reading.draft));
    else if (reading.personnelNumber !== null) this.remember(reading.personnelNumber, index, row.place, {});
  }

  private remember(personnelNumber: string, index: number, place: Place, facts: Partial<RowFacts>): void {
    const earlier = this.rows.get(personnelNumber);
    if (earlier) this.refuseTwice(personnelNumber, earlier, index, place);
    else this.rows.set(personnelNumber, { index, place, supervisor: undefined, email: undefined, ...facts });
  }

  // Nobody can tell which of the two is meant, so neither is taken.
  private refuseTwice(personnelNumber: string, earlier: RowFacts, index: number, place: Place): void {
    const reason = `the personnel number ${personnelNumber.slice(0, 40)} is also on ${placeName(earlier.place)}`;
    this.problems.add(index, { ...place, column: this.plan.key, reason });
    this.problems.spoil(earlier.index);
  }

  private facts({ values }: EmployeeDraft): Partial<RowFacts> {
    const supervisor = values.get('supervisor');
    const email = values.get('email');
    return {
      ...(typeof supervisor === 'string' || supervisor === null ? { supervisor } : {}),
      ...(this.plan.supervisorBy === 'email' && (typeof email === 'string' || email === null) ? { email } : {}),
    };
  }
}
