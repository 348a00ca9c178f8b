import type { Browser, Page } from 'playwright-core';
import { startIdentityProvider, type TestProvider } from '../support/identity-provider';
import { openBrowser, openWindow, type TestWindow } from './browser';
import { enter, startAdminUi, type AdminUi } from './started-ui';

let provider: TestProvider;
let ui: AdminUi;
let browser: Browser;
let window: TestWindow;
let page: Page;

beforeAll(async () => {
  provider = await startIdentityProvider();
  const { issuer, clientId, clientSecret } = provider;
  const singleSignOn = { issuer, clientId, clientSecret, name: 'Example ID' };
  [ui, browser] = await Promise.all([startAdminUi({ demo: false, singleSignOn }), openBrowser()]);
  window = await openWindow(browser, ui.url);
  ({ page } = window);
});

afterAll(async () => {
  await browser.close();
  await ui.close();
  await provider.close();
});

const signOn = () => page.getByRole('button', { name: 'Sign in with Example ID' }).click();

test('single sign-on leads back to the page that was asked for, after a refusal as well, and only once', async () => {
  await enter(page);
  await page.waitForURL('**/settings/credentials');
  await page.goto('/account');
  await page.getByRole('button', { name: 'Link with Example ID' }).click();
  await page.getByRole('button', { name: 'End the link' }).waitFor();
  await window.context.clearCookies();
  await page.goto('/settings/credentials?q=Payroll');
  provider.behaviour.answer = { error: 'access_denied' };
  await signOn();
  await page.getByRole('alert').getByText('You did not agree there.').waitFor();
  provider.behaviour.answer = {};
  await signOn();
  await page.waitForURL('**/settings/credentials?q=Payroll');
  await page.goto('/');
  await page.waitForURL('**/settings/credentials');
  // What somebody else wrote there leads to no other site.
  for (const place of ['//example.com/', '/\\example.com/', 'https://example.com/']) {
    await page.evaluate((text) => sessionStorage.setItem('fieldgate.place', text), place);
    await page.goto('/');
    await page.waitForURL('**/settings/credentials');
  }
});
