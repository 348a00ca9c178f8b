import sql from 'sql-template-tag';
import { openHouse, type House } from '../src/app';
import { SYSTEM_ATTRIBUTES, systemAttribute } from '../src/attributes/system-attributes';
import { readConfig } from '../src/config';
import { readGrants } from '../src/credentials/grants.store';
import { createDemoCompany, type DemoCompany } from '../src/demo/demo-company';
import { demoPeople } from '../src/demo/people';
import { EMPLOYEE_COLUMNS } from '../src/employees/employee-columns';
import type { Row } from '../src/store/store';
import { databases, type TestDatabase, type TestLocation } from './support/database';
import { present } from './support/present';

interface Site {
  readonly house: House;
  close(): Promise<void>;
}

async function emptySite(database: TestDatabase): Promise<Site> {
  const location: TestLocation = await database.readyLocation();
  const config = { ...readConfig({}), dataDir: location.dataDir, databaseUrl: location.databaseUrl };
  const house = await openHouse(config);
  return {
    house,
    close: async () => {
      await house.close();
      await location.remove();
    },
  };
}

describe.each(databases)('the demo company on $name', (database) => {
  let site: Site;
  let company: DemoCompany;
  let people: readonly Row[];

  beforeAll(async () => {
    site = await emptySite(database);
    company = present(await createDemoCompany(site.house));
    people = await site.house.store.read(sql`SELECT * FROM employee ORDER BY id`);
  });

  afterAll(() => site.close());

  test('250 people, all with a personnel number of the demo', () => {
    expect(company.employees).toBe(250);
    expect(people).toHaveLength(250);
    expect(people.every((person) => /^DEMO-\d{3}$/.test(String(person['personnel_number'])))).toBe(true);
  });

  test('no two people have the same name or the same email', () => {
    const names = people.map((person) => `${String(person['first_name'])} ${String(person['last_name'])}`);
    const emails = people.map((person) => person['email']).filter((email) => email !== null);
    expect(new Set(names).size).toBe(250);
    expect(new Set(emails).size).toBe(emails.length);
  });

  test('every email ends in a domain that is reserved for examples', () => {
    const emails = people.map((person) => person['email']).filter((email) => email !== null);
    expect(emails.length).toBeGreaterThan(200);
    for (const email of emails) expect(email).toMatch(/^[a-z.-]+@([a-z]+\.example|example\.com)$/);
  });

  test('one person has no supervisor, and from everybody the way up ends there in at most four steps', () => {
    const supervisorOf = new Map(people.map((person) => [person['id'], person['supervisor_id']]));
    const top = people.filter((person) => person['supervisor_id'] === null);
    expect(top).toHaveLength(1);
    const depths = people.map((person) => stepsUp(supervisorOf, person['id']));
    expect(Math.max(...depths)).toBe(4);
  });

  test.each(SYSTEM_ATTRIBUTES.map(({ key }) => key))('%s has a value for somebody', async (key) => {
    const values = await valuesOf(site.house, people, key);
    expect(values.some((value) => value !== null)).toBe(true);
  });

  test('nearly every system attribute is empty for somebody', async () => {
    const always: string[] = [];
    for (const { key } of SYSTEM_ATTRIBUTES) {
      const values = await valuesOf(site.house, people, key);
      if (!values.includes(null)) always.push(key);
    }
    expect(always).toEqual(['id', 'firstName', 'lastName', 'status', 'employmentType', 'createdAt', 'lastModifiedAt']);
  });

  test.each(['gender', 'status', 'employmentType', 'terminationType', 'fixSalaryInterval'] as const)(
    '%s uses each option of the catalogue and no other',
    async (key) => {
      const values = (await valuesOf(site.house, people, key)).filter((value) => value !== null);
      expect(new Set(values)).toEqual(new Set(systemAttribute(key)?.options));
    },
  );

  test('every date is a day that exists, and every moment is ISO 8601 in UTC', () => {
    const columns = SYSTEM_ATTRIBUTES.filter(({ type }) => type === 'DATE').flatMap(({ key }) => EMPLOYEE_COLUMNS[key]);
    const days = people.flatMap((person) => columns.map((column) => person[column])).filter((day) => day !== null);
    for (const day of days) expect(new Date(day as string).toISOString().slice(0, 10)).toBe(day);
    for (const moment of people.flatMap((person) => [person['created_at'], person['last_modified_at']])) {
      expect(new Date(String(moment)).toISOString()).toBe(moment);
    }
  });

  test('nobody leaves before being hired, or was changed before being created', () => {
    const inOrder = (person: Row, ...columns: readonly string[]): void => {
      const moments = columns.map((column) => person[column]).filter((moment) => moment !== null);
      expect(moments).toEqual([...moments].sort());
    };
    for (const person of people) {
      inOrder(person, 'hire_date', 'termination_date', 'last_working_day', 'contract_end_date');
      inOrder(person, 'created_at', 'last_modified_at');
    }
  });

  test('whoever has left has a last day and a way of leaving, and most people are there', () => {
    for (const person of people.filter(({ status }) => status === 'INACTIVE')) {
      expect(person['last_working_day']).not.toBeNull();
      expect(person['termination_type']).not.toBeNull();
    }
    expect(people.filter(({ status }) => status === 'ACTIVE').length).toBeGreaterThan(180);
  });

  test('nobody has a salary without a currency, and nobody both a fixed and an hourly one', () => {
    for (const person of people) {
      expect(person['fix_salary_currency']).toBe(person['fix_salary_amount'] === null ? null : 'EUR');
      expect(person['hourly_salary_currency']).toBe(person['hourly_salary_amount'] === null ? null : 'EUR');
      expect([person['fix_salary_amount'], person['hourly_salary_amount']]).toContain(null);
    }
  });

  test('the shares of a person’s cost centers are 100 percent, and some people have two', async () => {
    const rows = await site.house.store.read(
      sql`SELECT sum(percentage) AS total, count(*) AS shares FROM employee_cost_center GROUP BY employee_id`,
    );
    expect(new Set(rows.map((row) => Number(row['total'])))).toEqual(new Set([100]));
    expect(rows.filter((row) => Number(row['shares']) === 2).length).toBeGreaterThan(10);
  });

  test('six custom attributes of different types, and every LIST value is one of the options', async () => {
    const attributes = await site.house.attributes.custom();
    expect(attributes).toHaveLength(6);
    expect(new Set(attributes.map(({ type }) => type)).size).toBe(6);
    const sizes = await site.house.store.read(
      sql`SELECT DISTINCT v.text_value FROM employee_custom_value v JOIN custom_attribute a ON a.id = v.attribute_id
        WHERE a.name = 'shirtSize'`,
    );
    const options = attributes.find(({ type }) => type === 'LIST')?.options ?? [];
    expect(new Set(sizes.map((row) => row['text_value']))).toEqual(new Set(options));
  });

  test('three credentials with their secrets, one of them disabled', async () => {
    expect(company.credentials.map(({ name, enabled }) => [name, enabled])).toEqual([
      ['Payroll', true],
      ['Staff directory', true],
      ['Old time tracking', false],
    ]);
    expect(new Set(company.credentials.map(({ secret }) => secret)).size).toBe(3);
    expect(await site.house.credentials.list()).toHaveLength(3);
  });

  test('the staff directory reads nothing that is more than LOW, and no credential writes', async () => {
    for (const { id, name } of await site.house.credentials.list()) {
      const grants = (await readGrants(site.house.store, id))?.grants;
      expect(grants?.attributes.write.size).toBe(0);
      const sensitivities = [...(grants?.attributes.read ?? [])].map((key) => systemAttribute(key)?.sensitivity);
      expect(sensitivities.every((sensitivity) => sensitivity === 'LOW')).toBe(name === 'Staff directory');
    }
  });

  test('a store that has anything in it is left alone', async () => {
    expect(await createDemoCompany(site.house)).toBeUndefined();
    expect(await count(site.house, 'people')).toBe(250);
  });
});

describe.each(databases)('making the demo company on $name', (database) => {
  let site: Site;

  beforeEach(async () => {
    site = await emptySite(database);
  });

  afterEach(() => site.close());

  test('two that start at the same moment make one company', async () => {
    const companies = await Promise.all([createDemoCompany(site.house), createDemoCompany(site.house)]);
    expect(companies.filter(Boolean)).toHaveLength(1);
    expect(await count(site.house, 'people')).toBe(250);
    expect(await site.house.credentials.list()).toHaveLength(3);
  });

  test('what dies midway leaves the store empty', async () => {
    const broken = demoPeople().map((person, index) => (index === 249 ? { ...person, team: 'Nowhere' } : person));
    await expect(createDemoCompany(site.house, broken)).rejects.toThrow('Nowhere');
    expect(await count(site.house, 'departments')).toBe(0);
    expect(await createDemoCompany(site.house)).toBeDefined();
  });

  test.each([
    `INSERT INTO employee (last_name, created_at, last_modified_at) VALUES ('Own', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z')`,
    `INSERT INTO department (name) VALUES ('Own')`,
    `INSERT INTO custom_attribute (name, label_en, label_de, type, sensitivity, options) VALUES ('own', 'Own', 'Eigen', 'TEXT', 'LOW', '[]')`,
  ])('somebody’s own data keeps it out: %s', async (statement) => {
    await site.house.store.write((manager) => manager.query(statement));
    expect(await createDemoCompany(site.house)).toBeUndefined();
    expect(await site.house.credentials.list()).toHaveLength(0);
  });
});

test('it is the same company every time', () => {
  expect(demoPeople()).toEqual(demoPeople());
  expect(demoPeople()[7]?.columns).toMatchInlineSnapshot(`
   {
     "absenceEntitlement": "[{"type":"Vacation","days":30},{"type":"Puddle day","days":3}]",
     "contractEndDate": null,
     "createdAt": "2023-06-22T08:42:00.000Z",
     "email": "marmalade.quillfeather@wolkenpolitur.example",
     "employmentType": "INTERNAL",
     "firstName": "Marmalade",
     "fixSalaryAmount": 143500,
     "fixSalaryCurrency": "EUR",
     "fixSalaryInterval": "YEARLY",
     "gender": "MALE",
     "hireDate": "2023-07-06",
     "holidayCalendar": "Germany (Berlin)",
     "hourlySalaryAmount": null,
     "hourlySalaryCurrency": null,
     "lastModifiedAt": "2026-02-17T12:21:00.000Z",
     "lastName": "Quillfeather",
     "lastWorkingDay": null,
     "personnelNumber": "DEMO-008",
     "position": "Head of Cloud Polishing",
     "preferredName": "Sunny",
     "probationPeriodEnd": "2024-01-04",
     "profilePicture": null,
     "status": "ACTIVE",
     "terminationDate": null,
     "terminationReason": null,
     "terminationType": null,
     "vacationDayBalance": 0,
     "weeklyWorkingHours": 40,
     "workSchedule": "Flexitime, core hours at teatime",
   }
  `);
});

function stepsUp(supervisorOf: ReadonlyMap<unknown, unknown>, id: unknown): number {
  let steps = 0;
  for (let at = supervisorOf.get(id); at !== null; at = supervisorOf.get(at)) {
    steps += 1;
    if (at === undefined || steps > supervisorOf.size)
      throw new Error('A supervisor is missing, or there is a circle.');
  }
  return steps;
}

async function valuesOf(house: House, people: readonly Row[], key: keyof typeof EMPLOYEE_COLUMNS): Promise<unknown[]> {
  const [column] = EMPLOYEE_COLUMNS[key];
  if (column !== undefined) return people.map((person) => person[column]);
  const rows = await house.store.read(
    sql`SELECT c.cost_center_id FROM employee e LEFT JOIN employee_cost_center c ON c.employee_id = e.id`,
  );
  return rows.map((row) => row['cost_center_id']);
}

async function count(house: House, what: 'people' | 'departments'): Promise<number> {
  const query = what === 'people' ? sql`SELECT count(*) AS n FROM employee` : sql`SELECT count(*) AS n FROM department`;
  const [row] = await house.store.read(query);
  return Number(row?.['n']);
}
