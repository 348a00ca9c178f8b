import { SYSTEM_ATTRIBUTES } from '../../../src/attributes/system-attributes';
import { EMPLOYEE_COLUMNS } from '../../../src/employees/employee-columns';
import type { Store, Transaction } from '../../../src/store/store';
import { CUSTOM, LONELY, UNITS } from './pool';
import { ABSENCE_TYPES, type Person, type Value, type World } from './world';

const UNIT_TABLES = ['department', 'team', 'office', 'subcompany', 'cost_center'] as const;
const COUNTED = [...UNIT_TABLES, 'employee', 'absence', 'absence_type', 'attendance'] as const;

/** What no operation of a credential can change, once for a database. */
export async function seedCatalogue(store: Store): Promise<void> {
  const attributes = [...CUSTOM, { name: LONELY[0], type: 'TEXT' }].map(
    ({ name, type }) => `(${literal(name)}, 'A', 'A', ${literal(type)}, 'LOW', '[]')`,
  );
  await store.write(async (manager) => {
    await manager.query(
      `INSERT INTO custom_attribute (name, label_en, label_de, type, sensitivity, options) VALUES ${attributes.join(', ')}`,
    );
  });
}

/** Makes the second database’s catalogue differ in what nobody is granted. */
export async function renameLonely(store: Store): Promise<void> {
  await store.write((manager) =>
    manager.query(`UPDATE custom_attribute SET name = '${LONELY[1]}', type = 'INTEGER' WHERE name = '${LONELY[0]}'`),
  );
}

type Run = (statement: string) => Promise<unknown>;

async function seedFoundation(run: Run): Promise<void> {
  for (const table of ['absence_type', 'idempotency_key', ...UNIT_TABLES]) await run(`DELETE FROM ${table}`);
  for (const table of UNIT_TABLES)
    await run(
      insert(
        table,
        ['id', 'name'],
        UNITS.map((name, at) => [at + 1, name]),
      ),
    );
  const types = ABSENCE_TYPES.map(({ name, unit, paid }, at) => [at + 1, name, unit, paid]);
  await run(insert('absence_type', ['id', 'name', 'unit', 'paid'], types));
}

/**
 * Puts a company in the place of whatever is stored, with the same ids to come.
 *
 * @param wasWritten whether anything may have been written since; then units and types are made anew as well
 */
export async function seed(store: Store, world: World, wasWritten: boolean): Promise<void> {
  await store.write(async (manager) => {
    const run = (statement: string) => manager.query(statement);
    await run('DELETE FROM employee');
    if (wasWritten) await seedFoundation(run);
    await seedPeople(manager, world.people);
    await seedRecords(manager, world);
    await run(`UPDATE employee_change_counter SET last = ${world.changes.length}`);
    await restartIds(store, manager, world);
  });
}

const COLUMN_ATTRIBUTES = SYSTEM_ATTRIBUTES.filter(({ key }) => key !== 'id' && EMPLOYEE_COLUMNS[key].length > 0);

async function seedPeople(manager: Transaction, people: readonly Person[]): Promise<void> {
  const columns = [
    'id',
    'personnel_number',
    'version',
    ...COLUMN_ATTRIBUTES.flatMap(({ key }) => EMPLOYEE_COLUMNS[key]),
  ];
  const rows = people.map(({ id, version, values }) => [
    id,
    `P-${id}`,
    version,
    ...COLUMN_ATTRIBUTES.flatMap(({ key }) => columnsOf(key, values.get(key) ?? null)),
  ]);
  await manager.query(insert('employee', columns, rows));
  const shares = people.flatMap(({ id, values }) =>
    ((values.get('costCenters') ?? []) as readonly { name: string; percentage: number }[]).map(
      ({ name, percentage }) => [id, unitId(name), percentage],
    ),
  );
  await manager.query(insert('employee_cost_center', ['employee_id', 'cost_center_id', 'percentage'], shares));
  const custom = people.flatMap(({ id, values }) =>
    CUSTOM.flatMap(({ name }) => {
      const value = values.get(`custom.${name}`) ?? null;
      return value === null
        ? []
        : [`(${id}, (SELECT id FROM custom_attribute WHERE name = '${name}'), ${customColumns(value)})`];
    }),
  );
  if (custom.length === 0) return;
  await manager.query(
    `INSERT INTO employee_custom_value (employee_id, attribute_id, text_value, number_value) VALUES ${custom.join(', ')}`,
  );
}

async function seedRecords(manager: Transaction, { absences, attendances, changes }: World): Promise<void> {
  const moment = '2025-01-01T00:00:00.000Z';
  await manager.query(
    insert(
      'absence',
      [
        'id',
        'employee_id',
        'type_id',
        'start_date',
        'end_date',
        'starts_at_noon',
        'ends_at_noon',
        'hours',
        'status',
        'comment',
        'version',
        'created_at',
        'last_modified_at',
      ],
      absences.map((one) => [
        one.id,
        one.employee,
        one.type,
        one.startDate,
        one.endDate,
        one.startsAtNoon,
        false,
        one.hours,
        one.status,
        one.comment,
        1,
        moment,
        moment,
      ]),
    ),
  );
  await manager.query(
    insert(
      'attendance',
      [
        'id',
        'employee_id',
        'starts_at',
        'ends_at',
        'break_minutes',
        'project',
        'comment',
        'version',
        'created_at',
        'last_modified_at',
      ],
      attendances.map((one) => [
        one.id,
        one.employee,
        one.start,
        one.end,
        one.breakMinutes,
        one.project,
        null,
        1,
        moment,
        moment,
      ]),
    ),
  );
  await manager.query(
    insert(
      'employee_change',
      ['sequence', 'employee_id', 'attribute_key', 'at'],
      changes.map(({ employee, attribute, at }, place) => [place + 1, employee, attribute, at]),
    ),
  );
}

async function restartIds({ dialect }: Store, manager: Transaction, { people }: World): Promise<void> {
  // The same number on both sides, beyond whatever either holds.
  const next = Math.max(20, people.length);
  const names = COUNTED.map((table) => `'${table}'`).join(', ');
  await manager.query(
    dialect === 'sqlite'
      ? `UPDATE sqlite_sequence SET seq = ${next} WHERE name IN (${names})`
      : `SELECT ${COUNTED.map((table) => `setval(pg_get_serial_sequence('${table}', 'id'), ${next})`).join(', ')}`,
  );
}

function columnsOf(key: string, value: Value): (string | number | null)[] {
  const count = EMPLOYEE_COLUMNS[key as keyof typeof EMPLOYEE_COLUMNS].length;
  if (value === null) return Array.from({ length: count }, () => null);
  if (key === 'supervisor') return [Number(value)];
  if (['subcompany', 'office', 'department', 'team'].includes(key)) return [unitId(value as string)];
  if (Array.isArray(value)) return [JSON.stringify(value)];
  if (typeof value === 'object' && 'amount' in value) return [value.amount, value.currency];
  return [value as string | number];
}

function customColumns(value: Value): string {
  if (typeof value === 'number') return `NULL, ${value}`;
  if (typeof value === 'boolean') return `NULL, ${Number(value)}`;
  return `${literal(typeof value === 'string' ? value : JSON.stringify(value))}, NULL`;
}

function unitId(name: string): number {
  return UNITS.findIndex((unit) => unit === name) + 1;
}

function insert(table: string, columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  if (rows.length === 0) return 'SELECT 1';
  const values = rows.map((row) => `(${row.map(literal).join(', ')})`);
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${values.join(', ')}`;
}

function literal(value: unknown): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return `'${(value as string).replaceAll("'", "''")}'`;
}
