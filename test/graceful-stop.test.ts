import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { openHouse, startGateway, type Gateway } from '../src/app';
import { readConfig, type Config } from '../src/config';
import { startCommand, runCommand } from './support/command';
import { databases, type TestLocation } from './support/database';
import { basic } from './support/gateway';

interface Node {
  readonly child: ChildProcessWithoutNullStreams;
  readonly url: string;
  readonly complaints: () => string;
  readonly exit: Promise<[number | null]>;
}

async function startNode(location: TestLocation, environment: Readonly<Record<string, string>> = {}): Promise<Node> {
  const child = startCommand(location, ['start', '--no-demo', '--json'], {
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...environment,
  });
  let complaints = '';
  child.stderr.on('data', (text) => (complaints += String(text)));
  const exit = once(child, 'close') as Promise<[number | null]>;
  const [text] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, exit, complaints: () => complaints, url: (JSON.parse(String(text)) as { url: string }).url };
}

async function startHere({ dataDir, databaseUrl }: TestLocation, limits: Partial<Config>): Promise<Gateway> {
  return startGateway(
    await openHouse({ ...readConfig({}), port: 0, logLevel: 'silent', dataDir, databaseUrl, ...limits }),
  );
}

/** As a load balancer does: asks each node every few milliseconds whether it is ready, and sends nothing to one that is not. */
class Balancer {
  private ready: readonly string[] = [];
  private turn = 0;
  private isOver = false;
  private readonly watching: Promise<void>;

  constructor(private readonly urls: readonly string[]) {
    this.ready = urls;
    this.watching = this.watch();
  }

  next(): string {
    this.turn += 1;
    const url = this.ready[this.turn % this.ready.length];
    if (url === undefined) throw new Error('No node is ready.');
    return url;
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.watching;
  }

  private async watch(): Promise<void> {
    while (!this.isOver) {
      const answers = await Promise.all(this.urls.map(isReady));
      const ready = this.urls.filter((_url, index) => answers[index]);
      // On a machine that is too busy to answer in time, there is nobody better than those of before.
      if (ready.length > 0) this.ready = ready;
      await sleep(50);
    }
  }
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** @returns the status, or the code of what went wrong */
function post(agent: Agent, url: string, authorization: string, query: string): Promise<number | string> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', authorization };
    const sent = request(`${url}/graphql`, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () => resolve(text.includes('"data"') ? (response.statusCode ?? 0) : text));
      response.on('error', (error) => resolve(error.message));
    });
    sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    sent.end(JSON.stringify({ query }));
  });
}

// Processes of their own, which a busy machine starts slowly.
jest.setTimeout(120_000);

describe.each(databases)('a gateway that is asked to stop, on $name', (database) => {
  let location: TestLocation;
  let authorization: string;

  beforeAll(async () => {
    location = await database.readyLocation();
    const { stdout } = await runCommand(location, [
      'credential',
      'create',
      '--name',
      'Load',
      '--read',
      'employees',
      '--json',
    ]);
    const { clientId, clientSecret } = JSON.parse(stdout) as { clientId: string; clientSecret: string };
    authorization = basic(clientId, clientSecret);
  });

  afterAll(() => location.remove());

  test('loses no request while others take over', async () => {
    const environment = { SHUTDOWN_DELAY_SECONDS: '1', REQUESTS_PER_MINUTE: '0' };
    const [leaving, staying] = await Promise.all([startNode(location, environment), startNode(location, environment)]);
    const balancer = new Balancer([leaving.url, staying.url]);
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    const outcomes: (number | string)[] = [];
    let isOver = false;
    const client = async () => {
      while (!isOver)
        outcomes.push(await post(agent, balancer.next(), authorization, '{ employees(first: 5) { totalCount } }'));
    };
    const clients = Array.from({ length: 8 }, client);
    const answered = async (count: number) => {
      const goal = outcomes.length + count;
      while (outcomes.length < goal) await sleep(10);
    };
    await answered(40);
    leaving.child.kill('SIGTERM');
    const [code] = await leaving.exit;
    await answered(40);
    isOver = true;
    await Promise.all(clients);
    await balancer.stop();
    agent.destroy();
    staying.child.kill('SIGTERM');
    await staying.exit;
    expect([code, leaving.complaints()]).toEqual([0, '']);
    expect(outcomes.filter((outcome) => outcome !== 200)).toEqual([]);
  });

  test('answers what has arrived, also on connections that stay open, and tells clients to close them', async () => {
    const gateway = await startHere(location, { shutdownDelaySeconds: 1 });
    const ask = () =>
      fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: '{"query":"{ viewer { name } }"}',
      });
    expect((await ask()).headers.get('connection')).toBe('keep-alive');
    const stopped = gateway.stop();
    const answer = await ask();
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    expect(await isReady(gateway.url)).toBe(false);
    expect(await stopped).toBe(true);
    await expect(ask()).rejects.toThrow();
  });

  test('does not wait for connections that were opened in advance', async () => {
    const gateway = await startHere(location, {});
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    await once(socket, 'connect');
    const start = performance.now();
    const closed = once(socket, 'close');
    expect(await gateway.stop()).toBe(true);
    await closed;
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('does not wait for ever for a request that never ends, and says so', async () => {
    const gateway = await startHere(location, { shutdownTimeoutSeconds: 1 });
    const { hostname, port } = new URL(gateway.url);
    const headers = { 'content-type': 'application/json', authorization, 'content-length': '1000' };
    const stuck = request({ hostname, port, path: '/graphql', method: 'POST', headers });
    const cut = once(stuck, 'error');
    await new Promise((resolve) => stuck.write('{"query":', resolve));
    await sleep(100);
    expect(await gateway.stop()).toBe(false);
    await cut;
  });
});
