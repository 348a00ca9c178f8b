import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { POSTGRES_URL, RUN_FOLDER } from '../../support/environment';
import { memoryFolder } from '../../support/memory-folder';
import { startPostgres } from '../../support/postgres';
import { keep } from './corpus';
import type { FuzzResult } from './fuzz';
import { Tally } from './tally';
import type { Task } from './worker';

interface Options {
  readonly runs: string;
  readonly seed?: string;
  readonly processes: string;
  readonly postgres?: true;
}

/** A garbage collector that has room lets a tenth more operations through. */
const PROCESS_FLAGS = ['--max-semi-space-size=64', '-r', '@swc-node/register'];

void new Command('npm run fuzz --')
  .description(
    'Asks two databases that differ in forbidden attributes only, and stops at the first answer that differs as well.',
  )
  .option('--runs <number>', 'how many cases; each asks about thirteen operations of both databases', '5000')
  .option('--seed <number>', 'repeats a run; without it, a fresh one is drawn and printed')
  .option('--processes <number>', 'how many share the cases', String(availableParallelism()))
  .option('--postgres', 'on PostgreSQL instead of SQLite')
  .action(run)
  .parseAsync();

async function run({ runs, seed, processes, postgres }: Options): Promise<void> {
  const fresh = Math.floor(Math.random() * 0x7fff_ffff);
  const [cases, first, of] = [Number(runs), Number(seed ?? fresh), Number(processes)];
  if (![cases, first, of].every(Number.isSafeInteger) || of < 1)
    throw new Error('--runs, --seed and --processes take whole numbers.');
  const folder = mkdtempSync(path.join(memoryFolder(), 'fieldgate-fuzz-'));
  const server = postgres ? await startPostgres() : undefined;
  const environment = { ...process.env, [RUN_FOLDER]: folder, [POSTGRES_URL]: server?.url ?? '' };
  const database = postgres ? 'PostgreSQL' : 'SQLite';
  console.log(`Seed ${first} on ${database}, ${of} processes`);
  try {
    const tasks = Array.from({ length: of }, (_, number): Task => ({
      database,
      seed: first,
      runs: cases,
      share: { number, of },
    }));
    await report(tasks, environment, cases);
  } finally {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function report(tasks: readonly Task[], environment: NodeJS.ProcessEnv, cases: number): Promise<void> {
  const bar = new SingleBar({
    format: '{bar} {percentage} % | {value} of {total} cases | {eta_formatted} left',
    noTTYOutput: true,
    notTTYSchedule: 60_000,
    etaBuffer: 200,
  });
  bar.start(cases, 0);
  const start = performance.now();
  const children = tasks.map((task) => started(task, environment));
  const results = new Map<ChildProcess, FuzzResult>();
  // An interrupted run tells how far it came; its processes are interrupted as well.
  process.once('SIGINT', () => (process.exitCode = 130));
  const ends = children.map((child) => {
    child.on('message', (result: FuzzResult) => {
      results.set(child, result);
      bar.update(casesOf([...results.values()]));
      // The first difference ends the run.
      if (result.failure) for (const other of children) if (other !== child) other.kill();
    });
    return once(child, 'exit') as Promise<[number | null]>;
  });
  const codes = await Promise.all(ends);
  bar.stop();
  tell([...results.values()], (performance.now() - start) / 1000);
  if (codes.some(([code]) => code !== 0)) process.exitCode ??= 1;
}

function started(task: Task, environment: NodeJS.ProcessEnv): ChildProcess {
  const script = path.join(__dirname, 'worker.ts');
  // Of the ways to send a message, this one keeps maps.
  return fork(script, [JSON.stringify(task)], { env: environment, execArgv: PROCESS_FLAGS, serialization: 'advanced' });
}

function casesOf(results: readonly FuzzResult[]): number {
  return results.reduce((sum, { cases }) => sum + cases, 0);
}

function tell(results: readonly FuzzResult[], seconds: number): void {
  const tally = new Tally();
  for (const result of results) tally.addAll(result.tally);
  const share = (part: number) => `${((100 * part) / tally.asked).toFixed(1)} %`;
  console.log(
    `${casesOf(results)} cases, ${tally.compared} operations compared on both, ${tally.interleaved} in between, ${tally.writes} of them writes`,
  );
  console.log(
    `Of ${tally.asked} that the credential under test asked first: ${share(tally.withValues)} with a value, ${share(tally.withForbidden)} with something forbidden, ${tally.exported} lists exported, ${tally.invalid} invalid`,
  );
  console.log(`${seconds.toFixed(0)} s, ${(tally.compared / seconds).toFixed(0)} operations of both a second`);
  for (const { failure } of results) {
    if (!failure) continue;
    const kept = keep(failure.failure.why, failure.case);
    console.log(`\n${failure.failure.why} in case ${failure.firstAt} of its process, made smaller and kept in ${kept}`);
    console.log([JSON.stringify(failure.case, null, 2), ...failure.failure.details].join('\n---\n'));
    process.exitCode = 1;
  }
}
