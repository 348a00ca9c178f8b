import { COMMAND_LINE } from '../audit/audit-event';
import { holdEmployees } from '../employees/held-employees.store';
import { runIn, type Run } from '../store/statement';
import type { Transaction } from '../store/store';
import { excerpt, ImportError } from '../tabular/problem';
import type { Table } from '../tabular/table';
import type { OnBytes } from '../tabular/text-file';
import { checkRecords, RecordReader, type CheckedRecords } from './check-records';
import type { ImportMap } from './import-map';
import {
  outcomeOf,
  progressOver,
  refuseBadRows,
  type CheckedImport,
  type ImportGround,
  type ImportOptions,
  type ImportOutcome,
  type OnProgress,
  type Taken,
  type WrittenCounts,
} from './import-run';
import { judgeRecords } from './judge-records';
import { MomentReader } from './moment';
import { nameKey, peopleByName } from './people-by-name.store';
import { RecordPlan } from './record-fields';
import type { RecordChange, RecordKind, Verdict } from './record-kind';
import type { RowFacts, StoredFacts } from './record';

export interface RecordImportOptions extends ImportOptions {
  /** Of moments that tell no offset from UTC. */
  readonly timeZone?: string;
}

/**
 * The first reading of a file of records, which needs no transaction.
 *
 * @throws ImportError when the file or the map cannot be taken
 */
export async function checkRecordImport<Draft, Row extends RowFacts, Stored extends StoredFacts>(
  ground: ImportGround,
  kind: RecordKind<Draft, Row, Stored>,
  table: Table,
  map: ImportMap | undefined,
  options: RecordImportOptions,
  onProgress: OnProgress,
): Promise<CheckedImport> {
  const plan = new RecordPlan(map, kind.fields);
  const moments = new MomentReader(options.timeZone);
  const onBytes = progressOver(2 * table.size, onProgress);
  const checked = await checkRecords(table, plan, kind, moments, onBytes);
  const reader = new RecordReader(plan, kind, moments);
  return {
    take: (manager) =>
      new RecordImport({ ground, kind, table, plan, options, checked, reader, onBytes }, manager).perform(),
  };
}

/** People whose stored records are in memory at a time. */
const PEOPLE = 200;
/** Records per statement: with twelve values each, well below what either database binds. */
const RECORDS = 500;

interface Job<Draft, Row extends RowFacts, Stored extends StoredFacts> {
  readonly ground: ImportGround;
  readonly kind: RecordKind<Draft, Row, Stored>;
  readonly table: Table;
  readonly plan: RecordPlan;
  readonly options: ImportOptions;
  readonly checked: CheckedRecords<Row>;
  readonly reader: RecordReader<Draft, Row, Stored>;
  readonly onBytes: OnBytes;
}

/** The part of an import that happens inside its transaction. */
class RecordImport<Draft, Row extends RowFacts, Stored extends StoredFacts> {
  private readonly run: Run;
  /** By the row's index. */
  private readonly verdicts = new Map<number, Verdict>();

  constructor(
    private readonly job: Job<Draft, Row, Stored>,
    manager: Transaction,
  ) {
    this.run = runIn(manager, job.ground.store.dialect);
  }

  async perform(): Promise<Taken<ImportOutcome>> {
    const { kind, table, checked, options } = this.job;
    const { problems } = checked;
    const rowsOf = await this.rowsByPerson();
    await kind.prepare(this.run, this.goodRows(), (row, reason) => this.refuse(row, reason));
    await this.judgeAll(rowsOf);
    refuseBadRows(table.name, problems, checked.rowCount, options.skipBad === true);
    const counts = await this.writeRows();
    const after = { ...counts, skipped: problems.badRows };
    return {
      outcome: outcomeOf(counts, problems, options.dryRun === true),
      events: [{ action: kind.action, actor: COMMAND_LINE, after }],
    };
  }

  private goodRows(): readonly Row[] {
    return this.job.checked.rows.filter(({ index }) => !this.job.checked.problems.isBad(index));
  }

  private refuse({ index, place }: RowFacts, reason: string): void {
    this.job.checked.problems.add(index, { ...place, reason });
  }

  private async rowsByPerson(): Promise<ReadonlyMap<number, readonly Row[]>> {
    const field = this.job.plan.personField;
    const people = field === undefined ? new Map<string, never[]>() : await peopleByName(this.run, field);
    const rowsOf = new Map<number, Row[]>();
    for (const row of this.job.checked.rows) {
      const ids = people.get(nameKey(field ?? 'employee', row.person)) ?? [];
      const [id] = ids;
      if (ids.length !== 1 || id === undefined) this.refuse(row, notFound(row.person, ids.length));
      else if (rowsOf.has(id)) rowsOf.get(id)?.push(row);
      else rowsOf.set(id, [row]);
    }
    return rowsOf;
  }

  // In the order of the ids, as everybody holds people, so that no two transactions wait for each other.
  private async judgeAll(rowsOf: ReadonlyMap<number, readonly Row[]>): Promise<void> {
    const { kind, checked, ground } = this.job;
    const ids = [...rowsOf.keys()].sort((one, other) => one - other);
    const span = spanOf(checked.rows);
    for (let from = 0; from < ids.length; from += PEOPLE) {
      const part = ids.slice(from, from + PEOPLE);
      await holdEmployees(this.run, ground.store.dialect, part);
      const stored = await kind.stored(this.run, part, span);
      for (const id of part) this.judge(id, rowsOf.get(id) ?? [], stored.get(id) ?? []);
    }
  }

  private judge(employeeId: number, rows: readonly Row[], stored: readonly Stored[]): void {
    const { problems } = this.job.checked;
    const good = rows.filter(({ index }) => !problems.isBad(index));
    const { decisions, refusals } = judgeRecords(good, stored, this.job.kind.rules);
    const byIndex = new Map(good.map((row) => [row.index, row]));
    for (const { index, reason } of refusals) {
      const row = byIndex.get(index);
      if (row) this.refuse(row, reason);
    }
    for (const { row, stored: found, isSame } of decisions) {
      this.verdicts.set(row.index, { employeeId, id: found?.id, isSame });
    }
  }

  private async writeRows(): Promise<WrittenCounts> {
    const { table, reader, onBytes } = this.job;
    const counts = { created: 0, updated: 0, unchanged: 0 };
    let waiting: RecordChange<Draft>[] = [];
    let index = -1;
    for await (const row of table.rows(onBytes)) {
      index += 1;
      const verdict = this.verdicts.get(index);
      if (!verdict) continue;
      counts[verdict.isSame ? 'unchanged' : verdict.id === undefined ? 'created' : 'updated'] += 1;
      if (verdict.isSame) continue;
      const reading = 'cells' in row ? reader.read(row) : undefined;
      if (!reading || !('draft' in reading)) throw new ImportError(`${table.name} changed while it was read.`);
      waiting.push({ ...verdict, draft: reading.draft });
      if (waiting.length === RECORDS) waiting = await this.flush(waiting);
    }
    await table.assertUnchanged();
    await this.flush(waiting);
    return counts;
  }

  private async flush(changes: readonly RecordChange<Draft>[]): Promise<never[]> {
    const { ground, kind } = this.job;
    if (changes.length > 0) await kind.write(this.run, changes, ground.clock.now());
    return [];
  }
}

function spanOf(rows: readonly RowFacts[]): Pick<RowFacts, 'first' | 'last'> {
  return rows.reduce(
    (span, { first, last }) => ({
      first: span.first === '' || first < span.first ? first : span.first,
      last: last > span.last ? last : span.last,
    }),
    { first: '', last: '' },
  );
}

function notFound(person: string, count: number): string {
  return count === 0
    ? `the person ${excerpt(person)} is not in the store`
    : `the person ${excerpt(person)} could be any of ${count} people`;
}
