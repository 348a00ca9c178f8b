import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { databases, type TestLocation } from './support/database';
import { startCommand } from './support/command';
import { present } from './support/present';

interface Started {
  /** Everything that was printed until it answered. */
  readonly text: string;
  readonly url: string;
  /** Ends it as an operator does. @returns the exit code */
  stop(): Promise<number | null>;
}

async function start(location: TestLocation, ...args: string[]): Promise<Started> {
  const child = startCommand(location, ['start', ...args], { PORT: '0', LOG_LEVEL: 'silent' });
  const exit = once(child, 'close') as Promise<[number | null]>;
  let text = '';
  const answers = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      text += String(chunk);
      const url = /answers at (http\S+)\/graphql/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
    void exit.then(() => reject(new Error(`It ended before it answered: ${text}`)));
  });
  const url = await answers;
  return {
    text,
    url,
    stop: async () => {
      child.kill('SIGTERM');
      return (await exit)[0];
    },
  };
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

  test('--no-demo leaves the store empty', async () => {
    const empty = await start(location, '--no-demo');
    expect(empty.text).not.toContain('curl');
    expect(await empty.stop()).toBe(0);
    const later = await start(location);
    expect(later.text).toContain('250 people');
    await later.stop();
  });
});
