import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { contestant, startOurs } from './contestants/ours.mjs';
import { assertRight } from './measuring/answer.mjs';
import { measure } from './measuring/measure.mjs';
import { inFolder } from './people/folder.mjs';
import { COMMAND, createCredentials } from './people/gateway.mjs';
import { makeStore, sqliteFile } from './people/store.mjs';

const SHOWN = 40;

/** Prints where the gateway spends its CPU on one workload: functions by self time, and their sum by package. */
export async function profile({ workload, seconds, connections, people, warmUp }) {
  await inFolder(async (folder) => {
    const place = { folder };
    await makeStore(place, { people });
    place.credentials = await createCredentials(place);
    const profiles = path.join(folder, 'profiles');
    mkdirSync(profiles);
    const server = await startProfiled(place, profiles);
    let result;
    try {
      const requests = contestant.requests(workload, server);
      const database = new Database(sqliteFile(place), { readonly: true });
      await assertRight({ contestant, server, workload, requests, database });
      database.close();
      await measure(server, requests, { seconds: warmUp, connections });
      await mark(server);
      result = await measure(server, requests, { seconds, connections });
      await mark(server);
    } finally {
      await server.stop();
    }
    const [file] = readdirSync(profiles);
    print(workload, result, JSON.parse(readFileSync(path.join(profiles, file), 'utf8')));
  });
}

// Profiles between two signals, so that neither the start nor the warm-up counts.
function startProfiled(place, profiles) {
  const sampler = fileURLToPath(new URL('measuring/sampler.mjs', import.meta.url));
  process.env.BENCH_PROFILES = profiles;
  return startOurs(place, { file: COMMAND, execArgv: ['--import', sampler] });
}

async function mark({ pid }) {
  process.kill(pid, 'SIGUSR2');
  await new Promise((resolve) => setTimeout(resolve, 500));
}

function print(workload, { perSecond, cpu, requests }, recorded) {
  const own = selfTimes(recorded);
  const total = own.reduce((sum, { time }) => sum + time, 0);
  const busy = own.filter(({ name }) => name !== '(idle)');
  const busyTime = busy.reduce((sum, { time }) => sum + time, 0);
  const line = (label, time) =>
    console.log(
      `${((100 * time) / busyTime).toFixed(1).padStart(6)} %  ${(time / requests).toFixed(1).padStart(8)} µs  ${label}`,
    );
  console.log(
    `${workload}: ${Math.round(perSecond)} requests a second, ${(cpu * 1000).toFixed(0)} µs of CPU each in all threads;` +
      ` the main thread was busy for ${((100 * busyTime) / total).toFixed(0)} % of the time.`,
  );
  console.log('\nBy package: share of the main thread’s busy time, and time per request');
  for (const [label, time] of grouped(busy, ({ group }) => group).slice(0, 25)) line(label, time);
  console.log('\nBy function');
  for (const [label, time] of grouped(busy, ({ name, where }) => `${name}  ${where}`).slice(0, SHOWN))
    line(label, time);
}

function selfTimes({ nodes, samples, timeDeltas }) {
  const times = new Map();
  samples.forEach((id, index) => times.set(id, (times.get(id) ?? 0) + timeDeltas[index]));
  return nodes.map(({ id, callFrame }) => ({
    time: times.get(id) ?? 0,
    name: callFrame.functionName || '(anonymous)',
    ...placeOf(callFrame),
  }));
}

function placeOf({ functionName, url, lineNumber }) {
  if (functionName.startsWith('(')) return { group: functionName, where: '' };
  const [, dependency] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  const [, folder, file] = /\/dist\/src\/((?:[^/]+)(?:\/(.+))?)$/.exec(url) ?? [];
  const line = `:${lineNumber + 1}`;
  if (dependency) return { group: dependency, where: `${dependency} ${path.basename(url)}${line}` };
  if (folder) return { group: `fieldgate ${folder.split('/')[0]}`, where: `src/${folder}${line}`, file };
  if (url.startsWith('node:')) return { group: `node:${url.slice(5).split('/').at(-1)}`, where: url + line };
  return { group: url ? path.basename(url) : 'native', where: url + line };
}

function grouped(list, labelOf) {
  const sums = new Map();
  for (const one of list) sums.set(labelOf(one), (sums.get(labelOf(one)) ?? 0) + one.time);
  return [...sums].sort(([, a], [, b]) => b - a);
}
