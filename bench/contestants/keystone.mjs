import { copyFileSync, mkdirSync, symlinkSync, existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { config, list } from '@keystone-6/core';
import { allowAll } from '@keystone-6/core/access';
import { float, relationship, text } from '@keystone-6/core/fields';
import {
  createExpressServer,
  createSystem,
  generateArtifacts,
  generatePrismaClient,
} from '@keystone-6/core/___internal-do-not-use-will-break-in-patch/artifacts';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import Database from 'better-sqlite3';
import { build } from 'esbuild';
import {
  ATTRIBUTES,
  CUSTOM_KEYS,
  DENIED,
  DENIED_ATTRIBUTES,
  FIND,
  FOUND,
  SEARCHED,
  SUPERVISED,
  TEN,
  WORKLOADS,
} from '../people/workloads.mjs';
import { graphqlRequests } from './ours.mjs';
import { peerCaller } from './peer-people.mjs';
import { PEER_HEADERS, startPeer } from './start.mjs';

export const contestant = {
  name: 'keystone',
  title: 'KeystoneJS 6 with field access',
  database: 'SQLite',
  about: 'a read function per field, on Prisma with better-sqlite3; denied values are null without an error',
  packages: ['@keystone-6/core', '@prisma/client'],
  // It gives null and says nothing.
  saysWhatIsDenied: false,
  start: (place) => startPeer('keystone', place),
  requests: (workload) => requests(workload),
  rows,
};

const all = Object.keys(ATTRIBUTES).join(' ');
const page = (take, fields, more = '') =>
  `{ employees(take: ${take}${more || ', orderBy: [{ id: asc }]'}) { id ${fields} } }`;
const anywhere = SEARCHED.map((key) => `{ ${key}: { contains: "${FIND.search}" } }`).join(', ');

const QUERIES = {
  one: `query One($id: ID!) { employee(where: { id: $id }) { id ${all} } }`,
  page100: page(100, all),
  page1000: page(1000, all),
  denied: page(100, [...TEN, ...DENIED].join(' ')),
  nested: page(50, `${SUPERVISED.join(' ')} supervisor { id ${SUPERVISED.join(' ')} }`),
  find: page(
    FIND.first,
    FOUND.join(' '),
    `, where: { status: { equals: "${FIND.status}" }, hireDate: { gte: "${FIND.hiredFrom}" }, OR: [${anywhere}] },
      orderBy: [{ lastName: asc }, { firstName: asc }, { id: asc }]`,
  ),
  custom: page(100, 'firstName customValues { key value }'),
};

function requests(workload) {
  if (workload === 'token') return { cannot: 'it issues no tokens' };
  return graphqlRequests(QUERIES[workload], WORKLOADS[workload].variables, PEER_HEADERS);
}

function rows(workload, { data }) {
  const found = workload === 'one' ? [data.employee] : data.employees;
  return found.map(({ customValues, ...row }) => (customValues ? { ...row, customAttributes: customValues } : row));
}

function keystoneConfig(file) {
  const reads = (key) => ({ read: ({ session }) => session?.reads.has(key) === true });
  const attribute = ([key, map]) => {
    const options = { access: reads(key), isFilterable: true, isOrderable: true };
    if (key === 'weeklyWorkingHours') return [key, float({ ...options, db: { map } })];
    return [key, text({ ...options, db: { map, isNullable: true } })];
  };
  return config({
    db: {
      provider: 'sqlite',
      idField: { kind: 'autoincrement' },
      prismaClientOptions: () => ({ adapter: new PrismaBetterSqlite3({ url: `file:${file}` }) }),
      prismaClientPath: 'prisma-client',
    },
    telemetry: false,
    graphql: { path: '/graphql', playground: false },
    ui: { isDisabled: true },
    session: {
      get: ({ context }) => Promise.resolve(peerCaller(context.req?.headers.authorization)),
      start: () => Promise.resolve(),
      end: () => Promise.resolve(),
    },
    lists: {
      Employee: list({
        access: { operation: ({ session }) => Boolean(session) },
        db: { map: 'employee' },
        graphql: { maxTake: 1000 },
        fields: {
          ...Object.fromEntries(Object.entries({ ...ATTRIBUTES, ...DENIED_ATTRIBUTES }).map(attribute)),
          supervisor: relationship({
            ref: 'Employee',
            access: reads('supervisor'),
            db: { foreignKey: { map: 'supervisor_id' } },
          }),
          customValues: relationship({ ref: 'CustomValue.employee', many: true, access: reads('customAttributes') }),
        },
      }),
      CustomValue: list({
        access: {
          operation: allowAll,
          filter: { query: ({ session }) => ({ key: { in: [...(session?.readsCustom ?? [])] } }) },
        },
        db: { map: 'custom_value' },
        fields: {
          key: text({ isFilterable: true }),
          value: text({ db: { isNullable: true } }),
          employee: relationship({ ref: 'Employee.customValues', db: { foreignKey: { map: 'employee_id' } } }),
        },
      }),
    },
  });
}

export async function serve({ folder, file }) {
  const home = path.join(folder, 'keystone');
  mkdirSync(home);
  // Prisma looks for its packages where its files are.
  symlinkSync(fileURLToPath(new URL('../node_modules', import.meta.url)), path.join(home, 'node_modules'));
  const own = path.join(home, 'people.sqlite');
  copyFileSync(file, own);
  addCustomValues(own);
  // Prisma would fetch its migration engine, which nothing here needs, from a server of its own.
  process.env.PRISMA_SCHEMA_ENGINE_BINARY = process.execPath;
  const system = createSystem(keystoneConfig(own));
  await generateArtifacts(home, system);
  await generatePrismaClient(home, system, 'capture');
  const keystone = system.getKeystone(await loadPrisma(home, system));
  await keystone.connect();
  const { httpServer } = await createExpressServer(system.config, keystone.context);
  return new Promise((resolve) => httpServer.listen(0, '127.0.0.1', () => resolve(httpServer.address().port)));
}

// Every list of Keystone has one column as its id, and the gateway's table of custom values has two.
function addCustomValues(file) {
  const database = new Database(file);
  database.exec(`CREATE TABLE custom_value (id integer PRIMARY KEY, employee_id integer REFERENCES employee, key text NOT NULL,
      value text);
    INSERT INTO custom_value (employee_id, key, value) SELECT v.employee_id, a.name, v.text_value
      FROM employee_custom_value v JOIN custom_attribute a ON a.id = v.attribute_id ORDER BY v.employee_id, a.id;
    CREATE INDEX custom_value_employee ON custom_value (employee_id); ANALYZE`);
  database.close();
}

// What Prisma generates is TypeScript.
async function loadPrisma(home, system) {
  const { prismaGeneratorOutput, prismaClientOutput } = system.getPaths(home);
  const outfile = path.join(home, 'prisma-client.mjs');
  const entry = [prismaGeneratorOutput, prismaClientOutput]
    .map((folder) => path.join(folder, 'client.ts'))
    .find(existsSync);
  await build({
    entryPoints: [entry],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}
