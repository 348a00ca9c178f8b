import type { Browser, Page } from 'playwright-core';
import { openBrowser, openWindow, screenshot, type TestWindow, type WindowOptions } from '../admin-ui/browser';
import { settled, sideways, untranslated, violations } from '../admin-ui/page-checks';
import { type TestCredential, type TestGateway } from '../support/gateway';
import { enter, paste, ready, run, startPlayground } from './started-playground';

jest.setTimeout(120_000);

let gateway: TestGateway;
let browser: Browser;
let credential: TestCredential;

beforeAll(async () => {
  [gateway, browser] = await Promise.all([startPlayground(), openBrowser()]);
  credential = await gateway.credential({
    name: 'Badge printer',
    read: ['EMPLOYEES', 'ABSENCES'],
    attributes: ['firstName', 'lastName', 'department', 'position', 'custom.shirtSize'],
  });
});

afterAll(async () => {
  await browser.close();
  await gateway.close();
});

const WAYS: readonly Required<WindowOptions>[] = [
  { language: 'en', scheme: 'light', width: 1440, height: 900 },
  { language: 'de', scheme: 'dark', width: 1440, height: 900 },
  { language: 'de', scheme: 'light', width: 360, height: 780 },
  { language: 'en', scheme: 'dark', width: 900, height: 900 },
];

const DENIED = `query Denied {
  employees(first: 2, orderBy: [{ by: LAST_NAME }]) {
    nodes {
      id
      firstName
      fixSalary {
        amount
      }
    }
  }
}
`;

describe.each(WAYS)('in $language, $scheme, $width pixels wide', (way) => {
  let window: TestWindow;
  let page: Page;

  beforeAll(async () => {
    window = await openWindow(browser, gateway.url, way);
    ({ page } = window);
    page.setDefaultTimeout(30_000);
  });
  afterAll(() => window.close());

  const looksWell = async (name: string, complaints: readonly unknown[] = []) => {
    await settled(page);
    await screenshot(page, `playground-${name}-${way.language}-${way.scheme}-${way.width}`);
    expect(await sideways(page)).toBe(0);
    expect(await untranslated(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    expect(window.complaints()).toEqual(complaints);
  };

  test('signing in', async () => {
    await page.goto('/playground');
    await page.locator('input[type=password]').waitFor();
    await looksWell('sign-in');
  });

  test('a sign-in that is refused', async () => {
    await page.getByRole('textbox').first().fill(credential.clientId);
    await page.locator('input[type=password]').fill('fgcs_wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    // The browser itself writes every 401 to its console.
    await looksWell('refused', [expect.stringContaining('401')]);
  });

  test('an operation with its answer and what is denied', async () => {
    await enter(page, credential);
    await ready(page);
    await paste(page, DENIED);
    await page.getByText('Employee.fixSalary').waitFor();
    await run(page);
    await looksWell('answer');
  });

  test('asking for what it lacks', async () => {
    await page.getByRole('button', { name: /Ask for what is missing|Fehlendes anfragen/ }).click();
    await page.getByRole('form').waitFor();
    await looksWell('asking');
  });

  test.each(['permissions', 'examples', 'schema'])('the panel %s', async (name) => {
    await page.getByRole('tab').nth(['permissions', 'examples', 'schema'].indexOf(name)).click();
    await looksWell(name);
  });
});
