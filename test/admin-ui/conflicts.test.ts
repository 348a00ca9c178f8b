import type { Browser, Page, Route } from 'playwright-core';
import { OWNER, signIn, startAdminUi, type AdminUi } from './started-ui';
import { openBrowser, openWindow, screenshot, type TestWindow } from './browser';
import { eventually } from './eventually';

let ui: AdminUi;
let browser: Browser;
let window: TestWindow;
let page: Page;

beforeAll(async () => {
  [ui, browser] = await Promise.all([startAdminUi(), openBrowser()]);
  window = await openWindow(browser, ui.url);
  ({ page } = window);
  await signIn(page);
});

afterAll(async () => {
  await browser.close();
  await ui.close();
});

const drawer = () => page.getByRole('dialog').first();
const field = (name: string) => drawer().getByRole('textbox', { name, exact: true });
const saveButton = (of: Page = page) =>
  of.getByRole('dialog').first().getByRole('button', { name: 'Save', exact: true });

const look = () => page.evaluate(() => globalThis.dispatchEvent(new Event('focus')));
const told = (text: string) => page.locator('[data-toasts]').getByText(text).last().waitFor();
const comparison = () => page.getByRole('dialog', { name: 'Someone else changed this credential' });

/** What another admin does meanwhile. */
async function elsewhere(query: string, variables: object): Promise<void> {
  const headers = { 'X-Fieldgate-Client': 'admin', Origin: ui.url };
  const answer = await window.context.request.post('/graphql', { headers, data: { query, variables } });
  expect(await answer.text()).toMatch(/"userErrors":\[\]/);
}

/** Makes a credential, opens it, and tells its id. */
async function openNew(name: string): Promise<string> {
  await ui.gateway.credential({ name, attributes: ['firstName', 'fixSalary'] });
  await open(name);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** Lets the requests of an operation wait, and tells how to let them go on. */
async function held(operation: string): Promise<() => Promise<void>> {
  let go = (): void => undefined;
  const going = new Promise<void>((resolve) => (go = resolve));
  const handle = async (route: Route): Promise<void> => {
    if (route.request().postData()?.includes(operation)) await going;
    await route.continue();
  };
  await page.route('**/graphql', handle);
  return () => {
    go();
    return page.unrouteAll({ behavior: 'wait' });
  };
}

async function open(credential: string, of: Page = page): Promise<void> {
  await of.goto('/settings/credentials');
  await of.getByRole('table').getByRole('link', { name: credential, exact: true }).click();
  await of.getByRole('textbox', { name: 'Description', exact: true }).waitFor();
}

test('a click beside the drawer, Esc and the back button ask before unsaved changes are lost', async () => {
  await open('Staff directory');
  await field('Description').fill('Not saved yet');
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await page.goBack();
  await question.getByRole('button', { name: 'Keep editing' }).click();
  expect(await field('Description').inputValue()).toBe('Not saved yet');
  await page.keyboard.press('Escape');
  await question.getByRole('button', { name: 'Keep editing' }).click();
  await page.goBack();
  await question.getByRole('button', { name: 'Discard changes' }).click();
  await drawer().waitFor({ state: 'detached' });
  expect(window.complaints()).toEqual([]);
});

test('a double click on save saves once', async () => {
  let sent = 0;
  page.on('request', (request) => {
    if (request.postData()?.includes('mutation CreateCredential')) sent += 1;
  });
  await page.goto('/settings/credentials/new');
  await field('Name').fill('Made once');
  await drawer().getByRole('button', { name: 'Create credential' }).dblclick();
  await drawer().getByText('Ready. Hand these over to the integration').waitFor();
  expect(sent).toBe(1);
  expect(window.complaints()).toEqual([]);
});

test('a lost network keeps the form, and saving works once it is back', async () => {
  await open('Staff directory');
  await field('Description').fill('Typed while offline');
  await window.context.setOffline(true);
  await saveButton().click();
  await drawer().getByText('The gateway cannot be reached').waitFor();
  expect(await field('Description').inputValue()).toBe('Typed while offline');
  await window.context.setOffline(false);
  await saveButton().click();
  await eventually(
    () => saveButton().isEnabled(),
    (enabled) => expect(enabled).toBe(false),
  );
  // The browser itself writes down that it was offline; nothing else may.
  expect(window.complaints().filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
});

test('a session that ends asks for the password, and the form stays', async () => {
  await open('Staff directory');
  await field('Description').fill('Typed before the session ended');
  await window.context.clearCookies();
  await saveButton().click();
  const again = page.getByRole('dialog', { name: 'Your session has ended' });
  await again.locator('input[type=password]').fill(OWNER.password);
  await screenshot(page, 'session-ended');
  await again.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('[data-toasts]').getByText('Staff directory is saved.').last().waitFor();
  expect(await field('Description').inputValue()).toBe('Typed before the session ended');
  // That the request was refused is written down by the browser.
  expect(window.complaints().filter((text) => !text.includes('401'))).toEqual([]);
});

test('a second tab that disables the credential is told, and what was typed stays', async () => {
  await open('Staff directory');
  await field('Description').fill('Typed in the first tab');
  const second = await window.context.newPage();
  await second.goto('/settings/credentials');
  await second.getByRole('switch', { name: 'Enabled: Staff directory' }).click();
  await second.locator('[data-toasts]').getByText('Staff directory is disabled.').waitFor();
  await second.close();
  await page.evaluate(() => globalThis.dispatchEvent(new Event('focus')));
  await drawer().getByText('Disabled by someone else').waitFor();
  expect(await field('Description').inputValue()).toBe('Typed in the first tab');
  await saveButton().click();
  await eventually(
    () => saveButton().isEnabled(),
    (enabled) => expect(enabled).toBe(false),
  );
  expect(
    await drawer()
      .getByRole('switch', { name: /^Disabled/ })
      .isChecked(),
  ).toBe(false);
  expect(window.complaints()).toEqual([]);
});

test('two admins on one credential see both versions side by side', async () => {
  await open('Payroll');
  await field('Description').fill('Mine');
  await field('Purpose').fill('My purpose');
  const other = await window.context.newPage();
  await open('Payroll', other);
  await other.getByRole('textbox', { name: 'Description', exact: true }).fill('Theirs');
  await other.getByRole('textbox', { name: 'Contact', exact: true }).fill('their.contact@example.com');
  await saveButton(other).click();
  await other.locator('[data-toasts]').getByText('Payroll is saved.').waitFor();
  await other.close();

  await saveButton().click();
  const comparison = page.getByRole('dialog', { name: 'Someone else changed this credential' });
  const row = comparison.getByRole('row', { name: /^Description/ });
  await row.getByRole('radio', { name: 'Theirs' }).check();
  await screenshot(page, 'comparison');
  await comparison.getByRole('button', { name: 'Go on with this' }).click();
  expect(await field('Description').inputValue()).toBe('Theirs');
  expect(await field('Purpose').inputValue()).toBe('My purpose');
  expect(await field('Contact').inputValue()).toBe('their.contact@example.com');
  await saveButton().click();
  await page.locator('[data-toasts]').getByText('Payroll is saved.').last().waitFor();
  expect(window.complaints()).toEqual([]);
});

test('a look that finds no network or no session leaves the form and what was typed', async () => {
  const { authorization } = await ui.gateway.credential({ name: 'Looked at' });
  await ui.gateway.query(authorization, REQUEST);
  await open('Looked at');
  await field('Description').fill('Typed before');
  await field('Note').fill('Half a note');
  await drawer().getByRole('tab', { name: 'Usage' }).click();
  await field('Note').waitFor({ state: 'detached' });
  await drawer().getByRole('tab', { name: 'Details' }).click();
  expect(await field('Note').inputValue()).toBe('Half a note');
  await window.context.setOffline(true);
  await Promise.all([page.waitForEvent('requestfailed'), look()]);
  await window.context.setOffline(false);
  expect(await field('Note').inputValue()).toBe('Half a note');
  const cookies = await window.context.cookies();
  await window.context.clearCookies();
  await look();
  await page.getByRole('dialog', { name: 'Your session has ended' }).getByRole('button', { name: 'Cancel' }).click();
  await window.context.addCookies(cookies);
  await page.waitForTimeout(200);
  expect(await field('Description').inputValue()).toBe('Typed before');
  // What a change of the credential has the page ask for again.
  const lost = (route: Route): Promise<void> =>
    route.request().postData()?.includes('RequestsOfCredential') ? route.abort() : route.continue();
  await page.route('**/graphql', lost);
  await Promise.all([page.waitForEvent('requestfailed'), drawer().getByRole('switch').click({ force: true })]);
  await told('Looked at is disabled.');
  await page.unroute('**/graphql', lost);
  expect(await field('Note').inputValue()).toBe('Half a note');
  await saveButton().click();
  await told('Looked at is saved.');
  expect(window.complaints().filter((text) => !/ERR_INTERNET_DISCONNECTED|ERR_FAILED|401/.test(text))).toEqual([]);
});

test.each(['rotating the secret', 'revoking a secret', 'ending all tokens'])(
  '%s hides no change of another admin, and saving does not undo it',
  async (what) => {
    const id = await openNew(`Cut while ${what}`);
    if (what === 'revoking a secret') {
      await elsewhere(ROTATE, { id });
      await look();
      await drawer().getByText('Previous secret').waitFor();
    }
    await drawer().getByRole('checkbox', { name: 'Last name', exact: true }).check();
    const attributes = ['firstName'];
    await elsewhere(UPDATE, { id, input: { version: 1, grants: { modules: EMPLOYEES_READ, attributes } } });
    if (what === 'rotating the secret') {
      await drawer().getByRole('button', { name: 'Rotate secret' }).click();
      await page.getByRole('button', { name: 'Make a new secret' }).click();
    } else if (what === 'revoking a secret') {
      await drawer().getByRole('button', { name: 'Revoke now' }).click();
      const question = page.getByRole('dialog', { name: 'Revoke the previous secret?' });
      await question.getByRole('button', { name: 'Revoke now' }).click();
    } else {
      await drawer().getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'End all access tokens' }).click();
      const question = page.getByRole('dialog', { name: 'End all access tokens?' });
      await question.getByRole('button', { name: 'End all access tokens' }).click();
    }
    await comparison().getByRole('button', { name: 'Drop mine' }).click();
    expect(await drawer().getByRole('checkbox', { name: 'Fixed salary Sensitive' }).isChecked()).toBe(false);
    expect(window.complaints()).toEqual([]);
  },
);

test('the comparison takes nobody’s side: no key that was meant for the form accepts a version', async () => {
  const id = await openNew('Compared');
  await field('Description').fill('Mine');
  await elsewhere(UPDATE, { id, input: { version: 1, description: 'Theirs' } });
  await field('Description').focus();
  await look();
  const goOn = comparison().getByRole('button', { name: 'Go on with this' });
  await goOn.waitFor();
  await page.waitForTimeout(100);
  await page.keyboard.type(' and more ');
  await page.keyboard.press('Enter');
  expect(await comparison().getByRole('radio', { checked: true }).count()).toBe(0);
  expect(await goOn.isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
  await comparison().getByRole('radio', { name: 'Mine' }).check();
  await goOn.click();
  expect(await field('Description').inputValue()).toBe('Mine');
  await saveButton().click();
  await told('Compared is saved.');
  expect(window.complaints()).toEqual([]);
});

test('an integration that was deleted meanwhile is told beside its field, and is no choice any more', async () => {
  const headers = { 'X-Fieldgate-Client': 'admin', Origin: ui.url };
  const made = await window.context.request.post('/graphql', { headers, data: { query: ADD_INTEGRATION } });
  const { data } = (await made.json()) as { data: { createIntegration: { integration: { id: string } } } };
  await openNew('Of a short integration');
  const integration = drawer().getByRole('combobox', { name: 'Integration' });
  const option = page.getByRole('listbox').getByRole('option', { name: 'Short-lived' });
  await integration.click();
  await option.click();
  await elsewhere(DELETE_INTEGRATION, { id: data.createIntegration.integration.id });
  await saveButton().click();
  await drawer().getByText('This does not exist (any more).').waitFor();
  await drawer().getByRole('button', { name: 'Discard' }).click();
  await page.keyboard.press('Escape');
  await drawer().waitFor({ state: 'detached' });
  const asked = page.waitForResponse((response) => response.request().postData()?.includes('query Choices') ?? false);
  await page.getByRole('table').getByRole('link', { name: 'Of a short integration' }).click();
  await asked;
  await integration.click();
  await page.getByRole('listbox').getByRole('option', { name: 'Slack' }).waitFor();
  expect(await option.count()).toBe(0);
  expect(window.complaints()).toEqual([]);
});

test('what is typed while an approval is on its way stays, and no saving of it takes back what was approved', async () => {
  const { authorization } = await ui.gateway.credential({ name: 'Slowly approved', attributes: ['firstName'] });
  await ui.gateway.query(authorization, REQUEST);
  await ui.gateway.query(authorization, REQUEST.replace('email', 'position'));
  await open('Slowly approved');
  const approve = drawer().getByRole('button', { name: 'Approve' });
  const isTicked = (label: string) => drawer().getByRole('checkbox', { name: label, exact: true }).isChecked();
  const approving = async (typed: () => Promise<void>): Promise<void> => {
    const goOn = await held('mutation ApproveRequest');
    await approve.first().click();
    await typed();
    await goOn();
    await told('The request is approved.');
  };
  await approving(() => field('Description').fill('Typed since'));
  expect(await field('Description').inputValue()).toBe('Typed since');
  const approved = (await isTicked('Email')) ? 'Email' : 'Position';
  expect(await isTicked(approved)).toBe(true);
  await saveButton().click();
  await told('Slowly approved is saved.');
  await eventually(
    () => approve.count(),
    (waiting) => expect(waiting).toBe(1),
  );
  await approving(() => drawer().getByRole('checkbox', { name: 'Last name', exact: true }).check());
  await comparison().getByRole('button', { name: 'Drop mine' }).click();
  expect([await isTicked('Email'), await isTicked('Position'), await isTicked('Last name')]).toEqual([
    true,
    true,
    false,
  ]);
  expect(window.complaints()).toEqual([]);
});

test('what is typed while saving is on its way stays, and is not saved yet', async () => {
  await openNew('Slowly saved');
  await field('Description').fill('Sent');
  const goOn = await held('mutation UpdateCredential');
  await saveButton().click();
  await field('Description').fill('Typed since');
  await field('Purpose').fill('As well');
  await goOn();
  await told('Slowly saved is saved.');
  expect(await field('Description').inputValue()).toBe('Typed since');
  expect(await field('Purpose').inputValue()).toBe('As well');
  await saveButton().click();
  await eventually(
    () => saveButton().isEnabled(),
    (enabled) => expect(enabled).toBe(false),
  );
  expect(await field('Description').inputValue()).toBe('Typed since');
  expect(window.complaints()).toEqual([]);
});

test('while a credential is being made, nothing can be typed that would be lost', async () => {
  await page.goto('/settings/credentials/new');
  await field('Name').fill('Slowly made');
  const goOn = await held('mutation CreateCredential');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(200);
  await page.keyboard.type(' and lost');
  expect(await drawer().getByLabel(/^Name/).inputValue()).toBe('Slowly made');
  await goOn();
  await drawer().getByText('Ready. Hand these over to the integration').waitFor();
  expect(await field('Name').inputValue()).toBe('Slowly made');
  expect(window.complaints()).toEqual([]);
});

test('a secret that was just made is not shown as the current one after another admin made a newer one', async () => {
  await page.goto('/settings/credentials/new');
  await field('Name').fill('Rotated elsewhere');
  await drawer().getByRole('button', { name: 'Create credential' }).click();
  const handOver = drawer().getByText('Ready. Hand these over to the integration');
  await handOver.waitFor();
  const secretOf = async (label: string): Promise<string | null> => {
    const row = drawer().locator('dl > div').filter({ hasText: label });
    await row.getByRole('button', { name: 'Reveal' }).click();
    await row.getByText(/^fgcs_[A-Za-z0-9]/).waitFor();
    return row.locator('[data-secret]').textContent();
  };
  const first = await secretOf('Client secret');
  await elsewhere(ROTATE, { id: new URL(page.url()).pathname.split('/').at(-1) });
  await look();
  await handOver.waitFor({ state: 'detached' });
  expect(await secretOf('Client secret')).not.toBe(first);
  expect(window.complaints()).toEqual([]);
});

test('a session that ends behind the question for the password is opened anew by it, in the role that holds now', async () => {
  const grace = { email: 'grace@example.com', name: 'Grace Hoang', password: 'seven lanterns on a quiet river' };
  const { email, name, password } = grace;
  const made = await ui.gateway.house.adminManagement.create({ email, name, role: 'OWNER' }, password);
  const other = await openWindow(browser, ui.url);
  await signIn(other.page, grace);
  await open('Staff directory', other.page);
  ui.pass(6);
  const front = other.page.getByRole('dialog').first();
  await front.getByRole('button', { name: 'Reveal' }).click();
  const question = other.page.getByRole('dialog', { name: 'Confirm with your password' });
  await question.waitFor();
  // A new role ends the sessions of who had the old one.
  await elsewhere(BECOME_MANAGER, { id: made.value?.id });
  await question.locator('input[type=password]').fill(password);
  await question.getByRole('button', { name: 'Confirm' }).click();
  await front.getByText(/^fgcs_[A-Za-z0-9]/).waitFor();
  await other.page.keyboard.press('Escape');
  await front.waitFor({ state: 'detached' });
  await other.page.getByRole('link', { name: 'Admins' }).click();
  await other.page.getByRole('row', { name: /Grace Hoang.*Manager/ }).waitFor();
  expect(await other.page.getByRole('button', { name: 'Invite admin' }).count()).toBe(0);
  expect(other.complaints().filter((text) => !text.includes('401'))).toEqual([]);
  await other.close();
});

const BECOME_MANAGER = `mutation ($id: ID!) {
  updateAdmin(id: $id, input: { role: MANAGER }) { userErrors { code } }
}`;
const REQUEST = `mutation { requestAccess(input: { reason: "Needed.", read: ["email"] }) { userErrors { code } } }`;
const ROTATE = `mutation ($id: ID!) { rotateCredentialSecret(id: $id, overlap: ONE_DAY) { userErrors { code } } }`;
const ADD_INTEGRATION = `mutation {
  createIntegration(input: { name: "Short-lived", category: "Other" }) { integration { id } }
}`;
const DELETE_INTEGRATION = `mutation ($id: ID!) { deleteIntegration(id: $id) { userErrors { code } } }`;
const UPDATE = `mutation ($id: ID!, $input: UpdateCredentialInput!) {
  updateCredential(id: $id, input: $input) { userErrors { code } }
}`;
const EMPLOYEES_READ = [{ module: 'EMPLOYEES', read: true, write: false }];
