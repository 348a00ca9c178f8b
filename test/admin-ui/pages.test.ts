import type { Browser, Page } from 'playwright-core';
import sql from 'sql-template-tag';
import { eventually } from './eventually';
import { settled, sideways, untranslated, violations } from './page-checks';
import { signIn, startAdminUi, type AdminUi } from './started-ui';
import { openBrowser, openWindow, screenshot, type TestWindow, type WindowOptions } from './browser';

/** Every page by its address, with the heading that it has in each language. */
const PAGES = [
  { name: 'list', address: '/settings/credentials', en: 'API credentials', de: 'API-Zugangsdaten' },
  { name: 'new', address: '/settings/credentials/new', en: 'New API credential', de: 'Neue API-Zugangsdaten' },
  { name: 'attributes', address: '/settings/attributes', en: 'Attributes', de: 'Attribute' },
  { name: 'integrations', address: '/settings/integrations', en: 'Integrations', de: 'Integrationen' },
  { name: 'admins', address: '/settings/admins', en: 'Admins', de: 'Administratoren' },
  { name: 'general', address: '/settings/general', en: 'General', de: 'Allgemein' },
  { name: 'usage', address: '/usage', en: 'Usage', de: 'Nutzung' },
  { name: 'audit', address: '/audit-log', en: 'Audit log', de: 'Audit-Protokoll' },
  { name: 'person', address: '/person', en: 'One person’s data', de: 'Daten einer Person' },
  { name: 'feedback', address: '/feedback', en: 'Feedback', de: 'Feedback' },
  { name: 'account', address: '/account', en: 'Your account', de: 'Ihr Konto' },
] as const;

let ui: AdminUi;
let browser: Browser;

beforeAll(async () => {
  [ui, browser] = await Promise.all([startAdminUi({ days: 30 }), openBrowser()]);
  await ui.use('Payroll', '{ employees(first: 5) { nodes { firstName lastName fixSalary { amount } gender } } }');
  await ui.use('Staff directory', '{ employees(first: 5) { nodes { firstName email } } }');
  const kept = async () => ui.gateway.house.store.read(sql`SELECT name FROM credential WHERE last_used_at IS NOT NULL`);
  await eventually(kept, (rows) => expect(rows).toHaveLength(2));
});

afterAll(async () => {
  await browser.close();
  await ui.close();
});

// What a narrow window shows is the same, so its colours and names need no second look.
const WAYS: readonly (Required<WindowOptions> & { readonly axe: boolean })[] = [
  { language: 'en', scheme: 'light', width: 1280, height: 860, axe: true },
  { language: 'de', scheme: 'dark', width: 1920, height: 1080, axe: true },
  { language: 'de', scheme: 'light', width: 360, height: 780, axe: false },
];

describe.each(WAYS)('in $language, $scheme, $width pixels wide', (way) => {
  let window: TestWindow;
  let page: Page;
  const shot = (name: string) => screenshot(page, `${name}-${way.language}-${way.scheme}-${way.width}`);

  beforeAll(async () => {
    window = await openWindow(browser, ui.url, way);
    ({ page } = window);
  });
  afterEach(() => {
    expect(window.complaints()).toEqual([]);
  });
  afterAll(() => window.close());

  test('sign-in', async () => {
    await page.goto('/sign-in');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await shot('sign-in');
    if (way.axe) expect(await violations(page)).toEqual([]);
    await signIn(page);
  });

  test.each(PAGES)('$name', async (place) => {
    await page.goto(place.address);
    await page.getByRole('heading', { name: place[way.language], exact: true }).first().waitFor();
    await settled(page);
    await shot(place.name);
    expect(await sideways(page)).toBe(0);
    expect(await untranslated(page)).toEqual([]);
    if (way.axe) expect(await violations(page)).toEqual([]);
  });

  test('the drawer with its tabs', async () => {
    await page.goto('/settings/credentials');
    await page.getByRole('link', { name: 'Payroll', exact: true }).click();
    const drawer = page.getByRole('dialog').first();
    const tabs = drawer.getByRole('tab');
    await tabs.first().waitFor();
    for (const [index, name] of ['details', 'preview', 'usage'].entries()) {
      await tabs.nth(index).click();
      await settled(page);
      await shot(`drawer-${name}`);
      expect(await untranslated(page)).toEqual([]);
      if (way.axe) expect(await violations(page)).toEqual([]);
    }
  });
});
