import type { Browser, Locator } from 'playwright-core';
import sql from 'sql-template-tag';
import { adminOf, type AskAsAdmin } from '../support/admin';
import { present } from '../support/present';
import { openBrowser, openWindow, screenshot, type TestWindow, type WindowOptions } from './browser';
import { eventually } from './eventually';
import { keyboard, mouse, type Hand } from './hand';
import { settled, sideways, untranslated, violations } from './page-checks';
import { OWNER, signIn, startAdminUi, type AdminUi } from './started-ui';

const DAY = 86_400_000;
const MINUTES_OF_DAY = 1440;
const AUDITOR = { ...OWNER, email: 'olga@example.com', name: 'Olga Marsh' };
const FORBIDDEN = 'Failed to load resource: the server responded with a status of 403 (Forbidden)';
/** Who came nine days ago, and who came when nothing was read any more. */
const [KNOWN, NEWCOMER] = ['5', '6'];

let ui: AdminUi;
let browser: Browser;
let owner: AskAsAdmin;

const daysAgo = (count: number) => new Date(Date.now() - count * DAY).toISOString();
const dayText = (language: string, count: number) =>
  new Intl.DateTimeFormat(language === 'de' ? 'de' : 'en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(daysAgo(count)),
  );
const change = (statement: string) => ui.gateway.house.store.write((manager) => manager.query(statement));
const came = (id: string, when: string) => change(`UPDATE employee SET created_at = '${when}' WHERE id = ${id}`);
const keptDays = async () => {
  const [row] = await ui.gateway.house.store.read(sql`SELECT count(*) AS total FROM attribute_usage`);
  return Number(row?.['total']);
};

beforeAll(async () => {
  [ui, browser] = await Promise.all([startAdminUi({ days: 10 }), openBrowser()]);
  const { house, demoCredentials } = ui.gateway;
  await house.adminManagement.create({ email: AUDITOR.email, name: AUDITOR.name, role: 'AUDITOR' }, AUDITOR.password);
  await ui.use('Payroll', '{ employees(first: 1) { nodes { lastName fixSalary { amount } } } }');
  const directory = present(demoCredentials.find(({ name }) => name === 'Staff directory'));
  for (const ago of [8, 6, 4, 2]) {
    ui.pass(-ago * MINUTES_OF_DAY);
    await ui.ask(directory.clientId, directory.secret, '{ employees(first: 1) { nodes { email } } }');
    ui.pass(ago * MINUTES_OF_DAY);
  }
  const passing = await ui.gateway.credential({ attributes: ['firstName'] });
  await ui.gateway.query(passing, '{ employees(first: 1) { nodes { firstName } } }');
  // Eleven days of two attributes, four days of one, one day of one, each with the ids that come along.
  await eventually(keptDays, (total) => expect(total).toBeGreaterThanOrEqual(2 * 11 + 4 + 1));
  owner = await adminOf(ui.gateway, 'OWNER');
  const [row] = await house.store.read(sql`SELECT id FROM credential WHERE client_id = ${passing.clientId}`);
  const gone = await owner('mutation ($id: ID!) { deleteCredential(id: $id) { userErrors { code } } }', {
    id: row?.['id'],
  });
  expect(gone.data.deleteCredential.userErrors).toEqual([]);
  await came(KNOWN, daysAgo(9));
});

afterAll(async () => {
  await browser.close();
  await ui.close();
});

const find = async ({ page }: TestWindow, hand: Hand, id: string): Promise<void> => {
  await page.goto('/person');
  await hand.write(page.getByRole('textbox').first(), id);
  await page.keyboard.press('Enter');
};

async function checked(window: TestWindow, name: string): Promise<void> {
  await settled(window.page);
  await looked(window, name);
}

async function looked({ page }: TestWindow, name: string): Promise<void> {
  await screenshot(page, name);
  expect(await sideways(page)).toBe(0);
  expect(await untranslated(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
}

interface Told {
  readonly title: string;
  readonly found: string;
  readonly salary: string;
  readonly days: (count: number) => string;
  readonly deleted: RegExp;
  readonly note: string;
}

const TOLD: Readonly<Record<'en' | 'de', Told>> = {
  en: {
    title: 'One person’s data',
    found: 'Person with ID 5',
    salary: 'Fixed salary',
    days: (count) => (count === 1 ? '1 day' : `${count} days`),
    deleted: /^Deleted credential /,
    note: 'Whether this person was among those who were read is not recorded.',
  },
  de: {
    title: 'Daten einer Person',
    found: 'Person mit der ID 5',
    salary: 'Festgehalt',
    days: (count) => (count === 1 ? '1 Tag' : `${count} Tage`),
    deleted: /^Gelöschte Zugangsdaten /,
    note: 'Ob auch ihre Daten dabei waren, ist nicht festgehalten.',
  },
};

const WAYS: readonly (WindowOptions & {
  readonly timezone?: string;
  readonly language: 'en' | 'de';
  readonly hand: typeof mouse;
})[] = [
  // West of Greenwich, where a day that is taken for its midnight in UTC is the day before.
  { language: 'en', scheme: 'light', width: 1280, timezone: 'America/Los_Angeles', hand: mouse },
  { language: 'de', scheme: 'dark', width: 1280, hand: keyboard },
  { language: 'de', scheme: 'light', width: 360, height: 780, hand: keyboard },
];

describe.each(WAYS)('in $language, $width pixels wide', ({ hand: handOf, ...way }) => {
  const { language } = way;
  const told = TOLD[language];
  let window: TestWindow;
  let hand: Hand;
  const region = (name: string | RegExp): Locator => window.page.getByRole('region', { name });
  const shot = (name: string) => `person-${name}-${language}-${way.width}`;

  beforeAll(async () => {
    window = await openWindow(browser, ui.url, way);
    hand = handOf(window.page);
    await signIn(window.page);
  });
  afterEach(() => {
    expect(window.complaints()).toEqual([]);
  });
  afterAll(() => window.close());

  test('a person is found, with what was read since the person came, and the address does not tell who it was', async () => {
    const { page } = window;
    await find(window, hand, ` ${KNOWN} `);
    await page.getByRole('heading', { level: 1, name: told.title }).waitFor();
    await region(told.found).getByText(told.note).waitFor();
    const salary = region('Payroll').getByRole('row', { name: told.salary });
    const cell = present(await salary.getByRole('cell').textContent());
    expect(cell.startsWith(`${told.days(10)}: `)).toBe(true);
    expect(cell).toContain(dayText(language, 0));
    await region(told.deleted)
      .getByText(`${told.days(1)}: ${dayText(language, 0)}`)
      .waitFor();
    expect(page.url()).toBe(`${ui.url}/person`);
    await checked(window, shot('found'));
  });

  test('days that do not follow each other are folded up, and are all there on paper', async () => {
    const { page } = window;
    const email = region('Staff directory').getByRole('row', { name: /^E-?Mail/i });
    const folded = email.locator('summary');
    expect(await folded.textContent()).toContain(`${told.days(4)}: `);
    const single = email.getByText(dayText(language, 6));
    expect(await single.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await single.isVisible()).toBe(true);
    expect(await page.getByRole('textbox').count()).toBe(0);
    expect(await page.getByRole('button').count()).toBe(0);
    await page.emulateMedia({ media: 'screen' });
    await hand.press(folded);
    await single.waitFor();
    await checked(window, shot('days'));
  });
});

describe('finding a person', () => {
  let window: TestWindow;
  let hand: Hand;
  beforeAll(async () => {
    window = await openWindow(browser, ui.url);
    hand = mouse(window.page);
    await signIn(window.page);
  });
  afterAll(() => window.close());

  test('needs an id, and says when nobody has it', async () => {
    await find(window, hand, '');
    await window.page.getByText('Please fill this in.').waitFor();
    for (const id of ['999999', 'DEMO-001', '05']) {
      await find(window, hand, id);
      await window.page.getByText('Nobody has this ID').waitFor();
    }
    await checked(window, 'person-nobody');
    expect(window.complaints()).toEqual([]);
  });

  test('that fails can be tried again', async () => {
    const { page } = window;
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('AccessToPerson') ? route.abort() : route.continue(),
    );
    await find(window, hand, KNOWN);
    await page.getByText('The gateway cannot be reached').waitFor();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('region', { name: 'Payroll' }).waitFor();
  });

  test('leads to the credential that read', async () => {
    const { page } = window;
    window.complaints();
    await page.getByRole('link', { name: 'Payroll' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).waitFor();
    expect(window.complaints()).toEqual([]);
  });

  test('works while the section of credentials is switched off, with keys for labels', async () => {
    const { page } = window;
    const turn = (enabled: boolean) =>
      owner('mutation ($input: SetFeatureInput!) { setFeature(input: $input) { userErrors { code } } }', {
        input: { enabled },
      });
    await turn(false);
    await find(window, hand, KNOWN);
    await page.getByRole('region', { name: 'Payroll' }).getByRole('row', { name: 'fixSalary' }).waitFor();
    await turn(true);
    expect(window.complaints()).toEqual([FORBIDDEN]);
  });
});

test('an auditor sees who read, cannot erase, and is told who can', async () => {
  const window = await openWindow(browser, ui.url);
  const { page } = window;
  await signIn(page, AUDITOR);
  await find(window, mouse(page), KNOWN);
  await page.getByText('Only owners can erase a person.').waitFor();
  expect(await page.getByRole('button', { name: 'Erase this person' }).count()).toBe(0);
  await checked(window, 'person-auditor');
  const refused = await page.evaluate(async (employeeId) => {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-fieldgate-client': 'admin' },
      body: JSON.stringify({ query: `mutation { erasePerson(employeeId: ${employeeId}) { erasedEmployeeId } }` }),
    });
    return response.text();
  }, KNOWN);
  expect(refused).toContain('"FORBIDDEN"');
  expect(await people(KNOWN)).toBe(1);
  expect(window.complaints()).toEqual([FORBIDDEN]);
  await window.close();
});

const people = async (id: string) => {
  const [row] = await ui.gateway.house.store.read(sql`SELECT count(*) AS total FROM employee WHERE id = ${Number(id)}`);
  return Number(row?.['total']);
};

describe.each([
  {
    language: 'en',
    width: 1280,
    handOf: mouse,
    erase: 'Erase this person',
    question: /^Erase (\S+ .+), ID \d+\?$/,
    confirm: 'Erase for good',
    submit: 'Confirm',
    cancelled: 'Your password is needed',
    done: (id: string) => `The person with ID ${id} is erased`,
    counts: ['Absences deleted: ', 'Attendances deleted: ', 'People without a supervisor now: '],
    event: ['Person erased', 'Person with ID '],
  },
  {
    language: 'de',
    width: 360,
    handOf: keyboard,
    erase: 'Person löschen',
    question: /^(\S+ .+), ID \d+ löschen\?$/,
    confirm: 'Endgültig löschen',
    submit: 'Bestätigen',
    cancelled: 'Ihr Passwort wird benötigt',
    done: (id: string) => `Die Person mit der ID ${id} ist gelöscht`,
    counts: ['Gelöschte Abwesenheiten: ', 'Gelöschte Anwesenheiten: ', 'Personen jetzt ohne vorgesetzte Person: '],
    event: ['Person gelöscht', 'Person mit der ID '],
  },
] as const)('an owner erases a person, in $language', (way) => {
  test('after seeing who it is, typing the id and showing the password, and it is in the audit log', async () => {
    const { house } = ui.gateway;
    const [boss] = await house.store.read(
      sql`SELECT e.id, e.last_name AS name, count(*) AS team FROM employee e JOIN employee w ON w.supervisor_id = e.id
        WHERE e.id > 10 GROUP BY e.id, e.last_name ORDER BY e.id LIMIT 1`,
    );
    const id = String(boss?.['id']);
    const window = await openWindow(browser, ui.url, { language: way.language, width: way.width });
    const { page } = window;
    const hand = way.handOf(page);
    await signIn(page);
    await find(window, hand, id);
    const button = page.getByRole('button', { name: way.erase });
    await hand.press(button);
    const question = page.getByRole('dialog', { name: way.question });
    await question.waitFor();
    expect(await question.getByRole('heading').textContent()).toContain(String(boss?.['name']));
    const confirm = question.getByRole('button', { name: way.confirm });
    expect(await confirm.isEnabled()).toBe(false);
    await checked(window, `person-question-${way.language}-${way.width}`);
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    expect(await people(id)).toBe(1);

    ui.pass(6);
    await hand.press(button);
    await hand.write(question.getByRole('textbox'), id);
    await hand.press(confirm);
    const password = page.locator('input[type=password]');
    await password.waitFor();
    // The button behind it goes on turning.
    await looked(window, `person-password-${way.language}-${way.width}`);
    await page.keyboard.press('Escape');
    await page.locator('[data-toasts]').getByText(way.cancelled).waitFor();
    expect(await people(id)).toBe(1);

    await hand.press(button);
    await hand.write(question.getByRole('textbox'), id);
    await hand.press(confirm);
    await hand.write(password, OWNER.password);
    await hand.press(page.getByRole('button', { name: way.submit }));
    const done = page.getByRole('status').filter({ hasText: way.done(id) });
    await done.waitFor();
    expect(await done.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    const text = present(await done.textContent());
    for (const count of way.counts) expect(text).toContain(count);
    expect(text).toContain(`${way.counts[2]}${Number(boss?.['team'])}`);
    expect(await people(id)).toBe(0);
    await checked(window, `person-erased-${way.language}-${way.width}`);

    const { items } = await house.audit.page({ actions: ['EMPLOYEE_ERASED'] }, undefined, 1);
    expect(items).toMatchObject([
      { actor: { kind: 'ADMIN', name: OWNER.email }, subject: { kind: 'EMPLOYEE', id, name: null } },
    ]);
    await page.goto('/audit-log');
    const [action, person] = way.event;
    await page
      .getByRole('listitem')
      .filter({ hasText: action })
      .filter({ hasText: `${person}${id}` })
      .first()
      .waitFor();
    await find(window, hand, id);
    await page.getByText(way.language === 'en' ? 'Nobody has this ID' : 'Niemand hat diese ID').waitFor();
    expect(window.complaints()).toEqual([]);
    await window.close();
  });
});

describe('what is told of a person', () => {
  let window: TestWindow;
  beforeAll(async () => {
    window = await openWindow(browser, ui.url);
    await signIn(window.page);
  });
  afterEach(() => {
    expect(window.complaints()).toEqual([]);
  });
  afterAll(() => window.close());

  test('is nothing while nobody reads', async () => {
    ui.pass(MINUTES_OF_DAY);
    await came(NEWCOMER, new Date(Date.now() + DAY).toISOString());
    await signIn(window.page);
    await find(window, mouse(window.page), NEWCOMER);
    await window.page.getByText('Nothing was read').waitFor();
    await checked(window, 'person-nothing');
  });

  test('is cut off where there is too much, and says so', async () => {
    await came(KNOWN, daysAgo(399));
    const days = Array.from({ length: 390 }, (_, index) => daysAgo(index + 1).slice(0, 10));
    for (let index = 0; index < 52; index += 1) {
      const rows = days.map((day) => `('deleted-${index}', 'firstName', '${day}', 1, 0)`).join(', ');
      await change(`INSERT INTO attribute_usage (credential_id, attribute_key, day, reads, denials) VALUES ${rows}`);
    }
    await find(window, mouse(window.page), KNOWN);
    await window.page.getByText('Not everything is shown').scrollIntoViewIfNeeded();
    await checked(window, 'person-cut');
  });
});
