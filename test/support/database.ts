import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import type { StoreLocation } from '../../src/store/data-source';
import { fromSetup, POSTGRES_URL, RUN_FOLDER } from './environment';

/** A place for a store, empty until one is opened there. */
export interface TestLocation extends StoreLocation {
  /** Deletes the store. Close it first. */
  remove(): Promise<void>;
}

export interface TestDatabase {
  readonly name: 'SQLite' | 'PostgreSQL';
  freshLocation(): Promise<TestLocation>;
}

/** Every kind of database that a store can live in: what the house guarantees, it guarantees on each of them. */
export const databases: readonly TestDatabase[] = [
  {
    name: 'SQLite',
    freshLocation: () => {
      const dataDir = freshFolder();
      return Promise.resolve({ dataDir, databaseUrl: undefined, remove: () => removeFolder(dataDir) });
    },
  },
  {
    name: 'PostgreSQL',
    freshLocation: async () => {
      const dataDir = freshFolder();
      const name = `test_${randomBytes(8).toString('hex')}`;
      await maintain(`CREATE DATABASE ${name} TEMPLATE template0`);
      return {
        dataDir,
        databaseUrl: urlOf(name),
        remove: async () => {
          await maintain(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
          await removeFolder(dataDir);
        },
      };
    },
  },
];

/** A folder that the end of the run removes. */
export function freshFolder(): string {
  return mkdtempSync(path.join(fromSetup(RUN_FOLDER), 'data-'));
}

async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

function urlOf(databaseName: string): string {
  const url = new URL(fromSetup(POSTGRES_URL));
  url.pathname = databaseName;
  return url.href;
}

async function maintain(statement: string): Promise<void> {
  const client = new Client({ connectionString: fromSetup(POSTGRES_URL) });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
