import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Milliseconds of one tick of /proc/PID/stat: 100 ticks a second on every Linux that Node runs on. */
const TICK = 10;

/** How long a server may take until it answers. */
const START_SECONDS = 120;
const STOP_SECONDS = 10;
/** Characters of its log that tell why a server ended. */
const LOG_TAIL = 1500;

/**
 * Starts a server and waits for the line of JSON in which it says where it answers.
 *
 * @param options `env`, and the file that takes what it writes to its standard error
 */
export async function startServer(file, argv, { env = {}, logFile, execArgv = [], cwd } = {}) {
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [...execArgv, file, ...argv], {
    cwd,
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['pipe', 'pipe', log],
  });
  closeSync(log);
  endWithUs(child, 'SIGKILL');
  const ending = () => `code ${child.exitCode}, signal ${child.signalCode}\n${tailOf(logFile)}`;
  const ready = await firstJson(child, ending);
  const assertAlive = () => {
    if (hasEnded(child)) throw new Error(`The server has ended: ${ending()}`);
  };
  return { ...ready, pid: child.pid, assertAlive, stop: () => stop(child) };
}

/** Ends `child` with a signal when this process ends, however it does. */
export function endWithUs(child, signal) {
  const end = () => child.kill(signal);
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
}

function tailOf(file) {
  return readFileSync(file, 'utf8').slice(-LOG_TAIL);
}

function hasEnded({ exitCode, signalCode }) {
  return exitCode !== null || signalCode !== null;
}

function firstJson(child, ending) {
  let text = '';
  child.stdout.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`A server did not start: ${why} ${text.slice(-LOG_TAIL)}`));
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      fail('it took too long.');
    }, START_SECONDS * 1000);
    child.once('exit', () => fail(`it ended: ${ending()}`));
    child.once('error', (error) => fail(error.message));
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const line = text.split('\n').find((one) => one.startsWith('{'));
      if (!line || !text.includes(`${line}\n`)) return;
      clearTimeout(late);
      resolve(JSON.parse(line));
    });
  });
}

async function stop(child) {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), STOP_SECONDS * 1000);
  await ended;
  clearTimeout(killer);
}

/** CPU that a process has used so far, all threads, user and system, in milliseconds. */
export function cpuOf(pid) {
  // The name in parentheses may hold anything, blanks included.
  const fields = statOf(pid);
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}

/** The same of all children, also of those that have ended: of PostgreSQL's backends, given the server that started them. */
export function cpuOfChildren(pid) {
  const fields = statOf(pid);
  const ended = (Number(fields[13]) + Number(fields[14])) * TICK;
  return childrenOf(pid).reduce((sum, child) => sum + quietly(() => cpuOf(child), 0), ended);
}

function childrenOf(pid) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => quietly(() => statOf(name)[1] === String(pid), false));
}

function statOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Forgets the peak, so that the next is of what is measured now. */
export function resetPeak(pid) {
  quietly(() => writeFileSync(`/proc/${pid}/clear_refs`, '5'));
}

/** The most memory that the process has held since `resetPeak`, in MiB. */
export function peakOf(pid) {
  const [, kibibytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(kibibytes) / 1024;
}

/** What it holds now, in MiB. */
export function memoryOf(pid) {
  const [, kibibytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(kibibytes) / 1024;
}

// A process may end while it is looked at.
function quietly(work, otherwise) {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
