import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { openHouse } from '../../../src/app';
import { readConfig } from '../../../src/config';
import { createDemoCompany } from '../../../src/demo/demo-company';
import { signIn } from '../../support/admin';
import { databases, type TestLocation } from '../../support/database';
import { POSTGRES_URL, RUN_FOLDER } from '../../support/environment';
import { basic, grantsOf } from '../../support/gateway';
import { Managing, type Made } from '../../support/managing';
import { startPostgres } from '../../support/postgres';
import { present } from '../../support/present';
import { browserOf, startProcess, type GatewayProcess } from '../../support/process';
import { residentMegabytes } from '../resident-memory';
import { memoryFolder } from '../../support/memory-folder';
import { admin, flood, integration, run } from './clients';
import { Tally } from './tally';

/** Each sends one request at a time: together more than two cores can answer. */
const INTEGRATIONS = 24;
const ADMINS = 2;
const FLOODERS = 64;
/** Parts of the whole time; what is left is the load that is measured. */
const WARM_UP = 0.2;
const FLOOD = 0.2;
const RECOVERY_SECONDS = 5;
/** What one credential may send. */
const PER_MINUTE = 3_000;
/** A heap that is still warming up grows: half of a run that is shorter than this shows nothing. */
const SECONDS_TO_JUDGE_GROWTH = 60;
const MOST_GROWTH = 1.1;
const PASSWORD = 'hedgehog umbrella marzipan 42';

interface Options {
  readonly minutes: string;
  readonly postgres?: true;
}

void new Command('npm run test:load --')
  .description('Reads, writes and changes access at saturation, floods, and looks for errors, growth and recovery.')
  .option('--minutes <number>', 'how long', '5')
  .option('--postgres', 'on PostgreSQL instead of SQLite')
  .action(main)
  .parseAsync();

async function main({ minutes, postgres }: Options): Promise<void> {
  const folder = mkdtempSync(path.join(memoryFolder(), 'fieldgate-load-'));
  process.env[RUN_FOLDER] = folder;
  const server = postgres ? await startPostgres() : undefined;
  process.env[POSTGRES_URL] = server?.url ?? '';
  try {
    const name = postgres ? 'PostgreSQL' : 'SQLite';
    const location = await present(databases.find((one) => one.name === name)).freshLocation();
    const faults = await load(location, Number(minutes) * 60);
    for (const fault of faults) console.error(fault);
    if (faults.length > 0) process.exitCode = 1;
  } finally {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function load(location: TestLocation, seconds: number): Promise<string[]> {
  const authorizations = await settle(location);
  const gateway = await startProcess(location, ['--no-demo'], { REQUESTS_PER_MINUTE: String(PER_MINUTE) });
  const managing = await signedIn(gateway);
  const victims: Made[] = [];
  for (let count = 0; count < ADMINS; count += 1) victims.push(await managing.reader(`Changed ${count}`));
  const integrations = authorizations.slice(1).map((one) => integration(gateway.url, one));
  const mixed = [...integrations, ...victims.map((made) => admin(managing, made))];
  const flooding = Array.from({ length: FLOODERS }, () => flood(gateway.url, present(authorizations[0])));

  const during = async (title: string, length: number, requests: typeof mixed) => {
    const [tally, memory, endsAt] = [new Tally(), [] as number[], performance.now() + length * 1_000];
    const isOver = () => performance.now() >= endsAt;
    const running = Promise.all(requests.map((request) => run(request, tally, isOver)));
    while (!isOver()) {
      memory.push(residentMegabytes(gateway.pid));
      await setTimeout(500);
    }
    await running;
    const middle = present(memory.sort((one, other) => one - other)[Math.floor(memory.length / 2)]);
    console.log(`${tally.told(title, length)}\n  memory ${middle.toFixed(0)} MB`);
    return { tally, megabytes: middle };
  };

  await during('Warm-up', seconds * WARM_UP, mixed);
  const half = (seconds * (1 - WARM_UP - FLOOD)) / 2;
  const first = await during('Load, first half', half, mixed);
  const second = await during('Load, second half', half, mixed);
  const flooded = await during('Flood', seconds * FLOOD, [...mixed, ...flooding]);
  const after = await during('Recovery', RECOVERY_SECONDS, mixed);
  const code = await gateway.stop();
  const phases = [first, second, flooded, after];
  return [
    ...phases.flatMap(({ tally }) => tally.faults),
    ...(half >= SECONDS_TO_JUDGE_GROWTH && second.megabytes > first.megabytes * MOST_GROWTH
      ? ['Memory grew by more than a tenth.']
      : []),
    ...(flooded.tally.count('flood, served') > minutesWithin(seconds * FLOOD) * PER_MINUTE
      ? ['More was served in the flood than may be.']
      : []),
    ...(flooded.tally.percentile('flood, refused', 0.99) > 1_000
      ? ['Refusals in the flood took more than a second.']
      : []),
    ...(after.tally.percentile('read', 0.5) > 2 * second.tally.percentile('read', 0.5) ? ['It did not recover.'] : []),
    ...(code === 0 ? [] : [`It ended with ${code}.`]),
    ...(/"level":(50|60)/.test(gateway.log()) ? [gateway.log().slice(0, 2_000)] : []),
  ];
}

/** How many minutes of the clock such a time can touch. */
function minutesWithin(seconds: number): number {
  return Math.ceil(seconds / 60) + 1;
}

/** Fills the store. @returns how the flooder and the integrations show themselves */
async function settle(location: TestLocation): Promise<string[]> {
  const house = await openHouse({ ...readConfig({}), ...location, logLevel: 'silent' });
  await createDemoCompany(house);
  await house.adminManagement.create({ email: 'ada@example.com', name: 'Ada', role: 'OWNER' }, PASSWORD);
  const grants = grantsOf({ write: ['EMPLOYEES'], attributes: ['firstName', 'lastName', 'department', 'supervisor'] });
  const names = ['Flood', ...Array.from({ length: INTEGRATIONS }, (_, index) => `Integration ${index}`)];
  const authorizations: string[] = [];
  for (const name of names) {
    const { credential, secret } = await house.credentials.create({
      name,
      denialMode: 'NULL_AND_ERROR',
      expiresAt: null,
      enabled: true,
      grants,
    });
    authorizations.push(basic(credential.clientId, secret));
  }
  await house.close();
  return authorizations;
}

async function signedIn({ url }: GatewayProcess): Promise<Managing> {
  const browser = { ...browserOf(url), email: 'ada@example.com' };
  await signIn(browser, PASSWORD);
  return new Managing(browser);
}
