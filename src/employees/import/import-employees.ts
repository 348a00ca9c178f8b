import type { Attribute } from '../../attributes/attribute';
import type { AttributeStore } from '../../attributes/attribute.store';
import { ensureCustomAttributes } from '../../attributes/custom-attribute.store';
import { COMMAND_LINE } from '../../audit/audit-event';
import { attributeCreated } from '../../catalogue/attribute-event';
import {
  keptOrNot,
  outcomeOf,
  progressOver,
  refuseBadRows,
  type CheckedImport,
  type ImportGround,
  type ImportOptions,
  type ImportOutcome,
  type OnProgress,
  type WrittenCounts,
} from '../../importing/import-run';
import { runIn, type Run } from '../../store/statement';
import type { Transaction } from '../../store/store';
import { ImportError } from '../../tabular/problem';
import type { Table } from '../../tabular/table';
import { checkRows, type CheckedRows } from './check-rows';
import { holdEmployees } from '../held-employees.store';
import { EmployeePlan } from './employee-plan';
import { lockPeople } from '../history/employee-change.store';
import { EmployeeRows } from '../writing/employee-rows.store';
import { EmployeeWriter } from './employee-writer';
import { ImportCatalogue } from './import-catalogue';
import type { ImportMap } from '../../importing/import-map';
import { readEmployeeRow } from './row-reader';
import { layoutOf } from '../writing/stored-employee';
import { storedPeople } from './stored-people.store';
import { resolveSupervisors, type StoredPerson, type Supervisors } from './supervisors';
import { UnitIds } from '../writing/unit-ids';

/** What an import of people works with; a house has it all. */
export interface ImportParts extends ImportGround {
  readonly attributes: AttributeStore;
}

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
  const checked = await checkEmployees(parts, table, map, options, onProgress);
  return keptOrNot(parts, options.dryRun === true, (manager) => checked.take(manager));
}

/**
 * The first reading of a file of people, which needs no transaction.
 *
 * @throws ImportError when the file or the map cannot be taken
 */
export async function checkEmployees(
  parts: ImportParts,
  table: Table,
  map: ImportMap | undefined,
  options: ImportOptions,
  onProgress: OnProgress,
): Promise<CheckedImport> {
  const catalogue = new ImportCatalogue(await parts.attributes.custom(), map);
  const plan = new EmployeePlan(map, catalogue);
  const onBytes = progressOver(2 * table.size, onProgress);
  const checked = await checkRows(table, plan, onBytes);
  const job = { parts, table, map, options, catalogue, plan, checked, onBytes };
  return {
    take: async (manager) => {
      const work = new EmployeeImport(job, manager);
      const outcome = await work.perform();
      const { created, updated, unchanged, skipped } = outcome;
      const after = { created, updated, unchanged, skipped };
      const made = work.made.map((attribute) => attributeCreated(attribute, COMMAND_LINE));
      return { outcome, events: [...made, { action: 'EMPLOYEES_IMPORTED', actor: COMMAND_LINE, after }] };
    },
  };
}

interface Job {
  readonly parts: ImportParts;
  readonly table: Table;
  readonly map: ImportMap | undefined;
  readonly options: ImportOptions;
  readonly catalogue: ImportCatalogue;
  readonly plan: EmployeePlan;
  readonly checked: CheckedRows;
  readonly onBytes: (bytes: number) => void;
}

/** People per statement that holds them. */
const HELD_AT_ONCE = 5_000;

/** The part of an import that happens inside its transaction. */
class EmployeeImport {
  /** The custom attributes that this import created. */
  made: readonly Attribute[] = [];
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
    const { parts, table, plan, checked, options } = this.job;
    await lockPeople(this.run, parts.store.dialect);
    const customIds = await this.customIds();
    const store = new EmployeeRows(this.run, this.layout, [...customIds.values()]);
    const stored = await storedPeople(this.run, plan.supervisorBy === 'email');
    const supervisors = this.resolve(stored);
    refuseBadRows(table.name, checked.problems, checked.rowCount, options.skipBad === true);
    await this.hold(stored);
    const units = new UnitIds(this.run);
    const now = parts.clock.now();
    const counts = await this.writeRows(
      new EmployeeWriter({ run: this.run, store, units, layout: this.layout, customIds, supervisors, stored, now }),
    );
    return outcomeOf(counts, checked.problems, options.dryRun === true);
  }

  // All of them first: a file has people in an order that nobody else keeps.
  private async hold(stored: readonly StoredPerson[]): Promise<void> {
    const { parts, checked } = this.job;
    const known = stored.filter(({ personnelNumber }) => personnelNumber !== null && checked.rows.has(personnelNumber));
    const ids = known.map(({ id }) => id).sort((one, other) => one - other);
    for (let from = 0; from < ids.length; from += HELD_AT_ONCE) {
      await holdEmployees(this.run, parts.store.dialect, ids.slice(from, from + HELD_AT_ONCE));
    }
  }

  private async customIds(): Promise<ReadonlyMap<string, number>> {
    const { catalogue } = this.job;
    const used = this.layout.customKeys.flatMap((key) => catalogue.find(key) ?? []);
    const keys = new Set(used.map(({ key }) => key));
    const declared = catalogue.toCreate.filter(({ key }) => !keys.has(key));
    const { ids, created, conflicts } = await ensureCustomAttributes(this.run, [...used, ...declared]);
    if (conflicts.length > 0) {
      throw new ImportError(`${conflicts.join(', ')}: taken out of use, or of another type. Choose another name.`);
    }
    this.made = created;
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
