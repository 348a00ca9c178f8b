import type { Browser, Page } from 'playwright-core';
import { OWNER, startAdminUi, type AdminUi } from './started-ui';
import { openBrowser, openWindow, type TestWindow } from './browser';
import { eventually } from './eventually';
import { keyboard, mouse, type Hand } from './hand';

let ui: AdminUi;
let browser: Browser;

beforeAll(async () => {
  [ui, browser] = await Promise.all([startAdminUi(), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await ui.close();
});

const WHO_AM_I = '{ viewer { attributes { key readable writable } } }';

// One admin's way through the whole of it, each step as the article describes it.
describe.each([
  ['mouse', mouse],
  ['keyboard', keyboard],
] as const)('by %s alone', (name, handOf) => {
  const credentialName = `Badge printer, by ${name}`;
  let window: TestWindow;
  let page: Page;
  let hand: Hand;
  let clientId = '';
  let secret = '';

  const drawer = () => page.getByRole('dialog').first();
  const inDrawer = (role: 'textbox' | 'checkbox' | 'button' | 'switch' | 'tab' | 'combobox', label: string | RegExp) =>
    drawer().getByRole(role, { name: label, exact: typeof label === 'string' });
  const closeDrawer = async () => {
    await hand.press(inDrawer('button', 'Close').first());
    await drawer().waitFor({ state: 'detached' });
  };
  const open = async (credential: string) => {
    await hand.press(page.getByRole('link', { name: credential, exact: true }));
    await inDrawer('textbox', 'Name').waitFor();
  };

  beforeAll(async () => {
    window = await openWindow(browser, ui.url);
    ({ page } = window);
    hand = handOf(page);
  });
  afterEach(() => {
    expect(window.complaints()).toEqual([]);
  });
  afterAll(() => window.close());

  test('a section in the settings holds the credentials', async () => {
    await page.goto('/usage');
    await hand.write(page.getByRole('textbox', { name: 'Email' }), OWNER.email);
    await hand.write(page.locator('input[type=password]'), OWNER.password);
    await hand.press(page.getByRole('button', { name: 'Sign in' }));
    await page.getByRole('heading', { name: 'Usage', level: 1 }).waitFor();
    await hand.press(page.getByRole('navigation').getByRole('link', { name: 'API credentials' }));
    await page.getByRole('heading', { name: 'API credentials', level: 1 }).waitFor();
  });

  test('it gives an overview, with search and order', async () => {
    const names = page.getByRole('row').getByRole('link');
    await eventually(
      () => names.count(),
      (found) => expect(found).toBeGreaterThanOrEqual(3),
    );
    await hand.write(page.getByRole('searchbox'), 'direct');
    await eventually(
      () => names.allTextContents(),
      (found) => expect(found).toEqual(['Staff directory']),
    );
    await hand.write(page.getByRole('searchbox'), ' ');
    await eventually(
      () => names.count(),
      (found) => expect(found).toBeGreaterThanOrEqual(3),
    );
    const before = await names.allTextContents();
    await hand.press(page.getByRole('button', { name: 'Name' }));
    await eventually(
      () => names.allTextContents(),
      (found) => expect(found).toEqual([...before].reverse()),
    );
    await hand.press(page.getByRole('button', { name: 'Name' }));
  });

  test('opening a credential opens a drawer on the right, with an address of its own', async () => {
    await open('Payroll');
    await eventually(
      () => Promise.resolve(page.url()),
      (found) => expect(found).toMatch(/\/settings\/credentials\/[^/]+$/),
    );
    const rightEdge = async () => {
      const box = await drawer().boundingBox();
      return box && Math.round(box.x + box.width);
    };
    await eventually(rightEdge, (edge) => expect(edge).toBe(1280));
    await page.keyboard.press('Escape');
    await drawer().waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe('/settings/credentials');
  });

  test('a new credential needs a name that nobody has, and may name an integration', async () => {
    await hand.press(page.getByRole('link', { name: 'New credential' }));
    await hand.write(inDrawer('textbox', 'Name'), ' payroll ');
    await hand.press(inDrawer('button', 'Create credential'));
    await drawer().getByText('This is already in use. Choose another one.').waitFor();
    await hand.write(inDrawer('textbox', 'Name'), credentialName);
    await hand.choose(inDrawer('combobox', 'Integration'), 'Slack');
    expect(await inDrawer('switch', /^Enabled/).isChecked()).toBe(true);
  });

  test('boxes and attributes say what it may do', async () => {
    expect(await inDrawer('checkbox', 'First name').isEnabled()).toBe(false);
    await hand.toggle(inDrawer('checkbox', 'Employees: Read'));
    await hand.toggle(inDrawer('checkbox', 'First name'));
    await hand.toggle(inDrawer('checkbox', 'Last name'));
    await drawer()
      .getByText(/^2 of \d+ attributes$/)
      .waitFor();
  });

  test('client id and secret are made with it and can be copied', async () => {
    await hand.press(inDrawer('button', 'Create credential'));
    await drawer().getByText('Ready. Hand these over to the integration').waitFor();
    await hand.press(inDrawer('button', 'Copy: Client ID').first());
    clientId = await clipboard(page, /^fgci_/);
    await hand.press(inDrawer('button', 'Copy: Client secret').first());
    secret = await clipboard(page, /^fgcs_/);
    await hand.press(inDrawer('button', 'Copy: Command with secret'));
    expect(await clipboard(page, /^curl /)).toContain(`${clientId}:${secret}`);
    const { status, body } = await ui.ask(clientId, secret, WHO_AM_I);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain('{"key":"firstName","readable":true,"writable":false}');
  });

  test('the secret can be copied again later, once the password was given', async () => {
    await page.reload();
    ui.pass(6);
    await hand.press(inDrawer('button', 'Copy: Client secret'));
    await hand.write(page.locator('input[type=password]'), OWNER.password);
    await hand.press(page.getByRole('button', { name: 'Confirm' }));
    expect(await clipboard(page, /^fgcs_/)).toBe(secret);
    await hand.press(inDrawer('button', 'Reveal'));
    await drawer().getByText(secret).waitFor();
    await hand.press(inDrawer('button', /^Hide/));
    expect(await drawer().getByText(secret).count()).toBe(0);
  });

  test('values and permissions are changed in the same drawer, one list for both directions', async () => {
    await hand.write(inDrawer('textbox', 'Description'), 'Prints the badges at the gate.');
    await hand.toggle(inDrawer('checkbox', 'Employees: Write'));
    await hand.toggle(inDrawer('checkbox', 'Preferred name'));
    await saveChange();
    const { body } = await ui.ask(clientId, secret, WHO_AM_I);
    expect(JSON.stringify(body)).toContain('{"key":"preferredName","readable":true,"writable":true}');
  });

  test('read and write can be told apart', async () => {
    await hand.toggle(inDrawer('switch', /^Tell read and write apart/));
    await hand.toggle(inDrawer('checkbox', 'First name: Write'));
    await saveChange();
    const { body } = await ui.ask(clientId, secret, WHO_AM_I);
    expect(JSON.stringify(body)).toContain('{"key":"firstName","readable":true,"writable":false}');
  });

  test('what it sees is shown beside what it would see', async () => {
    await hand.toggle(inDrawer('checkbox', 'Last name: Read'));
    await hand.turnTo(inDrawer('tab', 'What it sees'));
    const row = drawer().getByRole('row', { name: /^Last name/ });
    await row.getByText('Not ticked').waitFor();
    expect(await row.getByText('Not ticked').count()).toBe(1);
    await hand.press(inDrawer('button', 'Discard'));
    await hand.turnTo(inDrawer('tab', 'Details'));
  });

  test('the switch at the top stops it at once', async () => {
    await hand.toggle(inDrawer('switch', /^Enabled/));
    await inDrawer('switch', /^Disabled/).waitFor();
    await eventually(
      async () => (await ui.ask(clientId, secret, WHO_AM_I)).status,
      (found) => expect(found).toBe(401),
    );
    await hand.toggle(inDrawer('switch', /^Disabled/));
    await inDrawer('switch', /^Enabled/).waitFor();
    expect((await ui.ask(clientId, secret, WHO_AM_I)).status).toBe(200);
  });

  test('a rotated secret overlaps with the old one', async () => {
    await hand.press(inDrawer('button', 'Rotate secret'));
    await hand.press(page.getByRole('button', { name: 'Make a new secret' }));
    await drawer().getByText('Previous secret').first().waitFor();
    await hand.press(inDrawer('button', 'Copy: Client secret').first());
    const next = await clipboard(page, /^fgcs_/);
    expect(next).not.toBe(secret);
    for (const each of [secret, next]) expect((await ui.ask(clientId, each, WHO_AM_I)).status).toBe(200);
    secret = next;
  });

  test('a credential can be switched off by one click in the list', async () => {
    await closeDrawer();
    await hand.toggle(page.getByRole('switch', { name: `Enabled: ${credentialName}` }));
    await eventually(
      async () => (await ui.ask(clientId, secret, WHO_AM_I)).status,
      (found) => expect(found).toBe(401),
    );
  });

  test('it is deleted only after its name was typed', async () => {
    await open(credentialName);
    await hand.press(inDrawer('button', 'More actions'));
    await page.getByRole('menuitem', { name: 'Delete' }).waitFor();
    if (hand.name === 'mouse') await page.getByRole('menuitem', { name: 'Delete' }).click();
    else await pressMenuItem(page, 'Delete');
    const question = page.getByRole('dialog', { name: `Delete ${credentialName}?` });
    expect(await question.getByRole('button', { name: 'Delete' }).isEnabled()).toBe(false);
    await hand.write(question.getByRole('textbox'), credentialName);
    await hand.press(question.getByRole('button', { name: 'Delete' }));
    await page.locator('[data-toasts]').getByText(`${credentialName} is deleted.`).waitFor();
    await eventually(
      () => page.getByRole('link', { name: credentialName }).count(),
      (found) => expect(found).toBe(0),
    );
  });

  test('feedback can be given more than once', async () => {
    await hand.press(page.getByRole('link', { name: 'Feedback', exact: true }));
    for (const message of [`First word by ${name}`, `Second word by ${name}`]) {
      await hand.write(page.getByRole('textbox', { name: 'What would you like to tell us?' }), message);
      await hand.press(page.getByRole('button', { name: 'Send feedback' }));
      await page.getByRole('listitem').getByText(message).waitFor();
    }
  });

  test('the feature is switched for the weeks of a beta test', async () => {
    await hand.press(page.getByRole('navigation').getByRole('link', { name: 'General' }));
    await page.getByText('It is active today.').waitFor();
    await hand.toggle(page.getByRole('switch', { name: 'Switched on' }));
    await hand.press(page.getByRole('button', { name: 'Save' }));
    await page.getByText('It is not active today.').waitFor();
    await hand.toggle(page.getByRole('switch', { name: 'Switched on' }));
    await hand.press(page.getByRole('button', { name: 'Save' }));
    await page.getByText('It is active today.').waitFor();
  });

  // A credential that was used asks before its permissions change; one that was not is simply saved.
  async function saveChange(): Promise<void> {
    const question = page.getByRole('dialog', { name: 'Change permissions in use?' });
    const saved = page.waitForResponse(
      (response) => response.request().postData()?.includes('UpdateCredential') === true,
    );
    await hand.press(inDrawer('button', 'Save'));
    await Promise.race([question.waitFor(), saved]);
    if (await question.isVisible()) await hand.press(question.getByRole('button', { name: 'Save changes' }));
    await saved;
  }
});

async function clipboard(page: Page, expected: RegExp): Promise<string> {
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  await eventually(read, (found) => expect(found).toMatch(expected));
  return read();
}

async function pressMenuItem(page: Page, name: string): Promise<void> {
  const item = page.getByRole('menuitem', { name });
  for (let step = 0; step < 6; step++) {
    if (await item.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
}
