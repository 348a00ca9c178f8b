import type { Browser, Download, Locator, Route } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { COMMAND_LINE, GATEWAY } from '../../src/audit/audit-event';
import { enter, OWNER, signIn, startAdminUi, type AdminUi } from './started-ui';
import { openBrowser, openWindow, screenshot, type TestWindow } from './browser';
import { eventually } from './eventually';
import { keyboard } from './hand';

// Enough that switching all of them off takes three requests.
const MORE_CREDENTIALS = 220;

let ui: AdminUi;
let browser: Browser;
let window: TestWindow;
let page: TestWindow['page'];

beforeAll(async () => {
  [ui, browser] = await Promise.all([
    startAdminUi({ credentials: MORE_CREDENTIALS, customAttributes: 30, days: 30 }),
    openBrowser(),
  ]);
  await ui.use('Payroll', '{ employees(first: 1) { nodes { lastName fixSalary { amount } } } }');
  window = await openWindow(browser, ui.url);
  ({ page } = window);
  await signIn(page);
});

afterEach(() => {
  expect(window.complaints()).toEqual([]);
});

afterAll(async () => {
  await browser.close();
  await ui.close();
});

const drawer = () => page.getByRole('dialog').first();
const inDrawer = (role: 'checkbox' | 'button' | 'tab' | 'combobox' | 'searchbox', name: string | RegExp) =>
  drawer().getByRole(role, { name, exact: typeof name === 'string' });
const summary = () => drawer().locator('[data-summary]').textContent();
const dialog = (name: string) => page.getByRole('dialog', { name });
const toldInToast = (text: string | RegExp) => page.locator('[data-toasts]').getByText(text).last().waitFor();
const names = () => page.getByRole('row').getByRole('link').allTextContents();
const count = (text: string) => page.getByRole('search').getByText(text, { exact: true }).waitFor();

async function open(credential: string): Promise<void> {
  await page.goto(`/settings/credentials?q=${encodeURIComponent(credential)}`);
  await page.getByRole('link', { name: credential, exact: true }).click();
  await page.getByRole('textbox', { name: 'Description', exact: true }).waitFor();
}

describe('the list of credentials', () => {
  test('is narrowed by status, integration, module and attribute, and the address keeps it', async () => {
    await page.goto('/settings/credentials');
    const filter = (label: string) => page.getByRole('search').getByRole('combobox', { name: label });
    await filter('Status').selectOption({ label: 'Disabled' });
    await count('32 credentials');
    await filter('Status').selectOption({ label: 'Status' });
    await filter('Attribute').selectOption({ label: 'Cost centers' });
    await eventually(names, (found) => expect(found).toEqual(['Payroll']));
    await filter('Module').selectOption({ label: 'Attendances' });
    await page.getByText('No credential matches').waitFor();
    await page.reload();
    await page.getByText('No credential matches').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).first().click();
    await count('223 credentials');
    await filter('Integration').selectOption({ label: 'Slack' });
    await eventually(names, (found) => expect(found.length).toBeLessThan(4));
  });

  test('keeps both of two filters that are chosen in one moment', async () => {
    await page.goto('/settings/credentials');
    await page.getByRole('table').waitFor();
    await page.evaluate(() => {
      const choose = (name: string, value: string) => {
        const select = document.querySelector(`[role=search] select[aria-label="${name}"]`);
        if (!(select instanceof HTMLSelectElement)) throw new Error(`There is no filter ${name}.`);
        select.value = value;
        select.dispatchEvent(new Event('change', { bubbles: true }));
      };
      choose('Status', 'DISABLED');
      choose('Module', 'ATTENDANCES');
    });
    await page.waitForURL(/status=DISABLED.*module=ATTENDANCES/);
  });

  test('teaches what a credential is while there is none', async () => {
    const empty = await startAdminUi({ demo: false });
    const first = await openWindow(browser, empty.url);
    try {
      await enter(first.page);
      await first.page.getByText('Create your first credential').waitFor();
      await first.page.getByText('Tick the modules and only the attributes that it needs.').waitFor();
      await first.page.getByRole('link', { name: 'New credential' }).last().click();
      await first.page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).waitFor();
      expect(first.complaints()).toEqual([]);
    } finally {
      await first.close();
      await empty.close();
    }
  });

  test('switches hundreds off, shows how far it is, and says when it is done', async () => {
    await page.goto('/settings/credentials?q=Integration');
    await count('220 credentials');
    // Rows that are not loaded yet come while one scrolls, and only then can be selected.
    const lastRow = page.getByRole('row', { name: /^Select Integration 99 / });
    await eventually(
      async () => {
        await page.mouse.wheel(0, 20_000);
        return lastRow.count();
      },
      (found) => expect(found).toBe(1),
    );
    await page.keyboard.press('Home');
    await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check();
    await page.getByRole('region', { name: 'Selected credentials' }).getByText('220 selected').waitFor();
    const progress: number[] = [];
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('mutation DisableCredentials')) {
        const bar = page.getByRole('progressbar', { name: 'Progress' });
        // Nothing of it can be seen while nothing is done.
        await bar.waitFor({ state: 'attached' });
        progress.push(Number(await bar.getAttribute('aria-valuenow')));
      }
      await route.continue();
    });
    await page.getByRole('button', { name: 'Disable', exact: true }).click();
    await dialog('Disable 220 credentials?').getByRole('button', { name: 'Disable' }).click();
    await toldInToast('220 credentials are disabled.');
    await page.unroute('**/graphql');
    expect(progress.map(Math.round)).toEqual([0, 45, 91]);
    await page.goto('/settings/credentials?q=Integration&status=DISABLED');
    await count('220 credentials');
  });

  test('says how many were switched off when the rest failed', async () => {
    await page.goto('/settings/credentials?q=Staff');
    await page.getByRole('checkbox', { name: 'Select Staff directory' }).check();
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('mutation DisableCredentials') ? route.abort() : route.continue(),
    );
    await page.getByRole('button', { name: 'Disable', exact: true }).click();
    await dialog('Disable 1 credential?').getByRole('button', { name: 'Disable' }).click();
    await toldInToast('Only 0 of 1 are disabled');
    await page.unroute('**/graphql');
    expect(await page.getByRole('switch', { name: 'Enabled: Staff directory' }).isChecked()).toBe(true);
    // The browser writes down that the request did not get through; nothing else may be there.
    expect(window.complaints().filter((text) => !text.includes('ERR_FAILED'))).toEqual([]);
  });
});

test('rows that come while one is switched leave it switched', async () => {
  await page.goto('/settings/credentials');
  await page.getByRole('table').waitFor();
  let go = (): void => undefined;
  const going = new Promise<void>((resolve) => (go = resolve));
  await page.route('**/graphql', async (route) => {
    const { variables } = route.request().postDataJSON() as { variables: { after?: string | null } };
    if (variables.after) await going;
    await route.continue();
  });
  const more = page.waitForRequest((request) => request.postData()?.includes('"after":"') ?? false);
  const first = page.getByRole('switch').first();
  const before = await first.isChecked();
  const label = await first.getAttribute('aria-label');
  await page.mouse.move(600, 500);
  await page.mouse.wheel(0, 20_000);
  const answer = (await more).response();
  await page.mouse.wheel(0, -20_000);
  await page.getByRole('switch', { name: label ?? '', exact: true }).click();
  await toldInToast(before ? /is disabled/ : /is enabled/);
  go();
  await answer;
  await page.unrouteAll({ behavior: 'wait' });
  await page.waitForTimeout(200);
  const after = page.getByRole('switch', { name: label ?? '', exact: true });
  expect(await after.isChecked()).toBe(!before);
  await after.click();
});

test('a list that was read before one was switched, and arrives after that, leaves it switched', async () => {
  await page.goto('/settings/credentials?q=Staff');
  const toggle = page.getByRole('switch', { name: 'Enabled: Staff directory' });
  const before = await toggle.isChecked();
  let go = (): void => undefined;
  const going = new Promise<void>((resolve) => (go = resolve));
  let isRead = (): void => undefined;
  const read = new Promise<void>((resolve) => (isRead = resolve));
  await page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes('query CredentialList')) return route.continue();
    const response = await route.fetch();
    isRead();
    await going;
    await route.fulfill({ response });
  });
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await read;
  await toggle.click();
  await toldInToast(before ? 'Staff directory is disabled.' : 'Staff directory is enabled.');
  go();
  await page.unrouteAll({ behavior: 'wait' });
  await page.waitForTimeout(200);
  expect(await toggle.isChecked()).toBe(!before);
  await toggle.click();
  await toldInToast(before ? 'Staff directory is enabled.' : 'Staff directory is disabled.');
});

test('a credential that is deleted is not selected any more', async () => {
  await ui.gateway.credential({ name: 'Deleted while selected' });
  await page.goto('/settings/credentials?q=Deleted');
  await page.getByRole('checkbox', { name: 'Select Deleted while selected' }).check();
  await page.getByRole('link', { name: 'Deleted while selected' }).click();
  await inDrawer('button', 'More actions').click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const question = dialog('Delete Deleted while selected?');
  await question.getByRole('textbox').fill('Deleted while selected');
  await question.getByRole('button', { name: 'Delete' }).click();
  await toldInToast('Deleted while selected is deleted.');
  expect(await page.getByRole('region', { name: 'Selected credentials' }).count()).toBe(0);
});

test('another search or filter forgets what was selected', async () => {
  await page.goto('/settings/credentials?q=Payroll');
  await page.getByRole('checkbox', { name: 'Select Payroll' }).check();
  const all = page.getByRole('checkbox', { name: 'Select all that are loaded' });
  expect(await all.isChecked()).toBe(true);
  await page.getByRole('searchbox', { name: 'Search' }).first().fill('Staff directory');
  await page.getByRole('checkbox', { name: 'Select Staff directory' }).waitFor();
  expect(await all.isChecked()).toBe(false);
  expect(await page.getByRole('region', { name: 'Selected credentials' }).count()).toBe(0);
});

test('after one of those selected was deleted elsewhere, the rest can still be switched off', async () => {
  await Promise.all(['Kept', 'Gone'].map((name) => ui.gateway.credential({ name: `${name} in bulk` })));
  await page.goto('/settings/credentials?q=in+bulk');
  await count('2 credentials');
  await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check();
  const headers = { 'X-Fieldgate-Client': 'admin', Origin: ui.url };
  const gone = await page.getByRole('link', { name: 'Gone in bulk' }).getAttribute('href');
  const variables = { id: new URL(gone ?? '', ui.url).pathname.split('/').at(-1) };
  const query = 'mutation ($id: ID!) { deleteCredential(id: $id) { userErrors { code } } }';
  const answer = await window.context.request.post('/graphql', { headers, data: { query, variables } });
  expect(await answer.text()).toMatch(/"userErrors":\[\]/);
  const disable = async (title: string): Promise<void> => {
    await page.getByRole('button', { name: 'Disable', exact: true }).click();
    await dialog(title).getByRole('button', { name: 'Disable' }).click();
  };
  await disable('Disable 2 credentials?');
  await toldInToast('Only 0 of 2 are disabled');
  await page.getByRole('checkbox', { name: 'Select Kept in bulk' }).check();
  await disable('Disable 1 credential?');
  await toldInToast('1 credential is disabled.');
});

test('Esc closes only what is in front, and what had the focus before gets it back', async () => {
  await page.goto('/settings/credentials?q=Payroll');
  const link = page.getByRole('table').getByRole('link', { name: 'Payroll', exact: true });
  await link.focus();
  await page.keyboard.press('Enter');
  const rotate = inDrawer('button', 'Rotate secret');
  await rotate.click();
  await dialog('Rotate the secret').waitFor();
  await page.keyboard.press('Escape');
  await dialog('Rotate the secret').waitFor({ state: 'detached' });
  await page.waitForTimeout(200);
  expect(await drawer().count()).toBe(1);
  const isFocused = (of: Locator) => of.evaluate((element) => element === document.activeElement);
  expect(await isFocused(rotate)).toBe(true);
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('Payroll of the group');
  await page.keyboard.press('Escape');
  await dialog('Leave without saving?').waitFor();
  await page.waitForTimeout(200);
  await page.keyboard.press('Escape');
  await dialog('Leave without saving?').waitFor({ state: 'detached' });
  await eventually(
    () => isFocused(name),
    (focused) => expect(focused).toBe(true),
  );
  await inDrawer('button', 'Discard').click();
  await page.keyboard.press('Escape');
  await drawer().waitFor({ state: 'detached' });
  await eventually(
    () => isFocused(link),
    (focused) => expect(focused).toBe(true),
  );
});

test('a copy that the browser refuses is told, and attributes that could not be loaded are asked for again', async () => {
  const lost = (route: Route): Promise<void> =>
    route.request().postData()?.includes('query Choices') ? route.abort() : route.continue();
  await page.route('**/graphql', lost);
  await open('Payroll');
  const again = inDrawer('button', 'Try again');
  await again.waitFor();
  await page.unroute('**/graphql', lost);
  await again.click();
  await inDrawer('checkbox', 'Last name').waitFor();
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('Refused.'));
    Object.assign(document, { execCommand: () => false });
  });
  await inDrawer('button', 'Copy: Client ID').click();
  await toldInToast('Nothing was copied');
  expect(window.complaints().filter((text) => !text.includes('ERR_FAILED'))).toEqual([]);
});

test('signing out that does not get through is told; one whose session has ended is signed out without a question', async () => {
  const other = await openWindow(browser, ui.url);
  await signIn(other.page);
  await other.page.goto('/account');
  const signOut = other.page.getByRole('button', { name: 'Sign out' });
  await signOut.waitFor();
  await other.context.setOffline(true);
  await signOut.click();
  await other.page.locator('[data-toasts]').getByText('You are still signed in').waitFor();
  await other.context.setOffline(false);
  await other.context.clearCookies();
  await signOut.click();
  await other.page.waitForURL('**/sign-in');
  expect(await other.page.getByRole('dialog').count()).toBe(0);
  expect(other.complaints().filter((text) => !/ERR_INTERNET_DISCONNECTED|401/.test(text))).toEqual([]);
  await other.close();
});

describe('the attribute picker', () => {
  test('takes over what the integration usually needs, and only as a suggestion', async () => {
    await page.goto('/settings/credentials/new');
    await inDrawer('combobox', 'Integration').click();
    await page.getByRole('listbox').getByRole('option', { name: 'DATEV' }).first().click();
    await drawer()
      .getByText(/usually needs \d+ attributes/)
      .waitFor();
    expect(await inDrawer('checkbox', 'Employees: Read').isChecked()).toBe(false);
    await inDrawer('button', 'Use recommended').click();
    expect(await inDrawer('checkbox', 'Employees: Read').isChecked()).toBe(true);
    expect(await inDrawer('checkbox', 'Last name').isChecked()).toBe(true);
    await inDrawer('checkbox', 'Last name').uncheck();
    expect(await inDrawer('checkbox', 'Last name').isChecked()).toBe(false);
  });

  test('ticks a whole group, finds by words, and counts the sensitive ones', async () => {
    await page.goto('/settings/credentials/new');
    await inDrawer('checkbox', 'Employees: Read').check();
    await inDrawer('checkbox', 'All of Custom attributes').check();
    await eventually(summary, (found) => expect(found).toMatch(/^36 of \d+ attributes, 11 sensitive$/));
    await inDrawer('searchbox', 'Search attributes').fill('field 7');
    await drawer().getByText('1 attribute found').waitFor();
    expect(await inDrawer('checkbox', 'Custom field 7').isChecked()).toBe(true);
    await inDrawer('checkbox', 'Custom field 7').uncheck();
    await inDrawer('searchbox', 'Search attributes').fill('');
    // The list follows the words a moment later.
    await eventually(
      () => inDrawer('checkbox', 'All of Custom attributes').evaluate((box) => (box as HTMLInputElement).indeterminate),
      (isPartly) => expect(isPartly).toBe(true),
    );
    await inDrawer('searchbox', 'Search attributes').fill('no such attribute');
    await drawer().getByText('Nothing found').waitFor();
  });

  test('gives all but what the gateway keeps itself to be written, also where read and write are told apart', async () => {
    await page.goto('/settings/credentials/new');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Writes all');
    await inDrawer('checkbox', 'Employees: Read').check();
    await inDrawer('checkbox', 'Employees: Write').check();
    await inDrawer('button', 'Tick all').click();
    await drawer().getByRole('switch', { name: 'Tell read and write apart' }).click({ force: true });
    await inDrawer('button', 'Tick all').click();
    await inDrawer('button', 'Create credential').click();
    await drawer().getByText('Ready. Hand these over to the integration').waitFor();
    const headers = { 'X-Fieldgate-Client': 'admin', Origin: ui.url };
    const variables = { id: new URL(page.url()).pathname.split('/').at(-1) };
    const answer = await window.context.request.post('/graphql', { headers, data: { query: GIVEN, variables } });
    const { data } = (await answer.json()) as { data: Given };
    const given = (wanted: 'read' | 'write') =>
      data.credential.attributes.filter((entry) => entry[wanted]).map(({ attribute }) => attribute.key);
    const all = data.catalogue.filter(({ key }) => key !== 'id');
    const keys = (entries: Given['catalogue']) => entries.map(({ key }) => key).sort();
    expect(given('read').sort()).toEqual(keys(all));
    expect(given('write').sort()).toEqual(keys(all.filter(({ readOnly }) => !readOnly)));
  });
});

const GIVEN = `query ($id: ID!) {
  catalogue { key readOnly }
  credential(id: $id) { attributes { attribute { key } read write } }
}`;

interface Given {
  readonly catalogue: readonly { readonly key: string; readonly readOnly: boolean }[];
  readonly credential: {
    readonly attributes: readonly {
      readonly attribute: { readonly key: string };
      readonly read: boolean;
      readonly write: boolean;
    }[];
  };
}

test('what a save was refused for comes in sight, and has the focus', async () => {
  await open('Payroll');
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('Staff directory');
  await inDrawer('checkbox', 'Custom field 7').scrollIntoViewIfNeeded();
  await inDrawer('button', 'Save').click();
  await drawer().getByText('This is already in use. Choose another one.').waitFor();
  await eventually(
    () => name.evaluate((field) => field === document.activeElement && field.getBoundingClientRect().top > 0),
    (isInSight) => expect(isInSight).toBe(true),
  );
  await inDrawer('button', 'Discard').click();
});

test('a revealed secret hides itself after thirty seconds', async () => {
  await open('Payroll');
  await page.clock.install();
  await inDrawer('button', 'Reveal').click();
  const password = page.locator('input[type=password]');
  const revealed = drawer().getByText(/^fgcs_[A-Za-z0-9]/);
  await password.or(revealed).waitFor();
  if (await password.isVisible()) {
    await password.fill(OWNER.password);
    await page.keyboard.press('Enter');
  }
  await revealed.waitFor();
  for (let second = 0; second < 29; second += 1) await page.clock.runFor(1000);
  expect(await revealed.count()).toBe(1);
  for (let second = 0; second < 2; second += 1) await page.clock.runFor(1000);
  expect(await revealed.count()).toBe(0);
});

test('an open drawer that nobody touches stops asking, so that the session can end', async () => {
  const left = await openWindow(browser, ui.url);
  await left.page.clock.install();
  await signIn(left.page);
  let looks = 0;
  left.page.on('request', (request) => {
    if (request.postData()?.includes('query CredentialById')) looks += 1;
  });
  await left.page.getByRole('table').getByRole('link').first().click();
  await left.page.getByRole('dialog').getByRole('textbox', { name: 'Description', exact: true }).waitFor();
  const looksIn = async (seconds: number): Promise<number> => {
    const before = looks;
    for (let passed = 0; passed < seconds; passed += 20) await left.page.clock.runFor(20_000);
    return looks - before;
  };
  expect(await looksIn(240)).toBeGreaterThan(0);
  await looksIn(120);
  expect(await looksIn(600)).toBe(0);
  await left.page.keyboard.press('Shift');
  expect(await looksIn(60)).toBeGreaterThan(0);
  await left.close();
});

test('before permissions in use change, the difference says what is taken and how often it was read', async () => {
  await open('Payroll');
  await inDrawer('checkbox', 'Last name').uncheck();
  await inDrawer('checkbox', /^Gender/).check();
  await inDrawer('button', 'Save').click();
  const question = dialog('Change permissions in use?');
  const changes = () => question.getByRole('listitem').allTextContents();
  await eventually(changes, (found) => {
    expect(found).toHaveLength(2);
    expect(found[0]).toMatch(/^Last name read \d+ times in the last 7 days$/);
    expect(found[1]).toBe('Gender');
  });
  await question.getByRole('button', { name: 'Back' }).click();
  await inDrawer('button', 'Discard').click();
});

test('a switch in the drawer that does not get through is told, whatever tab is open', async () => {
  await open('Payroll');
  await inDrawer('tab', 'Usage').click();
  const lost = (route: Route): Promise<void> =>
    route.request().postData()?.includes('mutation DisableCredential') ? route.abort() : route.continue();
  await page.route('**/graphql', lost);
  await drawer().getByRole('switch').click({ force: true });
  await toldInToast('Payroll was not changed');
  await page.unroute('**/graphql', lost);
  expect(await drawer().getByRole('switch').isChecked()).toBe(true);
  expect(window.complaints().filter((text) => !text.includes('ERR_FAILED'))).toEqual([]);
});

test('what was allowed and never read is unticked by one button, and saved only on demand', async () => {
  await open('Payroll');
  const before = await summary();
  await inDrawer('tab', 'Usage').click();
  await inDrawer('button', /^Untick these \d+ attributes$/).click();
  await eventually(summary, (found) => expect(found).toMatch(/^2 of \d+ attributes, 1 sensitive$/));
  expect(await inDrawer('checkbox', 'Last name').isChecked()).toBe(true);
  expect(await inDrawer('checkbox', 'First name').isChecked()).toBe(false);
  await inDrawer('button', 'Discard').click();
  expect(await summary()).toBe(before);
  // What is written is not counted, and may be in use.
  await inDrawer('checkbox', 'Employees: Write').check();
  await inDrawer('tab', 'Usage').click();
  await inDrawer('button', /^Untick these \d+ attributes$/).click();
  await inDrawer('checkbox', 'First name: Write').waitFor();
  expect(await inDrawer('checkbox', 'First name: Read').isChecked()).toBe(false);
  expect(await inDrawer('checkbox', 'First name: Write').isChecked()).toBe(true);
  await inDrawer('button', 'Discard').click();
});

test('the audit log is filtered, shows before and after, and is exported as it is filtered', async () => {
  await open('Staff directory');
  await page.getByRole('textbox', { name: 'Description', exact: true }).fill('Shown on the intranet');
  await inDrawer('button', 'Save').click();
  await toldInToast('Staff directory is saved.');
  await page.goto('/audit-log');
  const log = page.getByRole('main');
  await log.getByRole('combobox', { name: 'Action' }).click();
  await page.getByRole('option', { name: 'Credential changed' }).click();
  await log.getByText('1 of 1', { exact: true }).waitFor();
  await log.locator('summary').click();
  const row = log.getByRole('row', { name: /^description/i });
  expect(await row.locator('[data-side=after]').textContent()).toBe('Shown on the intranet');
  await screenshot(page, 'audit-difference');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export' }).click(),
  ]);
  expect(await lines(download)).toEqual([expect.objectContaining({ action: 'CREDENTIAL_UPDATED' })]);
  await log.getByRole('combobox', { name: 'By', exact: true }).click();
  await page.getByRole('option', { name: 'Ada Okafor' }).click();
  await log.getByText('1 of 1', { exact: true }).waitFor();
  await log.getByLabel('Until').fill('2001-01-01');
  await log.getByText('No entry matches').waitFor();
  // A year of too many digits is none yet.
  await log.getByLabel('Until').focus();
  await page.keyboard.type('0101123456');
  await log.getByLabel('Until').waitFor();
  await log.getByLabel('Until').fill('2001-01-01');
  await log.getByText('No entry matches').waitFor();
});

test('a long export shows how far it is', async () => {
  const { audit, store } = ui.gateway.house;
  const events = 130;
  await store.write(async (manager) => {
    const draft = { actor: COMMAND_LINE, action: 'FEATURE_CHANGED', subject: GATEWAY } as const;
    for (let event = 0; event < events; event += 1)
      await audit.append(manager, { ...draft, before: null, after: null });
  });
  await page.goto('/audit-log');
  const progress: number[] = [];
  await page.route('**/graphql', async (route) => {
    const bar = page.getByRole('progressbar', { name: 'Export in progress' });
    if ((await bar.count()) > 0) progress.push(Number(await bar.getAttribute('aria-valuenow')));
    await route.continue();
  });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export' }).click(),
  ]);
  await page.unroute('**/graphql');
  expect((await lines(download)).length).toBeGreaterThan(events);
  expect(progress).toEqual([...progress].sort((one, other) => one - other));
  expect(progress.some((value) => value > 0)).toBe(true);
});

async function lines(download: Download): Promise<unknown[]> {
  return readFileSync(await download.path(), 'utf8')
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

test('a last day can be typed digit by digit, and discarding shows the day that holds', async () => {
  await open('Staff directory');
  const expires = page.getByRole('combobox', { name: 'Expires' });
  const choose = async (label: string) => {
    await expires.click();
    await page.getByRole('listbox').getByRole('option', { name: label }).click();
  };
  await choose('On a certain day');
  const day = drawer().getByLabel('Last day');
  await day.focus();
  await page.keyboard.type('05052031');
  expect(await day.inputValue()).toBe('2031-05-05');
  await inDrawer('button', 'Save').click();
  await toldInToast('Staff directory is saved.');
  await choose('In 30 days');
  await inDrawer('button', 'Discard').click();
  expect(await expires.inputValue()).toBe('On a certain day');
  expect(await day.inputValue()).toBe('2031-05-05');
  await choose('Never');
  await inDrawer('button', 'Save').click();
  await toldInToast('Staff directory is saved.');
});

test('half a last day of the feature is not saved as none', async () => {
  await page.goto('/settings/general');
  const day = page.getByLabel('Last day');
  const save = page.getByRole('button', { name: 'Save', exact: true });
  await day.fill('2099-12-31');
  await save.click();
  await toldInToast('Saved.');
  await day.focus();
  // To the year, and without it.
  for (const key of ['Tab', 'Tab', 'Backspace']) await page.keyboard.press(key);
  expect(await day.inputValue()).toBe('');
  await save.click();
  await page.waitForTimeout(200);
  await page.reload();
  expect(await day.inputValue()).toBe('2099-12-31');
  await day.fill('');
  await save.click();
  await toldInToast('Saved.');
});

describe('the pages around it', () => {
  test('a custom attribute is added, renamed and, once its name was typed, retired', async () => {
    await page.goto('/settings/attributes');
    await page.getByRole('button', { name: 'New attribute' }).click();
    const creating = dialog('New attribute');
    await creating.getByRole('textbox', { name: 'Label in English' }).fill('Locker number');
    expect(await creating.getByRole('textbox', { name: 'Key' }).inputValue()).toBe('lockerNumber');
    await creating.getByRole('textbox', { name: 'Label in German' }).fill('Spindnummer');
    await window.context.clearCookies();
    await creating.getByRole('button', { name: 'Save' }).click();
    const again = dialog('Your session has ended');
    await again.waitFor();
    // Esc is for the window in front: what was typed behind it stays.
    await page.keyboard.press('Escape');
    await again.waitFor({ state: 'detached' });
    await page.waitForTimeout(200);
    expect(await creating.getByRole('textbox', { name: 'Key' }).inputValue()).toBe('lockerNumber');
    await creating.getByRole('button', { name: 'Save' }).click();
    await again.locator('input[type=password]').fill(OWNER.password);
    await again.getByRole('button', { name: 'Sign in' }).click();
    await toldInToast('Locker number is saved.');
    expect(window.complaints().filter((text) => !text.includes('401'))).toEqual([]);
    await page.getByRole('button', { name: 'Edit Locker number' }).click();
    const editing = dialog('Edit attribute');
    await editing.getByRole('textbox', { name: 'Label in English' }).fill('Locker');
    await editing.getByRole('button', { name: 'Save' }).click();
    await toldInToast('Locker is saved.');
    await page.getByRole('button', { name: 'Retire Locker' }).click();
    const question = dialog('Retire Locker?');
    expect(await question.getByRole('button', { name: 'Retire' }).isEnabled()).toBe(false);
    await question.getByRole('textbox').fill('Locker');
    await question.getByRole('button', { name: 'Retire' }).click();
    await toldInToast('Locker is retired.');
    await page.getByRole('row', { name: /Locker.*Retired/ }).waitFor();
  });

  test('an integration is added, changed and deleted, unless a credential names it', async () => {
    await page.goto('/settings/integrations');
    await page.getByRole('button', { name: 'New integration' }).click();
    const creating = dialog('New integration');
    await creating.getByRole('textbox', { name: 'Name' }).fill('Badge maker');
    await creating.getByRole('combobox', { name: 'Category' }).fill('Facilities');
    await creating.getByRole('checkbox', { name: 'Employees: Read' }).check();
    await creating.locator('button[type=submit]').click();
    await toldInToast('Badge maker is saved.');
    await page.getByRole('searchbox', { name: 'Search integrations' }).fill('badge');
    await page.getByRole('button', { name: 'Edit Badge maker' }).click();
    const editing = dialog('Edit integration');
    await editing.getByRole('textbox', { name: 'Name' }).fill('Badge press');
    await editing.locator('button[type=submit]').click();
    await toldInToast('Badge press is saved.');
    await page.getByRole('button', { name: 'Delete Badge press' }).click();
    const question = dialog('Delete Badge press?');
    await question.getByRole('textbox').fill('Badge press');
    await question.getByRole('button', { name: 'Delete' }).click();
    await toldInToast('Badge press is deleted.');
    await page.getByText('No integration matches').waitFor();
  });

  test('an admin is invited by a link, changed, and kept out', async () => {
    await page.goto('/settings/admins');
    const inviting = dialog('Invite admin');
    for (const close of [
      () => page.mouse.click(5, 5),
      () => inviting.getByRole('button', { name: 'Close' }).click(),
      () => page.keyboard.press('Escape'),
    ]) {
      await page.getByRole('button', { name: 'Invite admin' }).click();
      await inviting.getByRole('textbox', { name: 'Name' }).waitFor();
      await close();
      await inviting.waitFor({ state: 'detached' });
    }
    await page.getByRole('button', { name: 'Invite admin' }).click();
    await inviting.getByRole('textbox', { name: 'Name' }).fill('Bo Lindgren');
    await inviting.getByRole('textbox', { name: 'Email' }).fill('bo@example.com');
    await inviting.getByRole('radio', { name: /^Auditor/ }).check();
    await inviting.getByRole('button', { name: 'Make the invitation link' }).click();
    await inviting.getByText(/\/setup#/).waitFor();
    // It is not shown again, so neither Esc nor a click beside it closes it.
    await page.keyboard.press('Escape');
    await page.mouse.click(5, 5);
    await page.waitForTimeout(200);
    await keyboard(page).press(inviting.getByRole('button', { name: 'Done' }));
    await inviting.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Edit Bo Lindgren' }).click();
    const editing = dialog('Edit admin');
    await editing.getByRole('radio', { name: /^Manager/ }).check();
    await editing.getByRole('button', { name: 'Save' }).click();
    await toldInToast('Bo Lindgren is saved.');
    await page.getByRole('row', { name: /Bo Lindgren.*Manager/ }).waitFor();
    await page.getByRole('switch', { name: 'May sign in: Bo Lindgren' }).click({ force: true });
    await dialog('Disable Bo Lindgren?').getByRole('button', { name: 'Disable' }).click();
    await toldInToast('Bo Lindgren may no longer sign in.');
  });
});
