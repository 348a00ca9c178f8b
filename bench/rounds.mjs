import Database from 'better-sqlite3';
import { LIMIT, loadContestant } from './contestants/list.mjs';
import { assertRight } from './measuring/answer.mjs';
import { measure } from './measuring/measure.mjs';
import { inTurn } from './measuring/turns.mjs';
import { inFolder } from './people/folder.mjs';
import { makePlaces } from './people/places.mjs';

/**
 * Lets the contestants take turns: A B C, B C A, … Whatever else the machine does meanwhile meets them all, and what is compared
 * was measured within the same round.
 *
 * @param options `contestants` and `workloads` by name, `rounds`, `seconds`, `warmUp` (seconds), `connections`, `people`
 * @param tell is told what happens, line by line
 * @returns one entry per contestant and workload
 */
export async function runRounds(options, tell) {
  const { contestants, absent } = await loadAll(options.contestants, tell);
  const outcomes = await inFolder(async (folder) => {
    tell(`Making a company of ${options.people} people …`);
    const places = await makePlaces(folder, contestants, options.people);
    const database = new Database(places.people, { readonly: true });
    const servers = new Map();
    try {
      for (const contestant of contestants) await start(contestant, places, servers, absent, tell);
      const field = contestants.filter((contestant) => servers.has(contestant));
      const all = [];
      for (const workload of options.workloads) {
        all.push(...(await runWorkload({ workload, field, servers, database, options, tell })));
      }
      return all;
    } finally {
      for (const { stop } of servers.values()) await stop();
      database.close();
      await places.close();
    }
  });
  return { outcomes, absent, contestants };
}

async function loadAll(names, tell) {
  const contestants = [];
  const absent = [];
  for (const name of names) {
    try {
      contestants.push(await loadContestant(name));
    } catch (error) {
      absent.push({ name, why: error.message });
      tell(`${name} cannot take part: ${error.message}`);
    }
  }
  return { contestants, absent };
}

async function start(contestant, places, servers, absent, tell) {
  const place = places.of(contestant);
  try {
    const server = await contestant.start(place);
    servers.set(contestant, { ...server, databasePid: place.databasePid });
    tell(`${contestant.name} answers at ${server.origin}`);
  } catch (error) {
    // One that does not start must not take the others' figures away, and must be seen.
    if (contestant.name === LIMIT) throw error;
    absent.push({ name: contestant.name, why: error.message });
    tell(`${contestant.name} cannot take part: ${error.message}`);
  }
}

async function runWorkload({ workload, field, servers, database, options, tell }) {
  const { seconds, warmUp, connections, rounds } = options;
  const outcomes = [];
  let runners = [];
  // Whoever fails on the way is left out of this workload, and its reason stands in its place: the others' figures are kept.
  const attempt = async (runner, work) => {
    try {
      await work();
      return true;
    } catch (error) {
      if (runner.contestant.name === LIMIT) throw error;
      delete runner.outcome.rounds;
      runner.outcome.cannot = error.message;
      tell(`${workload}: ${runner.contestant.name} cannot: ${error.message}`);
      return false;
    }
  };
  for (const contestant of field) {
    const server = servers.get(contestant);
    const requests = contestant.requests(workload, server);
    const outcome = { contestant: contestant.name, workload, rounds: [] };
    outcomes.push(outcome);
    const runner = { contestant, server, requests, outcome };
    const isReady = await attempt(runner, async () => {
      if (requests.cannot) throw new Error(await shownReason(server, requests));
      await assertRight({ contestant, server, workload, requests, database });
      if (rounds > 0) await measure(server, requests, { seconds: warmUp, connections });
      else tell(`${workload}: ${contestant.name} answers right`);
    });
    if (isReady) runners.push(runner);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const runner of inTurn(runners, round)) {
      const { server, requests, outcome } = runner;
      const isDone = await attempt(runner, async () => {
        outcome.rounds[round] = await measure(server, requests, { seconds, connections });
      });
      if (!isDone) runners = runners.filter((other) => other !== runner);
    }
    tell(`${workload}, round ${round + 1} of ${rounds}: ${runners.map(told(round)).join('  ')}`);
  }
  for (const runner of runners) {
    const { contestant, server, requests } = runner;
    await attempt(runner, () => assertRight({ contestant, server, workload, requests, database }));
  }
  return outcomes;
}

/** @throws Error when a contestant is said to refuse what it answers */
async function shownReason(server, { cannot, refused }) {
  if (!refused) return cannot;
  const [{ path, ...request }] = refused;
  const answer = await fetch(server.origin + path, request);
  const { data, errors } = await answer.json();
  const isRefused = errors?.length > 0 && Object.values(data ?? {}).every((value) => value === null);
  if (!isRefused) throw new Error(`It is wrong that ${cannot}.`);
  return cannot;
}

function told(round) {
  return ({ contestant, outcome }) => `${contestant.name} ${Math.round(outcome.rounds[round].perSecond)}/s`;
}
