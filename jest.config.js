'use strict';

// Packages that are published as ES modules only. Node can require them, Jest has to translate them first.
const ES_MODULES = ['sql-template-tag', 'openid-client', 'oauth4webapi', 'jose'];

// In JavaScript, because Jest would need a further package to read its own configuration in TypeScript.
/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // The proofs have a configuration of their own, the cluster and the installation of the examples a script each: they take longer.
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/proof/',
    ...(process.env.FIELDGATE_TEST_CLUSTER ? [] : ['<rootDir>/test/cluster.test.ts']),
    ...(process.env.FIELDGATE_TEST_EXAMPLES ? [] : ['<rootDir>/test/example-clients.test.ts']),
  ],
  transform: { '\\.[cm]?[jt]s$': '@swc/jest' },
  transformIgnorePatterns: [`/node_modules/(?!(?:${ES_MODULES.join('|')})/)`],
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  maxWorkers: 2,
  // Jest keeps something of every file; with a gigabyte of it, a quarter of the time goes into collecting garbage.
  workerIdleMemoryLimit: '600MB',
  // A real database and a real server on a shared machine: generous, so that only a hang fails by time.
  testTimeout: 120_000,
};
