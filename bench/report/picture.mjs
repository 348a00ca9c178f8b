/** Draws results as SVG: one panel of bars per workload, or one of lines per question about growth. */
import { ratioText } from './tables.mjs';

const STYLE = `<style>
  .paper { fill: #ffffff } .ink { fill: #1f2937 } .soft { fill: #4b5563 } .rule { stroke: #9ca3af }
  .ours { fill: #1d6fd8 } .limit { fill: #6b7280 } .peer { fill: #c2c8d0 }
  .one { stroke: #1d6fd8; fill: #1d6fd8 } .two { stroke: #b45309; fill: #b45309 } .three { stroke: #047857; fill: #047857 }
  text { font: 12px system-ui, sans-serif } .title { font-weight: 600 }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0f1420 } .ink { fill: #e5e7eb } .soft { fill: #aab2bf } .rule { stroke: #6b7280 }
    .ours { fill: #6aa9ff } .limit { fill: #9ca3af } .peer { fill: #465063 }
    .one { stroke: #6aa9ff; fill: #6aa9ff } .two { stroke: #f0a14a; fill: #f0a14a } .three { stroke: #4cc79b; fill: #4cc79b }
  }
</style>`;

const PANEL = 490;
const NAMES = 210;
const BAR = 16;
const GAP = 4;
const HEAD = 30;

/** Throughput as a ratio to the limit, by workload. */
export function comparedPicture({ contestants, workloads, outcomes, date }) {
  const panels = workloads.map((workload) => barsOf(workload, contestants, outcomes));
  const height = Math.max(...panels.map(({ length }) => length)) * (BAR + GAP) + HEAD + 24;
  const top = 44;
  const body = panels.map((bars, index) => {
    const at = `translate(${20 + (index % 2) * (PANEL + 20)} ${top + Math.floor(index / 2) * height})`;
    return `<g transform="${at}">${barPanel(workloads[index].title, bars)}</g>`;
  });
  const size = [2 * PANEL + 60, top + Math.ceil(panels.length / 2) * height];
  const title = `Requests per second as a ratio to the limit, ${date}; longer is better`;
  return svg(size, `<text class="ink title" x="20" y="24">${title}</text>${body.join('')}`, title);
}

function barsOf({ name: workload }, contestants, outcomes) {
  return contestants.flatMap(({ name, title }) => {
    const outcome = outcomes.find((one) => one.contestant === name && one.workload === workload);
    if (!outcome) return [];
    return [{ name, title, ratio: outcome.ratio }];
  });
}

function barPanel(title, bars) {
  const most = Math.max(1, ...bars.map(({ ratio }) => ratio ?? 0));
  const scale = (PANEL - NAMES - 50) / most;
  const rows = bars.map(({ name, title: label, ratio }, index) => {
    const y = HEAD + index * (BAR + GAP);
    const value = ratio === undefined ? 'cannot' : ratioText(ratio);
    const width = (ratio ?? 0) * scale;
    return `<text class="${name.startsWith('ours') ? 'ink title' : 'soft'}" x="${NAMES - 8}" y="${y + 12}" text-anchor="end">${short(label)}</text>
      <rect class="${kindOf(name)}" x="${NAMES}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="2"/>
      <text class="${ratio === undefined ? 'soft' : 'ink'}" x="${(NAMES + width + 6).toFixed(1)}" y="${y + 12}">${value}</text>`;
  });
  const x = NAMES + scale;
  const bottom = HEAD + bars.length * (BAR + GAP);
  return `<text class="ink title" x="${NAMES}" y="18">${escaped(title)}</text>
    <line class="rule" x1="${x}" x2="${x}" y1="${HEAD - 4}" y2="${bottom}" stroke-dasharray="2 3"/>${rows.join('')}`;
}

function kindOf(name) {
  if (name.startsWith('ours')) return 'ours';
  return name.startsWith('limit') ? 'limit' : 'peer';
}

// The picture has less room than the table.
function short(title) {
  return escaped(
    title
      .replace('type-graphql middleware + TypeORM find', 'middleware + TypeORM')
      .replace('operation-field-permissions', 'field permissions')
      .replace(' with field access', ''),
  );
}

const PLOT = { width: 400, height: 190, left: 60, top: 34 };
const KINDS = ['one', 'two', 'three'];

/** @param charts `title`, `unit` and `lines` of `{ label, points: [[x, y]] }`, x on a logarithmic axis */
export function growthPicture(charts, date) {
  const cell = [PLOT.width + PLOT.left + 30, PLOT.height + 90];
  const body = charts.map((chart, index) => {
    const at = `translate(${10 + (index % 2) * cell[0]} ${40 + Math.floor(index / 2) * cell[1]})`;
    return `<g transform="${at}">${linePanel(chart)}</g>`;
  });
  const title = `What grows with the company, ${date}; lower and flatter is better`;
  const size = [20 + 2 * cell[0], 40 + Math.ceil(charts.length / 2) * cell[1]];
  return svg(size, `<text class="ink title" x="20" y="24">${title}</text>${body.join('')}`, title);
}

function linePanel({ title, unit, lines }) {
  const points = lines.flatMap((line) => line.points);
  const xs = [...new Set(points.map(([x]) => x))].sort((a, b) => a - b);
  const most = Math.max(...points.map(([, y]) => y)) * 1.15;
  const [low, high] = [Math.log10(xs[0]), Math.log10(xs.at(-1))];
  const { width, height, left, top } = PLOT;
  const x = (value) => left + ((Math.log10(value) - low) / (high - low || 1)) * width;
  const y = (value) => top + height - (value / most) * height;
  const axis = xs.map(
    (value) =>
      `<text class="soft" x="${x(value)}" y="${top + height + 18}" text-anchor="middle">${value.toLocaleString('en')}</text>`,
  );
  const ticks = [0, most / 2, most].map(
    (
      value,
    ) => `<text class="soft" x="${left - 8}" y="${y(value) + 4}" text-anchor="end">${Number(value.toPrecision(2))}</text>
      <line class="rule" x1="${left}" x2="${left + width}" y1="${y(value)}" y2="${y(value)}" stroke-width="0.5"/>`,
  );
  const drawn = lines.map(({ label, points: own }, index) => {
    const kind = KINDS[index % KINDS.length];
    const path = own
      .map(([px, py], step) => `${step === 0 ? 'M' : 'L'}${x(px).toFixed(1)} ${y(py).toFixed(1)}`)
      .join(' ');
    const dots = own.map(
      ([px, py]) => `<circle class="${kind}" cx="${x(px).toFixed(1)}" cy="${y(py).toFixed(1)}" r="3"/>`,
    );
    const legend = `<text class="${kind}" stroke="none" x="${left + index * 130}" y="${top + height + 38}">● ${escaped(label)}</text>`;
    return `<path class="${kind}" style="fill:none" stroke-width="2" d="${path}"/>${dots.join('')}${legend}`;
  });
  return `<text class="ink title" x="${left}" y="18">${escaped(title)} <tspan class="soft">(${unit})</tspan></text>
    ${ticks.join('')}${axis.join('')}${drawn.join('')}`;
}

function svg([width, height], body, title) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(title)}</title>${STYLE}<rect class="paper" width="${width}" height="${height}" rx="6"/>
${body}
</svg>
`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
