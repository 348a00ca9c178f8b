import type { Browser, Page } from 'playwright-core';
import { eventually } from '../admin-ui/eventually';
import { openBrowser, openWindow, type TestWindow } from '../admin-ui/browser';
import { settled } from '../admin-ui/page-checks';
import { adminOf } from '../support/admin';
import type { TestCredential, TestGateway } from '../support/gateway';
import { present } from '../support/present';
import { editor, enter, findings, paste, ready, run, startPlayground } from './started-playground';

jest.setTimeout(120_000);

let gateway: TestGateway;
let browser: Browser;
let credential: TestCredential;
let window: TestWindow;
let page: Page;

// One window for all: the browser then keeps what the editor's scripts were compiled to.
beforeAll(async () => {
  [gateway, browser] = await Promise.all([startPlayground(), openBrowser()]);
  window = await openWindow(browser, gateway.url, { width: 1440, height: 900 });
  ({ page } = window);
  page.setDefaultTimeout(30_000);
});

afterAll(async () => {
  await browser.close();
  await gateway.close();
});

beforeEach(async () => {
  credential = await gateway.credential({
    read: ['EMPLOYEES'],
    attributes: ['firstName', 'lastName', 'department', 'position', 'custom.shirtSize'],
  });
});

afterEach(async () => {
  expect(window.complaints()).toEqual([]);
  await page.unrouteAll();
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
});

/** Without `position`. */
const GRANTS = {
  modules: [
    { module: 'EMPLOYEES', read: true, write: false },
    { module: 'ABSENCES', read: false, write: false },
    { module: 'ATTENDANCES', read: false, write: false },
  ],
  attributes: ['firstName', 'lastName', 'department', 'custom.shirtSize'],
};

const findingTexts = () =>
  page.getByRole('list', { name: 'What will be denied' }).getByRole('listitem').allInnerTexts();

test('signing in leads to a first page of people that runs as it stands', async () => {
  await enter(page, credential);
  await findings(page).filter({ hasText: 'Nothing in this operation is denied.' }).waitFor();
  const answer = await run(page);
  expect(answer).toContain('"firstName"');
  expect(answer).not.toContain('"errors"');
  const status = page.getByRole('region', { name: 'Answer' });
  await status.getByText(/^Cost \d+ of 250,000$/).waitFor();
  await status.getByText(/^5,9\d\d of 6,000 requests left for \d+ s$/).waitFor();
});

test('a wrong secret is told, and lets nobody in', async () => {
  await page.goto('/playground');
  await page.getByLabel('Client id').fill(credential.clientId);
  await page.locator('input[type=password]').fill('fgcs_wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'The client id or secret is wrong' }).waitFor();
  expect(await editor(page).count()).toBe(0);
  // The browser itself writes every 401 to its console.
  expect(window.complaints()).toEqual([expect.stringContaining('401')]);
});

test('neither the secret nor a token is kept anywhere', async () => {
  await enter(page, credential);
  await run(page);
  const kept = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const stored = [localStorage, sessionStorage].map((storage) => Object.entries(storage));
    return JSON.stringify([stored, document.cookie, databases, location.href]);
  });
  expect(kept).not.toMatch(/fgcs_|fgat_|firstName/);
  await page.reload();
  await page.locator('input[type=password]').waitFor();
  expect(
    await page.locator('form input').evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value)),
  ).toEqual(['', '']);
});

test('signing out ends the token', async () => {
  const authorizations = new Set<string>();
  await page.route('**/graphql', (route) => {
    authorizations.add(route.request().headers()['authorization'] ?? '');
    return route.continue();
  });
  await enter(page, credential);
  const [authorization = ''] = authorizations;
  expect((await gateway.query(authorization, '{ viewer { name } }')).status).toBe(200);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.locator('input[type=password]').waitFor();
  await eventually(
    async () => (await gateway.query(authorization, '{ viewer { name } }')).status,
    (status) => expect(status).toBe(401),
  );
});

test('no answer that comes after signing out undoes it', async () => {
  await enter(page, credential);
  let goOn = (): void => undefined;
  const signedOut = new Promise<void>((resolve) => (goOn = resolve));
  let answered = (): void => undefined;
  const isAnswered = new Promise<void>((resolve) => (answered = resolve));
  let looks = 0;
  await page.route('**/graphql', async (route) => {
    looks += 1;
    if (looks > 1) {
      // Overtaken by the end of the token.
      await signedOut;
      return route.continue();
    }
    const response = await route.fetch();
    answered();
    await signedOut;
    return route.fulfill({ response });
  });
  let tokens = 0;
  page.on('request', (request) => (tokens += request.url().endsWith('/oauth/token') ? 1 : 0));
  const look = () => page.evaluate(() => globalThis.dispatchEvent(new Event('focus')));
  await look();
  await isAnswered;
  await look();
  const ended = page.waitForResponse('**/oauth/revoke');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await ended;
  goOn();
  await settled(page);
  expect(await editor(page).count()).toBe(0);
  expect(await page.locator('input[type=password]').count()).toBe(1);
  expect(tokens).toBe(0);
  for (const complaint of window.complaints()) expect(complaint).toContain('401');
});

test('what will be denied is marked before it is sent, with the reason', async () => {
  await enter(page, credential);
  await paste(
    page,
    `query ($filter: EmployeeFilter) {
      employees(filter: $filter, orderBy: [{ by: FIX_SALARY }, { by: LAST_NAME }]) {
        nodes { firstName pay: fixSalary { amount } displayName customAttributes(keys: ["shirtSize", "secretThing"]) { value } }
      }
      absences { totalCount }
    }`,
  );
  await findings(page).filter({ hasText: 'places will be denied' }).waitFor();
  expect(await findingTexts()).toEqual([
    expect.stringMatching(/FIX_SALARY|EmployeeOrder\.by.*fixSalary.*The whole operation is refused\./),
    'Employee.fixSalary: this credential may not read fixSalary. Null is answered in its place.',
    'Employee.displayName: this credential may not read preferredName. Null is answered in its place.',
    'Employee.customAttributes: this credential may not read custom.secretThing. Null is answered in its place.',
    'Query.absences: this credential may not read the module ABSENCES. Null is answered in its place.',
  ]);
  await editor(page).locator('.squiggly-warning').first().waitFor();
  await editor(page).locator('.squiggly-error').first().waitFor();
  // Half an operation cannot be checked, so nothing is said about it.
  await paste(page, '{ employees { nodes { fixSalary { amount }');
  await eventually(
    () => findings(page).textContent(),
    (text) => expect(text).toBe(''),
  );
  await paste(page, '{ employees { nodes { firstName } } }');
  await findings(page).filter({ hasText: 'Nothing in this operation is denied.' }).waitFor();
});

test('without the list of guards nothing is said to be allowed', async () => {
  await page.route('**/playground/guards.json', (route) => route.fulfill({ status: 503, body: '' }));
  await page.goto('/playground');
  await page.getByRole('textbox').first().fill(credential.clientId);
  await page.locator('input[type=password]').fill(credential.secret);
  await page.keyboard.press('Enter');
  await editor(page).locator('.view-line').first().waitFor();
  await run(page);
  expect(await findings(page).textContent()).toBe('');
  expect(window.complaints()).toEqual([expect.stringContaining('503')]);
});

test('values of the variables are checked as well', async () => {
  await enter(page, credential);
  await paste(page, 'query ($filter: EmployeeFilter) { employees(filter: $filter) { totalCount } }');
  await findings(page).filter({ hasText: 'Nothing' }).waitFor();
  await page.locator('details .graphiql-editor').click();
  await page.evaluate(
    (text) => navigator.clipboard.writeText(text),
    '{ "filter": { "fixSalary": { "isNull": true } } }',
  );
  await page.keyboard.press('ControlOrMeta+V');
  await findings(page).filter({ hasText: '1 place will be denied' }).waitFor();
  expect(await findingTexts()).toEqual([
    'EmployeeFilter.fixSalary: this credential may not read fixSalary. The whole operation is refused.',
  ]);
});

test('what is told agrees with what the gateway then does', async () => {
  await enter(page, credential);
  await paste(
    page,
    '{ employees(first: 1) { nodes { id firstName email displayName supervisor { lastName } team { name } } } }',
  );
  await findings(page).filter({ hasText: 'places will be denied' }).waitFor();
  const told = (await findingTexts()).map((text) => text.split(':')[0]).sort();
  const [response] = await Promise.all([page.waitForResponse('**/graphql'), run(page)]);
  const answer = (await response.json()) as { errors: { extensions: { coordinate: string } }[] };
  expect(told).toEqual(answer.errors.map(({ extensions }) => extensions.coordinate).sort());
});

test('examples are those that the credential can run, and the others say what they lack', async () => {
  await enter(page, credential);
  await page.getByRole('tab', { name: 'Examples' }).click();
  const panel = page.getByRole('complementary');
  await panel.getByText('Lacks ATTENDANCES read and ATTENDANCES write').waitFor();
  await panel.getByText('Lacks supervisor and team').waitFor();
  const directory = await gateway.credential({ read: ['EMPLOYEES'], attributes: ['department', 'status'] });
  await page.getByRole('button', { name: 'Sign out' }).click();
  await enter(page, directory);
  await page.getByRole('tab', { name: 'Examples' }).click();
  await page.getByRole('button', { name: 'Open: Headcount per department' }).click();
  await page.getByText('query Headcount').waitFor();
  await ready(page);
  expect(await run(page)).toContain('"count"');
});

test('the panel shows modules and attributes, and hides custom ones that are not granted', async () => {
  await enter(page, credential);
  const panel = page.getByRole('complementary');
  await panel.getByRole('row', { name: /^EMPLOYEES yes no/ }).waitFor();
  await panel.getByRole('row', { name: /^ABSENCES no .* no/ }).waitFor();
  const text = await panel.innerText();
  expect(text).toContain('custom.shirtSize');
  expect(text).not.toContain('custom.laptopCount');
  await panel.getByLabel('Search attributes').fill('fixed salary');
  await panel.getByRole('listitem').filter({ hasText: 'fixSalary · MONEY · Sensitivity high' }).waitFor();
});

test('a locked attribute can be asked for with a text for an admin', async () => {
  await enter(page, credential);
  await page.getByRole('button', { name: 'Ask for Email' }).click();
  await page.getByRole('button', { name: 'Ask for writing ABSENCES' }).click();
  await page.getByLabel('What is it for?').fill('Badges carry an address.');
  await page.getByRole('button', { name: 'Copy as text' }).click();
  await page.getByText('Copied').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(`${credential.name}” (${credential.clientId}) read email and write ABSENCES.`);
  expect(copied).toContain('Reason: Badges carry an address.');
  const { pathname, searchParams } = new URL(present(/http\S+/.exec(copied)?.[0]));
  expect(pathname).toBe(`/settings/credentials/${credential.clientId}`);
  expect(searchParams.get('missing')).toBe('read:email,write:ABSENCES');
});

test('what an admin changes shows when the window gets the focus', async () => {
  await enter(page, credential);
  await paste(page, '{ employees(first: 1) { nodes { position } } }');
  await findings(page).filter({ hasText: 'Nothing' }).waitFor();
  const { id, version } = present(
    (await gateway.house.credentials.list()).find(({ clientId }) => clientId === credential.clientId),
  );
  const owner = await adminOf(gateway, 'OWNER');
  const { errors } = await owner(
    `mutation ($id: ID!, $input: UpdateCredentialInput!) { updateCredential(id: $id, input: $input) { userErrors { code } } }`,
    { id, input: { version, grants: GRANTS } },
  );
  expect(errors).toBeUndefined();
  await page.evaluate(() => globalThis.dispatchEvent(new Event('focus')));
  await findings(page).filter({ hasText: '1 place will be denied' }).waitFor();
});

test('a disabled credential is told as such, and goes on when it is enabled', async () => {
  await enter(page, credential);
  await gateway.house.credentials.setEnabled(credential.clientId, false);
  expect(await run(page)).toContain('CREDENTIAL_DISABLED');
  await page.getByText('Status 401 · 1 error: CREDENTIAL_DISABLED').waitFor();
  await gateway.house.credentials.setEnabled(credential.clientId, true);
  await page.getByRole('button', { name: 'Run' }).click();
  await page.getByText('Status 200').waitFor();
  expect(window.complaints()).toEqual([expect.stringContaining('401')]);
});

test('a token that was ended is replaced, and the operation is sent again', async () => {
  const authorizations = new Set<string>();
  await page.route('**/graphql', (route) => {
    authorizations.add(route.request().headers()['authorization'] ?? '');
    return route.continue();
  });
  await enter(page, credential);
  const [first = ''] = authorizations;
  const body = new URLSearchParams({ token: first.replace('Bearer ', '') });
  await gateway.fetch('/oauth/revoke', { method: 'POST', headers: { authorization: credential.authorization }, body });
  expect(await run(page)).toContain('"firstName"');
  expect(authorizations.size).toBe(2);
  expect(window.complaints()).toEqual([expect.stringContaining('401')]);
});

test('the keyboard alone is enough', async () => {
  await page.goto('/playground');
  await page.locator('input:focus').waitFor();
  await page.keyboard.type(credential.clientId);
  await page.keyboard.press('Tab');
  await page.keyboard.type(credential.secret);
  await page.keyboard.press('Enter');
  await ready(page);
  const isInside = () => page.evaluate(() => document.activeElement?.closest('#operation [data-testid]') !== null);
  for (let step = 0; step < 120 && !(await isInside()); step++) await page.keyboard.press('Tab');
  expect(await isInside()).toBe(true);
  for (const key of ['Tab', 'Shift+Tab']) {
    await editor(page).locator('.graphiql-editor').focus();
    await page.keyboard.press('Enter');
    await editor(page).locator('textarea:focus').waitFor();
    const text = await editor(page).innerText();
    for (let step = 0; step < 4 && (await isInside()); step++) await page.keyboard.press(key);
    expect(await isInside()).toBe(false);
    expect(await editor(page).innerText()).toBe(text);
  }
});
