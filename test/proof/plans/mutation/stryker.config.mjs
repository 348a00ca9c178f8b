import { fileURLToPath } from 'node:url';
import { common } from '../../mutation.config.mjs';

/** The planner, which is held to what the reference path answers. */
export default {
  ...common,
  mutate: ['src/planner/*.ts'],
  testRunner: 'plans',
  plugins: [fileURLToPath(new URL('runner.mjs', import.meta.url))],
};
