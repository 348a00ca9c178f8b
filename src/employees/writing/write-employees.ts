import type { AttributeKey } from '../../attributes/attribute';
import { customKey } from '../../attributes/attribute';
import type { Transaction } from '../../operations/context';
import { decide } from '../../permissions/decide';
import type { Grants } from '../../permissions/grants';
import type { RowOutcome, WriteMode, WriteOutcome } from '../../writing/write-outcome';
import { holdEmployees } from '../held-employees.store';
import { lockPeople, recordChanges, type EmployeeChange } from '../history/employee-change.store';
import { checkWrites, type CheckedWrite } from './check-writes';
import { EmployeeRows } from './employee-rows.store';
import type { EmployeeWrite } from './employee-write';
import { findCustomAttributes, type StoredAttribute } from './found-people.store';
import { readValues } from './read-values';
import { changedKeys, isSame, layoutOf, toStored, type Ids, type Layout, type StoredEmployee } from './stored-employee';
import { UnitIds } from './unit-ids';

/**
 * Writes people: each row as a whole or not at all, and with ALL_OR_NOTHING every row or none.
 *
 * @returns what became of each row, in their order
 */
export async function writeEmployees(
  transaction: Transaction,
  writes: readonly EmployeeWrite[],
  mode: WriteMode,
): Promise<WriteOutcome> {
  const { run, dialect, grants } = transaction;
  await lockPeople(run, dialect);
  const keys = writes.flatMap(({ customAttributes }) => customAttributes.map(({ key }) => customKey(key)));
  const custom = await findCustomAttributes(run, [...new Set(keys)]);
  const rows = writes.map((write) => readValues(write, custom));
  const checked = await checkWrites(run, writes, rows);
  const isRefused = mode === 'ALL_OR_NOTHING' && checked.some(({ problems }) => problems.length > 0);
  const good = isRefused ? [] : checked.filter(({ problems }) => problems.length === 0);
  // All of them first: groups are written one after the other, in an order that nobody else keeps.
  const known = good.flatMap(({ id }) => id ?? []);
  await holdEmployees(run, dialect, known);
  const written = await new WriteGroups({ transaction, custom, units: new UnitIds(run), grants }).write(good);
  return {
    isKept: written.size > 0,
    rows: checked.map((row) => written.get(row) ?? notWritten(row)),
  };
}

function notWritten({ problems }: CheckedWrite): RowOutcome {
  return { status: problems.length > 0 ? 'REFUSED' : 'NOT_APPLIED', id: null, errors: problems };
}

interface Parts {
  readonly transaction: Transaction;
  readonly custom: ReadonlyMap<AttributeKey, StoredAttribute>;
  readonly units: UnitIds;
  readonly grants: Grants;
}

/** Writes rows that give the same attributes together: a batch is mostly one such group. */
class WriteGroups {
  private readonly outcomes = new Map<CheckedWrite, RowOutcome>();
  private readonly ids: Ids;

  constructor(private readonly parts: Parts) {
    this.ids = {
      unit: (kind, name) => parts.units.of(kind, name),
      customAttribute: (key) => parts.custom.get(key)?.id ?? 0,
    };
  }

  async write(rows: readonly CheckedWrite[]): Promise<ReadonlyMap<CheckedWrite, RowOutcome>> {
    await this.parts.units.ensure(rows.map(({ row }) => row));
    const groups = new Map<string, CheckedWrite[]>();
    for (const row of rows) {
      const name = [...row.row.values.keys()].sort().join(' ');
      groups.set(name, [...(groups.get(name) ?? []), row]);
    }
    for (const group of groups.values()) await this.writeGroup(group);
    return this.outcomes;
  }

  private async writeGroup(group: readonly CheckedWrite[]): Promise<void> {
    const { run, now } = this.parts.transaction;
    const layout = layoutOf(group[0]?.row.attributes ?? []);
    const store = new EmployeeRows(
      run,
      layout,
      layout.customKeys.map((key) => this.ids.customAttribute(key)),
    );
    const before = await store.read(group.flatMap(({ id }) => id ?? []));
    const writing = new GroupWriting(store, layout, this.ids, before, now());
    for (const row of group) {
      const after = toStored(row.row, layout, this.ids, row.supervisorId);
      this.outcomes.set(row, await writing.add(row, after, this.isBlind(row)));
    }
    await recordChanges(run, await writing.finish(), now());
  }

  // Who may write but not read an attribute must not learn from "unchanged" that a guess was right.
  private isBlind({ row }: CheckedWrite): boolean {
    return [...row.values.keys()].some((key) => !decide(this.parts.grants, key, 'read').allowed);
  }
}

class GroupWriting {
  private readonly changed = new Map<number, StoredEmployee>();
  private readonly created = new Map<number, StoredEmployee>();

  constructor(
    private readonly store: EmployeeRows,
    private readonly layout: Layout,
    private readonly ids: Ids,
    private readonly before: ReadonlyMap<number, StoredEmployee>,
    private readonly now: string,
  ) {}

  async add({ id, personnelNumber }: CheckedWrite, after: StoredEmployee, isBlind: boolean): Promise<RowOutcome> {
    if (id === null) {
      const newId = await this.store.createOne({ personnelNumber, employee: after }, this.now);
      this.created.set(newId, after);
      return { status: 'CREATED', id: newId, errors: [] };
    }
    const before = this.before.get(id);
    if (before && isSame(before, after) && !isBlind) return { status: 'UNCHANGED', id, errors: [] };
    this.changed.set(id, after);
    return { status: 'UPDATED', id, errors: [] };
  }

  /** @returns what the history is to tell */
  async finish(): Promise<readonly EmployeeChange[]> {
    const { store, layout, changed, created } = this;
    await store.change(
      [...changed].map(([id, employee]) => ({ id, personnelNumber: null, employee })),
      this.now,
    );
    const people = new Map([...created, ...changed]);
    await store.writeCustom(people);
    await store.writeCostCenters(people);
    if (layout.hasSupervisor)
      await store.writeSupervisors([...people].map(([id, { supervisorId }]) => [id, supervisorId]));
    return [...people].flatMap(([employeeId, after]) =>
      changedKeys(this.before.get(employeeId), after, layout, this.ids).map((attribute) => ({ employeeId, attribute })),
    );
  }
}
