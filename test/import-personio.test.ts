import { readdirSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sql from 'sql-template-tag';
import { COMMAND_LINE } from '../src/audit/audit-event';
import { importPersonio, type PersonioImportOptions } from '../src/personio/import-personio';
import { PersonioApi } from '../src/personio/personio-api';
import { readPersonioFile } from '../src/personio/personio-file';
import { runCommand, startCommand } from './support/command';
import { databases, freshFolder } from './support/database';
import { otherWriter } from './support/held-people';
import { importSite, type ImportSite } from './support/import';
import {
  attribute,
  CLIENT_ID,
  json,
  personioEmployee,
  refuse,
  SECRET,
  startPersonio,
  type PersonioServer,
} from './support/personio-server';

const PAUSES = { first: 5, longest: 3_000, timeout: 2_000 };

function spoolsLeft(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`fieldgate-import-${process.pid}-`));
}

async function failure(work: Promise<unknown>): Promise<Error & { code?: string; details?: object }> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('It did not fail as it should.');
  return error;
}

const unit = (type: string, name: string) => ({ type, attributes: { id: 7, name } });

/** Every standard attribute, as the published examples write them. */
const ADA = personioEmployee(2116366, {
  last_name: 'Lovelace',
  preferred_name: 'Ada',
  email: 'ada@example.com',
  gender: 'female',
  status: 'active',
  position: 'Analyst',
  supervisor: { label: 'Supervisor', value: { type: 'Employee', attributes: { id: { label: 'ID', value: 9 } } } },
  employment_type: 'internal',
  weekly_working_hours: '38.5',
  hire_date: attribute('Hire date', '2014-11-09T00:00:00+01:00', 'date'),
  contract_end_date: attribute('Contract ends', null, 'date'),
  termination_date: attribute('Termination date', '2027-01-31T00:00:00+01:00', 'date'),
  termination_type: attribute('Termination type', 'contract-end'),
  termination_reason: attribute('Termination reason', ''),
  probation_period_end: attribute('Probation period end', '2015-05-09T00:00:00+02:00', 'date'),
  last_working_day: attribute('Last day of work', null, 'date'),
  created_at: attribute('created_at', '2017-05-23T09:49:03+02:00', 'date'),
  last_modified_at: attribute('Last modified', '2020-11-18T17:33:55+01:00', 'date'),
  subcompany: attribute('Subcompany', unit('Subcompany', 'Example GmbH')),
  office: attribute('Office', unit('Office', 'Munich')),
  department: attribute('Department', unit('Department', 'Research')),
  team: attribute('Team', null),
  cost_centers: attribute('Cost center', [
    { type: 'CostCenter', attributes: { id: 1, name: 'Engine', percentage: 60 } },
    { type: 'CostCenter', attributes: { id: 2, name: 'Notes', percentage: 40 } },
  ]),
  holiday_calendar: attribute('Public holidays', unit('HolidayCalendar', 'Bavaria')),
  work_schedule: attribute('Work schedule', unit('WorkSchedule', '40 hours')),
  absence_entitlement: attribute('Absence entitlement', [
    { type: 'TimeOffType', attributes: { id: 1, name: 'Paid vacation', category: 'paid_vacation', entitlement: 24 } },
  ]),
  fix_salary: attribute('Fix salary', 3000, 'decimal', { currency: 'CHF' }),
  fix_salary_interval: 'monthly',
  hourly_salary: attribute('Hourly salary', 0, 'decimal'),
  vacation_day_balance: attribute('Vacation day balance', 12.5, 'decimal'),
  profile_picture: 'https://api.example.com/v1/company/employees/1/profile-picture',
  dynamic_24407: attribute('Title', 'Dr'),
  dynamic_33400: attribute('Anniversary', '2021-01-01', 'date'),
  dynamic_1: attribute('Shoes', '43', 'integer'),
  dynamic_2: attribute('Factor', '1.5', 'decimal'),
  dynamic_3: attribute('Skills', 'maths, poetry', 'tags'),
  dynamic_4: attribute('Site', 'https://example.com/', 'link'),
  dynamic_5: attribute('Notes', 'one\ntwo', 'multiline'),
  dynamic_6: attribute('Size', 'M', 'list'),
  astrological_sign: attribute('Sign', 'Sagittarius'),
});
const BOSS = personioEmployee(9, {
  first_name: 'Grace',
  email: 'grace@example.com',
  dynamic_24407: attribute('Title', null),
});

const timeOff = (id: number, person: number, rest: object = {}) => ({
  type: 'TimeOffPeriod',
  attributes: {
    id,
    status: 'approved',
    comment: null,
    start_date: '2026-12-21T00:00:00+01:00',
    end_date: '2026-12-23T00:00:00+01:00',
    days_count: 2.5,
    half_day_start: 0,
    half_day_end: 1,
    time_off_type: { type: 'TimeOffType', attributes: { id: 1, name: 'Paid vacation' } },
    employee: { type: 'Employee', attributes: { id: { label: 'id', value: person, type: 'integer' } } },
    ...rest,
  },
});

const attendance = (id: number, employee: number, rest: object = {}) => ({
  id,
  type: 'AttendancePeriod',
  attributes: {
    employee,
    date: '2026-07-01',
    start_time: '09:00',
    end_time: '18:00',
    break: 50,
    comment: 'good',
    status: 'confirmed',
    is_holiday: false,
    is_on_time_off: false,
    project: { id: 5, type: 'Project', attributes: { name: 'Engine', active: true } },
    ...rest,
  },
});

let personio: PersonioServer;

beforeAll(async () => {
  personio = await startPersonio();
});

beforeEach(() => {
  personio.arrived.length = 0;
  Object.assign(personio, { react: () => false, rotatesTokens: false });
  for (const list of Object.values(personio.lists)) list.length = 0;
});

afterAll(() => personio.close());

function apiPages(list = 'employees', paging: 'records' | 'pages' = 'records', access: object = {}) {
  const api = new PersonioApi({ baseUrl: personio.url, clientId: CLIENT_ID, secret: SECRET, ...access }, PAUSES);
  return api.pages(`company/${list}`, {}, paging, () => undefined);
}

async function collect(pages: AsyncIterable<readonly unknown[]>): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

describe.each(databases)('importing from Personio on $name', (database) => {
  let site: ImportSite;

  beforeEach(async () => {
    site = await importSite(database);
  });

  afterEach(() => site.close());

  const take = (items: readonly unknown[], options: PersonioImportOptions = {}) =>
    importPersonio(site.house, pagesOf(items), options);

  test('every attribute of the published shape arrives, and what cannot is told', async () => {
    const outcome = await take([ADA, BOSS]);
    expect(outcome.employees).toMatchObject({ created: 2, skipped: 0 });
    expect(outcome.leftOut).toEqual([
      { key: 'created_at', label: 'created_at', reason: 'the gateway keeps this itself' },
      { key: 'last_modified_at', label: 'Last modified', reason: 'the gateway keeps this itself' },
      { key: 'astrological_sign', label: 'Sign', reason: 'the catalogue has no such attribute' },
    ]);
    const [ada] = await site.house.store.read(
      sql`SELECT e.*, d.name AS department, o.name AS office, s.name AS subcompany FROM employee e
        JOIN department d ON d.id = e.department_id JOIN office o ON o.id = e.office_id
        JOIN subcompany s ON s.id = e.subcompany_id`,
    );
    expect(ada).toMatchObject({
      personnel_number: '2116366',
      first_name: 'First 2116366',
      last_name: 'Lovelace',
      preferred_name: 'Ada',
      email: 'ada@example.com',
      gender: 'FEMALE',
      status: 'ACTIVE',
      position: 'Analyst',
      supervisor_id: 2,
      employment_type: 'INTERNAL',
      weekly_working_hours: 38.5,
      hire_date: '2014-11-09',
      contract_end_date: null,
      termination_date: '2027-01-31',
      termination_type: 'CONTRACT_END',
      termination_reason: null,
      probation_period_end: '2015-05-09',
      holiday_calendar: 'Bavaria',
      work_schedule: '40 hours',
      absence_entitlement: '[{"type":"Paid vacation","days":24}]',
      vacation_day_balance: 12.5,
      fix_salary_amount: 3000,
      fix_salary_currency: 'CHF',
      fix_salary_interval: 'MONTHLY',
      hourly_salary_amount: null,
      department: 'Research',
      office: 'Munich',
      subcompany: 'Example GmbH',
    });
    expect(await site.house.store.read(sql`SELECT percentage FROM employee_cost_center ORDER BY percentage`)).toEqual([
      { percentage: 40 },
      { percentage: 60 },
    ]);
    const custom = await site.house.store.read(
      sql`SELECT a.name, a.label_en, a.type, a.sensitivity, v.text_value, v.number_value FROM custom_attribute a
        JOIN employee_custom_value v ON v.attribute_id = a.id ORDER BY a.id`,
    );
    expect(
      custom.map((row) => [row['name'], row['label_en'], row['type'], row['text_value'] ?? row['number_value']]),
    ).toEqual([
      ['dynamic_24407', 'Title', 'TEXT', 'Dr'],
      ['dynamic_33400', 'Anniversary', 'DATE', '2021-01-01'],
      ['dynamic_1', 'Shoes', 'INTEGER', 43],
      ['dynamic_2', 'Factor', 'DECIMAL', 1.5],
      ['dynamic_3', 'Skills', 'TAGS', '["maths","poetry"]'],
      ['dynamic_4', 'Site', 'LINK', 'https://example.com/'],
      ['dynamic_5', 'Notes', 'MULTILINE', 'one\ntwo'],
      ['dynamic_6', 'Size', 'TEXT', 'M'],
    ]);
    expect(new Set(custom.map((row) => row['sensitivity']))).toEqual(new Set(['HIGH']));
    expect((await take([ADA, BOSS])).employees).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });

  test('custom attributes can be left out, all or some, and are told then', async () => {
    const all = await take([ADA, BOSS], { custom: false });
    expect(all.leftOut.filter(({ key }) => key.startsWith('dynamic_'))).toHaveLength(8);
    expect(await site.house.attributes.custom()).toEqual([]);
    const some = await take([ADA, BOSS], { leaveOut: ['dynamic_1', 'fix_salary'] });
    expect(some.leftOut).toContainEqual({ key: 'dynamic_1', label: 'Shoes', reason: 'not wanted' });
    expect(await site.house.attributes.custom()).toHaveLength(7);
  });

  test('a custom attribute that exists stays as it is, and its values are read as its type', async () => {
    await site.house.store.write((manager) =>
      manager.query(`INSERT INTO custom_attribute (name, label_en, label_de, type, sensitivity, options) VALUES
        ('dynamic_1', 'Shoe size', 'Schuhgröße', 'TEXT', 'LOW', '[]'),
        ('dynamic_6', 'Shirt', 'Hemd', 'LIST', 'LOW', '["M","L"]')`),
    );
    const worker = (shirt: string) =>
      personioEmployee(9, {
        dynamic_1: attribute('Shoes', 43, 'integer'),
        dynamic_6: attribute('Size', shirt, 'list'),
      });
    expect((await take([worker('M')])).employees).toMatchObject({ created: 1 });
    const values = await site.house.store.read(
      sql`SELECT a.label_en, a.sensitivity, v.text_value FROM custom_attribute a
        JOIN employee_custom_value v ON v.attribute_id = a.id WHERE a.name IN ('dynamic_1', 'dynamic_6') ORDER BY a.id`,
    );
    expect(values).toEqual([
      { label_en: 'Shoe size', sensitivity: 'LOW', text_value: '43' },
      { label_en: 'Shirt', sensitivity: 'LOW', text_value: 'M' },
    ]);
    await expect(take([worker('XXL')])).rejects.toThrow('dynamic_6');
  });

  test('an amount without a currency is refused, and taken with one', async () => {
    const paid = personioEmployee(1, { fix_salary: attribute('Fix salary', 4000, 'decimal') });
    expect((await failure(take([paid]))).message).toContain(
      'employee 1, column "fix_salary": the value has no currency',
    );
    await take([paid], { currency: 'EUR' });
    expect(await site.people()).toMatchObject([{ fix_salary_amount: 4000, fix_salary_currency: 'EUR' }]);
  });

  test('people, absences and attendances come in one transaction: one bad item, and nothing of it is taken', async () => {
    const items = [
      ADA,
      BOSS,
      timeOff(1, 9),
      attendance(2, 2116366),
      attendance(3, 9, { status: 'pending' }),
      attendance(4, 9, { end_time: null }),
    ];
    const bad = await failure(take([...items, timeOff(5, 4711)], { createTypes: true, timeZone: 'Europe/Berlin' }));
    expect(bad.message).toContain('absence 5: the person "4711" is not in the store');
    expect(await site.people()).toEqual([]);
    expect(await site.house.attributes.custom()).toEqual([]);
    const outcome = await take(items, { createTypes: true, timeZone: 'Europe/Berlin' });
    expect(outcome).toMatchObject({ employees: { created: 2 }, absences: { created: 1 }, attendances: { created: 1 } });
    expect(outcome.leftOut).toEqual(
      expect.arrayContaining([
        { key: 'attendances', label: null, reason: '1 attendances that are not confirmed' },
        { key: 'attendances', label: null, reason: '1 attendances that are not over' },
      ]),
    );
    const [absence] = await site.house.store.read(
      sql`SELECT a.*, e.personnel_number FROM absence a JOIN employee e ON e.id = a.employee_id`,
    );
    expect(absence).toMatchObject({
      personnel_number: '9',
      start_date: '2026-12-21',
      end_date: '2026-12-23',
      status: 'APPROVED',
    });
    expect([Boolean(absence?.['starts_at_noon']), Boolean(absence?.['ends_at_noon'])]).toEqual([false, true]);
    expect(await site.house.store.read(sql`SELECT * FROM attendance`)).toMatchObject([
      {
        starts_at: '2026-07-01T07:00:00.000Z',
        ends_at: '2026-07-01T16:00:00.000Z',
        break_minutes: 50,
        project: 'Engine',
      },
    ]);
    expect(await take(items, { timeZone: 'Europe/Berlin' })).toMatchObject({
      employees: { unchanged: 2 },
      absences: { unchanged: 1 },
      attendances: { unchanged: 1 },
    });
  });

  if (database.name === 'PostgreSQL') {
    test('nobody whose event is written waits for an import, which tells of everything at its end', async () => {
      await take([ADA, BOSS]);
      const boss = (await site.people()).find((row) => row['personnel_number'] === '9');
      const other = await otherWriter(site.house.config);
      try {
        await other.hold(boss?.['id'] as number);
        const taking = take([ADA, timeOff(1, 9)], { createTypes: true });
        await other.isWaitedFor();
        await site.house.store.write((manager) =>
          site.house.audit.append(manager, { action: 'AUDIT_EXPORTED', actor: COMMAND_LINE }),
        );
        await other.end();
        expect(await taking).toMatchObject({ employees: { unchanged: 1 }, absences: { created: 1 } });
        const { items } = await site.house.audit.page({}, undefined, 3);
        expect(items.map(({ action }) => action)).toEqual([
          'ABSENCES_IMPORTED',
          'EMPLOYEES_IMPORTED',
          'AUDIT_EXPORTED',
        ]);
      } finally {
        await other.end();
      }
    });
  }

  test('a dry run tells about all three and keeps nothing', async () => {
    const outcome = await take([ADA, BOSS, timeOff(1, 9)], { dryRun: true, createTypes: true });
    expect(outcome).toMatchObject({ dryRun: true, employees: { created: 2 }, absences: { created: 1 } });
    expect(await site.people()).toEqual([]);
  });

  test('from the API, page by page, with supervisors on other pages', async () => {
    personio.lists['employees']?.push(
      ...Array.from({ length: 250 }, (_, at) =>
        personioEmployee(at + 1, {
          supervisor: attribute('Supervisor', { type: 'Employee', attributes: { id: { label: 'ID', value: 250 } } }),
        }),
      ).slice(0, 249),
      personioEmployee(250),
    );
    const outcome = await importPersonio(site.house, apiPages(), {});
    expect(outcome.employees).toMatchObject({ created: 250 });
    expect(personio.arrived.map(({ path: where, query }) => `${where} ${query['offset'] ?? ''}`)).toEqual([
      '/auth ',
      '/company/employees 0',
      '/company/employees 100',
      '/company/employees 200',
    ]);
    expect((await site.people()).filter((person) => person['supervisor_id'] === 250)).toHaveLength(249);
  });

  test('a hostile item is told, and nothing of it is taken or repeated', async () => {
    const hostile = [
      { type: 'Employee', attributes: { id: { value: { $ne: 1 } } } },
      { type: 'Employee', attributes: JSON.parse('{"__proto__":{"value":1},"id":{"value":"1; DROP"}}') as object },
      { type: 'Employee' },
      { type: "'; DROP TABLE employee; --", attributes: {} },
      null,
      [],
      'Employee',
      { type: 'TimeOffPeriod', attributes: { id: 1 } },
      { type: 'AttendancePeriod', id: 1, attributes: { employee: 1, date: 5 } },
    ];
    for (const item of hostile) {
      expect(await failure(take([personioEmployee(1), item]))).toMatchObject({ code: 'PERSONIO_BAD_ANSWER' });
    }
    const wild = personioEmployee(1, {
      first_name: { label: 'x', value: { a: 1 } },
      fix_salary: attribute('Pay', '1e999', 'decimal', { currency: 'EUR' }),
      hire_date: attribute('Hire', '2020-02-31T00:00:00+01:00', 'date'),
      cost_centers: attribute('Cost', [null, 5, { attributes: { name: 'x', percentage: 400 } }]),
      constructor: attribute('c', 'c'),
    });
    const { message } = await failure(take([wild]));
    expect(message.split('\n').slice(1)).toEqual([
      '  employee 1, column "first_name": "{\\"a\\":1}" is not a text',
      '  employee 1, column "fix_salary": the value is not an amount: it is not a number',
      '  employee 1, column "hire_date": "2020-02-31" is no day of the calendar',
      expect.stringContaining('employee 1, column "cost_centers":'),
    ]);
    expect(await site.people()).toEqual([]);
    expect(spoolsLeft()).toEqual([]);
  });
});

async function* pagesOf(items: readonly unknown[]): AsyncGenerator<readonly unknown[]> {
  yield await Promise.resolve(items);
}

describe('calling the API', () => {
  test('absences are asked for by page number, attendances by offset', async () => {
    personio.lists['time-offs']?.push(...Array.from({ length: 150 }, (_, at) => timeOff(at, 1)));
    personio.lists['attendances']?.push(...Array.from({ length: 101 }, (_, at) => attendance(at, 1)));
    expect(await collect(apiPages('time-offs', 'pages'))).toHaveLength(150);
    expect(await collect(apiPages('attendances'))).toHaveLength(101);
    expect(personio.arrived.filter(({ path: where }) => where !== '/auth').map(({ query }) => query['offset'])).toEqual(
      ['1', '2', '0', '100'],
    );
  });

  test('the secret goes into the body of one request and nowhere else', async () => {
    personio.lists['employees']?.push(personioEmployee(1));
    await collect(apiPages());
    const [signIn, ...others] = personio.arrived;
    expect(signIn).toMatchObject({ method: 'POST', path: '/auth', query: {}, authorization: undefined });
    expect(JSON.parse(signIn?.body ?? '')).toEqual({ client_id: CLIENT_ID, client_secret: SECRET });
    expect(JSON.stringify(others)).not.toContain(SECRET);
  });

  test('a token that goes stale is renewed once, and one that comes with an answer is used next', async () => {
    personio.lists['employees']?.push(...Array.from({ length: 300 }, (_, at) => personioEmployee(at)));
    personio.rotatesTokens = true;
    expect(await collect(apiPages())).toHaveLength(300);
    expect(personio.arrived.filter(({ path: where }) => where === '/auth')).toHaveLength(1);
    personio.rotatesTokens = false;
    personio.arrived.length = 0;
    let pages = 0;
    for await (const _ of apiPages()) if ((pages += 1) === 1) personio.expireToken();
    expect(pages).toBe(3);
    expect(personio.arrived.filter(({ path: where }) => where === '/auth')).toHaveLength(2);
    personio.react = ({ path: where }, response) => where !== '/auth' && (refuse(response, 401), true);
    expect(await failure(collect(apiPages()))).toMatchObject({ code: 'PERSONIO_UNAUTHORIZED' });
  });

  test('429 waits as long as it is asked to, and 5xx a little longer each time', async () => {
    personio.lists['employees']?.push(personioEmployee(1));
    let count = 0;
    personio.react = ({ path: where }, response) => {
      if (where === '/auth' || (count += 1) > 3) return false;
      if (count === 1) refuse(response, 429, { 'retry-after': '1' });
      else refuse(response, 503);
      return true;
    };
    const started = Date.now();
    expect(await collect(apiPages())).toHaveLength(1);
    expect(Date.now() - started).toBeGreaterThanOrEqual(1_000);
    expect(count).toBe(4);
  });

  test.each([
    [429, { 'retry-after': '3600' }, 'PERSONIO_RATE_LIMITED', 'in 3600 seconds', 1],
    [429, {}, 'PERSONIO_RATE_LIMITED', 'HTTP 429', 5],
    [500, {}, 'PERSONIO_FAILED', 'HTTP 500', 5],
    [404, {}, 'PERSONIO_REFUSED', 'HTTP 404', 1],
    [302, { location: 'http://127.0.0.1:1/' }, 'PERSONIO_REFUSED', 'HTTP 302', 1],
  ])(
    'HTTP %s for good ends with a code, after a bounded number of attempts',
    async (status, headers, code, text, tries) => {
      personio.react = ({ path: where }, response) => where !== '/auth' && (refuse(response, status, headers), true);
      const error = await failure(collect(apiPages()));
      expect(error).toMatchObject({ code, details: { code } });
      expect(error.message).toContain(text);
      expect(error.message).not.toContain('4711');
      expect(personio.arrived.filter(({ path: where }) => where !== '/auth')).toHaveLength(tries);
    },
  );

  test('a wrong secret, silence, no JSON, a body without end and an endless list end with a code', async () => {
    const wrong = await failure(collect(apiPages('employees', 'records', { secret: 'wrong-secret-xyz' })));
    expect(wrong).toMatchObject({ code: 'PERSONIO_UNAUTHORIZED' });
    expect(wrong.message).not.toContain('wrong-secret-xyz');
    expect(await failure(collect(apiPages('employees', 'records', { baseUrl: 'http://127.0.0.1:1' })))).toMatchObject({
      code: 'PERSONIO_UNREACHABLE',
    });
    const bodies = ['<html>4711</html>', '{"success":false,"data":[]}', '{"success":true,"data":{}}', '[]', ''];
    for (const body of bodies) {
      personio.react = ({ path: where }, response) => where !== '/auth' && (response.end(body), true);
      expect(await failure(collect(apiPages()))).toMatchObject({ code: 'PERSONIO_BAD_ANSWER' });
    }
    personio.react = ({ path: where }, response) => where !== '/auth' && (pour(response), true);
    expect((await failure(collect(apiPages()))).message).toBe('Personio’s answer is larger than 32 MiB.');
  });

  test('a list that repeats itself ends, whatever it says about its length', async () => {
    personio.react = ({ path: where }, response) => {
      if (where === '/auth') return false;
      json(response, 200, { success: true, data: Array.from({ length: 100 }, (_, at) => personioEmployee(at)) });
      return true;
    };
    const nobody = { store: undefined, attributes: { custom: () => Promise.resolve([]) } } as never;
    expect(await failure(importPersonio(nobody, apiPages(), {}))).toMatchObject({
      message: 'Personio sends the same page twice.',
    });
    expect(spoolsLeft()).toEqual([]);
  });
});

// More than may be read, without an end.
function pour(response: ServerResponse): void {
  const piece = Buffer.alloc(1_048_576, ' ');
  const more = () => {
    while (!response.destroyed) if (!response.write(piece)) return void response.once('drain', more);
  };
  more();
}

describe('fieldgate import personio', () => {
  const location = { dataDir: freshFolder(), databaseUrl: undefined };

  test('takes files, and fetches with a secret from a variable that is never shown', async () => {
    const file = path.join(location.dataDir, 'employees.json');
    writeFileSync(file, JSON.stringify({ success: true, data: [ADA, BOSS] }));
    expect(await readPersonioFile(file)).toHaveLength(2);
    const taken = await runCommand(location, ['import', 'personio', '--file', file]);
    expect(taken).toMatchObject({ code: 0, stderr: '' });
    expect(taken.stdout).toContain('Employees. Imported: 2 created, 0 updated, 0 unchanged.\nLeft out:\n');
    expect(taken.stdout).toContain('  astrological_sign (Sign): the catalogue has no such attribute');
    personio.lists['employees']?.push(ADA, BOSS);
    personio.lists['time-offs']?.push(timeOff(1, 9));
    const args = [
      'import',
      'personio',
      '--api-url',
      personio.url,
      '--client-id',
      CLIENT_ID,
      '--absences',
      '--create-types',
      '--json',
    ];
    const child = startCommand(location, [...args, '--secret-env', 'PERSONIO_SECRET'], { PERSONIO_SECRET: SECRET });
    let output = '';
    child.stdout.on('data', (text) => (output += String(text)));
    child.stderr.on('data', (text) => (output += String(text)));
    await new Promise((resolve) => child.once('close', resolve));
    expect(JSON.parse(output)).toMatchObject({ employees: { unchanged: 2 }, absences: { created: 1 } });
    const refused = await runCommand(location, [...args, '--secret-stdin'], 'a-wrong-secret\n');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'PERSONIO_UNAUTHORIZED' } });
    expect(refused.stdout + refused.stderr).not.toContain('a-wrong-secret');
  }, 120_000);

  test('refuses to send a secret over the network in the clear, and tells what is missing', async () => {
    const told = await Promise.all(
      [
        [],
        ['--client-id', 'x', '--api-url', 'http://example.com/v1'],
        ['--client-id', 'x', '--secret-env', 'NO_SUCH_VARIABLE'],
        ['--file', 'nowhere.json'],
      ].map(async (args) => (await runCommand(location, ['import', 'personio', ...args])).stderr.trim()),
    );
    expect(told).toEqual([
      'Give --file, or --client-id and a secret.',
      '--api-url must begin with https://, or with http:// on this machine.',
      'The secret is empty, or no secret.',
      'nowhere.json cannot be read (ENOENT).',
    ]);
  }, 120_000);
});
