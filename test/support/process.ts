import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { StoreLocation } from '../../src/store/data-source';
import { browserAt, type AdminBrowser } from './admin';
import { startCommand } from './command';
import type { Answer, AnswerBody } from './gateway';
import { present } from './present';

/** `fieldgate start` as a process of its own. */
export interface GatewayProcess {
  /** What it printed. */
  readonly text: string;
  readonly url: string;
  readonly pid: number;
  /** What was logged up to now. */
  log(): string;
  /** Ends it as an operator does. @returns the exit code */
  stop(): Promise<number | null>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
}

/** Starts a gateway and waits until it answers. */
export async function startProcess(
  location: StoreLocation,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<GatewayProcess> {
  const child = startCommand(location, ['start', ...args], { PORT: '0', LOG_LEVEL: 'warn', ...environment });
  const exit = once(child, 'close') as Promise<[number | null]>;
  let log = '';
  child.stderr.on('data', (chunk) => (log += String(chunk)));
  let text = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      text += String(chunk);
      const found = /answers at (http\S+)\/graphql/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    void exit.then(() => reject(new Error(`It ended before it answered: ${text}\n${log}`)));
  });
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return (await exit)[0];
  };
  return {
    text,
    url,
    pid: present(child.pid),
    log: () => log,
    stop: () => end('SIGTERM'),
    kill: async () => {
      await end('SIGKILL');
    },
  };
}

interface Connecting {
  /** A connection of its own, if left out. */
  readonly agent?: Agent;
  /** Milliseconds until silence is a failure. */
  readonly patience?: number;
}

interface Sent extends Connecting {
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Sends a request. @throws when the connection fails or nothing is answered */
export function send(
  url: string,
  { headers = {}, body, agent = new Agent(), patience = 30_000 }: Sent = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('error', reject).once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: new Headers(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
          text,
          body: parsed(text),
        }),
      );
    });
    // A connection that was on its way to a worker when that one was killed is never answered.
    sent.setTimeout(patience, () => sent.destroy(new Error('There was no answer.')));
    sent.once('error', reject).end(body);
  });
}

/** Asks as a credential. @throws when the connection fails */
export function ask(url: string, authorization: string, query: string, connecting: Connecting = {}): Promise<Answer> {
  return send(`${url}/graphql`, {
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query }),
    ...connecting,
  });
}

/** Makes the first admin with the link that the start printed. */
export async function firstAdmin({ text, url }: Pick<GatewayProcess, 'text' | 'url'>): Promise<AdminBrowser> {
  const token = present(/setup#token=(\S+)/.exec(text)?.[1]);
  const browser = browserOf(url);
  const { body } = await browser.send(
    'mutation ($input: CompleteSetupInput!) { completeSetup(input: $input) { me { id } userErrors { code } } }',
    { input: { token, name: 'Ada', email: 'ada@example.com', password: browser.password } },
  );
  present(body.data?.completeSetup.me);
  return browser;
}

/** A browser without a session, with a new connection for each request. */
export function browserOf(url: string): AdminBrowser {
  return browserAt({
    url,
    fetch: (path, init) =>
      send(url + path, { headers: init?.headers as Record<string, string>, body: init?.body as string }),
  });
}

function parsed(text: string): AnswerBody {
  try {
    return JSON.parse(text) as AnswerBody;
  } catch {
    return {};
  }
}
