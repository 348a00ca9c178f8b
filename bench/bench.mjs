/** The command line: `npm run bench -- --help` tells what there is. */
import { parseArgs } from 'node:util';
import { NAMES } from './contestants/list.mjs';
import { WORKLOADS } from './people/workloads.mjs';

const HELP = `Usage: npm run bench -- [what] [options]

  (nothing)   every contestant on every workload; writes bench/results, the picture and the table in docs/benchmark.md
  profile     where the gateway spends its CPU on one workload
  growth      what grows with people, credentials and attributes
  workers     what one, two and four processes on one store answer
  draw        the picture and the tables anew from the results

  --only limit,ours         some contestants: ${NAMES.join(', ')}
  --workload one,page100    some workloads: ${Object.keys(WORKLOADS).join(', ')}
  --rounds 3                how often the contestants take turns; 0 only checks their answers
  --seconds 2               of each turn
  --connections 16
  --people 10000
  --quick                   turns of one second
  --databases sqlite        growth and workers on one database only
  --largest 100000          growth up to that many people

A run with --only, --workload or --quick, or of other sizes, only tells its figures and writes nothing.`;

const text = { type: 'string' };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: text,
    workload: text,
    rounds: text,
    seconds: text,
    connections: text,
    people: text,
    databases: text,
    largest: text,
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

// Whoever interrupts a run leaves no server and no folder behind.
process.setMaxListeners(50);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

const [what = 'run'] = positionals;
if (values.help) console.log(HELP);
else await commandOf(what)();

function commandOf(name) {
  const commands = { run: compare, profile: takeProfile, growth: grow, workers: scale, draw };
  if (!Object.hasOwn(commands, name)) throw new Error(`There is no ${name}.\n\n${HELP}`);
  return commands[name];
}

async function compare() {
  const { runRounds } = await import('./rounds.mjs');
  const { draw: drawAll, resultOf, saveResult, tableOf } = await import('./report/report.mjs');
  const options = {
    contestants: listOf(values.only, NAMES),
    workloads: listOf(values.workload, Object.keys(WORKLOADS)),
    rounds: numberOf(values.rounds, 3),
    seconds: numberOf(values.seconds, values.quick ? 1 : 2),
    // The more code a server has, the longer V8 takes to compile what is hot: what is measured is how it goes on.
    warmUp: values.quick ? 1 : 4,
    connections: numberOf(values.connections, 16),
    people: numberOf(values.people, 10_000),
  };
  const result = resultOf(options, await runRounds(options, console.log));
  if (options.rounds === 0) return;
  console.log(`\n${tableOf(result)}`);
  const isWhole = !['only', 'workload', 'rounds', 'seconds', 'connections', 'people'].some((name) => values[name]);
  if (!isWhole || values.quick) return;
  await saveResult('compared', result);
  await drawAll();
}

async function takeProfile() {
  const { profile } = await import('./profile.mjs');
  await profile({
    workload: values.workload ?? 'one',
    seconds: numberOf(values.seconds, 5),
    warmUp: 3,
    connections: numberOf(values.connections, 16),
    people: numberOf(values.people, 10_000),
  });
}

async function grow() {
  const { runGrowth } = await import('./growth.mjs');
  const { draw: drawAll, saveResult } = await import('./report/report.mjs');
  const options = {
    databases: listOf(values.databases, ['sqlite', 'postgres']),
    largest: numberOf(values.largest, 1_000_000),
    rounds: numberOf(values.rounds, values.quick ? 1 : 2),
    seconds: numberOf(values.seconds, values.quick ? 1 : 2),
    connections: numberOf(values.connections, 16),
  };
  const result = await runGrowth(options, console.log);
  if (values.databases || values.largest || values.quick || values.rounds || values.seconds) return;
  await saveResult('growth', result);
  await drawAll();
}

async function scale() {
  const { runWorkers } = await import('./workers.mjs');
  const { draw: drawAll, saveResult } = await import('./report/report.mjs');
  const options = {
    databases: listOf(values.databases, ['sqlite', 'postgres']),
    rounds: numberOf(values.rounds, 3),
    seconds: numberOf(values.seconds, values.quick ? 1 : 3),
    connections: numberOf(values.connections, 32),
    people: numberOf(values.people, 10_000),
  };
  const result = await runWorkers(options, console.log);
  if (values.databases || values.quick || values.rounds || values.seconds || values.people || values.connections)
    return;
  await saveResult('workers', result);
  await drawAll();
}

async function draw() {
  const { draw: drawAll } = await import('./report/report.mjs');
  await drawAll();
}

function listOf(given, all) {
  const wanted = given?.split(',') ?? all;
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}. There are ${all.join(', ')}.`);
  return wanted;
}

function numberOf(given, otherwise) {
  const number = given === undefined ? otherwise : Number(given);
  if (!Number.isFinite(number) || number < 0) throw new Error(`${given} is no number that can be used here.`);
  return number;
}
