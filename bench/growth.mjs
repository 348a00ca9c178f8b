import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { graphqlRequests, oursRequests, startOurs } from './contestants/ours.mjs';
import { measure } from './measuring/measure.mjs';
import { memoryOf, peakOf, resetPeak } from './measuring/process.mjs';
import { inTurn } from './measuring/turns.mjs';
import { cloneCredentials } from './people/credentials.mjs';
import { inFolder } from './people/folder.mjs';
import { createCredentials } from './people/gateway.mjs';
import { runOn, startPostgres } from './people/postgres.mjs';
import { makeStore } from './people/store.mjs';
import { circumstances } from './report/result.mjs';
import { median, mediansOf, rounded } from './report/statistics.mjs';
import { ATTRIBUTES } from './people/workloads.mjs';

const USUAL = { people: 10_000, credentials: 1, customAttributes: 20 };
const PEOPLE = [1_000, 10_000, 100_000, 1_000_000];
/** Whose custom attributes have values; a million times twenty would only take long. */
const MOST_WITH_VALUES = 10_000;

/** Requests that any gateway here answers in a second, at first sight of their credentials. */
const SLOWEST_PER_SECOND = 500;

const EXPORT_PAGE = 1000;
const EXPORT_SAMPLES = 10;

const QUESTIONS = {
  people: { sizes: PEOPLE, of: (people) => ({ people }), workloads: ['one', 'page100', 'lookup'] },
  credentials: { sizes: [1, 100, 10_000], of: (credentials) => ({ credentials }), workloads: ['one', 'page100'] },
  attributes: {
    sizes: [20, 100, 500],
    of: (customAttributes) => ({ customAttributes }),
    workloads: ['one', 'page100', 'custom'],
  },
};

/**
 * Measures what one request costs while one thing grows. All sizes are served at the same time and take turns, so that what is
 * compared was measured within the same round.
 */
export async function runGrowth(options, tell) {
  const growth = [];
  const exports = [];
  for (const database of options.databases) {
    for (const [question, { sizes, of, workloads }] of Object.entries(QUESTIONS)) {
      const wanted = sizes.filter((size) => question !== 'people' || size <= options.largest);
      await inFolder(async (folder) => {
        const base = database === 'postgres' ? await startPostgres(folder) : undefined;
        const served = [];
        try {
          for (const size of wanted)
            served.push(await serve({ folder, base, size, question, ...USUAL, ...of(size) }, tell));
          for (const workload of workloads)
            growth.push(...(await compare({ database, question, workload, served, options, tell })));
          const ways = question === 'people' ? EXPORT_WAYS : [];
          for (const way of ways) exports.push(await exportAll(way, database, served.at(-1), tell));
        } finally {
          for (const { stop } of served) await stop();
          await base?.stop();
        }
      });
    }
  }
  const { databases: _databases, ...how } = options;
  return { ...circumstances(), options: how, growth, exports };
}

async function serve({ folder, base, size, question, people, credentials, customAttributes }, tell) {
  tell(`Making a company of ${people} people, ${customAttributes} custom attributes, ${credentials} credentials …`);
  const name = `${question}_${size}`;
  const place = { folder: path.join(folder, name) };
  mkdirSync(place.folder);
  if (base) {
    await runOn(base.url('postgres'), [`CREATE DATABASE ${name}`]);
    place.databaseUrl = base.url(name);
  }
  await makeStore(place, { people, customAttributes, peopleWithValues: Math.min(people, MOST_WITH_VALUES) });
  place.credentials = await createCredentials(place);
  const server = await startOurs(place);
  const copies = credentials > 1 ? await cloneCredentials(place, credentials - 1) : [];
  const tokens = [server.tokens.people, ...copies];
  const stop = async () => {
    await server.stop();
    rmSync(place.folder, { recursive: true, force: true });
  };
  return { ...server, databasePid: base?.pid, size, people, allTokens: tokens, stop };
}

async function compare({ database, question, workload, served, options, tell }) {
  const { rounds, seconds, connections } = options;
  const runners = served.map((server) => ({ server, requests: requestsOf(workload, server), rounds: [] }));
  for (const { server, requests } of runners) {
    await assertAnswered(server, requests[0]);
    // Until every credential has asked once: its first request finds out who it is.
    const warmUp = Math.max(seconds, requests.length / SLOWEST_PER_SECOND);
    await measure(server, requests, { seconds: warmUp, connections });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const runner of inTurn(runners, round)) {
      runner.rounds.push(await measure(runner.server, runner.requests, { seconds, connections }));
    }
  }
  const [smallest] = runners;
  const outcomes = runners.map(({ server, rounds: own }) => {
    const cost = ({ cpu, databaseCpu }) => cpu + databaseCpu;
    const ratio = median(own.map((round, index) => cost(round) / cost(smallest.rounds[index])));
    return { question, database, workload, size: server.size, ratio: rounded(ratio), medians: mediansOf(own) };
  });
  tell(`${database}, ${question}, ${workload}: ${outcomes.map(({ size, ratio }) => `${size} × ${ratio}`).join(', ')}`);
  return outcomes;
}

function requestsOf(workload, server) {
  if (workload === 'custom') return oursRequests('custom', server);
  if (workload === 'page100') return withTokens(server, oursRequests('page100', server));
  const ids = Array.from({ length: 512 }, (_, index) => String(((index * 7919) % server.people) + 1));
  const headers = { authorization: `Bearer ${server.tokens.people}` };
  if (workload === 'one') {
    const query = `query One($id: ID!) { employee(id: $id) { id ${Object.keys(ATTRIBUTES).join(' ')} } }`;
    return withTokens(
      server,
      graphqlRequests(
        query,
        ids.map((id) => ({ id })),
        headers,
      ),
    );
  }
  const query =
    'query Lookup($email: String!) { employees(first: 1, filter: { email: { eq: $email } }) { nodes { id email } } }';
  return graphqlRequests(
    query,
    ids.map((id) => ({ email: emailOf(Number(id)) })),
    headers,
  );
}

const FIRST = 'Ada Ben Cleo Dora Emil Frida Gus Hanna Ivo Jule Kai Lena Mio Nora Otto Pia Quin Rosa Sven Tilda'
  .toLowerCase()
  .split(' ');

function emailOf(n) {
  return `${FIRST[(n * 7) % FIRST.length]}.${n}@company.example`;
}

// Every credential takes its turn.
function withTokens({ allTokens }, requests) {
  const count = Math.max(allTokens.length, requests.length);
  return Array.from({ length: count }, (_, index) => {
    const request = requests[index % requests.length];
    const authorization = `Bearer ${allTokens[index % allTokens.length]}`;
    return { ...request, headers: { ...request.headers, authorization } };
  });
}

async function assertAnswered(server, { path: at, ...request }) {
  const answer = await fetch(server.origin + at, request);
  const { data, errors } = await answer.json();
  const found = data?.employee ?? data?.employees?.nodes[0];
  if (errors || !found) throw new Error(`The gateway does not answer as it should: ${JSON.stringify(errors ?? data)}`);
}

/**
 * Reads everybody, as an integration would, and looks at the server's memory on the way.
 *
 * @param way yields how many people came at a time
 */
async function exportAll({ name, read }, database, server, tell) {
  resetPeak(server.pid);
  const samples = [{ rows: 0, memory: rounded(memoryOf(server.pid)) }];
  const times = [];
  let rows = 0;
  let start = performance.now();
  for await (const count of read(server)) {
    const now = performance.now();
    times.push({ milliseconds: now - start, rows: count });
    start = now;
    rows += count;
    if (rows >= (server.people * samples.length) / EXPORT_SAMPLES)
      samples.push({ rows, memory: rounded(memoryOf(server.pid)) });
  }
  if (rows !== server.people) throw new Error(`The export has ${rows} people and not ${server.people}.`);
  const tenth = Math.ceil(times.length / 10);
  const outcome = {
    database,
    way: name,
    people: rows,
    seconds: rounded(times.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000),
    peak: rounded(peakOf(server.pid)),
    samples,
    // Milliseconds of 1,000 people at the start and at the end: a page far inside must not cost more.
    first: perThousand(times.slice(0, tenth)),
    last: perThousand(times.slice(-tenth)),
  };
  tell(
    `${database}, ${name}: ${rows} people in ${outcome.seconds} s, ${samples.map(({ memory }) => memory).join(' ')} MiB`,
  );
  return outcome;
}

function perThousand(times) {
  const sum = (of) => times.reduce((total, one) => total + of(one), 0);
  return rounded((sum(({ milliseconds }) => milliseconds) / sum(({ rows }) => rows)) * 1_000);
}

const NODES = `nodes { id ${Object.keys(ATTRIBUTES).join(' ')} }`;
const EXPORT_WAYS = [
  { name: 'page by page', read: pages },
  { name: 'streamed', read: stream },
];

async function* pages(server) {
  for (let after = null; ;) {
    const { nodes, pageInfo } = await pageAfter(server, after);
    yield nodes.length;
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

async function* stream(server) {
  const { status, body } = await send(server, '/export', { query: `{ employees { ${NODES} } }` });
  if (status !== 200) throw new Error(`The export answers ${status}.`);
  for await (const chunk of body) yield chunk.reduce((lines, byte) => lines + Number(byte === LINE_BREAK), 0);
}

const LINE_BREAK = 10;

function send(server, path, body) {
  return fetch(server.origin + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.tokens.people}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const EXPORT = `query Export($after: String) { employees(first: ${EXPORT_PAGE}, after: $after) {
  ${NODES} pageInfo { hasNextPage endCursor } } }`;

async function pageAfter(server, after) {
  const answer = await send(server, '/graphql', { query: EXPORT, variables: { after } });
  const { data, errors } = await answer.json();
  if (errors) throw new Error(`The export failed: ${JSON.stringify(errors)}`);
  return data.employees;
}
