import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { StoreLocation } from '../../src/store/data-source';

const FIELDGATE = path.resolve(__dirname, '../../bin/fieldgate');

/** What a command left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the real command line as a process of its own, with nothing of this one's environment but the store. */
export function startCommand(
  { dataDir, databaseUrl = '' }: StoreLocation,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
  const { PATH = '' } = process.env;
  const env = { PATH, DATA_DIR: dataDir, DATABASE_URL: databaseUrl, ...environment };
  return spawn(process.execPath, [FIELDGATE, ...args], { env, stdio: 'pipe' });
}

/** Runs a command to its end. */
export async function runCommand(
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
