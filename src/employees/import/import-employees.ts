import type { AttributeStore } from '../../attributes/attribute.store';
import { ensureCustomAttributes } from '../../attributes/custom-attribute.store';
import { COMMAND_LINE } from '../../audit/audit-event';
import type { AuditLog } from '../../audit/audit.store';
import type { Clock } from '../../clock';
import { runIn, type Run } from '../../store/statement';
import type { Store, Transaction } from '../../store/store';
import { ImportError, type Problem } from '../../tabular/problem';
import type { Table } from '../../tabular/table';
import { checkRows, type CheckedRows } from './check-rows';
import { ColumnPlan } from './column-plan';
import { lockPeople } from '../history/employee-change.store';
import { EmployeeRows } from '../writing/employee-rows.store';
import { EmployeeWriter, type WrittenCounts } from './employee-writer';
import { ImportCatalogue } from './import-catalogue';
import type { ImportMap } from './import-map';
import { readEmployeeRow } from './row-reader';
import { layoutOf } from '../writing/stored-employee';
import { storedPeople } from './stored-people.store';
import { resolveSupervisors, type StoredPerson, type Supervisors } from './supervisors';
import { UnitIds } from '../writing/unit-ids';

/** What an import works with; a house has it all. */
export interface ImportParts {
  readonly store: Store;
  readonly attributes: AttributeStore;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

export interface ImportOptions {
  /** Says what would happen, and keeps nothing of it. */
  readonly dryRun?: boolean;
  /** Takes the good rows of a file that has bad ones. */
  readonly skipBad?: boolean;
}

export interface ImportOutcome extends WrittenCounts {
  /** Bad rows. */
  readonly skipped: number;
  readonly dryRun: boolean;
  /** At most 50 of what is wrong with the skipped rows. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
}

/** @param share of the work that is done, 0 to 1 */
export type OnProgress = (share: number) => void;

/**
 * Takes the people of a file into the store: all of them in one transaction, or nobody. People are recognised by their
 * personnel numbers. The file is read twice, once to check it and once to take it, so that its size does not matter.
 *
 * @param map absent when the columns are called as the attributes are
 * @throws ImportError when the file or the map cannot be taken
 * @see docs/importing.md
 */
export async function importEmployees(
  parts: ImportParts,
  table: Table,
  map: ImportMap | undefined,
  options: ImportOptions = {},
  onProgress: OnProgress = () => undefined,
): Promise<ImportOutcome> {
  const catalogue = new ImportCatalogue(await parts.attributes.custom(), map);
  const plan = new ColumnPlan(map, catalogue);
  const onBytes = progressOver(2 * table.size, onProgress);
  const checked = await checkRows(table, plan, onBytes);
  const job = { parts, table, map, options, catalogue, plan, checked, onBytes };
  return keptOrNot(parts.store, options.dryRun === true, async (manager) => {
    const outcome = await new EmployeeImport(job, manager).perform();
    const { created, updated, unchanged, skipped } = outcome;
    await parts.audit.append(manager, {
      action: 'EMPLOYEES_IMPORTED',
      actor: COMMAND_LINE,
      after: { created, updated, unchanged, skipped },
    });
    return outcome;
  });
}

function progressOver(total: number, onProgress: OnProgress): (bytes: number) => void {
  let done = 0;
  return (bytes) => {
    done += bytes;
    onProgress(done / total);
  };
}

/** Leaves a transaction by the only way that keeps nothing of it. */
class DryRunDone extends Error {
  constructor(readonly outcome: ImportOutcome) {
    super('The dry run is done.');
  }
}

async function keptOrNot(
  store: Store,
  dryRun: boolean,
  work: (manager: Transaction) => Promise<ImportOutcome>,
): Promise<ImportOutcome> {
  try {
    return await store.write(async (manager) => {
      const outcome = await work(manager);
      if (dryRun) throw new DryRunDone(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof DryRunDone) return error.outcome;
    throw error;
  }
}

interface Job {
  readonly parts: ImportParts;
  readonly table: Table;
  readonly map: ImportMap | undefined;
  readonly options: ImportOptions;
  readonly catalogue: ImportCatalogue;
  readonly plan: ColumnPlan;
  readonly checked: CheckedRows;
  readonly onBytes: (bytes: number) => void;
}

/** The part of an import that happens inside its transaction. */
class EmployeeImport {
  private readonly run: Run;
  private readonly layout;

  constructor(
    private readonly job: Job,
    manager: Transaction,
  ) {
    this.run = runIn(manager, job.parts.store.dialect);
    this.layout = layoutOf(job.plan.attributes);
  }

  async perform(): Promise<ImportOutcome> {
    const { parts, plan, checked } = this.job;
    await lockPeople(this.run, parts.store.dialect);
    const customIds = await this.customIds();
    const store = new EmployeeRows(this.run, this.layout, [...customIds.values()]);
    const stored = await storedPeople(this.run, plan.supervisorBy === 'email');
    const supervisors = this.resolve(stored);
    this.refuseBadRows();
    const units = new UnitIds(this.run);
    const now = parts.clock.now();
    const counts = await this.writeRows(
      new EmployeeWriter({ run: this.run, store, units, layout: this.layout, customIds, supervisors, stored, now }),
    );
    const { badRows: skipped, problems, count: problemCount } = checked.problems;
    return { ...counts, skipped, dryRun: this.job.options.dryRun === true, problems, problemCount };
  }

  private async customIds(): Promise<ReadonlyMap<string, number>> {
    const { catalogue } = this.job;
    const used = this.layout.customKeys.flatMap((key) => catalogue.find(key) ?? []);
    const keys = new Set(used.map(({ key }) => key));
    const declared = catalogue.toCreate.filter(({ key }) => !keys.has(key));
    const { ids, conflicts } = await ensureCustomAttributes(this.run, [...used, ...declared]);
    if (conflicts.length > 0) {
      throw new ImportError(`${conflicts.join(', ')}: taken out of use, or of another type. Choose another name.`);
    }
    return new Map([...ids].filter(([key]) => keys.has(key)));
  }

  private resolve(stored: readonly StoredPerson[]): Supervisors {
    if (!this.layout.hasSupervisor) return new Map();
    const { checked, plan, map, options } = this.job;
    return resolveSupervisors(checked.rows, stored, checked.problems, {
      by: plan.supervisorBy,
      circles: map?.supervisorCircles ?? 'refuse',
      skipBad: options.skipBad === true,
    });
  }

  private refuseBadRows(): void {
    const { checked, options, table } = this.job;
    const { count, problems, badRows } = checked.problems;
    if (badRows === 0 || (options.skipBad && badRows < checked.rowCount)) return;
    const found = count === 1 ? 'there is a problem' : `there are ${count} problems`;
    throw new ImportError(`Nothing of ${table.name} was imported, because ${found}:`, problems, count);
  }

  private async writeRows(writer: EmployeeWriter): Promise<WrittenCounts> {
    const { table, plan, checked, onBytes } = this.job;
    let index = -1;
    for await (const row of table.rows(onBytes)) {
      index += 1;
      if (checked.problems.isBad(index)) continue;
      const reading = 'cells' in row ? readEmployeeRow(plan, row) : undefined;
      if (!reading || 'problems' in reading) throw new ImportError(`${table.name} changed while it was read.`);
      await writer.add(reading.draft);
    }
    await table.assertUnchanged();
    return writer.finish();
  }
}
