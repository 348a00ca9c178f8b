import { readFileSync } from 'node:fs';
import path from 'node:path';
import { formatConfiguration, parseConfiguration } from '../src/configuration/configuration-document';
import { grantsOf, listsOf, type CredentialConfiguration } from '../src/configuration/configuration';
import { ConfigurationError } from '../src/configuration/configuration-problem';
import { planConfiguration } from '../src/configuration/configuration-plan';
import { planText } from '../src/configuration/configuration-text';

const NONE = { read: false, write: false };
const BARE: CredentialConfiguration = {
  name: 'Bare',
  enabled: true,
  integration: null,
  description: null,
  owner: null,
  purpose: null,
  expires: null,
  denial: 'NULL_AND_ERROR',
  modules: { EMPLOYEES: NONE, ABSENCES: NONE, ATTENDANCES: NONE },
  attributes: { kind: 'together', both: [] },
};
const FULL: CredentialConfiguration = {
  name: 'Full: "quoted" # and odd',
  enabled: false,
  integration: 'datev',
  description: 'Two\nlines, and a very long one: '.repeat(5).trim(),
  owner: 'payroll@example.com',
  purpose: 'yes',
  expires: '2027-01-31T18:00:00.000Z',
  denial: 'STRICT',
  modules: { EMPLOYEES: { read: true, write: true }, ABSENCES: { read: true, write: false }, ATTENDANCES: NONE },
  attributes: { kind: 'apart', read: ['custom.shirtSize', 'firstName'], write: ['firstName'] },
};
const KNOWN = { attributes: new Set(['firstName', 'lastName', 'custom.shirtSize']), integrations: new Set(['datev']) };

const problemsOf = (text: string): string[] => {
  try {
    const document = parseConfiguration(text);
    planConfiguration([BARE], document, KNOWN, false);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.map(({ line, path, message }) => `${line} ${path}: ${message}`);
  }
};

test('what is written reads back as the same, and in one order', () => {
  const text = formatConfiguration([FULL, BARE]);
  expect(parseConfiguration(text).credentials).toEqual([BARE, FULL]);
  expect(formatConfiguration([BARE, FULL])).toBe(text);
  expect(formatConfiguration([])).toBe('version: 1\ncredentials: []\n');
});

test('the example of the documentation can be read', () => {
  const page = readFileSync(path.resolve(__dirname, '../docs/configuration-as-code.md'), 'utf8');
  const [, example = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  expect(parseConfiguration(example).credentials).toMatchObject([{ name: 'Payroll', attributes: { kind: 'apart' } }]);
});

test('every problem of a file is told at once, with its line', () => {
  const text = [
    'version: 1', // 1
    'credentials:',
    '  - name: A', // 3
    '    modules: { employees: [read, see] }',
    '    expires: soon', // 5
    '    colour: red',
    '  - name: ""', // 7
    '    enabled: yes',
    '    attributes: [firstName, firstName]', // 9
    '  - enabled: true',
  ].join('\n');
  expect(problemsOf(text)).toEqual([
    expect.stringContaining('3 credentials[0].enabled:'),
    expect.stringContaining('4 credentials[0].modules.employees[1]:'),
    '5 credentials[0].expires: must be a moment such as 2027-01-31T18:00:00Z',
    '6 credentials[0].colour: is no part of this format',
    expect.stringContaining('7 credentials[1].name:'),
    expect.stringContaining('8 credentials[1].enabled:'),
    '9 credentials[1].attributes: names a key twice',
    expect.stringContaining('10 credentials[2].name:'),
  ]);
});

test.each([
  ['another version', 'version: 2\ncredentials: []', '1 version: must be 1'],
  ['no YAML', 'version: 1\ncredentials: [', expect.stringMatching(/^2 : /)],
  ['an empty file', '', expect.stringContaining('null : ')],
  ['the same key twice', 'version: 1\nversion: 1\ncredentials: []', expect.stringMatching(/^2 : /)],
  [
    'one name twice, in other letters',
    'version: 1\ncredentials:\n  - { name: A, enabled: true }\n  - { name: " a", enabled: true }',
    '4 credentials[1].name: is there twice',
  ],
])('%s is refused', (_what, text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

test('what an admin could not type is refused in a file as well', () => {
  const text = [
    'version: 1',
    'credentials:',
    '  - name: "One\\nTwo"', // 3
    '    enabled: true',
    `    owner: ${'x'.repeat(201)}`, // 5
    `    purpose: ${'x'.repeat(501)}`,
    '    description: "half \\ud800"', // 7
    '  - { name: B, enabled: true, purpose: "\\0" }',
  ].join('\n');
  expect(problemsOf(text)).toEqual([
    '3 credentials[0].name: must be one line of text',
    expect.stringMatching(/^5 credentials\[0\]\.owner: .*200/),
    expect.stringMatching(/^6 credentials\[0\]\.purpose: .*500/),
    '7 credentials[0].description: must hold whole characters, and no NUL',
    '8 credentials[1].purpose: must hold whole characters, and no NUL',
  ]);
});

test('what the store does not know is told at its line', () => {
  const text = [
    'version: 1',
    'credentials:',
    '  - name: A',
    '    enabled: true',
    '    integration: nobody',
    '    modules: { employees: [read] }',
    '    attributes:',
    '      - firstName',
    '      - shoeSize',
    '  - name: B',
    '    enabled: true',
    '    attributes: { read: [firstName], write: [createdAt] }',
  ].join('\n');
  expect(problemsOf(text)).toEqual([
    '5 credentials[0].integration: there is no integration "nobody"',
    '9 credentials[0].attributes[1]: there is no attribute "shoeSize"',
    '12 credentials[1].attributes.write[0]: there is no attribute "createdAt"',
    '12 credentials[1].attributes: are of employees: add read or write to modules.employees',
    '12 credentials[1].attributes.write[0]: nobody writes createdAt',
  ]);
});

test('a plan shows what comes, goes and changes, attribute by attribute', () => {
  const changed = {
    ...FULL,
    enabled: true,
    owner: null,
    attributes: { kind: 'apart', read: ['lastName', 'firstName'], write: [] },
  } as const;
  const document = { credentials: [changed, { ...BARE, name: 'New' }], problem: () => fail() };
  const plan = planConfiguration([FULL, BARE, { ...BARE, name: 'Old\u001b[2J' }], document, KNOWN, true);
  expect(planText(plan)).toBe(`~ Full: "quoted" # and odd
    ~ enabled: false -> true
    - owner: payroll@example.com
    - attributes.custom.shirtSize: read
    ~ attributes.firstName: read, write -> read
    + attributes.lastName: read

+ New
    ~ enabled: false -> true

- Bare

- "Old\\u001b[2J"

1 to create, 1 to change, 2 to delete, 0 unchanged.`);
});

test('what a file does not list stays, unless it is pruned', () => {
  const nothing = { credentials: [], problem: () => fail() };
  expect(planConfiguration([BARE], nothing, KNOWN, false)).toEqual({ changes: [], unchanged: 1 });
  expect(planConfiguration([BARE], nothing, KNOWN, true).changes).toEqual([{ action: 'delete', name: 'Bare' }]);
});

test('lists stand together where that grants the same, and apart where it would not', () => {
  const modules = { EMPLOYEES: { read: true, write: true }, ABSENCES: NONE, ATTENDANCES: NONE };
  const grants = (read: string[], write: string[]) => ({
    modules,
    attributes: { read: new Set(read), write: new Set(write) },
  });
  const together = grants(['createdAt', 'firstName'], ['firstName']);
  expect(listsOf(together, false)).toEqual({ kind: 'together', both: ['createdAt', 'firstName'] });
  expect(listsOf(together, true).kind).toBe('apart');
  expect(listsOf(grants(['firstName'], []), false)).toEqual({ kind: 'apart', read: ['firstName'], write: [] });
  for (const apart of [true, false]) {
    expect(grantsOf({ modules, attributes: listsOf(together, apart) })).toEqual(together);
  }
});

function fail(): never {
  throw new Error('There is no problem to tell.');
}
