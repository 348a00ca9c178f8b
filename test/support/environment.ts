/** The names of the variables through which the run's setup tells the test files where things are. */
export const POSTGRES_URL = 'FIELDGATE_TEST_POSTGRES_URL';
export const RUN_FOLDER = 'FIELDGATE_TEST_FOLDER';

/** @throws Error outside a Jest run of this project */
export function fromSetup(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: test/support/global-setup.ts has not run.`);
  return value;
}
