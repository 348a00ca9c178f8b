import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readConfig } from '../src/config';
import { UsageError } from '../src/errors';
import { freshFolder } from './support/database';

const folder = freshFolder();

function written(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

function problems(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof UsageError) return (error.details as { problems: string[] }).problems;
    throw error;
  }
  return [];
}

test.each([
  ['YAML', 'fieldgate.yaml', 'PORT: 5000\nLOG_LEVEL: warn # quiet\nSMALLEST_GROUP:\n'],
  ['JSON', 'fieldgate.json', '{ "PORT": 5000, "LOG_LEVEL": "warn", "SMALLEST_GROUP": null }'],
])('settings come from a file in %s, and the environment comes first', (_format, name, text) => {
  const FIELDGATE_CONFIG = written(name, text);
  expect(readConfig({ FIELDGATE_CONFIG })).toMatchObject({ port: 5000, logLevel: 'warn', smallestGroup: 5 });
  expect(readConfig({ FIELDGATE_CONFIG, PORT: '6000', LOG_LEVEL: ' ' })).toMatchObject({
    port: 6000,
    logLevel: 'warn',
  });
});

test('every problem of environment and file is told at once, with where it came from', () => {
  const FIELDGATE_CONFIG = written(
    'wrong.yaml',
    'PORT: many\nMAX_KOST: 7\nMAX_COST: 0\nHOST: [a, b]\nDATABASE_URL: mysql://x:hush@y/z\n',
  );
  const told = problems({ FIELDGATE_CONFIG, LOG_LEVEL: 'loud', PORT: '-1' });
  const places = told.map((problem) => problem.split(':')[0]);
  expect(places.sort()).toEqual([
    'DATABASE_URL (wrong.yaml, line 5)',
    'HOST (wrong.yaml, line 4)',
    'LOG_LEVEL (environment)',
    'MAX_COST (wrong.yaml, line 3)',
    'MAX_KOST (wrong.yaml, line 2)',
    'PORT (environment)',
  ]);
  // A value may be a secret.
  expect(told.join()).not.toContain('hush');
});

test.each([
  ['broken.yaml', 'PORT: 1\nHOST: "open\n', 'line'],
  ['broken.json', '{ "PORT": ', 'line 1'],
  ['twice.yaml', 'PORT: 1\nPORT: 2\n', 'line 2'],
  ['list.yaml', '- PORT\n', 'map'],
])('%s is refused', (name, text, told) => {
  expect(problems({ FIELDGATE_CONFIG: written(name, text) }).join()).toContain(told);
});

test('a file that is not there is refused, and an empty one sets nothing', () => {
  expect(() => readConfig({ FIELDGATE_CONFIG: path.join(folder, 'nowhere.yaml') })).toThrow('cannot be read');
  expect(readConfig({ FIELDGATE_CONFIG: written('empty.yaml', '# nothing yet\n') })).toEqual(readConfig({}));
});

test('the file cannot name another file', () => {
  expect(problems({ FIELDGATE_CONFIG: written('chain.yaml', 'FIELDGATE_CONFIG: other.yaml\n') })).toEqual([
    'FIELDGATE_CONFIG (chain.yaml, line 1): there is no such setting',
  ]);
});

test('figures that other machines can reach need a token', () => {
  expect(problems({ METRICS_PORT: '9400', METRICS_HOST: '0.0.0.0' })).toEqual([
    expect.stringMatching(/^METRICS_TOKEN/),
  ]);
  expect(problems({ METRICS_PORT: '9400', METRICS_HOST: '::1' })).toEqual([]);
  expect(problems({ METRICS_PORT: '9400', METRICS_HOST: '0.0.0.0', METRICS_TOKEN: 'x'.repeat(16) })).toEqual([]);
});
