import sql from 'sql-template-tag';
import { databases } from './support/database';
import { otherWriter } from './support/held-people';
import { importSite, type ImportSite } from './support/import';

const LATER = '2026-02-02T10:20:30.400Z';

describe.each(databases)('importing people on $name', (database) => {
  let site: ImportSite;

  beforeEach(async () => {
    site = await importSite(database);
  });

  afterEach(() => site.close());

  test('without a map, columns are called as attributes are', async () => {
    const outcome = await site.take(
      'personnelNumber,firstName,gender,weeklyWorkingHours,fixSalary,absenceEntitlement,email\n' +
        '7,Ada,female,38.5,5000.25 EUR,"[{""type"":""Vacation"",""days"":30}]",ada@example.com\n8,,,,,,\n',
    );
    expect(outcome).toMatchObject({ created: 2, updated: 0, unchanged: 0, skipped: 0, dryRun: false });
    const [ada, nobody] = await site.people();
    expect(ada).toMatchObject({
      id: 1,
      personnel_number: '7',
      first_name: 'Ada',
      gender: 'FEMALE',
      weekly_working_hours: 38.5,
      fix_salary_amount: 5000.25,
      fix_salary_currency: 'EUR',
      absence_entitlement: '[{"type":"Vacation","days":30}]',
      created_at: site.time.now,
      last_modified_at: site.time.now,
    });
    expect(nobody).toMatchObject({
      first_name: null,
      gender: null,
      weekly_working_hours: null,
      fix_salary_amount: null,
    });
  });

  test('the same file a second time touches nobody', async () => {
    const text =
      'personnelNumber,firstName,supervisor,department,costCenters,vacationDayBalance\n' +
      '1,Ada,,Research,Sales:60;Research:40,12.5\n2,Bob,1,Research,,0\n';
    await site.take(text);
    const before = await site.people();
    site.time.now = LATER;
    expect(await site.take(text)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect(await site.people()).toEqual(before);
  });

  test('the history tells by name what an import changed, and nothing of rows that tell nothing new (L35)', async () => {
    const head = 'personnelNumber,firstName,supervisor,department,costCenters,fixSalary\n';
    await site.take(`${head}1,Ada,2,Research,Sales:60,70000 EUR\n2,Bob,,,,\n`);
    await site.take(`${head}1,Ada,,Research,Sales:61,70000 USD\n2,Bob,,,,\n3,Eve,,,,\n`);
    const rows = await site.house.store.read(
      sql`SELECT sequence, employee_id, attribute_key FROM employee_change ORDER BY sequence`,
    );
    expect(rows.map((row) => Number(row['sequence']))).toEqual(rows.map((_, at) => at + 1));
    const told = rows.map((row) => `${row['employee_id'] as number} ${row['attribute_key'] as string}`);
    expect(told.slice(0, 8).sort()).toEqual(
      ['id', 'firstName', 'supervisor', 'department', 'costCenters', 'fixSalary']
        .map((key) => `1 ${key}`)
        .concat('2 id', '2 firstName')
        .sort(),
    );
    expect(told.slice(8).sort()).toEqual(
      ['1 supervisor', '1 costCenters', '1 fixSalary', '3 id', '3 firstName'].sort(),
    );
    expect((await site.people()).map(({ version }) => version)).toEqual([2, 1, 1]);
  });

  test('a changed row changes what the file gives, and nothing else of the person', async () => {
    await site.take('personnelNumber,firstName,lastName,costCenters\n1,Ada,Lovelace,Sales:100\n2,Bob,Best,\n');
    site.time.now = LATER;
    const outcome = await site.take('personnelNumber,firstName\n2,Robert\n1,Ada\n3,New\n');
    expect(outcome).toMatchObject({ created: 1, updated: 1, unchanged: 1 });
    expect((await site.people()).map(({ id }) => id)).toEqual([1, 2, 3]);
    const { items } = await site.house.audit.page({ actions: ['EMPLOYEES_IMPORTED'] }, undefined, 10);
    expect(items.map(({ after }) => after)).toEqual([
      { created: 1, updated: 1, unchanged: 1, skipped: 0 },
      { created: 2, updated: 0, unchanged: 0, skipped: 0 },
    ]);
    const [ada, robert, added] = await site.people();
    expect(ada).toMatchObject({ last_name: 'Lovelace', last_modified_at: '2026-01-01T00:00:00.000Z' });
    expect(robert).toMatchObject({
      first_name: 'Robert',
      last_name: 'Best',
      created_at: '2026-01-01T00:00:00.000Z',
      last_modified_at: LATER,
    });
    expect(added).toMatchObject({ first_name: 'New', created_at: LATER });
    expect(await site.house.store.read(sql`SELECT percentage FROM employee_cost_center`)).toEqual([
      { percentage: 100 },
    ]);
  });

  test('any single change moves lastModifiedAt: supervisor, cost centers, custom value, unit, emptied cell', async () => {
    const map = {
      columns: { s: 'supervisor', c: 'costCenters', t: 'custom.tags', d: 'department', n: 'firstName' },
      key: 'k',
      customAttributes: { tags: { label: 'Tags', type: 'TAGS', sensitivity: 'LOW' } },
    };
    const header = 'k,s,c,t,d,n\n';
    await site.take(`${header}1,,A:50,x;y,D,N\n2,,,,,\n`, map);
    const versions = ['2,A:50,x;y,D,N', '2,A:60,x;y,D,N', '2,A:60,x,D,N', '2,A:60,x,E,N', '2,A:60,x,E,', ',,,,'];
    for (const [at, version] of versions.entries()) {
      site.time.now = `2026-03-01T00:00:0${at}.000Z`;
      expect(await site.take(`${header}1,${version}\n`, map)).toMatchObject({ updated: 1 });
      expect((await site.people())[0]).toMatchObject({ last_modified_at: site.time.now });
    }
    expect(await site.house.store.read(sql`SELECT * FROM employee_custom_value`)).toEqual([]);
    expect(await site.house.store.read(sql`SELECT * FROM employee_cost_center`)).toEqual([]);
    expect((await site.people())[0]).toMatchObject({ supervisor_id: null, department_id: null, first_name: null });
  });

  test('ids ascend in the order of the file, and supervisors may stand below their people', async () => {
    const numbers = Array.from({ length: 1_203 }, (_, at) => `P${(at * 7_919) % 10_007}`);
    const rows = numbers.map((number, at) => `${number},${numbers[at + 1] ?? ''}`);
    await site.take(`personnelNumber,supervisor\n${rows.join('\n')}\n`);
    const people = await site.people();
    expect(people.map((person) => person['personnel_number'])).toEqual(numbers);
    expect(people.map((person) => person['supervisor_id'])).toEqual([...people.slice(1).map(({ id }) => id), null]);
  });

  test('a supervisor may be someone in the store, also one found by email', async () => {
    await site.take('personnelNumber,email\nboss,Boss@example.com\n');
    const map = { key: 'k', columns: { e: 'email', s: { attribute: 'supervisor', by: 'email' } } };
    await site.take('k,e,s\n1,a@example.com,boss@example.com\n2,b@example.com,A@example.com\n', map);
    expect((await site.people()).map((person) => person['supervisor_id'])).toEqual([null, 1, 2]);
  });

  test('units are created once by name and in the order of the file', async () => {
    await site.take('personnelNumber,department,team\n1,Sales,Red\n2,Research,Red\n3,Sales,\n');
    await site.take('personnelNumber,department\n4,Sales\n5,Design\n');
    expect(await site.house.store.read(sql`SELECT id, name FROM department ORDER BY id`)).toEqual([
      { id: 1, name: 'Sales' },
      { id: 2, name: 'Research' },
      { id: 3, name: 'Design' },
    ]);
    expect((await site.people()).map((person) => person['department_id'])).toEqual([1, 2, 1, 1, 3]);
  });

  test('custom attributes that the map declares are created, and keep every type of value', async () => {
    const types = ['TEXT', 'MULTILINE', 'INTEGER', 'DECIMAL', 'DATE', 'BOOLEAN', 'LINK', 'LIST', 'TAGS'];
    const map = {
      columns: Object.fromEntries(types.map((type) => [type, `custom.a${type}`])),
      customAttributes: Object.fromEntries(
        types.map((type) => [
          `a${type}`,
          {
            label: { en: type, de: 'x' },
            type,
            sensitivity: 'MEDIUM',
            ...(type === 'LIST' ? { options: ['Small', 'Large'] } : {}),
          },
        ]),
      ),
    };
    await site.take(
      `personnelNumber,${types.join(',')}\n1,T,"a\nb",-5,1.25,2024-02-29,yes,https://example.com/x,LARGE,b; a;;b\n`,
      map,
    );
    const rows = await site.house.store.read(
      sql`SELECT a.type, a.sensitivity, v.text_value, v.number_value FROM employee_custom_value v
        JOIN custom_attribute a ON a.id = v.attribute_id ORDER BY a.id`,
    );
    expect(rows.map((row) => [row['type'], row['text_value'] ?? row['number_value']])).toEqual([
      ['TEXT', 'T'],
      ['MULTILINE', 'a\nb'],
      ['INTEGER', -5],
      ['DECIMAL', 1.25],
      ['DATE', '2024-02-29'],
      ['BOOLEAN', 1],
      ['LINK', 'https://example.com/x'],
      ['LIST', 'Large'],
      ['TAGS', '["b","a"]'],
    ]);
    expect(await site.house.attributes.custom()).toHaveLength(9);
    expect(await site.take('personnelNumber,custom.aINTEGER\n1,6\n')).toMatchObject({ updated: 1 });
    const { items } = await site.house.audit.page({ actions: ['ATTRIBUTE_CREATED'] }, undefined, 20);
    expect(items.map(({ subject }) => subject?.id).reverse()).toEqual(types.map((type) => `custom.a${type}`));
    expect(items[1]).toMatchObject({
      actor: { kind: 'COMMAND_LINE' },
      subject: { kind: 'ATTRIBUTE', id: 'custom.aLIST', name: 'LIST' },
      after: { label: { en: 'LIST', de: 'x' }, type: 'LIST', sensitivity: 'MEDIUM', options: ['Small', 'Large'] },
    });
  });

  test('a custom attribute out of use, or of another type, is not taken over', async () => {
    const map = (type: string) => ({
      columns: { x: 'custom.x' },
      customAttributes: { x: { label: 'X', type, sensitivity: 'LOW' } },
    });
    await site.take('personnelNumber,x\n1,a\n', map('TEXT'));
    expect((await site.refusal('personnelNumber,x\n1,5\n', map('INTEGER'))).message).toContain(
      'custom.x has the type TEXT',
    );
    await site.house.store.write((manager) => manager.query(`UPDATE custom_attribute SET retired_at = 'now'`));
    expect((await site.refusal('personnelNumber,x\n1,a\n', map('TEXT'))).message).toContain('custom.x');
  });

  test('a dry run tells what would happen and keeps nothing', async () => {
    await site.take('personnelNumber,firstName\n1,Ada\n');
    const outcome = await site.take('personnelNumber,firstName,team\n1,Eve,Red\n2,Bob,\n', undefined, { dryRun: true });
    expect(outcome).toMatchObject({ created: 1, updated: 1, unchanged: 0, dryRun: true });
    expect(await site.people()).toHaveLength(1);
    expect((await site.people())[0]).toMatchObject({ first_name: 'Ada' });
    expect(await site.house.store.read(sql`SELECT * FROM team`)).toEqual([]);
  });

  test('one bad row, and nothing of the file is taken', async () => {
    const error = await site.refusal('personnelNumber,hireDate,team\n1,2020-01-01,Red\n2,2020-13-01,Blue\n');
    expect(error.problems).toEqual([{ line: 3, column: 'hireDate', reason: '"2020-13-01" is no day of the calendar' }]);
    expect(await site.people()).toEqual([]);
    expect(await site.house.store.read(sql`SELECT * FROM team`)).toEqual([]);
  });

  test('--skip-bad takes the good rows; who depends on a bad one is bad as well', async () => {
    await site.take('personnelNumber,firstName\nold,Old\n');
    const outcome = await site.take(
      'personnelNumber,hireDate,supervisor\n' +
        'a,2020-01-01,\nb,nonsense,a\nc,,b\nd,,c\ne,,a\nx,,y\ny,,x\nz,,x\nf,1,2,3\ng,,old\ng,,a\nold,,a\n',
      undefined,
      { skipBad: true },
    );
    expect(outcome).toMatchObject({ created: 2, updated: 1, skipped: 9 });
    expect((await site.people()).map((person) => person['personnel_number'])).toEqual(['old', 'a', 'e']);
    expect(outcome.problems.map(({ line }) => line).sort((a, b) => a - b)).toEqual([3, 4, 5, 7, 9, 10, 12]);
  });

  test('a supervisor circle over file and store is refused, naming the people', async () => {
    await site.take('personnelNumber,supervisor\nA,B\nB,C\nC,\n');
    const error = await site.refusal('personnelNumber,supervisor\nC,A\n');
    expect(error.message).toMatch(/line 2: supervisor circle: (A → B → C → A|B → C → A → B|C → A → B → C)/);
    expect((await site.refusal('personnelNumber,supervisor\nC,C\n')).message).toContain('supervisor circle: C → C');
    expect((await site.people())[2]).toMatchObject({ supervisor_id: null });
    await site.take('k,s\nC,A\n', { key: 'k', supervisorCircles: 'keep', columns: { s: 'supervisor' } });
    expect((await site.people())[2]).toMatchObject({ supervisor_id: 1 });
  });

  test('a row that dissolves a circle in the same file is fine', async () => {
    await site.take('personnelNumber,supervisor\nA,B\nB,\n');
    expect(await site.take('personnelNumber,supervisor\nB,A\nA,\n')).toMatchObject({ updated: 2 });
  });

  test('two imports at once both succeed and make one person of each personnel number', async () => {
    const rows = Array.from({ length: 600 }, (_, at) => `${at},${at % 7}`).join('\n');
    const text = `personnelNumber,department\n${rows}\n`;
    const outcomes = await Promise.all([site.take({ text, name: 'one.csv' }), site.take({ text, name: 'two.csv' })]);
    expect(outcomes.map(({ created }) => created).sort()).toEqual([0, 600]);
    expect(await site.people()).toHaveLength(600);
  });

  if (database.name === 'PostgreSQL') {
    test('people are held in the order of their ids, as everybody holds them, however many are written together', async () => {
      const many = Array.from({ length: 600 }, (_, index) => `${index + 1},Ada`);
      await site.take(['personnelNumber,firstName', ...many].join('\n'));
      const other = await otherWriter(site.house.config);
      try {
        await other.hold(1);
        const changed = many.map((line) => line.replace('Ada', 'Eve')).reverse();
        const taking = site.take(['personnelNumber,firstName', ...changed].join('\n'));
        await other.isWaitedFor();
        await other.hold(2);
        await other.hold(600);
        await other.end();
        expect(await taking).toMatchObject({ updated: 600 });
      } finally {
        await other.end();
      }
    });
  }

  test('JSON and NDJSON give the same people as CSV', async () => {
    const map = {
      key: 'no',
      unmapped: 'custom',
      columns: { name: 'firstName', pay: 'fixSalary', hours: 'weeklyWorkingHours', shares: 'costCenters' },
    };
    const rows = [
      {
        no: 5,
        name: 'Ada "]},[{',
        pay: { amount: 10.5, currency: 'EUR' },
        hours: 40,
        shares: [{ name: 'A', percentage: 30 }],
      },
      { no: '6', name: null, pay: '7 USD', hours: '38.5', shares: 'A:30', 'shirt size': 'L' },
    ];
    await site.take({ text: JSON.stringify(rows, null, 2), name: 'people.json' }, map);
    const before = await site.people();
    expect(before[0]).toMatchObject({ personnel_number: '5', first_name: 'Ada "]},[{', fix_salary_amount: 10.5 });
    const ndjson = `\ufeff${rows.map((row) => JSON.stringify(row)).join('\r\n')}\r\n`;
    expect(await site.take({ text: ndjson, name: 'people.ndjson' }, map)).toMatchObject({ unchanged: 2 });
    expect(await site.take({ text: JSON.stringify(rows), name: 'minified.json' }, map)).toMatchObject({ unchanged: 2 });
    const [custom] = await site.house.attributes.custom();
    expect(custom).toMatchObject({ key: 'custom.shirtSize', type: 'TEXT', sensitivity: 'HIGH' });
  });

  test('what a row of a JSON file lacks stays as it is, and what it gives as null or empty is emptied', async () => {
    const map = {
      columns: { costs: 'costCenters', tags: 'custom.tags', size: 'custom.size', pay: 'fixSalary' },
      unmapped: 'custom',
      customAttributes: {
        tags: { label: 'Tags', type: 'TAGS', sensitivity: 'LOW' },
        size: { label: 'Size', type: 'TEXT', sensitivity: 'LOW' },
      },
    };
    Object.assign(map.columns, { email: 'email', position: 'position', boss: 'supervisor', team: 'team' });
    const full = { position: 'CTO', boss: '3', team: 'Red', costs: 'Sales:60', tags: 'x;y', size: 'L', pay: '7 EUR' };
    const people = [
      { personnelNumber: '1', email: 'a@x.org', ...full },
      { personnelNumber: '2', email: 'b@x.org', ...full },
      { personnelNumber: '3', email: 'c@x.org', boss: null },
    ];
    const name = 'people.json';
    const rest = async () => [
      await site.house.store.read(sql`SELECT * FROM employee_custom_value ORDER BY employee_id, attribute_id`),
      await site.house.store.read(sql`SELECT * FROM employee_cost_center ORDER BY employee_id`),
    ];
    const told = async () =>
      (await site.house.store.read(sql`SELECT employee_id, attribute_key FROM employee_change ORDER BY sequence`)).map(
        (row) => `${row['employee_id'] as number} ${row['attribute_key'] as string}`,
      );
    await site.take({ text: JSON.stringify(people), name }, map);
    const [before, restBefore, toldBefore] = [await site.people(), await rest(), await told()];
    site.time.now = LATER;
    const partial = [
      { personnelNumber: '1', email: 'a@x.org' },
      { personnelNumber: '2', ...full, team: 'Blue' },
      { personnelNumber: '3' },
      { personnelNumber: '4', boss: '1', position: 'Baker' },
    ];
    expect(await site.take({ text: JSON.stringify(partial), name }, map)).toMatchObject({
      created: 1,
      updated: 1,
      unchanged: 2,
    });
    const [ada, bob, eve, added] = await site.people();
    expect([ada, eve]).toEqual([before[0], before[2]]);
    expect(bob).toEqual({ ...before[1], team_id: 2, last_modified_at: LATER, version: 2 });
    expect(added).toMatchObject({ email: null, position: 'Baker', supervisor_id: 1, fix_salary_amount: null });
    expect(await rest()).toEqual(restBefore);
    const news = ['2 team', '4 id', '4 position', '4 supervisor'];
    expect((await told()).slice(toldBefore.length).sort()).toEqual(news);

    const emptied = [
      { personnelNumber: '1', position: null, boss: null, costs: '', tags: null, pay: '' },
      { personnelNumber: '2', size: '' },
      { personnelNumber: '3', email: 'c@x.org', team: null },
    ];
    expect(await site.take({ text: JSON.stringify(emptied), name }, map)).toMatchObject({ updated: 2, unchanged: 1 });
    const [poor, other] = await site.people();
    expect(poor).toMatchObject({ email: 'a@x.org', position: null, supervisor_id: null, team_id: 1 });
    expect(poor).toMatchObject({ fix_salary_amount: null, fix_salary_currency: null });
    expect(other).toMatchObject({ email: 'b@x.org', position: 'CTO', supervisor_id: 3, fix_salary_amount: 7 });
    const [values, shares] = await rest();
    expect(values?.map((row) => [row['employee_id'], row['text_value']])).toEqual([
      [1, 'L'],
      [2, '["x","y"]'],
    ]);
    expect(shares?.map((row) => row['employee_id'])).toEqual([2]);
  });

  test('a supervisor that a row of a JSON file lacks is the stored one, also for circles', async () => {
    const take = (rows: object[], options = {}) =>
      site.take({ text: JSON.stringify(rows), name: 'people.json' }, undefined, options);
    await take([
      { personnelNumber: 'A', supervisor: 'B' },
      { personnelNumber: 'B', supervisor: 'C' },
      { personnelNumber: 'C' },
    ]);
    const circle = [
      { personnelNumber: 'A', firstName: 'Ada' },
      { personnelNumber: 'C', supervisor: 'A' },
    ];
    await expect(take(circle)).rejects.toThrow('supervisor circle');
    const outcome = await take(circle, { skipBad: true });
    expect(outcome).toMatchObject({ updated: 1, skipped: 1, problems: [{ item: 2 }] });
    expect((await site.people()).map((person) => person['supervisor_id'])).toEqual([2, 3, null]);
  });

  test('delimiters, date formats, decimal commas, currency columns, constants and several attributes of one column', async () => {
    const map = {
      key: 'Nr',
      unmapped: 'ignore',
      columns: {
        Eintritt: { attribute: 'hireDate', format: 'DD.MM.YYYY' },
        Gehalt: { attribute: 'fixSalary', decimal: ',', currencyColumn: 'Währung' },
        Ende: ['lastWorkingDay', { attribute: 'status', values: { '': 'ACTIVE', '*': 'INACTIVE' } }],
      },
      constants: { fixSalaryInterval: 'monthly', office: 'Graz' },
    };
    const text =
      '\ufeffNr;Eintritt;Gehalt;Währung;Ende;Notiz\r\n1;31.01.2020;1234,5;chf;;"a;""b"\r\n2;;;;2021-05-05;\r\n';
    expect(await site.take(text, map)).toMatchObject({ created: 2 });
    const [one, two] = await site.people();
    expect(one).toMatchObject({
      hire_date: '2020-01-31',
      fix_salary_amount: 1234.5,
      fix_salary_currency: 'CHF',
      fix_salary_interval: 'MONTHLY',
      status: 'ACTIVE',
      office_id: 1,
    });
    expect(two).toMatchObject({ status: 'INACTIVE', last_working_day: '2021-05-05', fix_salary_currency: null });
    expect(await site.take({ text: text.replaceAll(';', '\t'), name: 'p.tsv' }, map)).toMatchObject({ unchanged: 2 });
    expect(await site.take(text, { ...map, delimiter: ';' })).toMatchObject({ unchanged: 2 });
  });
});
