import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { sqliteFile, type StoreLocation } from '../../src/store/data-source';
import { openStore } from '../../src/store/store';
import { fromSetup, POSTGRES_URL, RUN_FOLDER } from './environment';

/** A place for a store, empty until one is opened there. */
export interface TestLocation extends StoreLocation {
  /** Deletes the store. Close it first. */
  remove(): Promise<void>;
}

export interface TestDatabase {
  readonly name: 'SQLite' | 'PostgreSQL';
  freshLocation(): Promise<TestLocation>;
  /** A place for a store whose tables are there already: most tests are not about making them. */
  readyLocation(): Promise<TestLocation>;
  /** A copy of a store that nobody has open, its key file not among it. */
  copyOf(location: StoreLocation): Promise<TestLocation>;
}

/** Every kind of database that a store can live in: what the house guarantees, it guarantees on each of them. */
export const databases: readonly TestDatabase[] = [
  {
    name: 'SQLite',
    freshLocation: () => Promise.resolve(folderLocation()),
    readyLocation: () => copyOfFile({ dataDir: path.join(fromSetup(RUN_FOLDER), TEMPLATE), databaseUrl: undefined }),
    copyOf: copyOfFile,
  },
  {
    name: 'PostgreSQL',
    freshLocation: () => postgresLocation('template0'),
    readyLocation: () => postgresLocation(TEMPLATE),
    copyOf: ({ databaseUrl = '' }) => postgresLocation(new URL(databaseUrl).pathname.slice(1)),
  },
];

/** The name of what ready locations are copied from. */
const TEMPLATE = 'template_ready';

/** Makes what ready locations are copied from. Once for a run. */
export async function makeTemplates(): Promise<void> {
  const dataDir = path.join(fromSetup(RUN_FOLDER), TEMPLATE);
  await mkdir(dataDir);
  await maintain(`CREATE DATABASE ${TEMPLATE} TEMPLATE template0`);
  for (const databaseUrl of [undefined, urlOf(TEMPLATE)]) {
    const store = await openStore({ dataDir, databaseUrl });
    await store.close();
  }
}

async function copyOfFile(original: StoreLocation): Promise<TestLocation> {
  const location = folderLocation();
  await copyFile(sqliteFile(original), sqliteFile(location));
  return location;
}

function folderLocation(): TestLocation {
  const dataDir = freshFolder();
  return { dataDir, databaseUrl: undefined, remove: () => removeFolder(dataDir) };
}

async function postgresLocation(template: string): Promise<TestLocation> {
  const dataDir = freshFolder();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await maintain(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    dataDir,
    databaseUrl: urlOf(name),
    remove: async () => {
      await maintain(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await removeFolder(dataDir);
    },
  };
}

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

/** Runs one statement as the superuser of the PostgreSQL server. */
export async function maintain(statement: string): Promise<void> {
  const client = new Client({ connectionString: fromSetup(POSTGRES_URL) });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
