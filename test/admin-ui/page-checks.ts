import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { requestsUnderWay } from './browser';
import { eventually } from './eventually';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Looks in a row that find nothing going on: what one answer draws may ask for the next. */
const CALM = 3;

/** Until nothing is on its way and nothing moves. */
export async function settled(page: Page): Promise<void> {
  let calm = 0;
  await eventually(
    async () => {
      const asked = requestsUnderWay(page);
      return asked.length > 0 ? `asks for ${asked.join(', ')}` : page.evaluate(movement);
    },
    (going) => {
      calm = going === 'nothing' ? calm + 1 : 0;
      expect({ going, calm }).toEqual({ going: 'nothing', calm: CALM });
    },
  );
}

function movement(): string {
  if (document.querySelector('[data-mantine-skeleton], .mantine-Skeleton-root')) return 'loads';
  return document.getAnimations().some(({ playState }) => playState === 'running') ? 'moves' : 'nothing';
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: unknown; readonly html: string }[];
  }[];
}

export async function violations(page: Page): Promise<readonly string[]> {
  // Reading it takes a page as long as looking for violations does.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
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
