/** How StrykerJS works, whatever it changes. */
export const common = {
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
