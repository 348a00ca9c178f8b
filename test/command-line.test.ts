import { readdirSync, readFileSync } from 'node:fs';
import { loadKeyRing } from '../src/store/key-file';
import { databases, freshFolder, type TestLocation } from './support/database';
import { runCommand, runProcess, startCommand, type Finished } from './support/command';

describe.each(databases)('the command line on $name', (database) => {
  let location: TestLocation;

  beforeAll(async () => {
    location = await database.readyLocation();
  });

  afterAll(() => location.remove());

  const run = (...args: string[]): Promise<Finished> => runCommand(location, args);
  const parsed = ({ stdout }: Finished) => JSON.parse(stdout) as Record<string, unknown>;

  test('migrate makes the store, and does nothing the second time', async () => {
    const migrate = (...args: string[]) => runProcess(location, ['migrate', ...args]);
    expect(await migrate()).toEqual({ code: 0, stdout: 'The store is up to date.\n', stderr: '' });
    expect(parsed(await migrate('--json'))).toMatchObject({ upToDate: true });
    // It ends in the same way in the process that the other tests keep.
    expect(await run('migrate')).toEqual(await migrate());
    expect(await run('migrate', '--nothing')).toEqual(await migrate('--nothing'));
  });

  test('--version prints that of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const printed = { code: 0, stdout: `${version}\n`, stderr: '' };
    expect(await run('--version')).toEqual(printed);
    expect(await runProcess(location, ['--version'])).toEqual(printed);
  });

  test('keys make prints fresh keys, on one line that FIELDGATE_KEYS takes', async () => {
    const made = await run('keys', 'make');
    expect(made).toEqual({ code: 0, stdout: expect.stringMatching(/^\{.+\}\n$/) as string, stderr: '' });
    const settings = { ...location, keys: made.stdout };
    expect(loadKeyRing(settings, true)).toMatchObject({ peppers: [{}], encryptionKeys: [{}] });
    expect((await run('keys', 'make')).stdout).not.toBe(made.stdout);
  });

  test('credential create --json prints one object with client id and secret', async () => {
    const made = await run(
      'credential',
      'create',
      '--name',
      'Pay',
      '--read',
      'employees',
      '--attributes',
      'firstName, lastName',
      '--json',
    );
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(parsed(made)).toEqual({
      clientId: expect.stringMatching(/^fgci_[0-9A-Za-z]{22}$/) as string,
      clientSecret: expect.stringMatching(/^fgcs_[0-9A-Za-z]{49}$/) as string,
      expiresAt: null,
    });
    const again = await run('credential', 'create', '--name', ' pay ', '--json');
    expect(again.code).toBe(1);
    expect(parsed(again)).toEqual({
      error: { code: 'CONFLICT', field: 'name', message: 'Another credential has this name.' },
    });
  });

  test.each([
    ['2099-02-28', '2099-02-28T00:00:00.000Z'],
    ['2099-01-31T18:00:00+01:00', '2099-01-31T17:00:00.000Z'],
  ])('credential create --expires %s tells when that is: %s', async (expires, told) => {
    const args = ['credential', 'create', '--expires', expires, '--name'];
    expect(parsed(await run(...args, `${expires} as JSON`, '--json'))).toMatchObject({ expiresAt: told });
    expect((await run(...args, expires)).stdout).toContain(`${expires} may now come in until ${told}.`);
    const { credentials } = parsed(await run('credential', 'list', '--json')) as { credentials: object[] };
    expect(credentials).toContainEqual(expect.objectContaining({ name: expires, expiresAt: told }));
  });

  test('credential list, disable and enable, by name or client id', async () => {
    await run('credential', 'create', '--name', 'Badge printer');
    expect((await run('credential', 'disable', 'badge PRINTER')).stdout).toBe('Badge printer is disabled.\n');
    const { credentials } = parsed(await run('credential', 'list', '--json')) as {
      credentials: { name: string; clientId: string; enabled: boolean }[];
    };
    const printer = credentials.find(({ name }) => name === 'Badge printer');
    expect(printer?.enabled).toBe(false);
    expect(await run('credential', 'enable', printer?.clientId ?? '')).toMatchObject({ code: 0 });
    expect((await run('credential', 'list')).stdout).toMatch(/fgci_\w{22} {2}enabled {3}Badge printer\n/);
    expect(await run('credential', 'disable', 'nobody')).toMatchObject({
      code: 1,
      stderr: 'No credential has this name or client id.\n',
    });
  });

  test('admin create takes the password from standard input, and keeps an argon2id hash of it', async () => {
    const args = ['admin', 'create', '--email', 'Ada@example.com', '--json'];
    const short = await runCommand(location, args, 'short\n');
    expect(short.code).toBe(1);
    expect(parsed(short)).toMatchObject({ error: { userErrors: [{ field: ['password'], code: 'TOO_SHORT' }] } });
    const made = await runProcess(location, args, 'a long enough pass phrase\n');
    expect(made).toMatchObject({ code: 0 });
    expect(parsed(made)).toMatchObject({ email: 'Ada@example.com', role: 'OWNER' });
    expect(made.stdout).not.toContain('pass phrase');
    const again = await runCommand(
      location,
      ['admin', 'create', '--email', 'ADA@example.com'],
      'a long enough pass phrase\n',
    );
    expect(again).toMatchObject({ code: 1, stderr: 'Another admin has this email.\n' });
  });
});

describe.each(databases)('where no store is on $name', (database) => {
  let location: TestLocation;

  beforeAll(async () => {
    location = await database.freshLocation();
  });

  afterAll(() => location.remove());

  // Each of them proves, too, that the one before it has made none.
  test.each([
    ['audit verify'],
    ['audit export -'],
    ['audit export FOLDER/audit.jsonl'],
    ['backup FOLDER/backup'],
    ['credential export'],
    ['credential list'],
    ['credential disable Payroll'],
    ['admin list'],
    ['admin disable ada@example.com'],
    ['feedback export -'],
    ['processing-record'],
    ['person-access 1'],
    ['erase-person 1 --yes'],
    ['contract --credential Payroll'],
    ['keys rotate'],
    ['migrate-store --to FOLDER'],
  ])('%s says so, and makes none', async (line) => {
    const folder = freshFolder();
    const args = line.replace('FOLDER', folder).split(' ');
    const place = database.name === 'SQLite' ? location.dataDir : 'the database';
    const stderr = `There is no store in ${place}.\n`;
    expect(await runCommand(location, args)).toEqual({ code: 1, stdout: '', stderr });
    expect([readdirSync(location.dataDir), readdirSync(folder)]).toEqual([[], []]);
  });

  test('doctor makes none', async () => {
    await runCommand(location, ['doctor']);
    expect(readdirSync(location.dataDir)).toEqual([]);
    expect((await runCommand(location, ['audit', 'verify'])).stderr).toContain('There is no store');
  });
});

describe('credential create', () => {
  const location = { dataDir: freshFolder(), databaseUrl: undefined };

  test.each([
    [['--name', ' '], "A credential's name has 1 to 100 characters."],
    [['--name', 'x'.repeat(101)], "A credential's name has 1 to 100 characters."],
    [['--name', 'A', '--read', 'salaries'], 'There is no module salaries.'],
    [
      ['--name', 'A', '--read', 'employees', '--attributes', 'firstName,custom.nothing,shoeSize'],
      'There is no attribute custom.nothing, shoeSize.',
    ],
    [['--name', 'A', '--attributes', 'firstName'], 'Attributes are of employees'],
    ...['soon', '05/01/2099', '1 Mar 2099', '2099-02-30', '2099-02-30T08:00:00Z', '2099-01-31T18:00:00', '2099'].map(
      (expires): [string[], string] => [
        ['--name', 'A', '--expires', expires],
        'This is neither a day such as 2027-01-31',
      ],
    ),
    [['--name', 'A', '--expires', '2020-01-01'], 'This is in the past.'],
    [[], 'required option'],
  ])('%j is refused: %s', async (args, message) => {
    const { code, stderr, stdout } = await runCommand(location, ['credential', 'create', ...args]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});

test('settings that cannot be used are told all at once', async () => {
  const child = startCommand({ dataDir: '/nowhere', databaseUrl: 'mysql://x' }, ['start'], {
    PORT: 'many',
    LOG_LEVEL: 'loud',
  });
  let stderr = '';
  child.stderr.on('data', (text) => (stderr += String(text)));
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code).toBe(1);
  for (const name of ['PORT', 'DATABASE_URL', 'LOG_LEVEL']) expect(stderr).toContain(name);
  expect(stderr).not.toContain('    at ');
});
