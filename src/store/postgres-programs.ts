import { spawn } from 'node:child_process';
import path from 'node:path';
import { childEnvironment } from '../config';
import { UsageError } from '../errors';

/** How PostgreSQL's own programs are run. */
export interface PostgresPrograms {
  readonly databaseUrl: string;
  /** The folder where they are; absent means that the system finds them. */
  readonly folder: string | undefined;
  /** Told every line that a program says. */
  readonly onLine?: (line: string) => void;
}

type Program = 'pg_dump' | 'pg_restore';

/**
 * Runs a program on a database to its end. The password goes through the environment: others can read arguments.
 *
 * @returns what it wrote on standard output
 * @throws UsageError with what the program said
 */
export async function runProgram(
  program: Program,
  args: readonly string[],
  { databaseUrl, folder, onLine }: PostgresPrograms,
): Promise<string> {
  const { address, secret } = withoutPassword(databaseUrl);
  const command = folder === undefined ? program : path.join(folder, program);
  const isListing = args.includes('--list');
  const child = spawn(command, [...args, ...(isListing ? [] : [`--dbname=${address}`])], {
    env: childEnvironment(secret),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const said: string[] = [];
  child.stdout.on('data', (text) => (output += String(text)));
  child.stderr.on('data', (text) => {
    for (const line of String(text).split('\n').filter(Boolean)) {
      onLine?.(line);
      said.push(line);
      if (said.length > LINES_KEPT) said.shift();
    }
  });
  return new Promise((resolve, reject) => {
    child.on('error', (cause) => reject(new UsageError(missingText(program), {}, { cause })));
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new UsageError([`${program} failed:`, ...said.filter(isComplaint)].join('\n')));
    });
  });
}

const LINES_KEPT = 200;

function isComplaint(line: string): boolean {
  return /error|fatal|abort|detail|version|denied|failed/i.test(line);
}

function missingText(program: Program): string {
  return (
    `${program} is not here. Install PostgreSQL's client programs, at least as new as the server, or say where they are with ` +
    '--programs. Without them, `fieldgate migrate-store --allow-connections --to FOLDER` copies everything into a SQLite store.'
  );
}

// The password is found where the gateway's own connections find it. Without one in the address, PGPASSWORD is left as it is.
function withoutPassword(databaseUrl: string): {
  readonly address: string;
  readonly secret: Readonly<Record<string, string>>;
} {
  const url = new URL(databaseUrl);
  const password = url.searchParams.getAll('password').at(-1) || decodeURIComponent(url.password);
  url.password = '';
  // Part by part: put together anew, the rest would have a plus for each space, which PostgreSQL takes as a plus.
  const parts = url.search.slice(1).split('&');
  url.search = parts.filter((part) => !new URLSearchParams(part).has('password')).join('&');
  return { address: url.href, secret: password === '' ? {} : { PGPASSWORD: password } };
}
