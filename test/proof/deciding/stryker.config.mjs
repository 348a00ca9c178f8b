import { common } from '../mutation.config.mjs';

/**
 * What decides about security, as far as it can be asked without a store. With the everyday tests one mutant takes half a
 * minute; with these, two seconds.
 */
export default {
  ...common,
  mutate: [
    'src/permissions/{admit,argument-uses,decide,denial-list,field-middleware,gate,grants,inclusion}.ts',
    'src/operations/{consequences,known-operations,opaque-variables,refused-as-sent}.ts',
    'src/authentication/{authenticator,basic,failure-limit,live-statement.store,live.store}.ts',
    'src/credentials/{key-ring,sealed-secret,secret}.ts',
  ],
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { projectType: 'custom', configFile: 'test/proof/deciding/jest.config.js' },
};
