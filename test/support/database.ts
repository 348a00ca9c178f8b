import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Pool } from 'pg';
import { openHouse } from '../../src/app';
import { readConfig } from '../../src/config';
import { createDemoCompany, type DemoCredential } from '../../src/demo/demo-company';
import { sqliteFile, type StoreLocation } from '../../src/store/data-source';
import { fromSetup, POSTGRES_URL, RUN_FOLDER } from './environment';

/** A place for a store, empty until one is opened there. */
export interface TestLocation extends StoreLocation {
  /** Deletes the store. Close it first. */
  remove(): Promise<void>;
}

/** Its secrets open with the key file that lies there. */
export interface DemoLocation extends TestLocation {
  readonly credentials: readonly DemoCredential[];
}

export interface TestDatabase {
  readonly name: 'SQLite' | 'PostgreSQL';
  freshLocation(): Promise<TestLocation>;
  /** A place for a store whose tables are there already: most tests are not about making them. */
  readyLocation(): Promise<TestLocation>;
  /** A place for a store where the invented company lives already; undefined where no setup of a run made one. */
  demoLocation(): Promise<DemoLocation | undefined>;
  /** A copy of a store that nobody has open, its key file not among it. */
  copyOf(location: StoreLocation): Promise<TestLocation>;
}

/** Every kind of database that a store can live in: what the house guarantees, it guarantees on each of them. */
export const databases: readonly TestDatabase[] = [
  {
    name: 'SQLite',
    freshLocation: () => Promise.resolve(folderLocation()),
    readyLocation: () => copyOfFile(templateLocation(READY, 'SQLite')),
    demoLocation: () => demoLocation('SQLite', copyOfFile),
    copyOf: copyOfFile,
  },
  {
    name: 'PostgreSQL',
    freshLocation: () => postgresLocation('template0'),
    readyLocation: () => copyOfDatabase(templateLocation(READY, 'PostgreSQL')),
    demoLocation: () => demoLocation('PostgreSQL', copyOfDatabase),
    copyOf: copyOfDatabase,
  },
];

/** The names of what ready locations are copied from. */
const READY = 'template_ready';
const DEMO = 'template_demo';
const KEYS = 'keys.json';
const DEMO_CREDENTIALS = 'credentials.json';

type Name = TestDatabase['name'];

function templateLocation(template: string, name: Name): StoreLocation {
  const dataDir = path.join(fromSetup(RUN_FOLDER), template, name);
  return { dataDir, databaseUrl: name === 'PostgreSQL' ? urlOf(template) : undefined };
}

/** Makes what ready locations are copied from. Once for a run. */
export async function makeTemplates(): Promise<void> {
  for (const { name } of databases) {
    for (const template of [READY, DEMO]) {
      const location = templateLocation(template, name);
      await mkdir(location.dataDir, { recursive: true });
      if (location.databaseUrl) await maintain(`CREATE DATABASE ${template} TEMPLATE template0`);
      const house = await openHouse({ ...readConfig({}), logLevel: 'silent', ...location });
      const company = template === DEMO ? await createDemoCompany(house) : undefined;
      await house.close();
      if (company) await writeFile(path.join(location.dataDir, DEMO_CREDENTIALS), JSON.stringify(company.credentials));
    }
  }
}

async function demoLocation(
  name: Name,
  copy: (original: StoreLocation) => Promise<TestLocation>,
): Promise<DemoLocation | undefined> {
  const original = templateLocation(DEMO, name);
  const told = path.join(original.dataDir, DEMO_CREDENTIALS);
  if (!existsSync(told)) return undefined;
  const location = await copy(original);
  await copyFile(path.join(original.dataDir, KEYS), path.join(location.dataDir, KEYS));
  return { ...location, credentials: JSON.parse(await readFile(told, 'utf8')) as DemoCredential[] };
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

/** A database on another server than that of the run. Nothing there is ready. */
export function postgresDatabase(server: string): TestDatabase {
  const freshLocation = () => postgresLocation('template0', server);
  const copyOf = (original: StoreLocation) => copyOfDatabase(original, server);
  const demoLocation = () => Promise.resolve(undefined);
  return { name: 'PostgreSQL', freshLocation, readyLocation: freshLocation, demoLocation, copyOf };
}

function copyOfDatabase({ databaseUrl = '' }: StoreLocation, server?: string): Promise<TestLocation> {
  return postgresLocation(new URL(databaseUrl).pathname.slice(1), server);
}

async function postgresLocation(template: string, server = fromSetup(POSTGRES_URL)): Promise<TestLocation> {
  const dataDir = freshFolder();
  const name = `test_${randomBytes(8).toString('hex')}`;
  // By copying files: through the log, as is usual, it takes twice as long.
  await maintain(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`, server);
  return {
    dataDir,
    databaseUrl: urlOf(name, server),
    remove: () => {
      // It waits a tenth of a second for connections to end, and nobody waits for it: the server goes with the run anyway.
      void maintain(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, server).catch(() => undefined);
      return removeFolder(dataDir);
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

function urlOf(databaseName: string, server = fromSetup(POSTGRES_URL)): string {
  const url = new URL(server);
  url.pathname = databaseName;
  return url.href;
}

const maintenance = new Map<string, Pool>();

/** Runs one statement as the superuser of the PostgreSQL server. */
export async function maintain(statement: string, server = fromSetup(POSTGRES_URL)): Promise<void> {
  const pool = maintenance.get(server) ?? maintenancePool(server);
  maintenance.set(server, pool);
  await pool.query(statement);
}

// Connecting takes longer than making a database does. Whoever ends the server ends these connections.
function maintenancePool(connectionString: string): Pool {
  return new Pool({ connectionString, max: 4, allowExitOnIdle: true }).on('error', () => undefined);
}
