import type { Browser, Page } from 'playwright-core';
import { signIn, startAdminUi, type AdminUi } from './started-ui';
import { openBrowser, openWindow, type TestWindow } from './browser';

const CREDENTIALS = 10_000;
const CUSTOM_ATTRIBUTES = 500;

/** In milliseconds, once the data is there. */
const LONGEST_OPENING = 200;
/** What a person notices as a jolt while scrolling, in milliseconds. */
const LONGEST_TASK = 50;

let ui: AdminUi;
let browser: Browser;
let window: TestWindow;
let page: Page;

beforeAll(async () => {
  [ui, browser] = await Promise.all([
    startAdminUi({ credentials: CREDENTIALS, customAttributes: CUSTOM_ATTRIBUTES }),
    openBrowser(),
  ]);
  window = await openWindow(browser, ui.url);
  ({ page } = window);
  await page.addInitScript(watch);
  await signIn(page);
}, 120_000);

afterAll(async () => {
  await browser.close();
  await ui.close();
});

test(`the list of ${CREDENTIALS} is drawn within ${LONGEST_OPENING} ms`, async () => {
  const tasks = await tasksOf(page, async () => {
    await page.goto('/settings/credentials');
    await page.getByRole('table').getByRole('link').first().waitFor();
  });
  expect(sum(after(tasks, 'CredentialList'))).toBeLessThan(LONGEST_OPENING);
});

test('it scrolls without a jolt, and holds only the rows in sight', async () => {
  const { tasks } = await tasksOf(page, async () => {
    for (let step = 0; step < 40; step++) {
      await page.mouse.wheel(0, 300);
      await page.waitForTimeout(30);
    }
  });
  expect(await page.getByRole('row').count()).toBeLessThan(60);
  expect(tasks.length).toBeGreaterThan(40);
  expect(longest(tasks)).toBeLessThan(LONGEST_TASK);
});

test(`the drawer with ${CUSTOM_ATTRIBUTES} custom attributes is drawn within ${LONGEST_OPENING} ms`, async () => {
  await page.goto('/settings/credentials');
  await page.getByRole('table').getByRole('link').first().waitFor();
  const tasks = await tasksOf(page, async () => {
    await page.getByRole('table').getByRole('link').first().click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name', exact: true }).waitFor();
  });
  await page.getByRole('dialog').getByRole('checkbox').nth(CUSTOM_ATTRIBUTES).waitFor();
  expect(sum(after(tasks, 'CredentialById'))).toBeLessThan(LONGEST_OPENING);
  expect(window.complaints()).toEqual([]);
});

/** A piece of work of the page's main thread: when it began, in microseconds, and the processor's time, in milliseconds. */
interface Task {
  readonly start: number;
  readonly milliseconds: number;
}

interface Traced {
  readonly tasks: readonly Task[];
  /** When the answer to each operation was there, in microseconds. */
  readonly arrivals: ReadonlyMap<string, number>;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/**
 * What the page's main thread does meanwhile. Told by the time of the processor and not of the clock, which would measure how
 * busy the machine is with other tests.
 */
async function tasksOf(of: Page, work: () => Promise<void>): Promise<Traced> {
  await browser.startTracing(of, { categories: ['toplevel', 'blink.user_timing', 'devtools.timeline'] });
  await work();
  await of.waitForTimeout(100);
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const marks = trace.traceEvents.filter(({ name }) => name.startsWith('arrived:'));
  const main = trace.traceEvents.find(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const pid = marks[0]?.pid ?? main?.pid;
  const threads = trace.traceEvents.filter(
    ({ name, args, pid: process }) => name === 'thread_name' && args.name === 'CrRendererMain' && process === pid,
  );
  const tasks = trace.traceEvents.filter(
    ({ name, ph, pid: process, tid }) =>
      name === 'ThreadControllerImpl::RunTask' &&
      ph === 'X' &&
      process === pid &&
      threads.some((thread) => thread.tid === tid),
  );
  return {
    tasks: tasks.map(({ ts, tdur = 0 }) => ({ start: ts, milliseconds: tdur / 1000 })),
    arrivals: new Map(marks.map(({ name, ts }) => [name.slice('arrived:'.length), ts])),
  };
}

function after({ tasks, arrivals }: Traced, operation: string): readonly Task[] {
  const arrival = arrivals.get(operation);
  if (arrival === undefined) throw new Error(`No answer to ${operation} arrived.`);
  return tasks.filter(({ start }) => start >= arrival);
}

function sum(tasks: readonly Task[]): number {
  return tasks.reduce((total, { milliseconds }) => total + milliseconds, 0);
}

function longest(tasks: readonly Task[]): number {
  return Math.max(...tasks.map(({ milliseconds }) => milliseconds));
}

// Runs in the page, before anything of it: marks when the answer to each operation is there.
function watch(): void {
  const original = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const response = await original(input, init);
    const name = /(?:query|mutation) (\w+)/.exec(typeof init?.body === 'string' ? init.body : '')?.[1];
    if (name !== undefined) {
      await response.clone().text();
      performance.mark(`arrived:${name}`);
    }
    return response;
  };
}
