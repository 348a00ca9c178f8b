import { WORKLOADS } from '../people/workloads.mjs';
import { DATABASES, markdown } from './tables.mjs';

/** One line per workload and database: requests per second by processes, and CPU per request relative to one process. */
export function workersTable({ outcomes, date, node, machine, options }) {
  const counts = [...new Set(outcomes.map(({ count }) => count))];
  const keys = [...new Set(outcomes.map(({ database, workload }) => `${database} ${workload}`))];
  const rows = keys.map((key) => {
    const [database, workload] = key.split(' ');
    const own = outcomes.filter((one) => one.database === database && one.workload === workload);
    return [`${WORKLOADS[workload].title}, ${DATABASES[database]}`, ...counts.map((count) => cell(own, count))];
  });
  const titles = ['', ...counts.map((count) => (count === 1 ? '1 process' : `${count} processes`))];
  return `Measured on ${date}: Node ${node} on ${machine}, ${options.people.toLocaleString('en')} people, ${options.connections} connections,
${options.rounds} rounds of ${options.seconds} s, medians. Requests per second; in brackets as a ratio to one process of the same round, and CPU per
request of all processes as a ratio to one.

${markdown([titles, ...rows])}`;
}

function cell(outcomes, wanted) {
  const outcome = outcomes.find(({ count }) => count === wanted);
  if (!outcome) return '–';
  const { medians, ratio, cpuRatio } = outcome;
  const rate = medians.perSecond.toLocaleString('en', { maximumSignificantDigits: 3 });
  return `${rate} (${ratio.toFixed(2)}, CPU ${cpuRatio.toFixed(2)})`;
}
