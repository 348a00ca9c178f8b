import sql, { join, raw } from 'sql-template-tag';
import type { EntityManager, EntityTarget } from 'typeorm';
import { CustomAttributeEntity } from '../attributes/custom-attribute.entity';
import { toValueColumns } from '../employees/custom-value';
import { CustomValueEntity } from '../employees/custom-value.entity';
import { EmployeeCostCenterEntity } from '../employees/employee-cost-center.entity';
import { EmployeeEntity } from '../employees/employee.entity';
import {
  CostCenterEntity,
  DepartmentEntity,
  OfficeEntity,
  SubcompanyEntity,
  TeamEntity,
} from '../organization/organization-unit.entity';
import type { Run } from '../store/statement';
import { CUSTOM_ATTRIBUTES } from './custom';
import { RANKS } from './org-chart';
import { COST_CENTERS, DEPARTMENTS, OFFICES } from './organization';
import type { DemoPerson } from './people';

const TABLES = [
  'employee',
  'department',
  'team',
  'office',
  'subcompany',
  'cost_center',
  'custom_attribute',
  'absence_type',
  'credential',
];

/** Whether the demo company may move in: nobody has put people, units, custom attributes or credentials here. */
export async function isStoreEmpty(run: Run): Promise<boolean> {
  const nothing = (table: string) => sql`NOT EXISTS (SELECT 1 FROM ${raw(table)})`;
  const rows = await run(sql`SELECT 1 AS present WHERE ${join(TABLES.map(nothing), ' AND ')}`);
  return rows.length > 0;
}

/**
 * Puts the company's units, custom attributes and people in.
 *
 * @returns the id of everybody, by personnel number
 */
export async function insertCompany(manager: EntityManager, people: readonly DemoPerson[]): Promise<Ids> {
  await insertPeople(manager, people, await insertUnits(manager));
  const employees = await employeeIds(manager);
  await insertCostCenters(manager, people, employees);
  await insertCustomValues(manager, people, employees);
  return employees;
}

/** By name, or by personnel number. */
export type Ids = ReadonlyMap<string, number>;
type Units = Readonly<Record<'department' | 'team' | 'office' | 'subcompany', Ids>>;

async function insertUnits(manager: EntityManager): Promise<Units> {
  const teams = DEPARTMENTS.flatMap((department) => department.teams);
  return {
    department: await insertNamed(manager, DepartmentEntity, DEPARTMENTS.map(nameOf)),
    team: await insertNamed(manager, TeamEntity, teams.map(nameOf)),
    office: await insertNamed(manager, OfficeEntity, OFFICES.map(nameOf)),
    subcompany: await insertNamed(manager, SubcompanyEntity, [...new Set(OFFICES.map(({ subcompany }) => subcompany))]),
  };
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

// All kinds of units have the same columns, so one of them stands for all.
async function insertNamed(
  manager: EntityManager,
  unit: EntityTarget<DepartmentEntity>,
  names: readonly string[],
): Promise<Ids> {
  await manager.insert(
    unit,
    names.map((name) => ({ name })),
  );
  return idsByName(await manager.find(unit));
}

function idsByName(rows: readonly { readonly id: number; readonly name: string }[]): Ids {
  return new Map(rows.map(({ id, name }) => [name, id]));
}

// Rank by rank, because a row can only refer to a supervisor who has an id.
async function insertPeople(manager: EntityManager, people: readonly DemoPerson[], units: Units): Promise<void> {
  for (const rank of RANKS) {
    const supervisors = await employeeIds(manager);
    const peers = people.filter((person) => person.rank === rank);
    await manager.insert(
      EmployeeEntity,
      peers.map((person) => ({
        ...person.columns,
        supervisorId: idOf(supervisors, person.supervisor),
        subcompanyId: idOf(units.subcompany, person.subcompany),
        officeId: idOf(units.office, person.office),
        departmentId: idOf(units.department, person.department),
        teamId: idOf(units.team, person.team),
      })),
    );
  }
}

async function employeeIds(manager: EntityManager): Promise<Ids> {
  const employees = await manager.find(EmployeeEntity, { select: { id: true, personnelNumber: true } });
  return new Map(employees.map(({ id, personnelNumber }) => [personnelNumber ?? '', id]));
}

async function insertCostCenters(manager: EntityManager, people: readonly DemoPerson[], employees: Ids): Promise<void> {
  const costCenters = await insertNamed(manager, CostCenterEntity, COST_CENTERS);
  await manager.insert(
    EmployeeCostCenterEntity,
    people.flatMap(({ columns, costCenters: shares }) =>
      shares.map(({ name, percentage }) => ({
        employeeId: requiredId(employees, columns.personnelNumber),
        costCenterId: requiredId(costCenters, name),
        percentage,
      })),
    ),
  );
}

async function insertCustomValues(
  manager: EntityManager,
  people: readonly DemoPerson[],
  employees: Ids,
): Promise<void> {
  await manager.insert(
    CustomAttributeEntity,
    CUSTOM_ATTRIBUTES.map(({ name, labelEn, labelDe, type, sensitivity, options }) => {
      return { name, labelEn, labelDe, type, sensitivity, options: JSON.stringify(options) };
    }),
  );
  const attributes = idsByName(await manager.find(CustomAttributeEntity));
  await manager.insert(
    CustomValueEntity,
    people.flatMap(({ columns, customValues }) =>
      [...customValues].map(([name, value]) => ({
        employeeId: requiredId(employees, columns.personnelNumber),
        attributeId: requiredId(attributes, name),
        ...toValueColumns(value),
      })),
    ),
  );
}

function idOf(ids: Ids, name: string | null): number | null {
  return name === null ? null : requiredId(ids, name);
}

/** @throws Error when the demo company names somebody or something that it does not have */
export function requiredId(ids: Ids, name: string | null): number {
  const id = ids.get(name ?? '');
  if (id === undefined) throw new Error(`The demo company names ${name}, which it does not have.`);
  return id;
}
