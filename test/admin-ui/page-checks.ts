import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Until nothing is on its way and nothing moves. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
  await page.waitForFunction(() => !document.querySelector('[data-mantine-skeleton], .mantine-Skeleton-root'));
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: unknown; readonly html: string }[];
  }[];
}

export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate(() => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<unknown> } };
    return axe.run({ resultTypes: ['violations'] });
  });
  const found = (results as AxeResults).violations;
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

/** By how many pixels the page is wider than the window. */
export function sideways(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
}

/** Keys of texts that nobody wrote, which i18next shows as they are. */
export function untranslated(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const texts = document.body.innerText.split(/\s+/);
    return texts.filter((text) => /^[a-z][A-Za-z]+(\.[A-Za-z_0-9]+)+$/.test(text) && !text.startsWith('custom.'));
  });
}
