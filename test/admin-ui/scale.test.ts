import type { Browser, Page } from 'playwright-core';
import { signIn, startAdminUi, type AdminUi } from './started-ui';
import { openBrowser, openWindow, type TestWindow } from './browser';

const CREDENTIALS = 10_000;
const CUSTOM_ATTRIBUTES = 500;

/**
 * The goals, in milliseconds: from the moment that the data is there, and what a person notices as a jolt while scrolling.
 * Only `npm run test:times` holds the figures to them, on a machine that does nothing else; otherwise they are printed.
 */
const GOALS = { opening: 200, task: 50 };

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

test(`the list of ${CREDENTIALS} opens`, async () => {
  const tasks = await tasksOf(page, async () => {
    await page.goto('/settings/credentials');
    await page.getByRole('table').getByRole('link').first().waitFor();
  });
  figure('The list is drawn', sum(after(tasks, 'CredentialList')), GOALS.opening);
  expect(window.complaints()).toEqual([]);
});

test('it scrolls, and holds only the rows in sight', async () => {
  const { tasks } = await tasksOf(page, async () => {
    for (let step = 0; step < 40; step++) {
      await page.mouse.wheel(0, 300);
      await page.waitForTimeout(30);
    }
  });
  expect(await page.getByRole('row').count()).toBeLessThan(60);
  expect(tasks.length).toBeGreaterThan(40);
  figure('The longest task while scrolling', longest(tasks), GOALS.task);
});

test(`the drawer with ${CUSTOM_ATTRIBUTES} custom attributes opens`, async () => {
  await page.goto('/settings/credentials');
  await page.getByRole('table').getByRole('link').first().waitFor();
  const tasks = await tasksOf(page, async () => {
    await page.getByRole('table').getByRole('link').first().click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name', exact: true }).waitFor();
  });
  await page.getByRole('dialog').getByRole('checkbox').nth(CUSTOM_ATTRIBUTES).waitFor();
  figure('The drawer is drawn', sum(after(tasks, 'CredentialById')), GOALS.opening);
  expect(window.complaints()).toEqual([]);
});

function figure(what: string, milliseconds: number, goal: number): void {
  process.stdout.write(`${what}: ${milliseconds.toFixed(0)} ms of processor time; the goal is ${goal} ms.\n`);
  if (process.env['FIELDGATE_TEST_TIMES'] !== undefined) expect(milliseconds).toBeLessThan(goal);
}

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
