'use strict';

const { globalSetup, globalTeardown, ...everyday } = require('../../../jest.config');

/** Without a store: what decides is asked directly, so that every small change of it can be tried. */
/** @type {import('jest').Config} */
module.exports = {
  ...everyday,
  rootDir: '../../..',
  testMatch: ['<rootDir>/test/proof/deciding/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
};
