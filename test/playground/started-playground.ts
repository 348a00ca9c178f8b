import type { Locator, Page } from 'playwright-core';
import { databases } from '../support/database';
import { startTestGateway, type TestCredential, type TestGateway, type TestGatewayOptions } from '../support/gateway';
import { present } from '../support/present';

export function startPlayground(options: TestGatewayOptions = {}): Promise<TestGateway> {
  return startTestGateway(present(databases[0]), { demo: true, ...options });
}

/** Signs in as a person would, and waits until the editor is there with the schema. */
export async function enter(page: Page, { clientId, secret }: Pick<TestCredential, 'clientId' | 'secret'>) {
  await page.goto('/playground');
  await page.getByRole('textbox').first().fill(clientId);
  await page.locator('input[type=password]').fill(secret);
  await page.keyboard.press('Enter');
  await ready(page);
}

export async function ready(page: Page): Promise<void> {
  await editor(page).locator('.view-line').first().waitFor();
  // The marks need the schema, and with it comes what is said about them.
  await findings(page).waitFor();
}

export function editor(page: Page): Locator {
  return page.getByTestId('operation');
}

export function findings(page: Page): Locator {
  return page.locator('#operation [role=status]');
}

/** Replaces what stands in the editor by pasting: while one types, the editor closes brackets by itself. */
export async function paste(page: Page, operation: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.evaluate((text) => navigator.clipboard.writeText(text), operation);
  await page.keyboard.press('ControlOrMeta+V');
}

export async function run(page: Page): Promise<string> {
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+Enter');
  const status = page.getByRole('region', { name: /Answer|Antwort/ }).getByRole('status');
  await status.last().filter({ hasText: 'Status' }).waitFor();
  return answerText(page);
}

/** The answer as it is shown. The editor draws spaces that do not break. */
export async function answerText(page: Page): Promise<string> {
  const lines = page.locator('.result-window .view-lines');
  return (await lines.innerText()).replaceAll('\u00a0', ' ');
}
