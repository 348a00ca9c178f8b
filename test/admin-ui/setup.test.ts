import type { Browser } from 'playwright-core';
import { OWNER, startAdminUi, type AdminUi } from './started-ui';
import { openBrowser, openWindow } from './browser';
import { keyboard, mouse } from './hand';

let browser: Browser;
let ui: AdminUi;

beforeAll(async () => {
  browser = await openBrowser();
});
beforeEach(async () => {
  ui = await startAdminUi({ owner: false });
});
afterEach(() => ui.close());
afterAll(() => browser.close());

test.each([
  ['mouse', mouse],
  ['keyboard', keyboard],
] as const)('the one-time link makes the first admin, by %s alone', async (_name, handOf) => {
  const token = await ui.gateway.house.links.newSetup();
  const { page, complaints, close } = await openWindow(browser, ui.url);
  const hand = handOf(page);
  await page.goto(`/setup#token=${token}`);
  await page.getByRole('heading', { name: 'Set up your access' }).waitFor();
  // A link that was opened must not stay where somebody else finds it.
  expect(page.url()).toBe(`${ui.url}/setup`);
  await hand.write(page.getByRole('textbox', { name: 'Your name' }), OWNER.name);
  await hand.write(page.getByRole('textbox', { name: 'Email' }), OWNER.email);
  await hand.write(page.locator('input[type=password]'), 'too short');
  await hand.press(page.getByRole('button', { name: 'Set up and sign in' }));
  await page.getByText('This is too short.').waitFor();
  await hand.write(page.locator('input[type=password]'), OWNER.password);
  await hand.press(page.getByRole('button', { name: 'Set up and sign in' }));
  await page.getByRole('heading', { name: 'API credentials' }).waitFor();
  expect(complaints()).toEqual([]);
  await close();
});

test('without the whole link nothing is asked', async () => {
  const { page, close } = await openWindow(browser, ui.url);
  await page.goto('/setup');
  await page.getByText('The link is not complete').waitFor();
  expect(await page.getByRole('textbox').count()).toBe(0);
  await close();
});
