import type { Browser, Page } from 'playwright-core';
import { openBrowser, openWindow, screenshot, type TestWindow, type WindowOptions } from '../admin-ui/browser';
import { keyboard, mouse, type Hand } from '../admin-ui/hand';
import { settled, sideways, untranslated, violations } from '../admin-ui/page-checks';
import { adminBrowser, type AdminBrowser } from '../support/admin';
import type { TestCredential, TestGateway } from '../support/gateway';
import { employees, Managing } from '../support/managing';
import { present } from '../support/present';
import { enter, findings, paste, run, startPlayground } from './started-playground';

jest.setTimeout(120_000);

let gateway: TestGateway;
let browser: Browser;
let owner: AdminBrowser;

beforeAll(async () => {
  [gateway, browser] = await Promise.all([startPlayground(), openBrowser()]);
  owner = await adminBrowser(gateway, 'OWNER');
});

afterAll(async () => {
  await browser.close();
  await gateway.close();
});

interface Words {
  readonly ask: string;
  readonly missing: string;
  readonly reason: string;
  readonly send: string;
  readonly form: string;
  readonly waits: string;
  readonly what: string;
  readonly granted: string;
  readonly refused: string;
  readonly note: string;
  readonly gained: string;
  readonly lost: string;
  readonly changed: string;
  readonly close: string;
  readonly again: string;
  readonly limit: string;
}

const WORDS: Readonly<Record<'en' | 'de', Words>> = {
  en: {
    ask: 'Ask for Email',
    missing: 'Ask for what is missing',
    reason: 'What is it for?',
    send: 'Send the request',
    form: 'Ask for access',
    waits: 'Waits for an admin',
    what: 'write ABSENCES, read email and read fixSalary',
    granted: 'Granted',
    refused: 'Refused',
    note: 'The admin says: Not for badges.',
    gained: 'It may now read email, read fixSalary and write ABSENCES.',
    lost: 'It may no longer read firstName.',
    changed: 'What this credential may use has changed.',
    close: 'Close the notice',
    again: 'Look again',
    limit: 'At most five requests may wait at once',
  },
  de: {
    ask: 'E-Mail anfragen',
    missing: 'Fehlendes anfragen',
    reason: 'Wofür?',
    send: 'Anfrage senden',
    form: 'Zugriff anfragen',
    waits: 'Wartet auf einen Administrator',
    what: 'ABSENCES schreiben, email lesen und fixSalary lesen',
    granted: 'Gewährt',
    refused: 'Abgelehnt',
    note: 'Der Administrator schreibt: Not for badges.',
    gained: 'Neu erlaubt: email lesen, fixSalary lesen und ABSENCES schreiben.',
    lost: 'Nicht mehr erlaubt: firstName lesen.',
    changed: 'Was diese Zugangsdaten nutzen dürfen, hat sich geändert.',
    close: 'Hinweis schließen',
    again: 'Neu laden',
    limit: 'Höchstens fünf Anfragen dürfen zugleich warten',
  },
};

interface Way extends Required<WindowOptions> {
  readonly by: (page: Page) => Hand;
}

const WAYS: readonly Way[] = [
  { language: 'en', scheme: 'light', width: 1440, height: 900, by: mouse },
  { language: 'de', scheme: 'dark', width: 360, height: 780, by: keyboard },
];

const DENIED = `mutation Away {
  createAbsence(input: { employee: "1", type: "Vacation", startDate: "2026-01-05", endDate: "2026-01-05" }) {
    userErrors {
      code
    }
  }
}`;

/** Without `firstName`. */
const GRANTS = {
  modules: [employees(true, false), { module: 'ABSENCES', read: true, write: true }],
  attributes: ['lastName', 'email', 'fixSalary'],
};

describe.each(WAYS)('in $language, $scheme, $width pixels wide', (way) => {
  const words = WORDS[way.language];
  let credential: TestCredential;
  let window: TestWindow;
  let page: Page;
  let hand: Hand;

  beforeAll(async () => {
    credential = await gateway.credential({
      name: `Badge printer ${way.language}`,
      read: ['EMPLOYEES', 'ABSENCES'],
      attributes: ['firstName', 'lastName'],
    });
    window = await openWindow(browser, gateway.url, way);
    ({ page } = window);
    page.setDefaultTimeout(15_000);
    hand = way.by(page);
    await enter(page, credential);
  });
  afterEach(() => {
    expect(window.complaints()).toEqual([]);
  });
  afterAll(() => window.close());

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const form = () => page.getByRole('form', { name: words.form });
  const sent = () => page.getByRole('complementary').getByRole('listitem');
  const looksWell = async (name: string) => {
    await settled(page);
    await screenshot(page, `asking-${name}-${way.language}-${way.scheme}-${way.width}`);
    expect(await sideways(page)).toBe(0);
    expect(await untranslated(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
  };

  test('a locked attribute and what an operation lacks go into one request, with a reason', async () => {
    await hand.press(button(words.ask));
    await paste(page, `{ employees(first: 1) { nodes { fixSalary { amount } } } }`);
    await findings(page).filter({ hasText: '1 ' }).waitFor();
    await hand.press(button(words.missing));
    await paste(page, DENIED);
    await page.getByText('Mutation.createAbsence').waitFor();
    await hand.press(button(words.missing));
    await form().getByRole('listitem').nth(2).waitFor();
    // The place to say why has the focus, and without a reason nothing is sent.
    expect(
      await form()
        .getByLabel(words.reason)
        .evaluate((element) => element === document.activeElement),
    ).toBe(true);
    expect(await button(words.send).isDisabled()).toBe(true);
    await looksWell('form');
    await hand.write(form().getByLabel(words.reason), 'Badges carry an address.');
    // Looking something up meanwhile loses nothing.
    const tabs = page.getByRole('complementary').getByRole('tab');
    await hand.turnTo(tabs.nth(1));
    await form().waitFor({ state: 'detached' });
    await hand.turnTo(tabs.nth(0));
    expect(await form().getByLabel(words.reason).inputValue()).toBe('Badges carry an address.');
    await hand.press(button(words.send));
    await sent().filter({ hasText: words.waits }).filter({ hasText: words.what }).waitFor();
    expect(await form().count()).toBe(0);
    expect(await button(words.ask).count()).toBe(0);
    const { body } = await gateway.query(
      credential,
      '{ accessRequests { reason modules { module read write } read write } }',
    );
    expect(body.data.accessRequests).toEqual([
      {
        reason: 'Badges carry an address.',
        modules: [{ module: 'ABSENCES', read: false, write: true }],
        read: ['email', 'fixSalary'],
        write: [],
      },
    ]);
    await looksWell('waiting');
  });

  test('what the admin gave is noticed with the next answer, and the request says so', async () => {
    await paste(page, '{ employees(first: 1) { nodes { lastName } } }');
    await findings(page)
      .filter({ hasText: /Nothing|Nichts/ })
      .waitFor();
    await run(page);
    expect(await page.getByText(words.changed).count()).toBe(0);
    const { body } = await owner.send(
      `mutation ($id: ID!, $version: Int!) { approveAccessRequest(id: $id, version: $version) { userErrors { code } } }`,
      await waiting(),
    );
    expect(body.data.approveAccessRequest.userErrors).toEqual([]);
    await run(page);
    await page.getByText(words.gained).waitFor();
    await sent().filter({ hasText: words.granted }).filter({ hasText: words.what }).waitFor();
    const { headers } = await gateway.fetch('/contract', {
      method: 'HEAD',
      headers: { authorization: credential.authorization },
    });
    const hash = present(headers.get('x-fieldgate-contract'));
    await page.getByText(`x-fieldgate-contract: ${hash.slice(0, 16)}`).waitFor();
    await looksWell('granted');
    await hand.press(button(words.close));
    await page.getByText(words.changed).waitFor({ state: 'detached' });
  });

  test('what was taken away is noticed when somebody looks again', async () => {
    const { id, version } = present(await stored());
    const taken = await new Managing(owner).update(id, { version, grants: GRANTS });
    expect(taken.userErrors).toEqual([]);
    await hand.press(button(words.again));
    await page.getByText(words.lost).waitFor();
  });

  test('a refused request shows what the admin says about it', async () => {
    await gateway.query(credential, ASK, { key: 'hireDate' });
    const { id } = await waiting();
    const { body } = await owner.send(
      `mutation ($id: ID!) { refuseAccessRequest(id: $id, note: "Not for badges.") { userErrors { code } } }`,
      { id },
    );
    expect(body.data.refuseAccessRequest.userErrors).toEqual([]);
    await hand.press(button(words.again));
    await sent().filter({ hasText: words.refused }).filter({ hasText: words.note }).waitFor();
    await looksWell('refused');
  });

  test('a request that is not taken says why, and what was typed stays', async () => {
    for (const key of ['position', 'status', 'hireDate', 'office', 'team'])
      await gateway.query(credential, ASK, { key });
    await hand.press(button(words.again));
    await hand.press(page.getByRole('button', { name: /Supervisor|Vorgesetzte/ }));
    await hand.write(form().getByLabel(words.reason), 'An org chart.');
    await hand.press(button(words.send));
    await form().getByRole('alert').filter({ hasText: words.limit }).waitFor();
    expect(await form().getByLabel(words.reason).inputValue()).toBe('An org chart.');
    await looksWell('limit');
  });

  const stored = async () =>
    (await gateway.house.credentials.list()).find(({ clientId }) => clientId === credential.clientId);

  async function waiting(): Promise<{ readonly id: string; readonly version: number }> {
    const { body } = await gateway.query(credential, '{ accessRequests { id state } }');
    const open = (body.data.accessRequests as { id: string; state: string }[]).find(({ state }) => state === 'OPEN');
    return { id: present(open).id, version: present(await stored()).version };
  }
});

const ASK = `mutation ($key: String!) {
  requestAccess(input: { read: [$key], reason: "More badges." }) { userErrors { code } }
}`;
