import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { LIMIT } from '../contestants/list.mjs';
import { postgresVersion } from '../people/postgres.mjs';
import { WORKLOADS } from '../people/workloads.mjs';
import { median, mediansOf, rounded } from './statistics.mjs';

/** What is kept of a run: who took part, how, and the medians of its rounds beside their ratios to the limit. */
export function resultOf({ contestants: _names, ...options }, { outcomes, absent, contestants }) {
  const limit = new Map(
    outcomes.filter(({ contestant }) => contestant === LIMIT).map(({ workload, rounds }) => [workload, rounds]),
  );
  return {
    ...circumstances(),
    options,
    workloads: options.workloads.map((name) => ({ name, title: WORKLOADS[name].title, about: WORKLOADS[name].about })),
    contestants: contestants.map(({ name, title, database, about, packages = [] }) => {
      return {
        name,
        title,
        database,
        about,
        versions: Object.fromEntries(packages.map((one) => [one, versionOf(one)])),
      };
    }),
    absent,
    outcomes: outcomes.map((outcome) => summary(outcome, limit.get(outcome.workload))),
  };
}

/** When and on what something was measured. */
export function circumstances() {
  const { versions, version } = process;
  return {
    date: new Date().toISOString().slice(0, 10),
    node: version,
    machine: `${cpus().length} shared cores`,
    versions: {
      v8: versions.v8,
      sqlite3: versionOf('sqlite3'),
      'better-sqlite3': versionOf('better-sqlite3'),
      postgresql: postgresVersion(),
    },
  };
}

function versionOf(name) {
  return JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8')).version;
}

function summary({ contestant, workload, rounds, cannot }, limit) {
  if (!rounds || rounds.length === 0) return { contestant, workload, cannot: cannot ?? 'not timed' };
  const compared = (key) => {
    const pairs = rounds.map((round, index) => round[key] / limit[index][key]).filter(Number.isFinite);
    return pairs.length > 0 ? rounded(median(pairs)) : undefined;
  };
  return {
    contestant,
    workload,
    // Of the same round each, because what the machine does beside meets both.
    ...(limit?.length > 0 ? { ratio: compared('perSecond'), cpuRatio: compared('cpu') } : {}),
    medians: mediansOf(rounds),
    perSecond: rounds.map(({ perSecond }) => rounded(perSecond)),
  };
}
