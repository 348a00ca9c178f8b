import type { Race } from './race';

/** The figures of races, a line for each way. */
export function told(title: string, races: readonly Race[]): string {
  const ways = [...new Set(races.map(({ way }) => way))];
  const lines = ways.map((name) =>
    lineOf(
      name,
      races.filter(({ way }) => way === name),
    ),
  );
  return [`${title}: ${races.length} revocations`, ...lines, ''].join('\n');
}

function lineOf(name: string, races: readonly Race[]): string {
  const late = races.reduce((sum, race) => sum + race.late, 0);
  return [
    `  ${name.padEnd(28)}`,
    `mutation p50 ${percentile(races, 'mutation', 0.5)} p99 ${percentile(races, 'mutation', 0.99)} ms;`,
    `last served was sent p50 ${percentile(races, 'lastSent', 0.5)} p99 ${percentile(races, 'lastSent', 0.99)} ms`,
    `and arrived p99 ${percentile(races, 'lastArrived', 0.99)} ms after the end;`,
    `${late} requests later, ${races.flatMap(({ faults }) => faults).length} faults`,
  ].join(' ');
}

function percentile(races: readonly Race[], figure: 'mutation' | 'lastSent' | 'lastArrived', part: number): string {
  const sorted = races.map((race) => race[figure]).sort((one, other) => one - other);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN).toFixed(1);
}
