import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import sql from 'sql-template-tag';
import { eventually } from './eventually';
import { signIn, startAdminUi, type AdminUi } from './started-ui';
import { openBrowser, openWindow, screenshot, type TestWindow, type WindowOptions } from './browser';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

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

/** Until nothing is on its way and nothing moves. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
  await page.waitForFunction(() => !document.querySelector('[data-mantine-skeleton], .mantine-Skeleton-root'));
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: unknown; readonly html: string }[];
  }[];
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate(() => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<unknown> } };
    return axe.run({ resultTypes: ['violations'] });
  });
  const found = (results as AxeResults).violations;
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

/** By how many pixels the page is wider than the window. */
function sideways(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
}

/** Keys of texts that nobody wrote, which i18next shows as they are. */
function untranslated(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const texts = document.body.innerText.split(/\s+/);
    return texts.filter((text) => /^[a-z][A-Za-z]+(\.[A-Za-z_0-9]+)+$/.test(text) && !text.startsWith('custom.'));
  });
}
