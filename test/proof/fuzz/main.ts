import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { databases } from '../../support/database';
import { POSTGRES_URL, RUN_FOLDER } from '../../support/environment';
import { startPostgres } from '../../support/postgres';
import { memoryFolder } from '../../support/memory-folder';
import { keep, keptCases } from './corpus';
import { committedSchema, fuzz, type FuzzResult } from './fuzz';
import { runCase, Tally } from './run-case';
import { Twins } from './twins';

interface Options {
  readonly runs: string;
  readonly seed?: string;
  readonly postgres?: true;
}

void new Command('npm run fuzz --')
  .description(
    'Asks two databases that differ in forbidden attributes only, and stops at the first answer that differs as well.',
  )
  .option('--runs <number>', 'how many cases; each asks about six operations of both databases', '10000')
  .option('--seed <number>', 'repeats a run; without it, a fresh one is drawn and printed')
  .option('--postgres', 'on PostgreSQL instead of SQLite')
  .action(run)
  .parseAsync();

async function run({ runs, seed, postgres }: Options): Promise<void> {
  const folder = mkdtempSync(path.join(memoryFolder(), 'fieldgate-fuzz-'));
  process.env[RUN_FOLDER] = folder;
  const server = postgres ? await startPostgres() : undefined;
  process.env[POSTGRES_URL] = server?.url ?? '';
  try {
    await report(
      Number(runs),
      Number(seed ?? Math.floor(Math.random() * 0x7fff_ffff)),
      postgres ? 'PostgreSQL' : 'SQLite',
    );
  } finally {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function report(runs: number, seed: number, name: 'SQLite' | 'PostgreSQL'): Promise<void> {
  const database = databases.find((one) => one.name === name);
  if (!database || !Number.isInteger(runs) || !Number.isInteger(seed))
    throw new Error('--runs and --seed take whole numbers.');
  console.log(`Seed ${seed} on ${name}`);
  const bar = new SingleBar({
    format: '{bar} {percentage} % | {value} of {total} cases | {eta_formatted} left',
    noTTYOutput: true,
    notTTYSchedule: 60_000,
    etaBuffer: 200,
  });
  const twins = await Twins.open(database);
  await playKept(twins);
  bar.start(runs, 0);
  const start = performance.now();
  const result = await fuzz(twins, { seed, runs, schema: committedSchema(), onRun: () => bar.increment() });
  bar.stop();
  await twins.close();
  tell(result, (performance.now() - start) / 1000);
}

/** @throws Error naming a case that fails again */
async function playKept(twins: Twins): Promise<void> {
  for (const { name, case: one } of keptCases()) {
    const failure = await runCase(twins, one, new Tally());
    if (failure) throw new Error(`${name} fails again: ${failure.why}\n${failure.details.join('\n---\n')}`);
  }
}

function tell({ tally, cases, failure }: FuzzResult, seconds: number): void {
  const share = (part: number) => `${((100 * part) / tally.compared).toFixed(1)} %`;
  console.log(
    `${cases} cases, ${tally.compared} operations compared on both, ${tally.interleaved} in between, ${tally.writes} of them writes`,
  );
  console.log(
    `${share(tally.withValues)} with a value, ${share(tally.withForbidden)} with something forbidden, ${tally.exported} lists exported, ${tally.invalid} invalid`,
  );
  console.log(`${seconds.toFixed(0)} s, ${((2 * tally.compared) / seconds).toFixed(0)} operations/s`);
  if (!failure) return;
  console.log(
    `\n${failure.failure.why} in case ${failure.firstAt}, made smaller and kept in ${keep(failure.failure.why, failure.case)}`,
  );
  console.log([JSON.stringify(failure.case, null, 2), ...failure.failure.details].join('\n---\n'));
  process.exitCode = 1;
}
