import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { databases, makeTemplates } from '../../../support/database';
import { POSTGRES_URL, RUN_FOLDER } from '../../../support/environment';
import { memoryFolder } from '../../../support/memory-folder';
import { startPostgres } from '../../../support/postgres';
import { record } from './recording';

/** Of the operations that are drawn; each is asked for two credentials. */
const DRAWN = 120;

/** Writes down what must be answered, and lets StrykerJS change the planner meanwhile; arguments are StrykerJS's own. */
async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(memoryFolder(), 'fieldgate-plans-'));
  const server = await startPostgres();
  process.env[RUN_FOLDER] = folder;
  process.env[POSTGRES_URL] = server.url;
  try {
    await makeTemplates();
    const recordings = [];
    for (const database of databases) recordings.push(await record(database, DRAWN));
    const file = path.join(folder, 'recording.json');
    writeFileSync(file, JSON.stringify(recordings));
    const args = ['stryker', 'run', path.join(__dirname, 'stryker.config.mjs'), ...process.argv.slice(2)];
    const stryker = spawn('npx', args, { stdio: 'inherit', env: { ...process.env, FIELDGATE_TEST_RECORDING: file } });
    const [code] = (await once(stryker, 'exit')) as [number | null];
    process.exitCode = code ?? 1;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
