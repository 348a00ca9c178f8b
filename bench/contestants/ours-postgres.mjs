import { startOurs } from './ours.mjs';
import { contestant as ours } from './ours.mjs';

export const contestant = {
  ...ours,
  name: 'ours-postgres',
  title: 'Fieldgate on PostgreSQL',
  database: 'PostgreSQL',
  start: (place) => startOurs(place),
};
