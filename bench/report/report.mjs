import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROJECT } from '../people/gateway.mjs';
import { growthCharts, growthTables } from './growth-report.mjs';
import { comparedPicture, growthPicture } from './picture.mjs';
import { workersTable } from './workers-report.mjs';
import { cpuTable, gaps, memoryTable, ratioTable, rateTable } from './tables.mjs';

export { resultOf } from './result.mjs';

const RESULTS = fileURLToPath(new URL('../results/', import.meta.url));
const PAGE = path.join(PROJECT, 'docs', 'benchmark.md');

const COMPARED_PICTURE = '![Requests per second as a ratio to the limit](benchmark.svg)';
const GROWTH_PICTURE = '![CPU per request while the company grows](benchmark-growth.svg)';

/** What a terminal is shown. */
export function tableOf(result) {
  const parts = [
    ['Requests per second, as a ratio to the limit', ratioTable(result)],
    ['Requests per second', rateTable(result)],
    ['CPU per request, server and database, in milliseconds', cpuTable(result)],
    ['Peak memory of the server, in MiB', memoryTable(result)],
  ];
  return [...parts.map(([title, text]) => `${title}\n\n${text}`), gaps(result)].join('\n\n');
}

/** Writes `bench/results/NAME.json`. */
export async function saveResult(name, result) {
  mkdirSync(RESULTS, { recursive: true });
  const file = path.join(RESULTS, `${name}.json`);
  writeFileSync(file, await formatted(JSON.stringify(result), 'json'));
  console.log(`Wrote ${path.relative(PROJECT, file)}.`);
}

/** Draws the pictures and fills the tables of docs/benchmark.md from the results that there are. */
export async function draw() {
  let page = readFileSync(PAGE, 'utf8');
  const compared = readResult('compared');
  if (compared) {
    writeFileSync(path.join(PROJECT, 'docs', 'benchmark.svg'), comparedPicture(compared));
    page = filled(page, 'compared', `${COMPARED_PICTURE}\n\n${comparedText(compared)}`);
  }
  const growth = readResult('growth');
  if (growth) {
    writeFileSync(path.join(PROJECT, 'docs', 'benchmark-growth.svg'), growthPicture(growthCharts(growth), growth.date));
    page = filled(page, 'growth', `${GROWTH_PICTURE}\n\n${growthTables(growth)}`);
  }
  const workers = readResult('workers');
  if (workers) page = filled(page, 'workers', workersTable(workers));
  writeFileSync(PAGE, await formatted(page, 'markdown'));
}

function readResult(name) {
  mkdirSync(RESULTS, { recursive: true });
  const file = path.join(RESULTS, `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function comparedText(result) {
  const { date, node, machine, options, versions } = result;
  return `Measured on ${date}: Node ${node} on ${machine}, sqlite3 ${versions.sqlite3}, PostgreSQL ${versions.postgresql},
${options.people.toLocaleString('en')} people, ${options.connections} connections, ${options.rounds} rounds of ${options.seconds} s, medians.

Requests per second as a ratio to the limit of the same round:

${ratioTable(result)}

CPU per request in milliseconds, of the server with its database:

${cpuTable(result)}

Peak memory of the server in MiB:

${memoryTable(result)}

${gaps(result)}

Who took part:

${result.contestants.map(described).join('\n')}`;
}

function described({ title, about, versions, database }) {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `- **${title}** (${[database, ...packages].join(', ')}): ${about}.`;
}

/** Replaces what stands between two marks. */
function filled(page, name, text) {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/benchmark.md has no place for ${name}.`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}

// With the project's own Prettier, so that its check has nothing to say.
async function formatted(text, parser) {
  const prettier = createRequire(path.join(PROJECT, 'package.json'))('prettier');
  const options = await prettier.resolveConfig(PAGE);
  return prettier.format(text, { ...options, parser });
}
