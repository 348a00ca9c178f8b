import { fork, spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { StoreLocation } from '../../src/store/data-source';

const FIELDGATE = path.resolve(__dirname, '../../bin/fieldgate');
const HOST = path.resolve(__dirname, 'command-host.js');

/** What a command left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Nothing of this process's environment but the store. */
function environmentOf(
  { dataDir, databaseUrl = '' }: StoreLocation,
  additions: Readonly<Record<string, string>>,
): Record<string, string> {
  const { PATH = '' } = process.env;
  return { PATH, DATA_DIR: dataDir, DATABASE_URL: databaseUrl, ...additions };
}

/** Starts the real command line as a process of its own. */
export function startCommand(
  location: StoreLocation,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
  const env = environmentOf(location, environment);
  return spawn(process.execPath, [FIELDGATE, ...args], { env, stdio: 'pipe' });
}

/** Runs a command to its end, as a process of its own. */
export async function runProcess(
  location: StoreLocation,
  args: readonly string[],
  input = '',
  environment: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const child = startCommand(location, args, environment);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (output.stdout += String(text)));
  child.stderr.on('data', (text) => (output.stderr += String(text)));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}

let host: ChildProcess | undefined;
let isBusy = false;

/**
 * Runs a command to its end in the process that the test file keeps for its commands. A command that is run beside another
 * one is a process of its own.
 */
export async function runCommand(
  location: StoreLocation,
  args: readonly string[],
  input = '',
  environment: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  if (isBusy) return runProcess(location, args, input, environment);
  isBusy = true;
  try {
    return await runInHost({ args, env: environmentOf(location, environment), input });
  } finally {
    isBusy = false;
  }
}

function runInHost(command: object): Promise<Finished> {
  const process = (host ??= fork(HOST, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error('The command ended the process that it ran in.'));
    process.once('exit', onExit);
    process.once('message', (finished) => {
      process.off('exit', onExit);
      resolve(finished as Finished);
    });
    process.send(command);
  });
}

if (typeof afterAll === 'function') {
  afterAll(() => {
    host?.kill('SIGKILL');
    host = undefined;
  });
}
