import { DATABASES, markdown } from './tables.mjs';

const TITLES = {
  people: 'people in the company',
  credentials: 'credentials that take turns',
  attributes: 'custom attributes',
  one: 'one employee',
  page100: 'page of 100',
  lookup: 'one person by email',
  custom: 'page of 100 with 5 custom attributes',
};

/** One table per question, the cost relative to the smallest size, and one of exports. */
export function growthTables({ growth, exports, date, node, machine, options }) {
  const questions = [...new Set(growth.map(({ question }) => question))];
  const parts = questions.map((question) =>
    questionTable(
      question,
      growth.filter((one) => one.question === question),
    ),
  );
  return [
    `Measured on ${date}: Node ${node} on ${machine}, ${options.connections} connections, ${options.rounds} rounds of
${options.seconds} s, medians. CPU per request of the gateway with its database, in milliseconds, and in brackets as a ratio
to the smallest size of the same round.`,
    ...parts,
    exportTable(exports),
  ].join('\n\n');
}

function questionTable(question, outcomes) {
  const sizes = [...new Set(outcomes.map(({ size }) => size))];
  const rows = grouped(outcomes).map(([database, workload, own]) => [
    `${TITLES[workload]}, ${DATABASES[database]}`,
    ...sizes.map((size) => cell(own.find((one) => one.size === size))),
  ]);
  const titles = [TITLES[question], ...sizes.map((size) => size.toLocaleString('en'))];
  return markdown([titles, ...rows]);
}

function cell(outcome) {
  if (!outcome) return '–';
  const { medians, ratio } = outcome;
  return `${(medians.cpu + medians.databaseCpu).toPrecision(2)} (${ratio.toFixed(2)})`;
}

function exportTable(exports) {
  const titles = [
    'everybody',
    'people',
    'MiB before',
    'MiB at half',
    'MiB at the end',
    'peak',
    'ms per 1,000, first tenth',
    'ms per 1,000, last tenth',
  ];
  const rows = exports.map(({ database, way, people, samples, peak, first, last }) => [
    `${way}, ${DATABASES[database]}`,
    people.toLocaleString('en'),
    ...[samples[0], samples[Math.floor(samples.length / 2)], samples.at(-1)].map(({ memory }) => memory.toFixed(0)),
    peak.toFixed(0),
    String(first),
    String(last),
  ]);
  return markdown([titles, ...rows]);
}

/** What the picture shows: one chart per question and database, and the memory of an export. */
export function growthCharts({ growth, exports }) {
  const questions = [...new Set(growth.map(({ question, database }) => `${question} ${database}`))];
  const charts = questions.map((key) => {
    const [question, database] = key.split(' ');
    const own = growth.filter((one) => one.question === question && one.database === database);
    return {
      title: `CPU per request by ${TITLES[question]}, ${DATABASES[database]}`,
      unit: 'ms',
      lines: grouped(own).map(([, workload, outcomes]) => ({
        label: TITLES[workload].replace(' with 5 custom attributes', ', custom'),
        points: outcomes.map(({ size, medians }) => [size, medians.cpu + medians.databaseCpu]),
      })),
    };
  });
  const memory = {
    title: `Memory while everybody is exported`,
    unit: 'MiB',
    lines: exports.map(({ database, way, samples }) => ({
      label: `${way}, ${DATABASES[database]}`,
      points: samples.slice(1).map(({ rows, memory: held }) => [rows, held]),
    })),
  };
  return [...charts, memory];
}

function grouped(outcomes) {
  const keys = [...new Set(outcomes.map(({ database, workload }) => `${database} ${workload}`))];
  return keys.map((key) => {
    const [database, workload] = key.split(' ');
    return [database, workload, outcomes.filter((one) => one.database === database && one.workload === workload)];
  });
}
