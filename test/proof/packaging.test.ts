import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { freshFolder } from '../support/database';
import { basic } from '../support/gateway';
import { present } from '../support/present';

const ROOT = path.resolve(__dirname, '../..');
const run = promisify(execFile);

describe('what is shipped', () => {
  let folder: string;

  beforeEach(() => {
    folder = freshFolder();
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test('the package runs by npx from an empty folder', async () => {
    const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: ROOT,
    });
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
    // Scripts of packages would compile the driver anew, so that of this checkout is put in its place.
    const install = ['install', `./${filename}`, '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    await run('npm', install, { cwd: folder, maxBuffer: 16 * 1024 * 1024 });
    const driver = 'node_modules/sqlite3/build';
    cpSync(path.join(ROOT, driver), path.join(folder, driver), { recursive: true });
    const data = path.join(folder, 'data');
    const env = { ...process.env, DATA_DIR: data, PORT: '0', NODE_ENV: 'production', LOG_LEVEL: 'silent' };
    const gateway = spawn('npx', ['--no-install', 'fieldgate', 'start', '--json'], {
      cwd: folder,
      env,
      detached: true,
    });
    try {
      const { url, demo } = await firstLine(gateway);
      const [credential] = demo.credentials;
      const answer = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: basic(present(credential).clientId, present(credential).secret),
        },
        body: JSON.stringify({ query: '{ employees(first: 3) { totalCount nodes { id } } }' }),
      });
      const { data: found } = (await answer.json()) as {
        data: { employees: { totalCount: number; nodes: unknown[] } };
      };
      expect(found.employees.nodes).toHaveLength(3);
      for (const page of ['/', '/docs', '/health/ready']) expect((await fetch(url + page)).status).toBe(200);
    } finally {
      const ended = once(gateway, 'exit');
      process.kill(-present(gateway.pid), 'SIGTERM');
      await ended;
    }
  });

  test('the image builds from what its Dockerfile copies', async () => {
    // Inside the checkout, so that its packages are found from there.
    mkdirSync(path.join(ROOT, 'data'), { recursive: true });
    const image = mkdtempSync(path.join(ROOT, 'data', 'image-'));
    const dockerfile = readFileSync(path.join(ROOT, 'deploy/Dockerfile'), 'utf8');
    const build = present(dockerfile.split(/^FROM /m)[1]);
    for (const [, sources = '', target = ''] of build.matchAll(/^COPY (.+) (\S+)$/gm)) {
      for (const source of sources.split(' ')) {
        const to = target === './' ? path.join(image, source) : path.join(image, target);
        mkdirSync(path.dirname(to), { recursive: true });
        cpSync(path.join(ROOT, source), to, { recursive: true });
      }
    }
    expect(build).toContain('npm run build');
    // As test, NODE_ENV would make React larger than it ships.
    const env = { ...process.env, NODE_ENV: 'production' };
    await run('npm', ['run', 'build'], { cwd: image, env, maxBuffer: 16 * 1024 * 1024 });
    const { stdout } = await run(process.execPath, ['dist/src/main.js', 'schema'], {
      cwd: image,
      maxBuffer: 16 * 1024 * 1024,
    });
    expect(stdout).toBe(readFileSync(path.join(ROOT, 'schema.graphql'), 'utf8'));
    rmSync(image, { recursive: true });
  });
});

interface Started {
  readonly url: string;
  readonly demo: { readonly credentials: readonly { readonly clientId: string; readonly secret: string }[] };
}

function firstLine(child: ChildProcess): Promise<Started> {
  return new Promise((resolve, reject) => {
    let text = '';
    let problem = '';
    child.stderr?.on('data', (chunk: Buffer) => (problem += chunk.toString()));
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.lastIndexOf('}\n');
      if (end >= 0) resolve(JSON.parse(text.slice(0, end + 1)) as Started);
    });
    child.once('exit', () => reject(new Error(`It ended: ${text} ${problem}`)));
  });
}
