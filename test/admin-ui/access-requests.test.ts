import type { Browser, Locator, Page } from 'playwright-core';
import type { TestCredential } from '../support/gateway';
import { present } from '../support/present';
import { openBrowser, openWindow, screenshot, type TestWindow, type WindowOptions } from './browser';
import { eventually } from './eventually';
import { keyboard, mouse, type Hand } from './hand';
import { settled, sideways, untranslated, violations } from './page-checks';
import { signIn, startAdminUi, type AdminUi } from './started-ui';

let ui: AdminUi;
let browser: Browser;

beforeAll(async () => {
  [ui, browser] = await Promise.all([startAdminUi(), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await ui.close();
});

const WORDS = {
  en: {
    waits: '1 request for access waits',
    section: 'Requests for access',
    note: 'Note',
    approve: 'Approve',
    refuse: 'Refuse',
    approved: 'The request is approved.',
    refused: 'The request is refused.',
    boxAndSalary: ['Absences: Read', 'Fixed salary'],
    email: ['Employees: Write', 'Email'],
    unknown: 'There is no attribute custom.noSuchThing.',
    denied: 'An integration was denied this',
    hireDate: ['Hire date'],
    add: 'Add these',
    save: 'Save',
    close: 'Close',
    confirm: 'Save changes',
    saved: 'is saved.',
  },
  de: {
    waits: '1 Zugriffsanfrage wartet',
    section: 'Zugriffsanfragen',
    note: 'Notiz',
    approve: 'Gewähren',
    refuse: 'Ablehnen',
    approved: 'Der Zugriff ist gewährt.',
    refused: 'Die Anfrage ist abgelehnt.',
    boxAndSalary: ['Abwesenheiten: Lesen', 'Festgehalt'],
    email: ['Mitarbeiter: Schreiben', 'E-Mail'],
    unknown: 'Es gibt kein Attribut custom.noSuchThing.',
    denied: 'Dies wurde einer Integration verweigert',
    hireDate: ['Eintrittsdatum'],
    add: 'Hinzufügen',
    save: 'Speichern',
    close: 'Schließen',
    confirm: 'Änderungen speichern',
    saved: 'gespeichert',
  },
} as const;

interface Way extends Required<WindowOptions> {
  readonly by: (page: Page) => Hand;
}

const WAYS: readonly Way[] = [
  { language: 'en', scheme: 'light', width: 1280, height: 860, by: mouse },
  { language: 'de', scheme: 'dark', width: 360, height: 780, by: keyboard },
];

describe.each(WAYS)('in $language, $scheme, $width pixels wide', (way) => {
  const words = WORDS[way.language];
  const name = `Badge printer ${way.language}`;
  let credential: TestCredential;
  let window: TestWindow;
  let page: Page;
  let hand: Hand;

  beforeAll(async () => {
    credential = await ui.gateway.credential({ name, attributes: ['firstName', 'lastName'] });
    window = await openWindow(browser, ui.url, way);
    ({ page } = window);
    hand = way.by(page);
    await signIn(page);
  });
  afterEach(() => {
    expect(window.complaints()).toEqual([]);
  });
  afterAll(() => window.close());

  const drawer = () => page.getByRole('dialog').first();
  const section = () => drawer().getByRole('region', { name: words.section });
  const notice = () => page.getByRole('status').filter({ hasText: words.waits });
  const button = (label: string) => drawer().getByRole('button', { name: label, exact: true });
  const told = (text: string) => page.locator('[data-toasts]').getByText(text).last().waitFor();
  const differences = (within: Locator) => within.locator('[data-change]').allTextContents();
  const looksWell = async (place: string) => {
    await settled(page);
    await screenshot(page, `access-${place}-${way.language}-${way.scheme}-${way.width}`);
    expect(await sideways(page)).toBe(0);
    expect(await untranslated(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
  };

  /** What the integration does and sees, over HTTP. */
  const ask = async (query: string, variables = {}) => (await ui.gateway.query(credential, query, variables)).body;
  const request = async (input: object) => {
    const { data } = await ask(REQUEST, { input: { reason: 'Badges carry an address.', ...input } });
    expect(data.requestAccess.userErrors).toEqual([]);
  };
  const latest = async () =>
    (await ask('{ accessRequests { state note } }')).data.accessRequests[0] as { state: string; note: string | null };

  test('what an integration asks for stands above the list, and in its drawer as the exact difference', async () => {
    await request({ modules: [{ module: 'ABSENCES', read: true, write: false }], read: ['fixSalary'] });
    await page.goto('/settings/credentials?q=printer');
    await notice().waitFor();
    await looksWell('list');
    await hand.press(notice().getByRole('link', { name }));
    await section().getByText('Badges carry an address.').waitFor();
    expect(new URL(page.url()).search).toBe('?q=printer');
    expect(await differences(section())).toEqual(words.boxAndSalary);
    await section().scrollIntoViewIfNeeded();
    await looksWell('drawer');
  });

  test('an approved request gives that, and the integration sees so', async () => {
    expect(codes(await ask(SALARY))).toEqual(['ATTRIBUTE_FORBIDDEN', 'MODULE_FORBIDDEN']);
    await hand.press(button(words.approve));
    await told(words.approved);
    await section().waitFor({ state: 'detached' });
    await notice().waitFor({ state: 'detached' });
    expect(await latest()).toEqual({ state: 'APPROVED', note: null });
    expect(codes(await ask(SALARY))).toEqual([]);
  });

  test('a refused request gives nothing, needs a note, and the integration reads it', async () => {
    await request({ write: ['email'] });
    await page.reload();
    await section().waitFor();
    expect(await differences(section())).toEqual(words.email);
    expect(await button(words.refuse).isDisabled()).toBe(true);
    await hand.write(section().getByLabel(words.note), 'Emails come from HR.');
    await hand.press(button(words.refuse));
    await told(words.refused);
    expect(await latest()).toEqual({ state: 'REFUSED', note: 'Emails come from HR.' });
    expect(codes(await ask(WRITE_EMAIL))).toEqual(['MODULE_FORBIDDEN']);
  });

  test('a request that names an attribute that there is not cannot be approved', async () => {
    await request({ read: ['position', 'custom.noSuchThing'] });
    await page.reload();
    await section().getByText(words.unknown).waitFor();
    expect(await differences(section())).toEqual(['Position']);
    expect(await button(words.approve).isDisabled()).toBe(true);
    await hand.write(section().getByLabel(words.note), 'No.');
    await hand.press(button(words.refuse));
    await told(words.refused);
  });

  test('the link of a denial leads to what is missing, which becomes a permission by saving', async () => {
    const denied = '{ employee(id: "1") { hireDate } }';
    const [error] = (await ask(denied)).errors ?? [];
    await page.goto(String(present(error).extensions['link']));
    const alert = drawer().getByRole('alert').filter({ hasText: words.denied });
    await alert.waitFor();
    expect(await differences(alert)).toEqual(words.hireDate);
    await looksWell('link');
    await hand.press(button(words.add));
    await hand.press(button(words.save));
    const confirm = page.getByRole('button', { name: words.confirm, exact: true });
    await confirm.waitFor();
    await hand.press(confirm);
    await told(words.saved);
    await eventually(
      async () => codes(await ask(denied)),
      (found) => expect(found).toEqual([]),
    );
  });

  test('closing what the link of a denial opened forgets what was missing', async () => {
    await page.goto(`/settings/credentials/${credential.clientId}?missing=read:fixSalary&q=printer`);
    const alert = drawer().getByRole('alert').filter({ hasText: words.denied });
    await alert.waitFor();
    await page.keyboard.press('Escape');
    await drawer().waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('?q=printer');
    await hand.press(page.getByRole('table').getByRole('link', { name }));
    await button(words.close).last().waitFor();
    await settled(page);
    expect(await alert.count()).toBe(0);
  });
});

const REQUEST = `mutation ($input: AccessRequestInput!) { requestAccess(input: $input) { userErrors { field code } } }`;
const SALARY = '{ employee(id: "1") { fixSalary { amount } } absences(first: 1) { nodes { days } } }';
const WRITE_EMAIL = `mutation { updateEmployee(id: "1", values: { email: "ada@example.com" }) { userErrors { code } } }`;

function codes({ errors = [] }: { readonly errors?: readonly { readonly extensions: { readonly code: string } }[] }) {
  return errors.map(({ extensions }) => extensions.code).sort();
}
