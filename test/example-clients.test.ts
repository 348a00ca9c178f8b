import { execFile } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { adminBrowser } from './support/admin';
import { databases, freshFolder } from './support/database';
import { startTestGateway, type TestGateway } from './support/gateway';
import { list, Managing, type Made } from './support/managing';
import { present } from './support/present';
import { startProcess, type GatewayProcess } from './support/process';

// Installs every example from the registry: `npm run test:examples`, and not a part of `npm test`.
jest.setTimeout(900_000);

const run = promisify(execFile);
const EXAMPLES = path.resolve(__dirname, '../examples');
const PAGE = path.resolve(__dirname, '../docs/quickstart.md');

const names = readdirSync(EXAMPLES).filter((name) => existsSync(path.join(EXAMPLES, name, 'README.md')));

/** Seconds, in the order in which they were measured. */
type Times = Map<string, { readonly install: number | undefined; readonly firstPage: number }>;

async function timed<Value>(work: () => Promise<Value>): Promise<readonly [seconds: number, value: Value]> {
  const start = performance.now();
  const value = await work();
  return [(performance.now() - start) / 1000, value];
}

/** A copy without what an earlier installation left. */
function copyOf(name: string): string {
  const folder = path.join(freshFolder(), name);
  const source = path.join(EXAMPLES, name);
  const isLeft = (file: string) => ['node_modules', 'dist', 'generated'].includes(path.basename(file));
  cpSync(source, folder, { recursive: true, filter: (file) => !isLeft(file) });
  return folder;
}

interface As {
  readonly gateway: string;
  readonly clientId: string;
  readonly secret: string;
}

function environment({ gateway, clientId, secret }: As): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, GATEWAY: gateway, CLIENT_ID: clientId, CLIENT_SECRET: secret };
}

/** The lines of its README, in which only the credential is another one. */
function linesOf(folder: string): readonly string[] {
  const [, block = ''] = /```sh\n(.*?)```/s.exec(readFileSync(path.join(folder, 'README.md'), 'utf8')) ?? [];
  return block
    .trim()
    .split('\n')
    .map((line) => line.replace('CLIENT_ID=fgci_… CLIENT_SECRET=fgcs_… ', ''));
}

async function shell(line: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  return (await run('bash', ['--norc', '-c', line], { cwd, env })).stdout;
}

describe('each example, as its README says, without anything in the cache of npm', () => {
  let gateway: GatewayProcess;
  let as: As;
  let startSeconds: number;
  const times: Times = new Map();

  beforeAll(async () => {
    const location = await present(databases[0]).freshLocation();
    [startSeconds, gateway] = await timed(() => startProcess(location));
    const [, clientId = '', secret = ''] = /Staff directory\s+(fgci_\S+)\s+(fgcs_\S+)/.exec(gateway.text) ?? [];
    as = { gateway: gateway.url, clientId, secret };
  });

  afterAll(async () => {
    await gateway.stop();
    if (times.size === names.length) await writeTimes(times, startSeconds);
  });

  test.each(names)('%s leads to the first page of people', async (name) => {
    const folder = copyOf(name);
    const env = { ...environment(as), npm_config_cache: freshFolder() };
    const lines = linesOf(folder);
    const installing = lines.filter((line) => line.startsWith('npm ci'));
    const [install] = await timed(() => shell(installing.join(' && ') || 'true', folder, env));
    const rest = lines.filter((line) => !installing.includes(line)).join(' && ');
    const [firstPage, stdout] = await timed(() => shell(rest, folder, env));
    if (name === 'curl') expect(JSON.parse(stdout)).toMatchObject({ data: { employees: { totalCount: 250 } } });
    // Beside what npm and the generator say about their own work.
    else expect(stdout.split('\n').filter((line) => /^\d+ \S+ ./.test(line))).toHaveLength(10);
    times.set(name, { install: installing.length > 0 ? install : undefined, firstPage });
  });
});

describe('types that are generated from what a credential may use', () => {
  let gateway: TestGateway;
  let owner: Managing;
  let reader: Made;
  let folder: string;
  const npm = async (script: string): Promise<{ readonly problem: string | undefined }> => {
    const as = { gateway: gateway.url, clientId: reader.clientId, secret: reader.secret };
    try {
      await run('npm', ['run', script], { cwd: folder, env: environment(as) });
      return { problem: undefined };
    } catch (error) {
      const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
      return { problem: stdout + stderr };
    }
  };

  beforeAll(async () => {
    gateway = await startTestGateway(present(databases[0]), { demo: true });
    owner = new Managing(await adminBrowser(gateway, 'OWNER'));
    reader = await owner.reader('Codegen', ['firstName', 'lastName']);
    folder = copyOf('codegen');
    await run('npm', ['ci'], { cwd: folder });
  });

  afterAll(() => gateway.close());

  test('stop the build when a permission is cut, at the operation and at the code that uses the field', async () => {
    expect(await npm('generate')).toEqual(PASSED);
    expect(await npm('build')).toEqual(PASSED);

    const { userErrors } = await owner.update(reader.id, { version: reader.version, grants: list(['firstName']) });
    expect(userErrors).toEqual([]);
    const second = await npm('generate');
    expect(second.problem).toContain('Cannot query field "lastName" on type "Employee"');

    // Whoever takes the field out of the operation alone is told by the compiler where it is still used.
    const file = path.join(folder, 'src/first-page.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^ *lastName\n/m, ''));
    expect(await npm('generate')).toEqual(PASSED);
    const build = await npm('build');
    expect(build.problem).toMatch(/src\/first-page\.ts\(\d+,\d+\): error TS2339: Property 'lastName' does not exist/);

    const back = await owner.update(reader.id, {
      version: reader.version + 1,
      grants: list(['firstName', 'lastName']),
    });
    expect(back.userErrors).toEqual([]);
    cpSync(path.join(EXAMPLES, 'codegen/src/first-page.ts'), file);
    expect(await npm('generate')).toEqual(PASSED);
    expect(await npm('build')).toEqual(PASSED);
  });
});

const PASSED = { problem: undefined };

/** Puts the table into the quickstart, between its markers. */
async function writeTimes(times: Times, startSeconds: number): Promise<void> {
  const shown = (seconds: number | undefined) => (seconds === undefined ? '' : seconds.toFixed(1));
  const rows = [...times].map(
    ([name, { install, firstPage }]) =>
      `| [${name}](../examples/${name}) | ${shown(install)} | ${shown(firstPage)} | ${shown((install ?? 0) + firstPage)} |`,
  );
  const day = new Date().toISOString().slice(0, 10);
  const processors = cpus();
  const text = [
    `Measured on ${day} with Node.js ${process.versions.node} on ${processors.length} cores (${present(processors[0]).model}) under a load of ${loadavg()[0]?.toFixed(0)}:`,
    `a fresh gateway had the demo company and answered after ${shown(startSeconds)} s. Seconds from there:`,
    '',
    '| example | `npm ci` | first page | together |',
    '| --- | --: | --: | --: |',
    ...rows,
  ].join('\n');
  const page = readFileSync(PAGE, 'utf8');
  writeFileSync(PAGE, page.replace(/(<!-- examples -->\n).*?(<!-- \/examples -->)/s, `$1\n${text}\n\n$2`));
  await run(process.execPath, [require.resolve('prettier/bin/prettier.cjs'), '--write', PAGE]);
}
