import { openHouse } from '../../src/app';
import { readConfig } from '../../src/config';
import { createDemoCompany } from '../../src/demo/demo-company';
import { signIn, type AdminBrowser } from '../support/admin';
import { databases, type TestLocation } from '../support/database';
import { Managing } from '../support/managing';
import { present } from '../support/present';
import { browserOf, startProcess, type GatewayProcess } from '../support/process';
import { race, type Race } from './races/race';
import { Subject } from './races/subject';
import { told } from './races/told';
import { WAYS } from './races/ways';

/** In all: shared by the databases and the numbers of processes. `npm run test:races` asks for many. */
const RACES = Number(process.env['FIELDGATE_TEST_REVOCATIONS'] ?? 240);
const PROCESSES = [1, 2, 4];
const SUBJECTS = 8;
const PASSWORD = 'hedgehog umbrella marzipan 42';
/** Milliseconds. */
const LONG = 3_600_000;

describe.each(databases)('what is taken away while clients read, on $name', (database) => {
  let location: TestLocation;
  let admin: AdminBrowser | undefined;
  const nodes: GatewayProcess[] = [];

  beforeAll(async () => {
    location = await database.readyLocation();
    const house = await openHouse({ ...readConfig({}), ...location });
    await createDemoCompany(house);
    await house.adminManagement.create({ email: 'ada@example.com', name: 'Ada', role: 'OWNER' }, PASSWORD);
    await house.close();
  });

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await location.remove();
  });

  async function grow(count: number): Promise<void> {
    const more = Array.from({ length: count - nodes.length }, () =>
      startProcess(location, ['--no-demo'], { REQUESTS_PER_MINUTE: '0' }),
    );
    nodes.push(...(await Promise.all(more)));
    if (admin !== undefined) return;
    const browser = { ...browserOf(present(nodes[0]).url), email: 'ada@example.com' };
    await signIn(browser, PASSWORD);
    admin = browser;
  }

  /** What the admin does, at one gateway after the other. */
  function managings(): () => Managing {
    const all = nodes.map(({ url }) => {
      const browser = browserOf(url);
      const cookie = present(admin).cookie();
      return new Managing({
        ...browser,
        send: (query, variables) => browser.send(query, variables, { cookie }),
      });
    });
    let next = 0;
    return () => present(all[next++ % all.length]);
  }

  test.each(PROCESSES)(
    'is served to no request that starts after the answer, and to every one after it was given back: %i processes (S2)',
    async (count) => {
      await grow(count);
      const managing = managings();
      const urls = nodes.map(({ url }) => url);
      const subjects: Subject[] = [];
      for (let index = 0; index < SUBJECTS; index += 1) subjects.push(await Subject.make(urls, managing(), index));
      const running = subjects.flatMap(({ lanes }) => lanes.map((lane) => lane.run()));
      const races: Race[] = [];
      const total = Math.ceil(RACES / databases.length / PROCESSES.length);
      let started = 0;
      const work = async (subject: Subject) => {
        while (started < total) {
          const way = present(WAYS[started++ % WAYS.length]);
          races.push(await race(way, subject, managing));
        }
      };
      await Promise.race([Promise.all(subjects.map(work)), Promise.all(running)]);
      for (const lane of subjects.flatMap(({ lanes }) => lanes)) lane.stop();
      await Promise.all(running);
      process.stdout.write(told(`${database.name}, ${count} ${count === 1 ? 'process' : 'processes'}`, races));
      expect(races.flatMap(({ faults }) => faults).slice(0, 20)).toEqual([]);
      expect(races).toHaveLength(total);
      expect(races.filter(({ lastSent }) => !(lastSent < 0))).toEqual([]);
    },
    LONG,
  );
});
