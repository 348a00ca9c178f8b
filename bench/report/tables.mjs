/** Tables in Markdown, which a terminal shows well enough. */

const NONE = '–';

/** What people call them. */
export const DATABASES = { sqlite: 'SQLite', postgres: 'PostgreSQL' };

/** Throughput as a ratio to the limit, one line per contestant and one column per workload. */
export function ratioTable(result) {
  return table(result, ({ ratio }) => (ratio === undefined ? NONE : ratioText(ratio)));
}

/** CPU of the server and its database for one request, in milliseconds; then peak memory. */
export function cpuTable(result) {
  return table(result, ({ medians }) => milliseconds(medians.cpu + medians.databaseCpu));
}

export function memoryTable(result) {
  return table(result, ({ medians }) => String(Math.round(medians.peak)));
}

export function rateTable(result) {
  return table(result, ({ medians }) => medians.perSecond.toLocaleString('en', { maximumSignificantDigits: 3 }));
}

function table({ contestants, workloads, outcomes }, cell) {
  const titles = ['', ...workloads.map(({ title }) => title)];
  const lines = contestants
    .filter(({ name }) => outcomes.some(({ contestant }) => contestant === name))
    .map(({ name, title }) => {
      const cells = workloads.map((workload) => {
        const outcome = outcomes.find((one) => one.contestant === name && one.workload === workload.name);
        return outcome?.medians ? cell(outcome) : NONE;
      });
      return [title, ...cells];
    });
  return markdown([titles, ...lines]);
}

/** What could not be measured, and why, as a list. */
export function gaps({ absent, outcomes, contestants, workloads }) {
  const titleOf = (list, name) => list.find((one) => one.name === name)?.title ?? name;
  return [
    ...absent.map(({ name, why }) => `- **${titleOf(contestants, name)}** did not take part: ${firstLine(why)}`),
    ...grouped(outcomes.filter(({ medians }) => !medians)).map(([name, cannot, names]) => {
      const which = names.map((workload) => titleOf(workloads, workload)).join(', ');
      return `- **${titleOf(contestants, name)}** has no figure for ${which}: ${firstLine(cannot)}.`;
    }),
  ].join('\n');
}

function grouped(outcomes) {
  const groups = new Map();
  for (const { contestant, workload, cannot } of outcomes) {
    const key = JSON.stringify([contestant, cannot]);
    groups.set(key, [...(groups.get(key) ?? []), workload]);
  }
  return [...groups].map(([key, workloads]) => [...JSON.parse(key), workloads]);
}

function firstLine(text) {
  return text.split('\n', 1)[0];
}

/** Cells under their titles, the columns as wide as what they hold. */
export function markdown(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length), 3));
  const line = (cells) => `| ${cells.map((text, column) => align(text, widths[column], column)).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(rows[0]), `| ${rule.join(' | ')} |`, ...rows.slice(1).map(line)].join('\n');
}

function align(text, width, column) {
  return column === 0 ? text.padEnd(width) : text.padStart(width);
}

export function ratioText(ratio) {
  return ratio >= 0.1 ? ratio.toFixed(2) : ratio.toPrecision(1);
}

function milliseconds(number) {
  return number >= 10 ? number.toFixed(0) : number >= 1 ? number.toFixed(1) : number.toPrecision(2);
}
