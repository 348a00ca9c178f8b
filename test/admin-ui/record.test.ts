import type { Browser } from 'playwright-core';
import { openBrowser, openWindow } from './browser';
import { signIn, startAdminUi, type AdminUi } from './started-ui';

let ui: AdminUi;
let browser: Browser;

beforeAll(async () => {
  [ui, browser] = await Promise.all([startAdminUi(), openBrowser()]);
  await ui.use('Payroll', '{ employees(first: 1) { nodes { firstName } } }');
});

afterAll(async () => {
  await browser.close();
  await ui.close();
});

test.each([
  ['en', 'Record of processing', 'First name', 'Fixed salary', 'High', 'Not given', 'Print'],
  ['de', 'Verarbeitungsverzeichnis', 'Vorname', 'Festgehalt', 'Hoch', 'Nicht angegeben', 'Drucken'],
] as const)(
  'the record of processing is there in %s, and on paper there is nothing else',
  async (language, title, firstName, label, high, missing, print) => {
    // West of Greenwich, the midnight of a day in UTC is still the day before.
    const window = await openWindow(browser, ui.url, { language, timezone: 'America/Los_Angeles' });
    const { page } = window;
    await signIn(page);
    await page.goto('/record');
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    const payroll = page.getByRole('region', { name: 'Payroll' });
    await payroll.getByRole('row', { name: `${label} ${high}` }).waitFor();
    expect(await payroll.getByText(missing).count()).toBe(3);
    const today = new Intl.DateTimeFormat(language === 'de' ? 'de' : 'en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
    const read = payroll.getByRole('row', { name: firstName });
    expect(await read.getByRole('cell').last().textContent()).toBe(today.format(new Date()));
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').count()).toBe(0);
    expect(await page.getByRole('button', { name: print }).count()).toBe(0);
    expect(await payroll.getByRole('row', { name: `${label} ${high}` }).isVisible()).toBe(true);
    expect(window.complaints()).toEqual([]);
    await window.close();
  },
);
