import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { oursRequests, startOurs } from './contestants/ours.mjs';
import { measure } from './measuring/measure.mjs';
import { inTurn } from './measuring/turns.mjs';
import { inFolder } from './people/folder.mjs';
import { createCredentials } from './people/gateway.mjs';
import { startPostgres } from './people/postgres.mjs';
import { makeStore } from './people/store.mjs';
import { circumstances } from './report/result.mjs';
import { median, mediansOf, rounded } from './report/statistics.mjs';

const COUNTS = [1, 2, 4];
const WORKLOADS = ['one', 'denied', 'page1000'];

/**
 * Measures what one, two and four processes on one store answer. They are there all the time and take turns, so that what is
 * compared was measured within the same round.
 */
export async function runWorkers(options, tell) {
  const outcomes = [];
  for (const database of options.databases) {
    await inFolder(async (folder) => {
      const base = database === 'postgres' ? await startPostgres(folder) : undefined;
      const served = [];
      try {
        const place = { folder: path.join(folder, 'place'), ...(base ? { databaseUrl: base.url('postgres') } : {}) };
        mkdirSync(place.folder);
        await makeStore(place, { people: options.people, customAttributes: 20, peopleWithValues: options.people });
        place.credentials = await createCredentials(place);
        for (const count of COUNTS) served.push(await serve(place, base, count));
        for (const workload of WORKLOADS) {
          outcomes.push(...(await compare({ database, workload, served, options })));
          const own = outcomes.filter((one) => one.database === database && one.workload === workload);
          tell(`${database}, ${workload}: ${own.map(({ count, ratio }) => `${count} × ${ratio}`).join(', ')}`);
        }
      } finally {
        for (const { stop } of served) await stop();
        await base?.stop();
      }
    });
  }
  const { databases: _databases, ...how } = options;
  return { ...circumstances(), options: how, outcomes };
}

async function serve(place, base, count) {
  const argv = ['start', '--no-demo', '--json', '--workers', String(count)];
  const server = await startOurs(place, { argv });
  return { ...server, count, databasePid: base?.pid };
}

async function compare({ database, workload, served, options }) {
  const { rounds, seconds, connections } = options;
  const runners = served.map((server) => ({ server, requests: oursRequests(workload, server), rounds: [] }));
  for (const { server, requests } of runners) await measure(server, requests, { seconds, connections });
  for (let round = 0; round < rounds; round += 1) {
    for (const runner of inTurn(runners, round)) {
      runner.rounds.push(await measure(runner.server, runner.requests, { seconds, connections }));
    }
  }
  const [single] = runners;
  const against = (own, key) => rounded(median(own.map((round, index) => round[key] / single.rounds[index][key])));
  return runners.map(({ server, rounds: own }) => ({
    database,
    workload,
    count: server.count,
    ratio: against(own, 'perSecond'),
    cpuRatio: against(own, 'cpu'),
    medians: mediansOf(own),
  }));
}
