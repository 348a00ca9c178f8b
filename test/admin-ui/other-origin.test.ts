import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import sql from 'sql-template-tag';
import { present } from '../support/present';
import { openBrowser } from './browser';
import { eventually } from './eventually';
import { signIn, startAdminUi, type AdminUi } from './started-ui';

/** What other pages try; each answers with what it could find out. */
const ATTEMPTS: Readonly<Record<string, (sent: readonly [url: string, body: string]) => Promise<unknown>>> = {
  'a script with the header of our pages': ([url, body]) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      credentials: 'include',
      headers: { 'content-type': 'application/json', 'x-fieldgate-client': 'admin' },
      body,
    }).then((response) => response.text()),
  'a script that asks for no permission': ([url, body]) =>
    fetch(`${url}/graphql`, { method: 'POST', credentials: 'include', mode: 'no-cors', body }).then((response) =>
      response.text(),
    ),
  'a beacon': ([url, body]) =>
    Promise.resolve(navigator.sendBeacon(`${url}/graphql`, new Blob([body], { type: 'text/plain' }))).then(() => ''),
  'a form': ([url, body]) => {
    document.body.innerHTML =
      '<iframe name="answer"></iframe><form method="POST" enctype="text/plain" target="answer"><input></form>';
    const [frame, form, field] = [
      document.querySelector('iframe'),
      document.querySelector('form'),
      document.querySelector('input'),
    ];
    if (!frame || !form || !field) throw new Error('The page has no form.');
    form.action = `${url}/graphql`;
    // As text/plain, name and value of a field become `name=value`: JSON with an equals sign in a member that nobody reads.
    Object.assign(field, { name: `${body.slice(0, -1)},"x":"`, value: '"}' });
    form.submit();
    return new Promise((resolve) => {
      frame.onload = () => resolve(frame.contentDocument?.body.textContent ?? '');
    });
  },
  'an address that is only opened': ([url, body]) =>
    fetch(`${url}/graphql?query=${encodeURIComponent((JSON.parse(body) as { query: string }).query)}`, {
      credentials: 'include',
    }).then((response) => response.text()),
};

/** How a page of another origin comes to the gateway: with the same host, cookies of SameSite=Strict come along. */
const NEIGHBOURS = ['127.0.0.1', 'localhost'];

let ui: AdminUi;
let browser: Browser;
let other: Server;
let port: number;
/** Of a browser in which the owner is signed in. */
let page: Page;
/** A request that switches a credential off. */
let disabling: string;

beforeAll(async () => {
  other = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Another page</title><body>');
  });
  await new Promise<void>((resolve) => other.listen(0, resolve));
  ({ port } = other.address() as AddressInfo);
  [ui, browser] = await Promise.all([startAdminUi(), openBrowser()]);
  const context = await browser.newContext({ baseURL: ui.url });
  page = await context.newPage();
  await signIn(page);
  const [row] = await ui.gateway.house.store.read(sql`SELECT id FROM credential WHERE name = 'Payroll'`);
  const query = `mutation { disableCredential(id: "${String(row?.['id'])}") { credential { name } userErrors { code } } }`;
  disabling = JSON.stringify({ query });
});

afterAll(async () => {
  other.close();
  await browser.close();
  await ui.close();
});

const isEnabled = async () =>
  (await ui.gateway.house.credentials.list()).find(({ name }) => name === 'Payroll')?.enabled;

describe.each(NEIGHBOURS)('a page of another origin at %s, in a browser where an admin is signed in (S13)', (host) => {
  beforeEach(async () => {
    await page.goto(`http://${host}:${port}/`);
  });

  test.each(Object.entries(ATTEMPTS))('%s changes nothing and finds nothing out', async (_name, attempt) => {
    // A beacon is sent behind the back of the script.
    const isOver = new Promise((resolve) => {
      page.once('requestfinished', resolve);
      page.once('requestfailed', resolve);
    });
    const found = await page.evaluate(attempt, [ui.url, disabling] as const).catch(String);
    await isOver;
    expect(String(found)).not.toMatch(/Payroll|"data"/);
    expect(await isEnabled()).toBe(true);
  });

  test('its frame shows nothing of the gateway', async () => {
    await page.evaluate((url) => {
      const frame = document.createElement('iframe');
      frame.src = url;
      document.body.append(frame);
      return new Promise((resolve) => (frame.onload = resolve));
    }, ui.url);
    const [, frame] = page.frames();
    // Where Chromium puts what may not be framed; our own page would be drawn a moment after it has loaded.
    await eventually(
      () => Promise.resolve(frame?.url()),
      (url) => expect(url).toBe('chrome-error://chromewebdata/'),
    );
    expect(await frame?.locator('body').textContent()).not.toMatch(/Fieldgate|Credentials/);
  });
});

test('the gateway’s own page does the same and is obeyed', async () => {
  await page.goto('/');
  await page.getByRole('table').waitFor();
  const attempt = present(ATTEMPTS['a script with the header of our pages']);
  expect(await page.evaluate(attempt, [ui.url, disabling] as const)).toContain('Payroll');
  expect(await isEnabled()).toBe(false);
});
