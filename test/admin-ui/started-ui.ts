import type { Page } from 'playwright-core';
import type { Config } from '../../src/config';
import { databases } from '../support/database';
import { basic, startTestGateway, type AnswerBody, type TestGateway } from '../support/gateway';
import { addCredentials, addCustomAttributes } from '../support/many';
import { present } from '../support/present';

/** A real gateway with the admin UI, the invented company and one owner. */
export interface AdminUi {
  readonly url: string;
  readonly gateway: TestGateway;
  /** Asks as an integration would, a few times on each of the days since the company moved in. */
  use(name: string, query: string): Promise<void>;
  /** Asks as an integration would. */
  ask(clientId: string, secret: string, query: string): Promise<{ readonly status: number; readonly body: AnswerBody }>;
  /** Lets so many minutes go by for the gateway. */
  pass(minutes: number): void;
  close(): Promise<void>;
}

export interface AdminUiOptions {
  /** Whether there is an owner; without one, the setup link works. */
  readonly owner?: boolean;
  /** Whether the invented company has moved in, with its credentials. */
  readonly demo?: boolean;
  /** So many more credentials than the invented company has. */
  readonly credentials?: number;
  readonly customAttributes?: number;
  /** How many days ago the company moved in. */
  readonly days?: number;
  /** The provider that people can sign in with. */
  readonly singleSignOn?: Config['singleSignOn'];
}

const DAY = 86_400_000;

export const OWNER = { email: 'ada@example.com', name: 'Ada Okafor', password: 'a lantern above the quiet harbour' };

export async function startAdminUi(options: AdminUiOptions = {}): Promise<AdminUi> {
  const { owner = true, demo = true, credentials = 0, customAttributes = 0, days = 0, singleSignOn } = options;
  const [database] = databases;
  if (!database) throw new Error('There is no database to test with.');
  let passed = -days * DAY;
  const clock = { now: () => new Date(Date.now() + passed).toISOString() };
  const config = { usageIntervalSeconds: 1, singleSignOn };
  const gateway = await startTestGateway(database, { demo, clock, config });
  const { email, name, password } = OWNER;
  if (owner) await gateway.house.adminManagement.create({ email, name, role: 'OWNER' }, password);
  if (credentials > 0) await addCredentials(gateway, credentials);
  if (customAttributes > 0) await addCustomAttributes(gateway, customAttributes);
  return {
    url: gateway.url,
    gateway,
    use: async (credential, query) => {
      const { clientId, secret } = present(gateway.demoCredentials.find((known) => known.name === credential));
      for (let day = 0; day <= days; day += 1) {
        passed = (day - days) * DAY;
        for (let count = 0; count <= (day * 5) % 7; count += 1) await gateway.query(basic(clientId, secret), query);
      }
    },
    ask: (clientId, secret, query) => gateway.query(basic(clientId, secret), query),
    pass: (minutes) => (passed += minutes * 60_000),
    close: () => gateway.close(),
  };
}

export async function enter(page: Page, { email, password } = OWNER): Promise<void> {
  await page.goto('/');
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
}

/** Waits until the list of credentials is there. */
export async function signIn(page: Page, who = OWNER): Promise<void> {
  await enter(page, who);
  await page.getByRole('table').waitFor();
}
