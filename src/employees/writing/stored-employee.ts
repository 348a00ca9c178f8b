import type { Attribute, AttributeKey } from '../../attributes/attribute';
import { isCustomKey } from '../../attributes/attribute';
import { SYSTEM_ATTRIBUTES, type SystemAttributeKey } from '../../attributes/system-attributes';
import type { AttributeValue } from '../../attributes/scalars';
import { ORGANIZATION_UNITS, type OrganizationUnitKind } from '../../organization/organization-unit.entity';
import { toValueColumns } from '../custom-value';
import { EMPLOYEE_COLUMNS } from '../employee-columns';
import type { AttributeInput, CostCenterShare, GivenValues } from '../values/attribute-input';

export type ColumnValue = string | number | null;

/** A custom value as its columns hold it; absent from its map when the value is not set. */
export interface CustomColumns {
  readonly textValue: string | null;
  readonly numberValue: number | null;
}

/** A person, or the part of them that somebody gives, in the shape of the tables. */
export interface StoredEmployee {
  /** In the order of `Layout.columns`. */
  readonly columns: readonly ColumnValue[];
  /** By the id of the custom attribute. */
  readonly custom: ReadonlyMap<number, CustomColumns>;
  /** Percentages by the id of the cost center. */
  readonly costCenters: ReadonlyMap<number, number>;
  readonly supervisorId: number | null;
}

/** Which parts of the tables are written. What is not in it stays as it is. */
export interface Layout {
  /** Of `employee`, without the supervisor, who may not have an id yet. */
  readonly columns: readonly string[];
  readonly keys: readonly SystemAttributeKey[];
  readonly customKeys: readonly AttributeKey[];
  readonly hasSupervisor: boolean;
  readonly hasCostCenters: boolean;
}

export function layoutOf(attributes: readonly Attribute[]): Layout {
  const given = new Set(attributes.map(({ key }) => key));
  const keys = SYSTEM_ATTRIBUTES.map(({ key }) => key).filter((key) => given.has(key) && key !== 'supervisor');
  return {
    columns: keys.flatMap((key) => EMPLOYEE_COLUMNS[key]),
    keys,
    customKeys: [...given].filter(isCustomKey),
    hasSupervisor: given.has('supervisor'),
    hasCostCenters: given.has('costCenters'),
  };
}

/** Turns the names in a draft into ids. */
export interface Ids {
  unit(kind: OrganizationUnitKind | 'cost_center', name: string): number;
  customAttribute(key: AttributeKey): number;
}

/**
 * @param supervisorId null also while the supervisor is still to be created
 * @param before has what the draft does not give; absent when the person is new
 */
export function toStored(
  draft: GivenValues,
  layout: Layout,
  ids: Ids,
  supervisorId: number | null,
  before = NOBODY,
): StoredEmployee {
  const { values } = draft;
  return {
    columns: layout.keys.flatMap((key) =>
      values.has(key) ? columnsOf(key, values.get(key) ?? null, ids) : columnsIn(before, key, layout),
    ),
    custom: customOf(draft, layout, ids, before),
    costCenters: values.has('costCenters')
      ? new Map(costCentersIn(draft).map(({ name, percentage }) => [ids.unit('cost_center', name), percentage]))
      : before.costCenters,
    supervisorId,
  };
}

export function costCentersIn(draft: GivenValues): readonly CostCenterShare[] {
  return (draft.values.get('costCenters') ?? []) as readonly CostCenterShare[];
}

export function isUnitKind(key: string): key is OrganizationUnitKind {
  return (ORGANIZATION_UNITS as readonly string[]).includes(key);
}

function columnsOf(key: SystemAttributeKey, value: AttributeInput, ids: Ids): readonly ColumnValue[] {
  if (value === null) return EMPLOYEE_COLUMNS[key].map(() => null);
  if (isUnitKind(key)) return [ids.unit(key, value as string)];
  if (typeof value === 'string' || typeof value === 'number') return [value];
  if (typeof value === 'object' && 'amount' in value) return [value.amount, value.currency];
  // What is left lives in a table of its own.
  return [];
}

function columnsIn({ columns }: StoredEmployee, key: SystemAttributeKey, layout: Layout): readonly ColumnValue[] {
  return EMPLOYEE_COLUMNS[key].map((column) => columns[layout.columns.indexOf(column)] ?? null);
}

function customOf(
  { values }: GivenValues,
  { customKeys }: Layout,
  ids: Ids,
  before: StoredEmployee,
): ReadonlyMap<number, CustomColumns> {
  const custom = new Map<number, CustomColumns>();
  for (const key of customKeys) {
    const id = ids.customAttribute(key);
    const value = values.get(key) ?? null;
    const columns = values.has(key) ? value !== null && toValueColumns(value as AttributeValue) : before.custom.get(id);
    if (columns) custom.set(id, columns);
  }
  return custom;
}

/**
 * What a person's history tells of a write.
 *
 * @param before absent when the person is new: then `id`, and every attribute that has a value
 * @returns the keys of what changed, in no order that means anything
 */
export function changedKeys(
  before: StoredEmployee | undefined,
  after: StoredEmployee,
  layout: Layout,
  ids: Ids,
): readonly AttributeKey[] {
  const isNew = !before;
  const was = before ?? NOBODY;
  const costCenters = sameMap(was.costCenters, after.costCenters, (a, b) => a === b) ? [] : ['costCenters'];
  const supervisor = was.supervisorId === after.supervisorId ? [] : ['supervisor'];
  const custom = layout.customKeys.filter((key) => {
    const id = ids.customAttribute(key);
    return !sameColumns(was.custom.get(id), after.custom.get(id));
  });
  return [...(isNew ? ['id'] : []), ...changedColumns(was, after, layout), ...costCenters, ...supervisor, ...custom];
}

const NOBODY: StoredEmployee = { columns: [], custom: new Map(), costCenters: new Map(), supervisorId: null };

function changedColumns(before: StoredEmployee, after: StoredEmployee, { keys }: Layout): readonly AttributeKey[] {
  let at = 0;
  return keys.filter((key) => {
    const start = at;
    at += EMPLOYEE_COLUMNS[key].length;
    return after.columns.slice(start, at).some((value, index) => value !== (before.columns[start + index] ?? null));
  });
}

function sameColumns(one: CustomColumns | undefined, other: CustomColumns | undefined): boolean {
  return one?.textValue === other?.textValue && one?.numberValue === other?.numberValue;
}

export function isSame(one: StoredEmployee, other: StoredEmployee): boolean {
  return (
    one.supervisorId === other.supervisorId &&
    one.columns.every((value, at) => value === other.columns[at]) &&
    sameMap(one.costCenters, other.costCenters, (a, b) => a === b) &&
    sameMap(one.custom, other.custom, sameColumns)
  );
}

function sameMap<Key, Value>(
  one: ReadonlyMap<Key, Value>,
  other: ReadonlyMap<Key, Value>,
  same: (a: Value, b: Value) => boolean,
): boolean {
  if (one.size !== other.size) return false;
  for (const [key, value] of one) {
    const counterpart = other.get(key);
    if (counterpart === undefined || !same(value, counterpart)) return false;
  }
  return true;
}
