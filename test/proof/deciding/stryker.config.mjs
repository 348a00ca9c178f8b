/**
 * What decides about security, as far as it can be asked without a store, and the planner, which is asked over HTTP with few
 * operations. With the everyday tests one mutant takes half a minute; with these, a second or five.
 */
export default {
  mutate: [
    'src/permissions/{admit,argument-uses,decide,denial-list,field-middleware,gate,grants,inclusion}.ts',
    'src/operations/{consequences,known-operations,opaque-variables,refused-as-sent}.ts',
    'src/authentication/{authenticator,basic,failure-limit,live-statement.store,live.store}.ts',
    'src/credentials/{key-ring,sealed-secret,secret}.ts',
    'src/planner/*.ts',
  ],
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { projectType: 'custom', configFile: 'test/proof/deciding/jest.config.js' },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  tempDirName: '.cache/mutation',
  // Of the project, what these tests load.
  ignorePatterns: [
    '/*',
    '!/src',
    '!/test',
    '!/docs',
    '!/README.md',
    '!/schema.graphql',
    '!/jest.config.js',
    '!/.swcrc',
    '!/package.json',
    '!/tsconfig.json',
  ],
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: true },
  timeoutMS: 30_000,
};
