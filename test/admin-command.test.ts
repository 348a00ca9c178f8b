import { runCommand, type Finished } from './support/command';
import { adminBrowser, browserAt, signIn, type AdminBrowser } from './support/admin';
import { databases } from './support/database';
import { startTestGateway, type TestGateway } from './support/gateway';

const ME = '{ me { email } }';
const NEW_PASSWORD = 'another umbrella, of seven hedgehogs';

describe.each(databases)('admins on the command line on $name', (database) => {
  let gateway: TestGateway;
  let ada: AdminBrowser;

  beforeAll(async () => {
    gateway = await startTestGateway(database);
  });

  beforeEach(async () => {
    ada = await adminBrowser(gateway, 'MANAGER');
  });

  afterAll(() => gateway.close());

  const run = (args: readonly string[], input = ''): Promise<Finished> =>
    runCommand(gateway.house.config, ['admin', ...args], input);
  const parsed = ({ stdout }: Finished) => JSON.parse(stdout) as Record<string, unknown>;
  const isSignedIn = async (browser: AdminBrowser) => Boolean((await browser.send(ME)).body.data?.me);
  const signsIn = async (email: string, password?: string) => {
    const { body } = await signIn(browserAt(gateway, email, password));
    return Boolean(body.data?.signIn.me);
  };

  test('reset-password gives another password, ends every session at once and says so', async () => {
    expect(await isSignedIn(ada)).toBe(true);
    const done = await run(['reset-password', ada.email.toUpperCase()], `${NEW_PASSWORD}\n`);
    expect(done).toEqual({
      code: 0,
      stdout: `${ada.email} has another password, and is signed out everywhere.\n`,
      stderr: '',
    });
    expect(await isSignedIn(ada)).toBe(false);
    expect(await signsIn(ada.email)).toBe(false);
    expect(await signsIn(ada.email, NEW_PASSWORD)).toBe(true);
  });

  test('reset-password lets an admin in again whose sign-ins were stopped after too many failures', async () => {
    const guesses: boolean[] = [];
    for (let count = 0; count < 12; count += 1) guesses.push(await signsIn(ada.email, `wrong guess ${count}`));
    expect(guesses).not.toContain(true);
    expect(await signsIn(ada.email)).toBe(false);
    expect(await run(['reset-password', ada.email, '--json'], `${NEW_PASSWORD}\n`)).toMatchObject({ code: 0 });
    expect(await signsIn(ada.email, NEW_PASSWORD)).toBe(true);
  });

  test.each([
    ['a short password', 'short\n', 'TOO_SHORT'],
    ['a guessable password', 'passwordpassword\n', 'INVALID'],
  ])('%s is refused, the old one stays and sessions go on', async (_name, input, code) => {
    const refused = await run(['reset-password', ada.email, '--json'], input);
    expect(refused.code).toBe(1);
    expect(parsed(refused)).toMatchObject({ error: { userErrors: [{ field: ['password'], code }] } });
    expect(refused.stdout + refused.stderr).not.toContain(input.trim());
    expect(await isSignedIn(ada)).toBe(true);
    expect(await signsIn(ada.email)).toBe(true);
  });

  test('without a password on standard input nothing happens', async () => {
    const refused = await run(['reset-password', ada.email]);
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: 'Give the password on standard input.\n' });
    expect(await isSignedIn(ada)).toBe(true);
  });

  test('disable ends the sessions at once, keeps the admin out, and enable lets the same password in again', async () => {
    expect(await run(['disable', ada.email])).toMatchObject({ code: 0, stdout: `${ada.email} is disabled.\n` });
    expect(await isSignedIn(ada)).toBe(false);
    expect(await signsIn(ada.email)).toBe(false);
    expect(await run(['enable', ada.email])).toMatchObject({ code: 0, stdout: `${ada.email} is enabled.\n` });
    expect(await isSignedIn(ada)).toBe(false);
    expect(await signsIn(ada.email)).toBe(true);
  });

  test('list shows everybody, the oldest first, and no hash', async () => {
    await run(['disable', ada.email]);
    const listed = await run(['list', '--json']);
    const { admins } = parsed(listed) as { admins: { email: string; createdAt: string }[] };
    expect(admins.find(({ email }) => email === ada.email)).toEqual({
      email: ada.email,
      name: 'The MANAGER',
      role: 'MANAGER',
      enabled: false,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      lastSignInAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
    });
    const times = admins.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort());
    expect(listed.stdout).not.toContain('argon2');
    expect((await run(['list'])).stdout).toContain(`disabled  MANAGER  ${ada.email}\n`);
  });

  test.each([['reset-password'], ['disable'], ['enable']])('%s of nobody is refused', async (verb) => {
    const refused = await run([verb, 'nobody@example.com'], `${NEW_PASSWORD}\n`);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^No admin .+\.\n$/);
  });

  test('each is on record as done on the command line, without the password', async () => {
    await run(['reset-password', ada.email], `${NEW_PASSWORD}\n`);
    await run(['disable', ada.email]);
    await run(['enable', ada.email]);
    const events = (await gateway.house.audit.page({}, undefined, 50)).items.filter(
      ({ subject, actor }) => subject?.name === ada.email && actor.kind === 'COMMAND_LINE',
    );
    expect(events.map(({ action }) => action).reverse()).toEqual([
      'ADMIN_CREATED',
      'PASSWORD_RESET',
      'ADMIN_DISABLED',
      'ADMIN_ENABLED',
    ]);
    expect(JSON.stringify(events)).not.toContain(NEW_PASSWORD);
  });
});
