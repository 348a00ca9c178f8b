'use strict';

const { existsSync } = require('node:fs');
const everyday = require('../../jest.config');

// Databases in memory where the machine has a folder for it: what is proved here has nothing to do with disks.
if (!process.env.TMPDIR && existsSync('/dev/shm')) process.env.TMPDIR = '/dev/shm';

/** The tests that take longer than everybody wants to wait every day. */
/** @type {import('jest').Config} */
module.exports = {
  ...everyday,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/proof/**/*.test.ts'],
  // Everyday tests leave these out.
  testPathIgnorePatterns: ['/node_modules/'],
  // Each starts gateways, and some start processes: generous, so that only a hang fails by time.
  testTimeout: 600_000,
};
