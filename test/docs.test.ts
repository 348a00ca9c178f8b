import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Kind, parse, type OperationDefinitionNode } from 'graphql';
import { SYSTEM_ATTRIBUTES } from '../src/attributes/system-attributes';
import { MODULES } from '../src/permissions/grants';
import { adminBrowser, type AdminBrowser } from './support/admin';
import { databases, freshFolder } from './support/database';
import { startTestGateway, type TestCredential, type TestGateway } from './support/gateway';
import { present } from './support/present';
import { problemsOfSettings, problemsOfShellSnippet } from './support/shell-snippet';
import { SNIPPETS, type Snippet } from './support/snippets';

const run = promisify(execFile);

/** Blocks that a test file of their own holds to what they say, and how many it knows. */
const ELSEWHERE: Readonly<Record<string, readonly [file: string, count: number]>> = {
  'README.md json': ['readme.test.ts', 2],
  'docs/quickstart.md js': ['examples.test.ts', 1],
  'docs/importing.md csv': ['import-docs.test.ts', 4],
  'docs/importing.md json': ['import-docs.test.ts', 1],
  'docs/configuration-as-code.md yaml': ['configuration-file.test.ts', 1],
};

const place = ({ page, line, language }: Snippet) => `${page}:${line} ${language}`;
const kind = ({ page, language }: Snippet) => `${page} ${language}`;
const named = (snippets: readonly Snippet[]) => snippets.map((snippet) => ({ ...snippet, place: place(snippet) }));

const hasCurl = ({ text }: Snippet) => /^\s*(TOKEN=\$\()?curl /m.test(text);
const here = SNIPPETS.filter((snippet) => !(kind(snippet) in ELSEWHERE));
const of = (language: string) => here.filter((snippet) => snippet.language === language);
const operations = of('graphql');
const requests = of('sh').filter(hasCurl);
const commands = of('sh').filter((snippet) => !hasCurl(snippet));
const settings = of('yaml');
const scripts = of('js');
/** A block of JSON is what an operation above it wants as variables, or else an answer. */
const variables = new Map(operations.map((operation) => [place(operation), variablesOf(operation)] as const));
const answers = of('json').filter((snippet) => ![...variables.values()].includes(snippet));

test('every snippet is run or held to something; a new kind needs a way to do so', () => {
  const checked = new Set([...operations, ...requests, ...commands, ...settings, ...scripts, ...of('json')]);
  // Blocks without a language are output and headers. What looks like something to type belongs to a language.
  const isOutput = ({ language, text }: Snippet) =>
    language === '' && !/^\s*(\$ |curl |npx |npm |fieldgate |query\b|mutation\b|\{)/m.test(text);
  expect(here.filter((snippet) => !checked.has(snippet) && !isOutput(snippet)).map(place)).toEqual([]);
});

test.each(Object.entries(ELSEWHERE))('%s: as many blocks as its own test reads', (blocks, [file, count]) => {
  expect(SNIPPETS.filter((snippet) => kind(snippet) === blocks)).toHaveLength(count);
  expect(readFileSync(path.join(__dirname, file), 'utf8')).toContain(present(blocks.split(' ')[0]));
});

test.each(named(commands))('$place names commands, options, files and settings that there are', ({ text }) => {
  expect(problemsOfShellSnippet(text)).toEqual([]);
});

test.each(named(settings))('$place holds settings that can be used', ({ text }) => {
  expect(problemsOfSettings(text)).toEqual([]);
});

test.each(named(scripts))('$place is JavaScript', async ({ text }) => {
  const child = run(process.execPath, ['--check', '-']);
  child.child.stdin?.end(text);
  await child;
});

describe.each(databases)('on $name', (database) => {
  let gateway: TestGateway;
  let owner: AdminBrowser;
  let everything: TestCredential;
  let asking: TestCredential;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true });
    owner = await adminBrowser(gateway, 'OWNER');
    await owner.send(`mutation { createCustomAttribute(input: { name: "birthday", labelEn: "Birthday",
      labelDe: "Geburtstag", type: TEXT, sensitivity: MEDIUM }) { userErrors { code } } }`);
    const keys = [...SYSTEM_ATTRIBUTES.map(({ key }) => key), 'custom.shirtSize', 'custom.birthday'];
    everything = await gateway.credential({ read: MODULES, write: MODULES, attributes: keys });
    asking = await gateway.credential({ attributes: ['firstName'] });
    // docs/writing.md changes the third version of a person.
    for (const position of ['Fog watcher', 'Fog collector']) {
      const change = `mutation { updateEmployee(id: "17", values: { position: "${position}" }) { userErrors { code } } }`;
      const { body } = await gateway.query(everything, change);
      expect(body).toEqual({ data: { updateEmployee: { userErrors: [] } } });
    }
  });

  afterAll(() => gateway.close());

  const ask = async ({ page, text }: Snippet, values: Readonly<Record<string, unknown>>) => {
    if (OF_ADMINS.has(page)) return owner.send(text, values);
    return gateway.query(page === 'docs/access-requests.md' ? asking : everything, text, values);
  };

  test.each(named(operations))('$place does what it is for', async (operation) => {
    const values = variables.get(operation.place)?.text ?? '{}';
    const { status, body } = await ask(operation, JSON.parse(values) as Record<string, unknown>);
    expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined });
    expect(Object.values(body.data as object)).not.toContain(null);
    expect(userErrorsIn(body.data)).toEqual([]);
  });

  /** Sends the requests of a page one after another in one shell: a later one may use what an earlier one put into a variable. */
  const shell = (page: string) => {
    const own = requests.filter((snippet) => snippet.page === page).map(({ text }) => `${text}\necho`);
    const script = ['set -euo pipefail', 'curl() { command curl --fail-with-body "$@"; }', ...own].join('\n');
    const { clientId: CLIENT_ID, secret: CLIENT_SECRET } = everything;
    // To Bash, a pipe of Node.js looks like a remote shell, for which it would read the settings of whoever runs the tests.
    return run(
      'bash',
      ['--norc', '-c', script.replaceAll(/http:\/\/127\.0\.0\.1:4000|https:\/\/gateway\.example\.com/g, gateway.url)],
      { cwd: freshFolder(), env: { PATH: process.env['PATH'], CLIENT_ID, CLIENT_SECRET } },
    );
  };

  test.each([...new Set(requests.map(({ page }) => page))])('the requests of %s are answered', async (page) => {
    const { stdout } = await shell(page);
    expect(stdout).not.toContain('"errors"');
  });

  /** What the gateway answers where a page shows it, in the order of the page. */
  const REAL: Readonly<Record<string, () => Promise<readonly object[]>>> = {
    'docs/authentication.md': async () => {
      const { stdout } = await shell('docs/authentication.md');
      return [JSON.parse(stdout) as object];
    },
    'docs/errors.md': async () => [(await gateway.query(asking, '{ employee(id: "1") { email } }')).body],
    'docs/limits.md': async () => {
      const { body } = await gateway.fetch('/graphql', {
        method: 'POST',
        headers: {
          authorization: everything.authorization,
          'content-type': 'application/json',
          'x-fieldgate-cost': '1',
        },
        body: JSON.stringify({ query: '{ employees(first: 100) { nodes { firstName lastName } } }' }),
      });
      return [body];
    },
  };

  test.each([...new Set(answers.map(({ page }) => page))])('%s shows answers as they come', async (page) => {
    const shown = answers.filter((snippet) => snippet.page === page);
    const real = await present(REAL[page])();
    expect(real).toMatchObject(shown.map(({ text }) => likeShown(JSON.parse(text)) as object));
  });
});

/** Pages whose operations are for people with a session. */
const OF_ADMINS = new Set(['docs/feedback.md', 'docs/integrations.md']);

function variablesOf(operation: Snippet): Snippet | undefined {
  const definitions = parse(operation.text).definitions as readonly OperationDefinitionNode[];
  const needs = definitions.some(({ variableDefinitions = [] }) =>
    variableDefinitions.some(({ type }) => type.kind === Kind.NON_NULL_TYPE),
  );
  if (!needs) return undefined;
  return present(SNIPPETS.find(({ page, line }) => page === operation.page && line > operation.line));
}

function userErrorsIn(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'userErrors' ? (inner as unknown[]) : userErrorsIn(inner),
  );
}

/** What an answer must look like to be the one that is shown: an ellipsis stands for anything, and any number for any other. */
function likeShown(value: unknown): unknown {
  if (typeof value === 'number') return expect.any(Number);
  if (typeof value === 'string') return expect.stringMatching(patternOf(value));
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(likeShown);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, likeShown(inner)]));
}

function patternOf(shown: string): RegExp {
  const parts = shown.split('…').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`);
}
