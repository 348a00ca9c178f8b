import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { databases, freshFolder } from './support/database';
import { startTestGateway, type TestGateway } from './support/gateway';
import { present } from './support/present';

const run = promisify(execFile);
const root = path.resolve(__dirname, '..');

let gateway: TestGateway;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  gateway = await startTestGateway(present(databases[0]), { demo: true });
  const { clientId, secret } = await gateway.credential({
    read: ['EMPLOYEES'],
    attributes: ['firstName', 'lastName'],
  });
  env = { PATH: process.env['PATH'], GATEWAY: gateway.url, CLIENT_ID: clientId, CLIENT_SECRET: secret };
});

afterAll(() => gateway.close());

/** Ten lines of an id and a name. */
const TEN_PEOPLE = /^(\d+ \S+ .+\n){10}$/;

test('the example for urql prints a first page of people', async () => {
  const { stdout } = await run(process.execPath, [path.join(root, 'examples/urql/first-page.mjs')], { env });
  expect(stdout).toMatch(TEN_PEOPLE);
});

test('the example for curl prints a first page of people', async () => {
  const { stdout } = await run(path.join(root, 'examples/curl/first-page.sh'), [], { env });
  expect(JSON.parse(stdout)).toMatchObject({ data: { employees: { totalCount: 250 } } });
});

const hasPython = (() => {
  try {
    execFileSync('python3', ['--version']);
    return true;
  } catch {
    return false;
  }
})();

(hasPython ? test : test.skip)('the example for Python prints a first page of people', async () => {
  const { stdout } = await run('python3', [path.join(root, 'examples/python/first_page.py')], { env });
  expect(stdout).toMatch(TEN_PEOPLE);
});

describe('the quickstart', () => {
  const text = readFileSync(path.join(root, 'docs/quickstart.md'), 'utf8');
  const blocks = (language: string) =>
    [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block]) => present(block));

  test('its lines for the shell lead to a first page of people', async () => {
    const lines = blocks('sh').filter((block) => block.includes('curl'));
    const script = `set -e\n${lines.join('echo\n')}`.replaceAll('http://127.0.0.1:4000', gateway.url);
    // To Bash, a pipe of Node.js looks like a remote shell, for which it would read the settings of whoever runs the tests.
    const { stdout } = await run('bash', ['--norc', '-c', script], { env });
    expect(stdout).toContain('"EMPLOYEES","read":true');
    expect(stdout).toContain('"totalCount":250');
  });

  test('its JavaScript reads all pages', async () => {
    const file = path.join(freshFolder(), 'people.mjs');
    writeFileSync(file, present(blocks('js')[0]));
    const { stdout, stderr } = await run(process.execPath, [file], { env });
    expect(stderr).toBe('');
    expect(stdout.trimEnd().split('\n')).toHaveLength(250);
  });
});
