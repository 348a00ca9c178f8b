import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { runCommand } from './support/command';
import { databases } from './support/database';
import { startTestGateway, type TestCredential, type TestGateway } from './support/gateway';

const SAMPLE = path.resolve(__dirname, '../../shared/data/employees.csv');
const MAP = path.resolve(__dirname, '../examples/employee-sample-database.map.json');
const isThere = existsSync(SAMPLE);
if (!isThere)
  console.warn(`SKIPPED: the sample of 10,000 employees is not at ${SAMPLE}, so its values are not compared.`);

const PAGE = `query ($after: String) {
  employees(first: 1000, after: $after) {
    totalCount
    nodes { firstName lastName position department { name } fixSalary { amount currency } }
    pageInfo { endCursor hasNextPage }
  }
}`;

interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly position: string;
  readonly department: { readonly name: string };
  readonly fixSalary: { readonly amount: number; readonly currency: string } | null;
}

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly Person[];
  readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
}

(isThere ? describe : describe.skip).each(databases)('10,000 employees made by others, on $name', (database) => {
  let gateway: TestGateway;
  const rows = isThere ? parse<Readonly<Record<string, string>>>(readFileSync(SAMPLE), { columns: true }) : [];

  beforeAll(async () => {
    gateway = await startTestGateway(database);
    const { dataDir, databaseUrl } = gateway.house.config;
    const imported = await runCommand({ dataDir, databaseUrl }, ['import', 'employees', SAMPLE, '--map', MAP]);
    expect(imported).toMatchObject({
      code: 0,
      stdout: 'Imported: 10000 created, 0 updated, 0 unchanged.\n',
      stderr: '',
    });
  });

  afterAll(() => gateway.close());

  async function everyone(
    as: TestCredential,
  ): Promise<{ people: Person[]; errorsPerPage: number[]; denied: unknown[] }> {
    const people: Person[] = [];
    const errorsPerPage: number[] = [];
    const denied: unknown[] = [];
    let after: string | null = null;
    for (;;) {
      const { body } = await gateway.query(as, PAGE, { after });
      const { nodes, pageInfo, totalCount } = body.data.employees as Page;
      expect(totalCount).toBe(10_000);
      people.push(...nodes);
      errorsPerPage.push(body.errors?.length ?? 0);
      denied.push(...(body.errors ?? []).map(({ extensions }) => extensions['attribute']));
      if (!pageInfo.hasNextPage) return { people, errorsPerPage, denied };
      after = pageInfo.endCursor;
    }
  }

  test('a narrow credential pages through all of them, gets each value right, and no salary', async () => {
    const narrow = await gateway.credential({ attributes: ['firstName', 'lastName', 'department', 'position'] });
    const { people, errorsPerPage, denied } = await everyone(narrow);
    expect(
      people.map(({ firstName, lastName, position, department }) => [firstName, lastName, position, department.name]),
    ).toEqual(rows.map((row) => [row['first_name'], row['last_name'], row['title'], row['department']]));
    expect(people.every(({ fixSalary }) => fixSalary === null)).toBe(true);
    expect(errorsPerPage).toEqual(Array(10).fill(1));
    expect(new Set(denied)).toEqual(new Set(['fixSalary']));
  });

  test('the same credential with the salary on its list gets each salary right, and no error', async () => {
    const payroll = await gateway.credential({
      attributes: ['firstName', 'lastName', 'department', 'position', 'fixSalary'],
    });
    const { people, errorsPerPage } = await everyone(payroll);
    expect(people.map(({ fixSalary }) => fixSalary)).toEqual(
      rows.map((row) => ({ amount: Number(row['annual_salary_usd']), currency: 'USD' })),
    );
    expect(errorsPerPage).toEqual(Array(10).fill(0));
  });
});
