import type { Browser, Page } from 'playwright-core';
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

async function open(credential: string, of: Page = page): Promise<void> {
  await of.goto('/settings/credentials');
  await of.getByRole('link', { name: credential, exact: true }).click();
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
