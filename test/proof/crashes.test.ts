import { setTimeout } from 'node:timers/promises';
import { createDemoCompany } from '../../src/demo/demo-company';
import type { AdminBrowser } from '../support/admin';
import { databases, type TestLocation } from '../support/database';
import { basic } from '../support/gateway';
import { list, Managing, type Made } from '../support/managing';
import { present } from '../support/present';
import { firstAdmin, startProcess } from '../support/process';
import { accessChanges } from './crashes/access';
import { Ledger } from './crashes/ledger';
import { importing, peopleChanges } from './crashes/people';
import { lookInto, Running } from './crashes/running';

/** On each kind of database. `npm run test:crashes` asks for many. */
const ASKED = process.env['FIELDGATE_TEST_KILLS'];
const KILLS = Number(ASKED ?? 10);
/** An import takes longer than all the rest, so only every third kill meets one. */
const IMPORT_TURN = 3;
/** Milliseconds: from the first acknowledgement to the kill, at most. */
const LATEST = 800;
const START_GOAL = 5_000;
/** What a start takes is held to the goal where somebody asked for it: beside other tests it says how busy the machine is. */
const IS_HELD_TO_GOAL = ASKED !== undefined;
/** For the first acknowledgement, of five milliseconds each. */
const MOST_WAITS = 6_000;
const LONG = 300_000 + KILLS * 60_000;

describe.each(databases)('a gateway on $name that is killed while everything is being changed', (database) => {
  let location: TestLocation;
  let admin: AdminBrowser;
  let ledgers: readonly Ledger[];
  let imports: Ledger;
  let importTakes: number;

  beforeAll(async () => {
    location = await database.readyLocation();
    await lookInto(location, createDemoCompany);
    const first = await startProcess(location);
    admin = await firstAdmin(first);
    const managing = new Managing(admin);
    const made = (name: string) => managing.reader(name);
    const people = peopleChanges(authorizationOf(await writer(managing)));
    const access = accessChanges(await made('Switched'), await made('Cut'), await made('Rotated'));
    ledgers = [...people, ...access].map((change) => new Ledger(change));
    imports = new Ledger(importing);
    await first.stop();
    const running = await Running.start(location, admin);
    const startedAt = performance.now();
    await imports.write(running, () => imports.total > 0);
    importTakes = performance.now() - startedAt;
    await running.stop();
  });

  afterAll(() => location.remove());

  const all = () => [...ledgers, imports];

  test(
    'comes back with every acknowledged change, none by halves, and a whole audit log (S9, S10)',
    async () => {
      const starts: number[] = [];
      const faults: string[] = [];
      let running = await Running.start(location, admin);
      for (let kill = 1; kill <= KILLS && faults.length === 0; kill += 1) {
        const isWithImport = kill % IMPORT_TURN === 0;
        await writeUntilKilled(running, isWithImport ? all() : ledgers, isWithImport ? 2 * importTakes : LATEST);
        running = await Running.start(location, admin);
        starts.push(running.startTook);
        faults.push(...(await faultsOf(running, all())).map((fault) => `Kill ${kill}: ${fault}`));
      }
      expect(await running.stop()).toBe(0);
      starts.sort((one, other) => one - other);
      const median = present(starts[Math.floor(starts.length / 2)]);
      const totals = all()
        .map(({ name, total }) => `${name} ${total}`)
        .join(', ');
      process.stdout.write(
        `${database.name}: ${starts.length} kills; acknowledged: ${totals}; starts took ${median.toFixed(0)} ms in the middle, ${present(starts.at(-1)).toFixed(0)} at most\n`,
      );
      expect(faults).toEqual([]);
      if (IS_HELD_TO_GOAL) expect(median).toBeLessThan(START_GOAL);
      expect(
        all()
          .filter(({ total }) => total === 0)
          .map(({ name }) => name),
      ).toEqual([]);
    },
    LONG,
  );
});

async function writeUntilKilled(running: Running, ledgers: readonly Ledger[], latest: number): Promise<void> {
  let isOver = false;
  const before = totalOf(ledgers);
  const writing = ledgers.map((ledger) => ledger.write(running, () => isOver));
  for (let wait = 0; totalOf(ledgers) === before && wait < MOST_WAITS; wait += 1) await setTimeout(5);
  await setTimeout(Math.random() * latest);
  isOver = true;
  await running.kill();
  await Promise.all(writing);
}

function totalOf(ledgers: readonly Ledger[]): number {
  return ledgers.reduce((sum, { total }) => sum + total, 0);
}

function faultsOf(running: Running, ledgers: readonly Ledger[]): Promise<string[]> {
  return lookInto(running.location, async (house) => {
    const faults: string[] = [];
    for (const ledger of ledgers) faults.push(...(await ledger.check({ running, house })));
    const report = await house.audit.verify();
    return report.outcome === 'WHOLE' ? faults : [...faults, `audit log: ${JSON.stringify(report)}`];
  });
}

async function writer(managing: Managing): Promise<Made> {
  const grants = list(['firstName', 'lastName'], true);
  const { credential, clientSecret } = await managing.create({ name: 'Writer', grants });
  return { ...present(credential), secret: present(clientSecret) };
}

function authorizationOf({ clientId, secret }: Made): string {
  return basic(clientId, secret);
}
