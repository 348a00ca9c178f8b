import type { Page } from 'playwright-core';
import { databases } from './database';
import { basic, startTestGateway, type AnswerBody } from './gateway';

/** A real gateway with the admin UI, the invented company and one owner. */
export interface AdminUi {
  readonly url: string;
  /** Asks as an integration would. */
  ask(clientId: string, secret: string, query: string): Promise<{ readonly status: number; readonly body: AnswerBody }>;
  close(): Promise<void>;
}

export const OWNER = { email: 'ada@example.com', name: 'Ada Okafor', password: 'correct horse battery staple' };

export async function startAdminUi(): Promise<AdminUi> {
  const [database] = databases;
  if (!database) throw new Error('There is no database to test with.');
  const gateway = await startTestGateway(database, { demo: true });
  await gateway.house.admins.create({ ...OWNER, role: 'OWNER' });
  return {
    url: gateway.url,
    ask: (clientId, secret, query) => gateway.query(basic(clientId, secret), query),
    close: () => gateway.close(),
  };
}

export async function signIn(page: Page): Promise<void> {
  await page.goto('/');
  await page.locator('input[type=email]').fill(OWNER.email);
  await page.locator('input[type=password]').fill(OWNER.password);
  await page.keyboard.press('Enter');
  await page.getByRole('table').waitFor();
}
