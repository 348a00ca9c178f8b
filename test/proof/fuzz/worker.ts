import 'reflect-metadata';
import { databases } from '../../support/database';
import { present } from '../../support/present';
import { keptCases } from './corpus';
import { committedSchema, fuzz, type FuzzResult } from './fuzz';
import { runCase } from './run-case';
import { Tally } from './tally';
import { Twins } from './twins';

/** What a process of the fuzz is to do. */
export interface Task {
  readonly database: string;
  readonly seed: number;
  readonly runs: number;
  readonly share: { readonly number: number; readonly of: number };
}

/** Runs its share of the cases of a long run, against twins of its own. Tells after each case what came out so far. */
async function main({ database, ...options }: Task): Promise<void> {
  const twins = await Twins.open(present(databases.find(({ name }) => name === database)));
  if (options.share.number === 0) await playKept(twins);
  tell(await fuzz(twins, { ...options, schema: committedSchema(), onRun: tell }));
  await twins.close();
  process.disconnect();
}

function tell(result: FuzzResult): void {
  process.send?.(result);
}

/** @throws Error naming a case that fails again */
async function playKept(twins: Twins): Promise<void> {
  for (const { name, case: one } of keptCases()) {
    const failure = await runCase(twins, one, new Tally());
    if (failure) throw new Error(`${name} fails again: ${failure.why}\n${failure.details.join('\n---\n')}`);
  }
}

void main(JSON.parse(present(process.argv[2])) as Task);
