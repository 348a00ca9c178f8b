import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { databases } from '../../support/database';
import { RUN_FOLDER } from '../../support/environment';
import { present } from '../../support/present';
import { committedSchema, fuzz } from '../fuzz/fuzz';
import { Twins } from '../fuzz/twins';
import { memoryFolder } from '../../support/memory-folder';

/**
 * Fuzzes the product as it was loaded, with one seed after the other until enough of them have found something or no longer
 * can; tells for each seed, in a line of JSON, which case failed first.
 */
async function main(): Promise<void> {
  const [runs, enough = 0, ...seeds] = process.argv.slice(2).map(Number);
  let [found, left] = [0, seeds.length];
  const folder = mkdtempSync(path.join(memoryFolder(), 'fieldgate-mutant-'));
  process.env[RUN_FOLDER] = folder;
  const twins = await Twins.open(present(databases.find(({ name }) => name === 'SQLite')));
  try {
    for (const seed of seeds) {
      if (found >= enough || found + left < enough) break;
      const { failure, cases } = await fuzz(twins, {
        seed,
        runs: present(runs),
        schema: committedSchema(),
        shrinkMilliseconds: 0,
      });
      left -= 1;
      if (failure) found += 1;
      console.log(JSON.stringify({ seed, cases, at: failure?.firstAt ?? null, why: failure?.failure.why ?? null }));
    }
  } finally {
    await twins.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
