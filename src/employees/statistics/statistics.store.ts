import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { requireSystemAttribute, type SystemAttributeKey } from '../../attributes/system-attributes';
import type { LiveReader } from '../../authentication/live.store';
import { GatewayError } from '../../errors';
import type { Dialect, Row } from '../../store/store';
import { EMPLOYEE_COLUMNS } from '../employee-columns';
import { customValue } from '../find/custom-filter.store';
import { columnOf } from '../find/employee-filter.store';
import { textOperand, unusable } from '../find/operand';
import type { CountedGroup, CountedMeasure } from './statistics';
import {
  GROUPINGS,
  MEASURABLES,
  type DatePart,
  type EmployeeGroupByType,
  type EmployeeMeasureInputType,
} from './statistics.type';

const MOST_KEYS = 4;
const MOST_MEASURES = 20;
const MOST_GROUPS = 10_000;

export interface StatisticsArguments {
  readonly groupBy: readonly EmployeeGroupByType[];
  readonly measures: readonly EmployeeMeasureInputType[];
  /** A condition on the `employee` row of alias `e`. */
  readonly where: Sql;
}

/**
 * Counts and measures every group, small ones too: what may be shown is decided by who calls.
 *
 * @throws GatewayError BAD_USER_INPUT for too many keys or measures and for tags, LIMIT_EXCEEDED for too many groups
 */
export async function readGroups(live: LiveReader, asked: StatisticsArguments): Promise<CountedGroup[]> {
  if (asked.groupBy.length > MOST_KEYS) throw unusable('People are grouped by at most four keys.');
  if (asked.measures.length > MOST_MEASURES) throw unusable('At most 20 measures are worked out.');
  const query = statement(asked, live.dialect);
  await assertSingle(live, asked.groupBy);
  const rows = await live.rows(query);
  if (rows.length > MOST_GROUPS) {
    throw new GatewayError('LIMIT_EXCEEDED', 'There are too many groups.', { limit: 'GROUPS', most: MOST_GROUPS });
  }
  return rows.map((row) => groupOf(row, asked));
}

// Somebody with two tags would belong to two groups. Only the database knows the type of a custom attribute.
async function assertSingle(live: LiveReader, groupBy: StatisticsArguments['groupBy']): Promise<void> {
  const names = groupBy.flatMap(({ custom }) => custom ?? []);
  if (names.length === 0) return;
  const rows = await live.rows(
    sql`SELECT a.name FROM custom_attribute a
      WHERE a.name IN (${join(names)}) AND a.type = 'TAGS' AND a.retired_at IS NULL`,
  );
  if (rows.length > 0) throw unusable('People are grouped by attributes of one value, and tags are several.');
}

function statement({ groupBy, measures, where }: StatisticsArguments, dialect: Dialect): Sql {
  const keys = groupBy.map((key, index) => sql`${keyOf(key, dialect)} AS ${raw(`key_${index}`)}`);
  const grouped = keys.map((_, index) => raw(`people.key_${index}`));
  const amounts = measuredKeys(measures).flatMap((key) => [
    sql`${columnOf(key, 'e')} AS ${raw(`value_${key}`)}`,
    ...(isMoney(key) ? [sql`${columnOf(key, 'e', 1)} AS ${raw(`currency_${key}`)}`] : []),
  ]);
  const people = sql`SELECT ${join([sql`e.id`, ...keys, ...amounts], ', ')} FROM employee e WHERE ${where}`;
  const columns = [...grouped, sql`count(*) AS people`, ...measures.flatMap(measureColumns)];
  const grouping = grouped.length > 0 ? sql`GROUP BY ${join(grouped, ', ')}` : empty;
  return sql`SELECT ${join(columns, ', ')} FROM (${people}) people ${grouping} LIMIT ${MOST_GROUPS + 1}`;
}

function keyOf({ by, custom, part }: EmployeeGroupByType, dialect: Dialect): Sql {
  const key = typeof by === 'string' && typeof custom !== 'string' ? GROUPINGS.keys[by] : undefined;
  if (key) return systemKey(key, part);
  if (typeof custom === 'string' && typeof by !== 'string') {
    const name = textOperand(custom);
    const figure = customValue(name, 'e', 'figure');
    const text = dialect === 'sqlite' ? sql`printf('%.15g', ${figure})` : sql`CAST(${figure} AS text)`;
    return sql`COALESCE(${customValue(name, 'e', 'single')}, CASE WHEN ${figure} IS NOT NULL THEN ${text} END,
      CASE ${customValue(name, 'e', 'truth')} WHEN 0 THEN 'false' WHEN 1 THEN 'true' END)`;
  }
  throw unusable('A key of a grouping names either "by" or "custom".');
}

const PART_LENGTHS: Readonly<Record<DatePart, number>> = { YEAR: 4, MONTH: 7, DAY: 10 };

function systemKey(key: SystemAttributeKey, part: DatePart): Sql {
  const column = columnOf(key, 'e');
  switch (requireSystemAttribute(key).type) {
    case 'DATE':
      return sql`substr(${column}, 1, ${raw(String(PART_LENGTHS[part]))})`;
    case 'ORGANIZATION_UNIT':
      return sql`(SELECT u.name FROM ${raw(key)} u WHERE u.id = ${column})`;
    case 'EMPLOYEE':
      return sql`CAST(${column} AS text)`;
    case 'MONEY':
      return columnOf(key, 'e', 1);
    default:
      return column;
  }
}

const FUNCTIONS = { AVG: raw('avg'), MIN: raw('min'), MAX: raw('max'), SUM: raw('sum') } as const;

function measureColumns({ of, function: name }: EmployeeMeasureInputType, index: number): Sql[] {
  const key = measuredKey(of);
  const value = raw(`people.value_${key}`);
  const currency = isMoney(key) ? raw(`people.currency_${key}`) : sql`CAST(NULL AS text)`;
  const column = (part: string) => raw(`${part}_${index}`);
  return [
    sql`${FUNCTIONS[name]}(${value}) AS ${column('measure')}`,
    sql`count(${value}) AS ${column('values')}`,
    sql`min(${currency}) AS ${column('currency')}`,
    sql`count(DISTINCT ${currency}) AS ${column('currencies')}`,
  ];
}

function groupOf(row: Row, { groupBy, measures }: StatisticsArguments): CountedGroup {
  return {
    keys: groupBy.map((_, index) => (row[`key_${index}`] ?? null) as string | null),
    count: Number(row['people']),
    measures: measures.map((measure, index) => measureOf(row, measure, index)),
  };
}

function measureOf(row: Row, { of, function: name }: EmployeeMeasureInputType, index: number): CountedMeasure {
  const value = row[`measure_${index}`];
  return {
    of,
    function: name,
    value: typeof value === 'number' ? value : null,
    values: Number(row[`values_${index}`]),
    currency: (row[`currency_${index}`] ?? null) as string | null,
    currencies: Number(row[`currencies_${index}`]),
  };
}

function measuredKeys(measures: readonly EmployeeMeasureInputType[]): SystemAttributeKey[] {
  return [...new Set(measures.map(({ of }) => measuredKey(of)))];
}

function measuredKey(of: string): SystemAttributeKey {
  const key = MEASURABLES.keys[of];
  if (!key) throw new Error(`${of} is not measured.`);
  return key;
}

function isMoney(key: SystemAttributeKey): boolean {
  return EMPLOYEE_COLUMNS[key].length > 1;
}
