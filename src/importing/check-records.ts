import { ImportError, ProblemList } from '../tabular/problem';
import type { Table } from '../tabular/table';
import type { GoodRow, TableRow } from '../tabular/table-row';
import type { OnBytes } from '../tabular/text-file';
import type { MomentReader } from './moment';
import { PERSON_FIELDS, type RecordPlan } from './record-fields';
import type { RecordKind } from './record-kind';
import { readRecordRow, type FieldProblem, type RecordValues } from './record-row';
import type { RowFacts, StoredFacts } from './record';

/** Reads rows as drafts, in both readings of a file. */
export class RecordReader<Draft, Row extends RowFacts, Stored extends StoredFacts> {
  constructor(
    private readonly plan: RecordPlan,
    private readonly kind: RecordKind<Draft, Row, Stored>,
    private readonly moments: MomentReader,
  ) {}

  read(
    row: GoodRow,
  ): { readonly draft: Draft; readonly person: string } | { readonly problems: readonly FieldProblem[] } {
    const reading = readRecordRow(this.plan, row, this.moments);
    if ('problems' in reading) return reading;
    const person = personIn(reading.values);
    const problems = this.missing(reading.values, person);
    if (problems.length > 0 || person === null) return { problems };
    const draft = this.kind.draft(reading.values);
    const wrong = this.kind.problems(draft).map(({ field, message }) => this.problemOf(field?.[0], message));
    return wrong.length > 0 ? { problems: wrong } : { draft, person };
  }

  private missing(values: RecordValues, person: string | null): FieldProblem[] {
    const empty = this.kind.required.filter((field) => (values.get(field) ?? null) === null);
    return [
      ...(person === null ? [{ reason: 'the person is not named' }] : []),
      ...empty.map((field) => this.problemOf(field, `The ${field} is empty.`)),
    ];
  }

  private problemOf(field: string | undefined, message: string): FieldProblem {
    const column = field === undefined ? undefined : this.plan.columnOf(field);
    return { ...(column === undefined ? {} : { column }), reason: reasonOf(message) };
  }
}

/** A sentence as the reason of a problem: what stands behind a colon. */
export function reasonOf(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '');
}

function personIn(values: RecordValues): string | null {
  for (const field of PERSON_FIELDS) {
    const value = values.get(field);
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return null;
}

export interface CheckedRecords<Row extends RowFacts> {
  /** Good rows. */
  readonly rows: readonly Row[];
  readonly rowCount: number;
  readonly problems: ProblemList;
}

/**
 * Reads the whole file once without touching the store.
 *
 * @throws ImportError when the file is broken as a whole, has no rows, or does not have the columns that it needs
 */
export async function checkRecords<Draft, Row extends RowFacts, Stored extends StoredFacts>(
  table: Table,
  plan: RecordPlan,
  kind: RecordKind<Draft, Row, Stored>,
  moments: MomentReader,
  onBytes: OnBytes,
): Promise<CheckedRecords<Row>> {
  const checker = new RecordChecker(plan, kind, moments);
  for await (const row of table.rows(onBytes)) checker.check(row);
  if (checker.rowCount === 0) throw new ImportError(`${table.name} has no rows.`);
  checker.assertColumns();
  return checker;
}

class RecordChecker<Draft, Row extends RowFacts, Stored extends StoredFacts> implements CheckedRecords<Row> {
  readonly rows: Row[] = [];
  readonly problems = new ProblemList();
  rowCount = 0;
  private sawColumns = false;
  private readonly reader: RecordReader<Draft, Row, Stored>;

  constructor(
    private readonly plan: RecordPlan,
    private readonly kind: RecordKind<Draft, Row, Stored>,
    moments: MomentReader,
  ) {
    this.reader = new RecordReader(plan, kind, moments);
  }

  check(row: TableRow): void {
    const index = this.rowCount;
    const { place } = row;
    this.rowCount += 1;
    if ('fault' in row) {
      this.problems.add(index, { ...place, reason: `the row ${row.fault}` });
      return;
    }
    this.plan.meet(row.cells.keys());
    this.sawColumns = true;
    const reading = this.reader.read(row);
    if ('draft' in reading) this.rows.push(this.kind.facts(reading.draft, { index, place, person: reading.person }));
    else for (const problem of reading.problems) this.problems.add(index, { ...place, ...problem });
  }

  /** @throws ImportError when the file does not have the columns that it needs */
  assertColumns(): void {
    if (!this.sawColumns) return;
    this.plan.assertAllMet();
    this.plan.assertComplete(this.kind.required);
  }
}
