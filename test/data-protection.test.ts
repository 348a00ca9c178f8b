import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sql from 'sql-template-tag';
import { adminBrowser, adminOf, type AdminBrowser, type AskAsAdmin } from './support/admin';
import { runCommand } from './support/command';
import { databases } from './support/database';
import { startTestGateway, type TestCredential, type TestGateway } from './support/gateway';
import { otherWriter } from './support/held-people';
import { takeAbsences, takeAttendances } from './support/import-records';
import { importSite } from './support/import';
import { Managing, list } from './support/managing';
import { present } from './support/present';

const RECORD = `query ($first: Int, $after: String) { processingRecord(first: $first, after: $after) {
  entries { name enabled purpose owner integration lastUsedAt modules { module read write }
    attributes { key label { en de } sensitivity read write lastReadOn } } endCursor } }`;
const ERASE = `mutation ($id: ID!) { erasePerson(employeeId: $id) {
  erasedEmployeeId absences attendances supervised userErrors { field code } } }`;
const TODAY = '2026-03-10';
const SECRET_NAME = 'Zyxwvutsrq-Unmistakable';

describe.each(databases)('data protection on $name', (database) => {
  let gateway: TestGateway;
  let time: string;
  let browser: AdminBrowser;
  let owner: AskAsAdmin;

  beforeAll(async () => {
    time = `${TODAY}T12:00:00.000Z`;
    gateway = await startTestGateway(database, { demo: true, clock: { now: () => time } });
    browser = await adminBrowser(gateway, 'OWNER');
    owner = async (query, variables) => (await browser.send(query, variables)).body;
  }, 120_000);

  afterAll(() => gateway.close());

  const used = async (clientId: string, key: string, day: string, reads = 1) => {
    const [row] = await gateway.house.store.read(sql`SELECT id FROM credential WHERE client_id = ${clientId}`);
    await gateway.house.store.write((manager) =>
      manager.query(
        `INSERT INTO attribute_usage (credential_id, attribute_key, day, reads, denials)
          VALUES ('${String(row?.['id'])}', '${key}', '${day}', ${reads}, 0)`,
      ),
    );
  };

  const changesFor = async (reader: TestCredential) => {
    const { body } = await gateway.query(
      reader,
      '{ changes(first: 1000) { nodes { employeeId attribute employee { id } } } }',
    );
    return body.data.changes.nodes as { employeeId: string; attribute: string; employee: object | null }[];
  };

  test('the record names purpose, owner, integration, permissions and the last use of each attribute', async () => {
    const managing = new Managing(browser);
    const { credential } = await managing.create({
      name: '=cmd|Mailer',
      purpose: 'Birthday cards',
      ownerContact: 'hr@example.com',
      integrationId: 'slack',
      grants: list(['firstName', 'fixSalary']),
    });
    const { clientId } = present(credential);
    await used(clientId, 'firstName', '2026-03-01');
    await used(clientId, 'firstName', '2026-03-04');
    await used(clientId, 'gender', '2026-02-01');
    await used(clientId, 'fixSalary', '2026-03-05', 0);
    const { data } = await owner(RECORD, { first: 100 });
    const entry = data.processingRecord.entries.find(({ name }: { name: string }) => name === '=cmd|Mailer');
    expect(entry).toMatchObject({
      enabled: true,
      purpose: 'Birthday cards',
      owner: 'hr@example.com',
      lastUsedAt: null,
      modules: [
        { module: 'EMPLOYEES', read: true, write: false },
        { module: 'ABSENCES', read: false, write: false },
        { module: 'ATTENDANCES', read: false, write: false },
      ],
    });
    expect(entry.attributes).toEqual([
      {
        key: 'firstName',
        label: { en: 'First name', de: 'Vorname' },
        sensitivity: 'LOW',
        read: true,
        write: false,
        lastReadOn: '2026-03-04',
      },
      {
        key: 'fixSalary',
        label: { en: 'Fixed salary', de: 'Festgehalt' },
        sensitivity: 'HIGH',
        read: true,
        write: false,
        lastReadOn: null,
      },
      // No longer on the list, but it was read.
      {
        key: 'gender',
        label: { en: 'Gender', de: 'Geschlecht' },
        sensitivity: 'HIGH',
        read: false,
        write: false,
        lastReadOn: '2026-02-01',
      },
    ]);
  });

  test('the record comes in pages by name, each credential once', async () => {
    const names: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await owner(RECORD, { first: 1, after });
      names.push(...data.processingRecord.entries.map(({ name }: { name: string }) => name));
      after = data.processingRecord.endCursor as string | null;
    } while (after !== null);
    const { data } = await owner(RECORD, {});
    expect(names).toEqual(data.processingRecord.entries.map(({ name }: { name: string }) => name));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(3);
    expect((await gateway.house.processingRecord.all()).map(({ name }) => name)).toEqual(names);
  });

  test('a page behind a credential that is deleted is refused: an empty one would look like the end of the record', async () => {
    const managing = new Managing(browser);
    const { id } = await managing.reader('0 The first');
    const { data } = await owner(RECORD, { first: 1 });
    expect(data.processingRecord.entries).toMatchObject([{ name: '0 The first' }]);
    await owner('mutation ($id: ID!) { deleteCredential(id: $id) { deletedCredentialId } }', { id });
    const { errors } = await owner(RECORD, { first: 1, after: data.processingRecord.endCursor });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('no credential gets at the record, at who read what, or at erasing', async () => {
    const reader = await gateway.credential({ attributes: ['firstName'] });
    for (const query of [
      '{ processingRecord { endCursor } }',
      '{ personAccess(employeeId: 1) { note } }',
      'mutation { erasePerson(employeeId: 1) { erasedEmployeeId } }',
    ]) {
      const { body } = await gateway.query(reader, query);
      expect(body.errors?.[0]?.extensions.code).toMatch(/FORBIDDEN|GRAPHQL_VALIDATION_FAILED/);
    }
    for (const role of ['MANAGER', 'AUDITOR'] as const) {
      const ask = await adminOf(gateway, role);
      expect((await ask(RECORD, {})).errors).toBeUndefined();
      expect((await ask(ERASE, { id: '1' })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });

  test('who read what is told by credential, attribute and day, from the day on which the person came, and says what it is', async () => {
    const reader = await gateway.credential({ attributes: ['firstName'] });
    await gateway.house.store.write((manager) =>
      manager.query(`UPDATE employee SET created_at = '2026-03-02T23:00:00.000Z' WHERE id = 3`),
    );
    for (const day of ['2026-03-01', '2026-03-02', '2026-03-09']) await used(reader.clientId, 'lastName', day);
    const query = `query ($id: ID!) { personAccess(employeeId: $id) { note from to isCut
      accesses { credentialName attribute days } } }`;
    const { data } = await owner(query, { id: '3' });
    const { note, from, to, isCut, accesses } = data.personAccess;
    expect(note).toContain('not for each person');
    expect({ from, to, isCut }).toEqual({ from: '2026-03-02', to: TODAY, isCut: false });
    const mine = accesses.filter(({ attribute }: { attribute: string }) => attribute === 'lastName');
    expect(mine).toMatchObject([{ attribute: 'lastName', days: ['2026-03-02', '2026-03-09'] }]);
    expect((await owner(query, { id: '999999' })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  test('an erasure takes everything about a person, and leaves the audit, the feed and the numbers true', async () => {
    const reader = await gateway.credential({ attributes: ['firstName', 'supervisor'] });
    const { store } = gateway.house;
    const [team] = await store.read(sql`SELECT supervisor_id AS id, count(*) AS size FROM employee
      WHERE supervisor_id IS NOT NULL GROUP BY supervisor_id ORDER BY supervisor_id LIMIT 1`);
    const id = team?.['id'] as number;
    await store.write(async (manager) => {
      await manager.query(`UPDATE employee SET last_name = '${SECRET_NAME}' WHERE id = ${id}`);
    });
    const rows = async (table: string) => {
      const column = table === 'employee' ? 'id' : 'employee_id';
      const [row] = await store.write((manager) =>
        manager.query<{ total: string }[]>(`SELECT count(*) AS total FROM ${table} WHERE ${column} = ${id}`),
      );
      return Number(row?.total);
    };
    const [absences, attendances] = [await rows('absence'), await rows('attendance')];
    const highest = Math.max(...(await store.read(sql`SELECT id FROM employee`)).map((row) => row['id'] as number));
    const { data } = await owner(ERASE, { id: String(id) });
    expect(data.erasePerson).toEqual({
      erasedEmployeeId: String(id),
      absences,
      attendances,
      supervised: Number(team?.['size']),
      userErrors: [],
    });
    for (const table of [
      'employee',
      'absence',
      'attendance',
      'employee_custom_value',
      'employee_cost_center',
      'employee_change',
    ]) {
      expect([table, await rows(table)]).toEqual([table, 0]);
    }
    expect(await store.read(sql`SELECT id FROM employee WHERE supervisor_id = ${id}`)).toEqual([]);
    const { items } = await gateway.house.audit.page({ actions: ['EMPLOYEE_ERASED'] }, undefined, 10);
    expect(items).toMatchObject([
      {
        actor: { kind: 'ADMIN' },
        subject: { kind: 'EMPLOYEE', id: String(id), name: null },
        after: { absences, attendances, supervised: Number(team?.['size']) },
      },
    ]);
    expect((await gateway.house.audit.verify()).outcome).toBe('WHOLE');

    const told = await changesFor(reader);
    const freed = told.filter(({ attribute }) => attribute === 'supervisor').slice(-Number(team?.['size']));
    expect(freed.every(({ employeeId }) => employeeId !== String(id))).toBe(true);
    expect(told.filter(({ employeeId }) => employeeId === String(id))).toEqual([
      { employeeId: String(id), attribute: 'id', employee: null },
    ]);
    expect(told.at(-1)).toMatchObject({ employeeId: String(id) });

    expect((await owner(ERASE, { id: String(id) })).data.erasePerson).toMatchObject({
      erasedEmployeeId: null,
      userErrors: [{ field: ['employeeId'], code: 'UNKNOWN' }],
    });
    const writer = await gateway.credential({ attributes: ['firstName'], write: ['EMPLOYEES'] });
    await gateway.query(writer, 'mutation { createEmployee(values: { firstName: "New" }) { employee { id } } }');
    const ids = (await store.read(sql`SELECT id FROM employee ORDER BY id`)).map((row) => row['id']);
    expect(ids).not.toContain(id);
    expect(ids.at(-1)).toBeGreaterThanOrEqual(highest);
    const after = await changesFor(reader);
    expect(after.length).toBeGreaterThan(told.length);
    if (database.name === 'SQLite') expect(filesWith(gateway.house.config.dataDir, SECRET_NAME)).toEqual([]);
  });

  test('an erasure whose files could not be written anew says so, and asking again writes them', async () => {
    const scrub = jest.spyOn(gateway.house.store, 'scrub').mockRejectedValueOnce(new Error('Somebody reads.'));
    try {
      const { errors } = await owner(ERASE, { id: '7' });
      expect(errors?.[0]?.extensions.code).toBe('UNAVAILABLE');
      expect(errors?.[0]?.message).toContain('The person with id 7 is erased');
      const { data } = await owner(ERASE, { id: '7' });
      expect(data.erasePerson.userErrors).toEqual([{ field: ['employeeId'], code: 'UNKNOWN' }]);
      expect(scrub).toHaveBeenCalledTimes(2);
      await owner(ERASE, { id: '999999' });
      expect(scrub).toHaveBeenCalledTimes(2);
    } finally {
      scrub.mockRestore();
    }
  });

  test('the id of the newest person is not given again after an erasure', async () => {
    const { store } = gateway.house;
    const writer = await gateway.credential({ attributes: ['firstName'], write: ['EMPLOYEES'] });
    const create = () =>
      gateway.query(writer, 'mutation { createEmployee(values: { firstName: "New" }) { employee { id } } }');
    const newest = async () => {
      const [row] = await store.read(sql`SELECT max(id) AS id FROM employee`);
      return row?.['id'] as number;
    };
    await create();
    const erased = await newest();
    expect(await gateway.house.erasure.byCommand(erased)).toMatchObject({ employeeId: erased });
    await create();
    expect(await newest()).toBeGreaterThan(erased);
  });

  if (database.name === 'PostgreSQL') {
    test('an erasure holds the person and whom the person supervises in the order of their ids, as everybody holds people', async () => {
      const { store, erasure, config } = gateway.house;
      const [first, last] = await store.read(sql`SELECT id FROM employee ORDER BY id DESC LIMIT 2`);
      const [boss, report] = [first?.['id'] as number, last?.['id'] as number];
      await store.write((manager) => manager.query(`UPDATE employee SET supervisor_id = ${boss} WHERE id = ${report}`));
      const other = await otherWriter(config);
      try {
        await other.hold(report);
        const erasing = erasure.byCommand(boss);
        await other.isWaitedFor();
        await other.hold(boss);
        await other.end();
        expect(await erasing).toMatchObject({ employeeId: boss, supervised: 1 });
      } finally {
        await other.end();
      }
    });
  }

  test('a consumer that stopped before an erasure learns of it behind its cursor', async () => {
    const reader = await gateway.credential({ attributes: ['firstName'] });
    const page = async (after: string | null) => {
      const { body } = await gateway.query(
        reader,
        `{ changes(first: 1000 ${after === null ? '' : `after: "${after}"`}) { nodes { employeeId employee { id } } pageInfo { endCursor hasNextPage } } }`,
      );
      return body.data.changes as {
        nodes: { employeeId: string; employee: object | null }[];
        pageInfo: { endCursor: string | null; hasNextPage: boolean };
      };
    };
    let cursor: string | null = null;
    for (let more = true; more;) {
      const { pageInfo } = await page(cursor);
      cursor = pageInfo.endCursor ?? cursor;
      more = pageInfo.hasNextPage;
    }
    await gateway.house.erasure.byCommand(20);
    const { nodes } = await page(cursor);
    expect(nodes).toContainEqual({ employeeId: '20', employee: null });
  });

  test('an erasure needs a password that was just shown', async () => {
    time = `${TODAY}T12:06:00.000Z`;
    expect((await owner(ERASE, { id: '30' })).errors?.[0]?.extensions.code).toBe('REAUTHENTICATION_REQUIRED');
    const [row] = await gateway.house.store.read(sql`SELECT count(*) AS total FROM employee WHERE id = 30`);
    expect(Number(row?.['total'])).toBe(1);
  });
});

/** The store's files in which a text stands. */
function filesWith(folder: string, text: string): string[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ name }) => name).filter((name) => readFileSync(path.join(folder, name)).includes(text));
}

test('the command line writes the record, tells who read what, and erases', async () => {
  const [database] = databases;
  const site = await importSite(present(database));
  await site.take(`personnelNumber,firstName,supervisor\nA1,${SECRET_NAME},\nA2,Bob,A1\n`);
  await takeAbsences(site, 'personnelNumber,type,startDate,endDate\nA1,Vacation,2026-08-03,2026-08-04\n');
  await takeAttendances(site, 'personnelNumber,start,end\nA1,2026-03-02T08:00Z,2026-03-02T09:00Z\n');
  await site.house.credentials.create({
    name: '=HYPERLINK("x")',
    enabled: true,
    expiresAt: null,
    denialMode: 'STRICT',
    purpose: 'Payroll, monthly',
    grants: {
      modules: {
        EMPLOYEES: { read: true, write: false },
        ABSENCES: { read: true, write: true },
        ATTENDANCES: { read: false, write: false },
      },
      attributes: { read: new Set(['fixSalary']), write: new Set() },
    },
  });
  const { config } = site.house;
  await site.house.close();
  const [record, access, refused] = await Promise.all([
    runCommand(config, ['processing-record', '--csv']),
    runCommand(config, ['person-access', '--personnel-number', 'A1']),
    runCommand(config, ['erase-person', '1']),
  ]);
  const [header, line] = record.stdout.split('\r\n');
  expect(header).toBe(
    '"credential","client_id","enabled","purpose","owner","integration","modules","last_used_at","attribute","label_en","label_de","sensitivity","may_read","may_write","last_read_on"',
  );
  expect(line).toMatch(
    /^"'=HYPERLINK\(""x""\)","fgci_\w+","true","Payroll, monthly","","","EMPLOYEES read, ABSENCES read write","","fixSalary","Fixed salary","Festgehalt","HIGH","true","false",""$/,
  );
  expect(access).toMatchObject({ code: 0, stdout: expect.stringContaining('not for each person') as string });
  expect(access.stdout).toContain('The person with id 1, from ');
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Nothing was erased: add --yes') as string,
  });
  const erased = await runCommand(config, ['erase-person', '--personnel-number', 'A1', '--yes', '--json']);
  expect(JSON.parse(erased.stdout)).toEqual({ employeeId: 1, absences: 1, attendances: 1, supervised: 1 });
  expect(filesWith(config.dataDir, SECRET_NAME)).toEqual([]);
}, 120_000);
