import { openBrowser, openWindow } from '../admin-ui/browser';
import { keyboard, mouse } from '../admin-ui/hand';
import { violations } from '../admin-ui/page-checks';
import { signIn, startAdminUi } from '../admin-ui/started-ui';
import { present } from '../support/present';
import { ready, run } from './started-playground';

jest.setTimeout(120_000);

test.each([
  ['mouse', mouse],
  ['keyboard', keyboard],
] as const)(
  'an admin comes from a credential to the playground by %s, and brings the client id only',
  async (_, by) => {
    const [ui, browser] = await Promise.all([startAdminUi(), openBrowser()]);
    const { clientId, secret } = present(ui.gateway.demoCredentials.find(({ name }) => name === 'Payroll'));
    const window = await openWindow(browser, ui.url);
    const { page, context } = window;
    const hand = by(page);
    await signIn(page);
    await hand.press(page.getByRole('link', { name: 'Payroll', exact: true }));
    await hand.press(page.getByRole('dialog').getByRole('button', { name: 'More actions' }));
    const item = page.getByRole('menuitem', { name: 'Open in the playground' });
    await item.waitFor();
    const [playground] = await Promise.all([context.waitForEvent('page'), choose()]);
    playground.setDefaultTimeout(30_000);

    // The menu is left by arrows, as menus are.
    async function choose(): Promise<void> {
      if (hand.name === 'mouse') return item.click();
      while (!(await item.evaluate((element) => element === document.activeElement)))
        await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    }

    const cookies: unknown[] = [];
    const foreign: string[] = [];
    playground.on('request', (request) => {
      if (new URL(request.url()).host !== new URL(ui.url).host) foreign.push(request.url());
      if (request.url().endsWith('/graphql')) cookies.push(request.headers()['cookie']);
    });
    const field = playground.locator('input[type=password]');
    await field.waitFor();
    expect(await playground.getByLabel('Client id').inputValue()).toBe(clientId);
    expect(await playground.evaluate(() => globalThis.opener as unknown)).toBeNull();
    expect(await violations(playground)).toEqual([]);
    await field
      .evaluate((element) => element === document.activeElement)
      .then((isFocused) => expect(isFocused).toBe(true));
    await playground.keyboard.type(secret);
    await playground.keyboard.press('Enter');
    await ready(playground);
    expect(await run(playground)).toContain('"firstName"');
    expect(cookies.length).toBeGreaterThan(0);
    expect(cookies.filter((cookie) => cookie !== undefined)).toEqual([]);
    expect(foreign).toEqual([]);
    expect(window.complaints()).toEqual([]);
    await browser.close();
    await ui.close();
  },
);
