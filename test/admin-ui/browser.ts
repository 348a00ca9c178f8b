import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page, type Request } from 'playwright-core';

const ON_THE_MACHINE = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Nothing waits for these: an editor ends a worker that is still loading, and of such a request nothing more is heard. */
const WORKER_SCRIPT = /\.worker-[^/]*\.js$/;

/** Screenshots of the last run, to look at. Not committed. */
const SCREENSHOTS = path.resolve(__dirname, 'screenshots');

/** Starts a real Chromium. Without one the test fails: a skipped test would look like a passed one. */
export function openBrowser(): Promise<Browser> {
  const executablePath = ON_THE_MACHINE.find((place) => existsSync(place)) ?? fromPackage();
  // The sandbox of Chromium does not work for root, as whom containers run tests.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'], headless: true });
}

// The package unpacks itself, and is an ES module that Jest cannot translate: so a process of its own asks it.
function fromPackage(): string {
  return execFileSync(process.execPath, [path.join(__dirname, 'chromium-path.mjs')], { encoding: 'utf8' }).trim();
}

export interface WindowOptions {
  readonly language?: 'en' | 'de';
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

/** Where a window stands; left out: where the machine does. */
interface Place {
  readonly timezone?: string;
}

/** A browser window that notices what must never happen. */
export interface TestWindow {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong since the last call: errors on the console, uncaught ones, requests to other hosts. */
  readonly complaints: () => readonly string[];
  readonly close: () => Promise<void>;
}

export async function openWindow(
  browser: Browser,
  url: string,
  options: WindowOptions & Place = {},
): Promise<TestWindow> {
  const { language = 'en', scheme = 'light', width = 1280, height = 860, timezone } = options;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    locale: language === 'de' ? 'de-DE' : 'en-GB',
    colorScheme: scheme,
    reducedMotion: 'reduce',
    ...(timezone === undefined ? {} : { timezoneId: timezone }),
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  let complaints: string[] = [];
  const home = new URL(url).host;
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const waiting = new Set<Request>();
  underWay.set(page, waiting);
  // Not when it is finished: a body that nobody reads never is.
  page.on('response', (response) => waiting.delete(response.request()));
  page.on('requestfailed', (request) => waiting.delete(request));
  page.on('request', (request) => {
    if (!WORKER_SCRIPT.test(request.url())) waiting.add(request);
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith('http') && host !== home) complaints.push(`A request went to ${host}.`);
  });
  return {
    page,
    context,
    complaints: () => {
      const told = complaints;
      complaints = [];
      return told;
    },
    close: () => context.close(),
  };
}

const underWay = new WeakMap<Page, ReadonlySet<Request>>();

/** What a window's page asked for and has no answer to yet. */
export function requestsUnderWay(page: Page): readonly string[] {
  return Array.from(underWay.get(page) ?? [], (request) => `${request.method()} ${request.url()}`);
}

/** Takes a picture where `npm run test:pictures` asks for them: drawing them all takes as long as testing. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (!process.env['FIELDGATE_TEST_PICTURES']) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
}
