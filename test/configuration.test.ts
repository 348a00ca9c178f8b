import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import sql from 'sql-template-tag';
import { formatConfiguration, parseConfiguration } from '../src/configuration/configuration-document';
import { ConfigurationError } from '../src/configuration/configuration-problem';
import { UsageError } from '../src/errors';
import { runCommand, type Finished } from './support/command';
import { databases } from './support/database';
import { basic, startTestGateway, type TestGateway } from './support/gateway';
import { present } from './support/present';

const FILE = `version: 1
credentials:
  - name: Badge printer
    enabled: true
    owner: facilities@example.com
    purpose: Names on badges
    expires: 2099-01-31T18:00:00.000Z
    modules:
      employees:
        - read
    attributes:
      - firstName
      - lastName
  - name: Payroll
    enabled: true
    integration: datev
    denial: STRICT
    modules:
      employees:
        - read
        - write
      absences:
        - read
    attributes:
      read:
        - firstName
        - fixSalary
      write:
        - firstName
`;

describe.each(databases)('configuration as code on $name', (database) => {
  let gateway: TestGateway;
  let file: string;

  beforeEach(async () => {
    gateway = await startTestGateway(database, { demo: true });
    await removeAll();
    file = path.join(gateway.house.config.dataDir, 'credentials.yaml');
  });

  afterEach(() => gateway.close());

  const run = (...args: string[]): Promise<Finished> => runCommand(gateway.house.config, ['credentials', ...args]);
  const apply = (text: string, ...options: string[]): Promise<Finished> => {
    writeFileSync(file, text);
    return run('apply', file, ...options);
  };
  const removeAll = () => gateway.house.store.write((manager) => manager.query('DELETE FROM credential'));
  const exported = async () => formatConfiguration(await gateway.house.configuring.read());
  /** Applies a file without the command line around it, which takes a second to start. */
  const given = async (text: string, prune = false) => {
    const { configuring } = gateway.house;
    const document = parseConfiguration(text);
    return configuring.apply(document, prune, await configuring.plan(document, prune));
  };
  const query =
    '{ employees(first: 1) { nodes { firstName lastName fixSalary { amount } } } viewer { name denialMode } }';

  test('a file becomes credentials that can do what it says, and their secrets are shown once', async () => {
    const { code, stdout } = await apply(FILE, '--yes', '--json');
    expect(code).toBe(0);
    const { created, applied, changes } = JSON.parse(stdout);
    expect([applied, changes.length]).toEqual([true, 2]);
    const [printer, payroll] = created;
    expect(printer).toMatchObject({ name: 'Badge printer', clientSecret: expect.stringMatching(/^fgcs_/) });
    const asked = await gateway.query(basic(printer.clientId, printer.clientSecret), query);
    expect(asked.body.data.employees.nodes[0]).toMatchObject({ lastName: expect.any(String), fixSalary: null });
    const strict = await gateway.query(basic(payroll.clientId, payroll.clientSecret), query);
    expect(strict.body.data).toBeNull();
    const [row] = await gateway.house.store.read(sql`SELECT * FROM credential WHERE name = 'Payroll'`);
    expect(row).toMatchObject({ integration_id: 'datev', owner_contact: null });
    expect(Boolean(row?.['separate_directions'])).toBe(true);
  });

  test('what is exported is what was applied, and applying it again changes nothing', async () => {
    await apply(FILE, '--yes');
    expect((await run('export', '-')).stdout).toBe(FILE);
    const versions = () =>
      gateway.house.store.read(sql`SELECT name, version, updated_at FROM credential ORDER BY name`);
    const before = await versions();
    const again = await apply(FILE);
    expect([again.code, again.stdout]).toEqual([0, 'Nothing to change: 2 credentials are as described.\n']);
    expect(await versions()).toEqual(before);
  });

  test.each([
    [
      'what nobody writes, on one list for writing alone',
      'modules: { employees: [write] }, attributes: [firstName, createdAt]',
    ],
    [
      'empty lists that are told apart, without the box of the module',
      'modules: { absences: [read] }, attributes: { read: [], write: [] }',
    ],
  ])('a file is no news once it is applied, though it has %s', async (_what, rest) => {
    const text = `version: 1\ncredentials:\n  - { name: Odd, enabled: true, ${rest} }\n`;
    await given(text);
    const { configuring } = gateway.house;
    expect(await configuring.plan(parseConfiguration(text), false)).toEqual({ changes: [], unchanged: 1 });
  });

  test('an export of whatever there is can be applied to an empty store and gives the same', async () => {
    await gateway.credential({ name: 'One list', write: ['EMPLOYEES'], attributes: ['firstName', 'createdAt'] });
    await gateway.credential({
      name: 'Off',
      enabled: false,
      expiresAt: '2020-01-01T00:00:00.000Z',
      denialMode: 'STRICT',
    });
    await gateway.credential({ name: 'Odd', read: [], write: ['ABSENCES'] });
    await gateway.credential({ name: 'Custom', attributes: ['custom.shirtSize'] });
    const text = await exported();
    await removeAll();
    await given(text);
    expect(await exported()).toBe(text);
  });

  test('the file holds no secret and no id', async () => {
    await given(FILE);
    const target = path.join(gateway.house.config.dataDir, 'out.yaml');
    expect((await run('export', target)).code).toBe(0);
    expect(readFileSync(target, 'utf8')).not.toMatch(/fgc[is]_|[0-9a-f]{8}-[0-9a-f]{4}/);
  });

  test('the difference is shown first; a dry run, and a run where nobody can agree, change nothing', async () => {
    await given(FILE);
    const changed = FILE.replace('      - lastName\n', '').replace('denial: STRICT', 'denial: NULL_AND_ERROR');
    const shown = `~ Badge printer
    - attributes.lastName: listed

~ Payroll
    ~ denial: STRICT -> NULL_AND_ERROR

0 to create, 2 to change, 0 to delete, 0 unchanged.
`;
    const dry = await apply(changed, '--dry-run');
    expect([dry.code, dry.stdout]).toEqual([0, shown]);
    const unasked = await apply(changed);
    expect([unasked.code, unasked.stdout]).toEqual([1, shown]);
    expect(unasked.stderr).toContain('--yes');
    expect(await exported()).toBe(FILE);
  });

  test('a narrowed credential loses what the file takes away at once, and its secret lives on', async () => {
    const [created] = await given(FILE);
    const printer = basic(present(created).clientId, present(created).clientSecret);
    const before = await gateway.query(printer, query);
    expect(before.body.data.employees.nodes[0].lastName).toEqual(expect.any(String));
    await given(FILE.replace('      - lastName\n', ''));
    const { body } = await gateway.query(printer, query);
    expect(body.data.employees.nodes[0].lastName).toBeNull();
    expect(body.data.employees.nodes[0].firstName).toEqual(expect.any(String));
    await given(FILE.replace('enabled: true', 'enabled: false'));
    expect((await gateway.query(printer, query)).status).toBe(401);
  });

  test('all or nothing: when one of the changes fails, none is kept', async () => {
    await given(FILE);
    const changed = `${FILE.replace('enabled: true', 'enabled: false')}  - { name: New, enabled: true }\n`;
    const document = parseConfiguration(changed);
    const { configuring, credentials } = gateway.house;
    const plan = await configuring.plan(document, false);
    const failing = jest.spyOn(credentials, 'createIn').mockRejectedValueOnce(new Error('Out of space'));
    await expect(configuring.apply(document, false, plan)).rejects.toThrow('Out of space');
    failing.mockRestore();
    expect(await exported()).toBe(FILE);
    const { items } = await gateway.house.audit.page({ actions: ['CREDENTIAL_DISABLED'] }, undefined, 10);
    expect(items).toEqual([]);
  });

  test('what was changed between the look and the agreement is not overwritten', async () => {
    await given(FILE);
    const { configuring, credentials } = gateway.house;
    const document = parseConfiguration(FILE.replace('STRICT', 'NULL_AND_ERROR'));
    const plan = await configuring.plan(document, false);
    await credentials.setEnabled('Payroll', false);
    await expect(configuring.apply(document, false, plan)).rejects.toThrow(UsageError);
    expect(await exported()).toBe(FILE.replace(/(Payroll\n {4}enabled: )true/, '$1false'));
  });

  test('an attribute that is taken out of use while a file is applied is granted to nobody', async () => {
    const { configuring, store } = gateway.house;
    const document = parseConfiguration(FILE.replace('lastName', 'custom.shirtSize'));
    const plan = await configuring.plan(document, false);
    const { applying } = await store.write(async (manager) => {
      await manager.query(
        `UPDATE custom_attribute SET retired_at = '2026-01-01T00:00:00.000Z' WHERE name = 'shirtSize'`,
      );
      const applied = configuring.apply(document, false, plan).catch((reason: unknown) => reason);
      await setTimeout(500);
      return { applying: applied };
    });
    expect(await applying).toBeInstanceOf(ConfigurationError);
    expect(await exported()).toBe('version: 1\ncredentials: []\n');
  });

  test('what a file does not list stays, unless it is pruned', async () => {
    await given(FILE);
    const shorter = FILE.slice(0, FILE.indexOf('  - name: Payroll'));
    await given(shorter);
    expect(await exported()).toBe(FILE);
    const pruned = await apply(shorter, '--prune', '--yes');
    expect(pruned.stdout).toContain('- Payroll\n');
    expect(await exported()).toBe(shorter);
  });

  test('a file with problems is refused with all of them and their lines, and nothing is changed', async () => {
    const broken = FILE.replace('firstName', 'shoeSize').replace('integration: datev', 'integration: nobody');
    const text = await apply(broken, '--yes');
    expect([text.code, text.stdout]).toEqual([1, '']);
    expect(text.stderr).toContain('12:9 credentials[0].attributes[0]: there is no attribute "shoeSize"');
    expect(text.stderr).toContain('16:18 credentials[1].integration: there is no integration "nobody"');
    const json = JSON.parse((await apply(broken, '--yes', '--json')).stdout);
    expect(json.error.problems).toHaveLength(2);
    expect(await exported()).toBe('version: 1\ncredentials: []\n');
  });

  test('every change is on record as the command line’s, with what held before and after, and without a secret', async () => {
    const [printer] = await given(FILE);
    await given(FILE.replace('enabled: true', 'enabled: false'));
    await given('version: 1\ncredentials: []\n', true);
    const { items } = await gateway.house.audit.page({}, undefined, 50);
    const mine = items.filter(({ actor }) => actor.kind === 'COMMAND_LINE').reverse();
    expect(mine.map(({ action, subject }) => `${action} ${present(subject).name}`)).toEqual([
      'CREDENTIAL_CREATED Badge printer',
      'CREDENTIAL_CREATED Payroll',
      'CREDENTIAL_DISABLED Badge printer',
      'CREDENTIAL_DELETED Badge printer',
      'CREDENTIAL_DELETED Payroll',
    ]);
    expect(mine[2]).toMatchObject({ before: { enabled: true }, after: { enabled: false } });
    expect(JSON.stringify(items)).not.toContain(present(printer).clientSecret);
    expect((await gateway.house.audit.verify()).outcome).toBe('WHOLE');
  });
});
