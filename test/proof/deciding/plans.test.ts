import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { databases } from '../../support/database';
import { RUN_FOLDER } from '../../support/environment';
import { memoryFolder } from '../../support/memory-folder';
import { present } from '../../support/present';
import { DOCUMENTED_QUERIES } from '../../support/snippets';
import { recordStatements } from '../../support/statements';
import { Differential, type Question } from '../plans/differential';

const OPERATIONS = 60;
const CREDENTIALS = 6;
const SEED = 20_261_126;

const DOCUMENTED: readonly Question[] = DOCUMENTED_QUERIES.map(({ text, variables }) => ({ query: text, variables }));

// Without the setup of a run: what is tried here is tried a thousand times.
describe('plans', () => {
  const folder = mkdtempSync(path.join(memoryFolder(), 'fieldgate-plans-'));
  let differential: Differential;

  beforeAll(async () => {
    process.env[RUN_FOLDER] ??= folder;
    const sqlite = present(databases[0]);
    const isNew = {
      readyLocation: () => sqlite.freshLocation(),
      demoLocation: () => Promise.resolve(undefined),
    };
    differential = await Differential.start({ ...sqlite, ...isNew }, CREDENTIALS, SEED);
  });

  // A change that keeps the gateway from starting leaves nothing to close.
  afterAll(() => differential.close());
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('answer what the documentation asks as the reference path does', async () => {
    for (const question of DOCUMENTED) expect(await differential.difference(question)).toBeUndefined();
  });

  test('are one statement for each root field', async () => {
    expect(DOCUMENTED.length).toBeGreaterThan(12);
    const log = recordStatements();
    for (const question of DOCUMENTED) {
      const { data } = JSON.parse((await differential.planned(question)).text) as { data?: object };
      const live = log.take().filter(({ text }) => text.includes('live_version'));
      expect([question.query, live.length]).toEqual([question.query, Object.keys(data ?? {}).length]);
    }
    log.stop();
  });

  test('answer what is drawn as the reference path does', async () => {
    for (let index = 0; index < OPERATIONS; index += 1) {
      expect(await differential.differenceOf(index)).toBeUndefined();
    }
  });
});
