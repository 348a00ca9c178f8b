import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makeTemplates } from './database';
import { POSTGRES_URL, RUN_FOLDER } from './environment';
import { memoryFolder } from './memory-folder';
import { startPostgres } from './postgres';

declare global {
  /** Ends what the whole run shares. Jest loads setup and teardown apart, so they meet here. */
  var endTestRun: (() => Promise<void>) | undefined;
}

/** Starts what all test files share: one PostgreSQL server, and one folder for everything that tests write. */
export default async function globalSetup(): Promise<void> {
  const folder = mkdtempSync(path.join(memoryFolder(), 'fieldgate-test-'));
  const postgres = await startPostgres();
  process.env[RUN_FOLDER] = folder;
  process.env[POSTGRES_URL] = postgres.url;
  globalThis.endTestRun = async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  await makeTemplates();
}
