import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { runProcess } from './support/command';
import { databases, type TestLocation } from './support/database';
import { basic } from './support/gateway';
import { present } from './support/present';
import { startProcess, type GatewayProcess } from './support/process';

function start(location: TestLocation, ...args: string[]): Promise<GatewayProcess> {
  return startLogging(location, 'silent', ...args);
}

function startLogging(location: TestLocation, level: string, ...args: string[]): Promise<GatewayProcess> {
  return startProcess(location, args, { LOG_LEVEL: level });
}

describe.each(databases)('fieldgate start on $name', (database) => {
  let location: TestLocation;

  beforeEach(async () => {
    location = await database.freshLocation();
  });

  afterEach(() => location.remove());

  test('on an empty store prints a curl line that answers with employees, and a second start prints nothing secret', async () => {
    const first = await start(location);
    const line = present(/^ *(curl .*)$/m.exec(first.text)?.[1]);
    const { stdout } = await promisify(execFile)('sh', ['-c', line]);
    const { data, errors } = JSON.parse(stdout) as {
      data: { employees: { totalCount: number; nodes: { firstName: string }[] } };
      errors?: unknown;
    };
    expect(errors).toBeUndefined();
    expect(data.employees.totalCount).toBe(250);
    expect(data.employees.nodes[0]?.firstName).toBe('Butterblume');
    expect(await first.stop()).toBe(0);
    const second = await start(location);
    expect(second.text).not.toMatch(/fgcs_|curl/);
    expect(await second.stop()).toBe(0);
  });

  test('logs say what happened and name no value, secret, token or variable (L36)', async () => {
    const started = await startLogging(location, 'info');
    const [, clientId = '', secret = ''] = present(/(fgci_\w+):(fgcs_\w+)/.exec(started.text));
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret });
    const answer = await fetch(`${started.url}/oauth/token`, { method: 'POST', body: form });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const ask = async (authorization: string, variables: object) => {
      const query = 'query ($filter: EmployeeFilter) { employees(filter: $filter) { nodes { firstName } } }';
      const headers = { authorization, 'content-type': 'application/json' };
      const body = JSON.stringify({ query, variables });
      return (await fetch(`${started.url}/graphql`, { method: 'POST', headers, body })).text();
    };
    const variables = { filter: { firstName: { startsWith: 'Butterbl' } } };
    expect(await ask(`Bearer ${token}`, variables)).toContain('Butterblume');
    await ask(`Bearer ${token}`, { filter: { firstName: { nosuch: 'lighthouse' } } });
    await ask(basic(clientId, 'wrong-lighthouse'), variables);
    await fetch(`${started.url}/oauth/token`, {
      method: 'POST',
      body: '{"lighthouse',
      headers: { authorization: 'x' },
    });
    expect(await started.stop()).toBe(0);
    expect(started.log()).toContain('"level"');
    for (const told of [
      secret,
      token,
      'Butterbl',
      'lighthouse',
      Buffer.from(`${clientId}:`).toString('base64').slice(0, 20),
    ]) {
      expect(started.log()).not.toContain(told);
    }
  });

  test.each(['PORT', 'METRICS_PORT'])(
    'on a taken %s says so, and leaves the invented company with its secrets to a start that succeeds',
    async (name) => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      const taken = { LOG_LEVEL: 'silent', PORT: '0', [name]: String(port) };
      const refused = await runProcess(location, ['start'], '', taken);
      const told = `127.0.0.1:${port} is taken. End what listens there, or choose another ${name}.\n`;
      expect(refused).toEqual({ code: 1, stdout: '', stderr: told });
      other.close();
      await once(other, 'close');
      const started = await startProcess(location, [], taken);
      expect(started.text).toMatch(/250 people[^]*fgcs_[^]*curl/);
      expect(await started.stop()).toBe(0);
    },
  );

  test('with one port for both is refused before anything is made', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    other.close();
    await once(other, 'close');
    const refused = await runProcess(location, ['start'], '', { PORT: port, METRICS_PORT: port });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/is taken.*METRICS_PORT\.$/m) as unknown });
    const started = await start(location);
    expect(started.text).toContain('250 people');
    await started.stop();
  });

  const counted = existsSync('/proc/self/io');
  (counted ? test : test.skip)(
    `${counted ? '' : 'SKIPPED, no /proc here: '}an idle gateway writes nothing, not even empty texts to its log`,
    async () => {
      const started = await startLogging(location, 'info', '--no-demo');
      const writes = () => Number(/syscw: (\d+)/.exec(readFileSync(`/proc/${started.pid}/io`, 'utf8'))?.[1]);
      await setTimeout(500);
      const before = writes();
      await setTimeout(1_000);
      const written = writes() - before;
      await started.stop();
      expect(written).toBeLessThan(8);
    },
  );

  test('--no-demo leaves the store empty', async () => {
    const empty = await start(location, '--no-demo');
    expect(empty.text).not.toContain('curl');
    expect(await empty.stop()).toBe(0);
    const later = await start(location);
    expect(later.text).toContain('250 people');
    await later.stop();
  });
});
