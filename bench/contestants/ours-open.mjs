import { fileURLToPath } from 'node:url';
import { contestant as ours, startOurs } from './ours.mjs';

const PARTS = fileURLToPath(new URL('ours-open-parts.cjs', import.meta.url));

export const contestant = {
  ...ours,
  name: 'ours-open',
  title: 'Fieldgate without enforcement',
  about: 'the same built code without the live check, for callers that it has seen once; started by the benchmark only',
  start: (place) => startOurs(place, { execArgv: ['--require', PARTS] }),
  requests: (workload, server) =>
    workload === 'denied'
      ? { cannot: 'what is denied is part of the plan and stays' }
      : ours.requests(workload, server),
};
