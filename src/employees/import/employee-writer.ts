import type { WrittenCounts } from '../../importing/import-run';
import type { Run } from '../../store/statement';
import { recordChanges, type EmployeeChange } from '../history/employee-change.store';
import type { ChangedRow, EmployeeRow, EmployeeRows } from '../writing/employee-rows.store';
import type { EmployeeDraft } from './row-reader';
import { changedKeys, isSame, toStored, type Ids, type Layout, type StoredEmployee } from '../writing/stored-employee';
import type { Person, StoredPerson, Supervisors } from './supervisors';
import type { UnitIds } from '../writing/unit-ids';

/** People per batch: with every column, 18,000 values, where SQLite binds 32,766 and PostgreSQL 65,535. */
const BATCH = 500;

/** Stands for the id of a supervisor who is still to be created: differs from every id. */
const TO_BE_CREATED = 0;

export interface WriterParts {
  readonly run: Run;
  readonly store: EmployeeRows;
  readonly units: UnitIds;
  readonly layout: Layout;
  readonly customIds: ReadonlyMap<string, number>;
  readonly supervisors: Supervisors;
  /** Everybody in the store before the import. */
  readonly stored: readonly StoredPerson[];
  /** When the import happens. */
  readonly now: string;
}

/** A person of the file, who has a personnel number. */
interface ImportedRow extends EmployeeRow {
  readonly personnelNumber: string;
}

/** Writes people in batches, and their supervisors when everybody has an id. */
export class EmployeeWriter {
  private readonly counts = { created: 0, updated: 0, unchanged: 0 };
  private readonly idByNumber: Map<string, number>;
  private readonly superiors: [id: number, supervisor: Person | null][] = [];
  private readonly ids: Ids;
  private waiting: EmployeeDraft[] = [];

  constructor(private readonly parts: WriterParts) {
    this.idByNumber = new Map(
      parts.stored.flatMap(({ id, personnelNumber }) => (personnelNumber === null ? [] : [[personnelNumber, id]])),
    );
    this.ids = {
      unit: (kind, name) => parts.units.of(kind, name),
      customAttribute: (key) => parts.customIds.get(key) ?? 0,
    };
  }

  async add(draft: EmployeeDraft): Promise<void> {
    this.waiting.push(draft);
    if (this.waiting.length === BATCH) await this.flush();
  }

  /** Writes what is waiting, and then everybody's supervisor. */
  async finish(): Promise<WrittenCounts> {
    await this.flush();
    await this.parts.store.writeSupervisors(this.superiors.map(([id, supervisor]) => [id, this.idOrNull(supervisor)]));
    return this.counts;
  }

  private async flush(): Promise<void> {
    const drafts = this.waiting;
    this.waiting = [];
    await this.parts.units.ensure(drafts);
    const known = drafts.flatMap(({ personnelNumber }) => this.idByNumber.get(personnelNumber) ?? []);
    const stored = await this.parts.store.read(known);
    const rows = drafts
      .map((draft) => this.rowOf(draft, this.before(draft, stored)))
      .filter((row) => this.isNews(row, this.before(row, stored)));
    if (rows.length > 0) await this.write(rows, stored);
  }

  private before(
    { personnelNumber }: Pick<ImportedRow, 'personnelNumber'>,
    stored: ReadonlyMap<number, StoredEmployee>,
  ): StoredEmployee | undefined {
    const id = this.idByNumber.get(personnelNumber);
    return id === undefined ? undefined : stored.get(id);
  }

  // What the row lacks stays as it is.
  private rowOf(draft: EmployeeDraft, before: StoredEmployee | undefined): ImportedRow {
    const { personnelNumber } = draft;
    const { layout, supervisors } = this.parts;
    const supervisor = supervisors.get(personnelNumber);
    const supervisorId = supervisor === undefined ? (before?.supervisorId ?? null) : this.idOrNull(supervisor);
    return { personnelNumber, employee: toStored(draft, layout, this.ids, supervisorId, before) };
  }

  private isNews({ employee }: ImportedRow, before: StoredEmployee | undefined): boolean {
    if (!before) this.counts.created += 1;
    else if (isSame(before, employee)) this.counts.unchanged += 1;
    else this.counts.updated += 1;
    return !before || !isSame(before, employee);
  }

  private async write(rows: readonly ImportedRow[], stored: ReadonlyMap<number, StoredEmployee>): Promise<void> {
    const { store, now, layout } = this.parts;
    const { created, changed } = this.split(rows);
    await store.create(created, now);
    await store.change(changed, now);
    const numbers = created.map(({ personnelNumber }) => personnelNumber);
    for (const [personnelNumber, id] of await store.idsOf(numbers)) this.idByNumber.set(personnelNumber, id);
    const people = new Map(rows.map(({ personnelNumber, employee }) => [this.idOf(personnelNumber), employee]));
    await store.writeCustom(people);
    await store.writeCostCenters(people);
    if (layout.hasSupervisor) this.rememberSupervisors(rows);
    await recordChanges(this.parts.run, this.changes(rows, stored), now);
  }

  private changes(rows: readonly ImportedRow[], stored: ReadonlyMap<number, StoredEmployee>): EmployeeChange[] {
    return rows.flatMap(({ personnelNumber, employee }) => {
      const employeeId = this.idOf(personnelNumber);
      const attributes = changedKeys(stored.get(employeeId), employee, this.parts.layout, this.ids);
      return attributes.map((attribute) => ({ employeeId, attribute }));
    });
  }

  private split(rows: readonly ImportedRow[]): { created: ImportedRow[]; changed: (ImportedRow & ChangedRow)[] } {
    const created: ImportedRow[] = [];
    const changed: (ImportedRow & ChangedRow)[] = [];
    for (const row of rows) {
      const id = this.idByNumber.get(row.personnelNumber);
      if (id === undefined) created.push(row);
      else changed.push({ ...row, id });
    }
    return { created, changed };
  }

  private rememberSupervisors(rows: readonly ImportedRow[]): void {
    for (const { personnelNumber } of rows) {
      const supervisor = this.parts.supervisors.get(personnelNumber);
      if (supervisor !== undefined) this.superiors.push([this.idOf(personnelNumber), supervisor]);
    }
  }

  private idOrNull(supervisor: Person | null): number | null {
    return supervisor === null ? null : this.idOf(supervisor);
  }

  private idOf(person: Person): number {
    return typeof person === 'number' ? person : (this.idByNumber.get(person) ?? TO_BE_CREATED);
  }
}
