import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { databases, freshFolder } from '../../../support/database';
import globalSetup from '../../../support/global-setup';
import { record } from './recording';

/** Of the operations that are drawn; each is asked for two credentials. */
const DRAWN = 120;

/** Writes down what must be answered, and lets StrykerJS change the planner meanwhile; arguments are StrykerJS's own. */
async function main(): Promise<void> {
  await globalSetup();
  try {
    const recordings = [];
    for (const database of databases) recordings.push(await record(database, DRAWN));
    const file = path.join(freshFolder(), 'recording.json');
    writeFileSync(file, JSON.stringify(recordings));
    const args = ['stryker', 'run', path.join(__dirname, 'stryker.config.mjs'), ...process.argv.slice(2)];
    const stryker = spawn('npx', args, { stdio: 'inherit', env: { ...process.env, FIELDGATE_TEST_RECORDING: file } });
    const [code] = (await once(stryker, 'exit')) as [number | null];
    process.exitCode = code ?? 1;
  } finally {
    await globalThis.endTestRun?.();
  }
}

void main();
