import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { MUTANTS, type Mutant } from './mutants';

const ROOT = path.resolve(__dirname, '../../..');
const SEEDS = [1, 2, 3, 4, 5];
/** Of the five seeds, so many must find the fault. */
const ENOUGH = 3;

interface Kill {
  readonly seed: number;
  /** The number of the case that found the fault; null when none did. */
  readonly at: number | null;
  readonly why: string | null;
}

/** What a fault makes each seed notice, the most frequent first. */
function reasons(kills: readonly Kill[]): string {
  const found = kills.flatMap(({ why }) => why ?? []);
  const count = (why: string) => found.filter((one) => one === why).length;
  return [...new Set(found)]
    .sort((one, other) => count(other) - count(one))
    .join(', ')
    .toLowerCase();
}

interface Options {
  readonly runs: string;
  readonly only?: readonly string[];
  readonly from?: string;
  readonly jobs: string;
}

void new Command('npm run mutants --')
  .description('Makes one fault after the other in a copy of the product, and shows that the fuzz finds each.')
  .option('--runs <number>', 'cases for each seed', '400')
  .option('--jobs <number>', 'faults at a time', '1')
  .option('--only <texts...>', 'only faults whose name contains one of these')
  .option('--from <text>', 'begins with the fault whose name contains this')
  .action(run)
  .parseAsync();

async function run({ runs, only = [''], from = '', jobs }: Options): Promise<void> {
  const first = MUTANTS.findIndex(({ name }) => name.includes(from));
  if (first < 0) throw new Error(`No fault is called ${from}.`);
  const waiting = MUTANTS.slice(first).filter(({ name }) => only.some((text) => name.includes(text)));
  const count = waiting.length;
  for (const mutant of waiting) assertFits(mutant);
  const survivors: string[] = [];
  const work = async (): Promise<void> => {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const kills = await killsOf(mutant, Number(runs), ENOUGH);
      const isKilled = kills.filter(({ at }) => at !== null).length >= ENOUGH;
      if (!isKilled) survivors.push(mutant.name);
      console.log(
        `| ${mutant.name} | ${isKilled ? 'killed' : 'SURVIVES'} | ${SEEDS.map((seed) => at(kills, seed)).join(' | ')} | ${reasons(kills)} |`,
      );
    }
  };
  console.log(
    `| fault | | ${SEEDS.map((seed) => `seed ${seed}`).join(' | ')} | noticed |\n|---|---|${SEEDS.map(() => '---').join('|')}|---|`,
  );
  await assertQuiet(Number(runs));
  await Promise.all(Array.from({ length: Number(jobs) }, work));
  console.log(
    `\n${count - survivors.length} of ${count} faults are found by at least ${ENOUGH} of ${SEEDS.length} seeds within ${runs} cases. The number is the case that found it; a seed without one was not needed, or found nothing.`,
  );
  if (survivors.length > 0) process.exitCode = 1;
}

function at(kills: readonly Kill[], seed: number): string {
  return String(kills.find((kill) => kill.seed === seed)?.at ?? '-');
}

/** @throws Error when the product has changed so that the fault cannot be made any more */
function assertFits({ name, patches }: Mutant): void {
  for (const { file, find } of patches) {
    const count = readFileSync(path.join(ROOT, file), 'utf8').split(find).length - 1;
    if (count !== 1) throw new Error(`The fault "${name}" no longer fits: ${file} has ${count} times ${find}`);
  }
}

/** @throws Error when the seeds find something where there is no fault: then what they find elsewhere means nothing */
async function assertQuiet(runs: number): Promise<void> {
  const kills = await killsOf({ name: 'no fault', patches: [] }, runs, 1);
  if (kills.some(({ at }) => at !== null)) throw new Error(`Without any fault: ${JSON.stringify(kills)}`);
}

async function killsOf(mutant: Mutant, runs: number, enough: number): Promise<Kill[]> {
  const args = ['-r', path.join(__dirname, 'apply.cjs'), '-r', '@swc-node/register', path.join(__dirname, 'kill.ts')];
  const child = spawn(process.execPath, [...args, ...[runs, enough, ...SEEDS].map(String)], {
    cwd: ROOT,
    env: { ...process.env, FIELDGATE_TEST_MUTANT: JSON.stringify(mutant) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, problems] = ['', ''];
  child.stdout.on('data', (text) => (output += String(text)));
  child.stderr.on('data', (text) => (problems += String(text)));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`"${mutant.name}" did not run:\n${output}${problems}`);
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Kill);
}
