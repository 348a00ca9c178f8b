import { readFileSync } from 'node:fs';
import path from 'node:path';
import { databases } from './support/database';
import { ERROR_CODES } from '../src/errors';
import { createDemoCompany } from '../src/demo/demo-company';
import { basic, startTestGateway } from './support/gateway';
import { present } from './support/present';

const read = (file: string) => readFileSync(path.resolve(__dirname, '..', file), 'utf8');

function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block]) => present(block));
}

test.each(databases)('the two answers in the README are what the demo company answers on $name', async (database) => {
  const gateway = await startTestGateway(database);
  const { credentials } = present(await createDemoCompany(gateway.house));
  const [query] = blocks(read('README.md'), 'graphql');
  const answers = blocks(read('README.md'), 'json').map((block) => JSON.parse(block) as unknown);
  const ask = async (name: string) => {
    const { clientId, secret } = present(credentials.find((one) => one.name === name));
    const { text } = await gateway.query(basic(clientId, secret), present(query));
    return JSON.parse(
      text.replaceAll(gateway.url, 'https://gateway.example.com').replaceAll(clientId, 'fgci_0123456789'),
    ) as unknown;
  };
  expect([await ask('Staff directory'), await ask('Payroll')]).toEqual(answers);
  await gateway.close();
});

test('docs/errors.md lists every code with its status, and no other', () => {
  const rows = [...read('docs/errors.md').matchAll(/^\| `([A-Z_]+)` +\| (\d{3}) /gm)];
  const documented = Object.fromEntries(rows.map(([, code, status]) => [code, Number(status)]));
  expect(documented).toEqual(ERROR_CODES);
});

test('every page that a page points to is there', () => {
  const pages = ['README.md', 'docs/permissions.md', 'docs/authentication.md', 'docs/errors.md'];
  for (const page of pages) {
    for (const [, target] of read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)) {
      expect(() => read(path.join(path.dirname(page), present(target)))).not.toThrow();
    }
  }
});

test.each(databases)('the examples of docs/reading.md answer on $name', async (database) => {
  const gateway = await startTestGateway(database, { demo: true });
  const attributes = ['firstName', 'lastName', 'status', 'department', 'supervisor'];
  const reader = await gateway.credential({ attributes });
  for (const query of blocks(read('docs/reading.md'), 'graphql')) {
    const { body } = await gateway.query(reader, query);
    expect(body.errors).toBeUndefined();
    expect(JSON.stringify(body.data)).toMatch(/"(totalCount|count)":[1-9]/);
  }
  await gateway.close();
});
