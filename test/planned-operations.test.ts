import { Client } from 'pg';
import { Database } from 'sqlite3';
import { SYSTEM_ATTRIBUTES } from '../src/attributes/system-attributes';
import { sqliteFile } from '../src/store/data-source';
import { adminOf } from './support/admin';
import { databases } from './support/database';
import { startTestGateway, type TestCredential, type TestGateway } from './support/gateway';
import { present } from './support/present';
import { DOCUMENTED_QUERIES, type DocumentedQuery } from './support/snippets';
import { recordStatements, type RecordedStatement } from './support/statements';

const TOKEN = 'lighthouse-lighthouse';

describe.each(databases)('plans on $name', (database) => {
  let gateway: TestGateway;
  let reader: TestCredential;

  beforeAll(async () => {
    const metrics = { host: '127.0.0.1', port: 0, token: TOKEN };
    gateway = await startTestGateway(database, { demo: true, config: { metrics } });
    const owner = await adminOf(gateway, 'OWNER');
    await owner(`mutation { createCustomAttribute(input: { name: "birthday", labelEn: "Birthday", labelDe: "Geburtstag",
      type: TEXT, sensitivity: MEDIUM }) { userErrors { code } } }`);
    reader = await gateway.credential({
      read: ['EMPLOYEES', 'ABSENCES', 'ATTENDANCES'],
      attributes: [...SYSTEM_ATTRIBUTES.map(({ key }) => key), 'custom.birthday'],
    });
  });

  afterAll(() => gateway.close());

  const planUses = async (outcome: 'hit' | 'miss'): Promise<number> => {
    const answer = await fetch(present(gateway.metricsUrl), { headers: { authorization: `Bearer ${TOKEN}` } });
    const line = new RegExp(`^fieldgate_plan_cache_uses_total{outcome="${outcome}"} (\\d+)$`, 'm');
    return Number(present(line.exec(await answer.text())?.[1]));
  };

  const ask = async ({ text, variables }: Pick<DocumentedQuery, 'text' | 'variables'>): Promise<void> => {
    const { status, body } = await gateway.query(reader, text, variables);
    expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined });
  };

  const planOf = async (text: string, variables = {}): Promise<string> => {
    const log = recordStatements();
    await ask({ text, variables });
    const statements = log.take().filter(({ text: sent }) => sent.includes('live_version'));
    log.stop();
    expect(statements).toHaveLength(1);
    return explained(gateway, present(statements[0]));
  };

  test('an operation that names the same keys over and over is answered without a plan (S12)', async () => {
    const asked = (times: number) =>
      `query ($keys: [String!]) { employee(id: 1) {
        ${Array.from({ length: times }, (_, at) => `a${at}: customAttributes(keys: $keys) { key value }`).join(' ')} } }`;
    const variables = { keys: Array(500).fill('birthday') };
    for (const [text, hits] of [
      [asked(1), 1],
      [asked(20), 0],
    ] as const) {
      const before = await planUses('hit');
      for (let count = 0; count < 2; count += 1) await ask({ text, variables });
      expect(await planUses('hit')).toBe(before + hits);
    }
  });

  test('an operation that names the same long filter over and over is answered without a plan, or counts with all of it (S12)', async () => {
    const asked = (times: number) =>
      `query ($first: Int, $filter: AttendanceFilter) { employees(first: $first) { nodes { attendances(filter: $filter) {
        pageInfo { ${Array.from({ length: times }, (_, at) => `a${at}: hasNextPage`).join(' ')} } } } } }`;
    const ids = { id: { in: Array(1_000).fill('1') } };
    const variables = { first: 1, filter: { employee: { or: [ids, ids, ids] } } };
    for (const [text, misses] of [
      [asked(1), 1],
      [asked(20), 0],
    ] as const) {
      const before = await planUses('miss');
      await ask({ text, variables });
      expect(await planUses('miss')).toBe(before + misses);
    }
    // 27,000 values each, so that thirty plans are more than is remembered.
    const others = Array.from({ length: 30 }, (_, at) => `${asked(8)} # ${at}`);
    for (const text of [...others, ...others.slice(0, 1)]) {
      const before = await planUses('miss');
      await ask({ text, variables });
      expect(await planUses('miss')).toBe(before + 1);
    }
  });

  test('no query of the documentation falls back to the reference path, and none is planned twice', async () => {
    expect(DOCUMENTED_QUERIES.length).toBeGreaterThan(12);
    for (const one of DOCUMENTED_QUERIES) {
      const [misses, hits] = [await planUses('miss'), await planUses('hit')];
      await ask(one);
      expect([one.place, await planUses('miss')]).toEqual([one.place, misses + 1]);
      await ask(one);
      expect([one.place, await planUses('hit'), await planUses('miss')]).toEqual([one.place, hits + 1, misses + 1]);
    }
  });

  test('an operation that no plan can express is counted as neither', async () => {
    const before = [await planUses('hit'), await planUses('miss')];
    await ask({ text: '{ viewer { name } }', variables: {} });
    expect([await planUses('hit'), await planUses('miss')]).toEqual(before);
  });

  // People and records, of which there are many, and what finds them.
  test.each([
    [
      'one person',
      '{ employee(id: 7) { firstName supervisor { lastName } } }',
      /INTEGER PRIMARY KEY|PK_\w+" on employee/,
    ],
    ['an email address', '{ employees(filter: { email: { eq: "a@b.example" } }) { nodes { id } } }', /employee_email/],
    [
      'new joiners',
      '{ employees(filter: { hireDate: { gte: "2024-01-01" } }, orderBy: [{ by: HIRE_DATE }]) { nodes { id } } }',
      /employee_hire_date/,
    ],
    [
      'leavers',
      '{ employees(filter: { lastWorkingDay: { gte: "2024-01-01", lte: "2024-12-31" } }) { nodes { id } } }',
      /employee_last_working_day/,
    ],
    [
      'the start of a name',
      '{ employees(filter: { lastName: { startsWith: "Mü" } }, orderBy: [{ by: LAST_NAME }]) { nodes { id } } }',
      /employee_name_order/,
    ],
    [
      'a custom value',
      '{ employees(filter: { custom: [{ key: "birthday", eq: "06-14" }] }) { nodes { id } } }',
      /sqlite_autoindex_employee_custom_value_1|PK_\w+" on employee_custom_value/,
    ],
    [
      'absences below a person',
      '{ employee(id: 7) { absences(first: 3) { nodes { startDate } } } }',
      /absence_employee/,
    ],
    [
      'changes, and no more of an attribute’s history than a page',
      '{ changes(first: 5) { nodes { attribute } } }',
      /employee_change_feed \(attribute_key=\? AND sequence>\? AND sequence<\?\)|employee_change_feed[^\n]*\n.* AND \(sequence > \S+\) AND \(sequence <= /,
    ],
    [
      'who changed since a moment',
      '{ employees(updatedSince: "2026-01-01T00:00:00Z") { nodes { id } } }',
      /employee_change_moment/,
    ],
  ])('%s: found by an index', async (_what, text, index) => {
    expect(await planOf(text)).toMatch(index);
  });

  test.each(DOCUMENTED_QUERIES)(
    '$place: who asks, and whatever belongs to a row, is found by an index',
    async (one) => {
      const plan = await planOf(one.text, one.variables);
      expect(plan.match(/credential_secret(_1| s)/g)).toHaveLength(1);
      // A page walks one table; anything else of the store that is read from end to end would be read so for each row.
      const walked = new Set(
        plan.match(/^(?:SCAN|Seq Scan on) (?!t\d|data\b|q\b|c\b|v\b|live\b|\d+ CONSTANT ROWS).*$/gm) ?? [],
      );
      expect([
        one.place,
        [...walked].filter((line) => !/^SCAN [era]\b|on (employee|absence|custom_attribute) /.test(line)),
      ]).toEqual([one.place, []]);
    },
  );

  test('a list in the order of its ids is not sorted', async () => {
    const plan = await planOf('query Page { employees(first: 100) { nodes { id firstName } } }');
    expect(plan).not.toMatch(/Sort|TEMP B-TREE/);
  });

  test('a page in the order of ids begins at its cursor, however far inside that is', async () => {
    const first = '{ employees(first: 5) { pageInfo { endCursor } nodes { id } } }';
    const { endCursor } = (await gateway.query(reader, first)).body.data.employees.pageInfo as { endCursor: string };
    const plan = await planOf(`{ employees(first: 5, after: "${endCursor}") { nodes { id } } }`);
    expect(plan).toMatch(/SEARCH e USING INTEGER PRIMARY KEY \(rowid>\?\)|Index Cond: \(id > /);
  });
});

/** How the database finds what a statement wants, one step a line; PostgreSQL as it does when there is too much to read all. */
async function explained({ house }: TestGateway, { text, values }: RecordedStatement): Promise<string> {
  const { databaseUrl } = house.config;
  if (!databaseUrl) return explainedBySqlite(sqliteFile(house.config), text, values);
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SET enable_seqscan = off');
    const { rows } = await client.query<Record<string, string>>({ text: `EXPLAIN ${text}`, values: [...values] });
    return rows.map((row) => present(row['QUERY PLAN']).replace(/^[ >-]*/, '')).join('\n');
  } finally {
    await client.end();
  }
}

function explainedBySqlite(file: string, text: string, values: readonly unknown[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const database = new Database(file);
    database.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`, [...values], (error, rows) => {
      database.close();
      if (error) reject(error);
      else resolve(rows.map(({ detail }) => detail).join('\n'));
    });
  });
}
