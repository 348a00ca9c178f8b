import type { Page } from 'playwright-core';
import { databases } from '../support/database';
import { basic, startTestGateway, type AnswerBody, type TestGateway } from '../support/gateway';

/** A real gateway with the admin UI, the invented company and one owner. */
export interface AdminUi {
  readonly url: string;
  readonly gateway: TestGateway;
  /** Asks as an integration would. */
  ask(clientId: string, secret: string, query: string): Promise<{ readonly status: number; readonly body: AnswerBody }>;
  /** Lets so many minutes go by for the gateway. */
  pass(minutes: number): void;
  close(): Promise<void>;
}

export interface AdminUiOptions {
  /** Whether there is an owner; without one, the setup link works. */
  readonly owner?: boolean;
  /** So many more credentials than the invented company has. */
  readonly credentials?: number;
  readonly customAttributes?: number;
}

export const OWNER = { email: 'ada@example.com', name: 'Ada Okafor', password: 'a lantern above the quiet harbour' };

export async function startAdminUi(options: AdminUiOptions = {}): Promise<AdminUi> {
  const { owner = true, credentials = 0, customAttributes = 0 } = options;
  const [database] = databases;
  if (!database) throw new Error('There is no database to test with.');
  let passed = 0;
  const clock = { now: () => new Date(Date.now() + passed).toISOString() };
  const gateway = await startTestGateway(database, { demo: true, clock });
  const { email, name, password } = OWNER;
  if (owner) await gateway.house.adminManagement.create({ email, name, role: 'OWNER' }, password);
  if (credentials > 0) await addCredentials(gateway, credentials);
  if (customAttributes > 0) await addCustomAttributes(gateway, customAttributes);
  return {
    url: gateway.url,
    gateway,
    ask: (clientId, secret, query) => gateway.query(basic(clientId, secret), query),
    pass: (minutes) => (passed += minutes * 60_000),
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

/** Rows from 1 to `count`, to be multiplied with. */
const numbers = (count: number) =>
  `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})`;

// Past the house: thousands made one by one would take a minute, and nothing here is about making them.
async function addCredentials({ house }: TestGateway, count: number): Promise<void> {
  await house.store.write(async (manager) => {
    await manager.query(`${numbers(count)} INSERT INTO credential
      (id, client_id, name, name_key, enabled, denial_mode, permission_version, version, created_at, updated_at, last_used_at)
      SELECT 'many-' || n, 'fgci_many' || n, 'Integration ' || n, 'integration ' || n, n % 7 <> 0, 'NULL_AND_ERROR', 1, 1,
        '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z',
        CASE WHEN n % 3 = 0 THEN NULL ELSE '2026-06-01T00:00:00.000Z' END
      FROM numbers`);
    await manager.query(`INSERT INTO credential_module (credential_id, module, can_read, can_write)
      SELECT id, 'EMPLOYEES', 1, 0 FROM credential WHERE id LIKE 'many-%'`);
    await manager.query(`INSERT INTO credential_attribute (credential_id, attribute_key, can_read, can_write)
      SELECT id, attribute_key, 1, 0 FROM credential,
        (SELECT 'firstName' AS attribute_key UNION SELECT 'lastName' UNION SELECT 'email' UNION SELECT 'fixSalary')
      WHERE id LIKE 'many-%'`);
  });
}

async function addCustomAttributes({ house }: TestGateway, count: number): Promise<void> {
  await house.store.write((manager) =>
    manager.query(`${numbers(count)} INSERT INTO custom_attribute (name, label_en, label_de, type, sensitivity, options)
      SELECT 'field' || n, 'Custom field ' || n, 'Eigenes Feld ' || n, 'TEXT',
        CASE n % 3 WHEN 0 THEN 'LOW' WHEN 1 THEN 'MEDIUM' ELSE 'HIGH' END, '[]'
      FROM numbers`),
  );
}
