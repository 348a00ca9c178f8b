import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, isObjectType } from 'graphql';
import { contractDifferences } from '../src/permissions/contract-differences';
import { adminBrowser } from './support/admin';
import { runCommand, type Finished } from './support/command';
import { databases, freshFolder } from './support/database';
import {
  basic,
  grantsOf,
  startTestGateway,
  type Answer,
  type TestCredential,
  type TestGateway,
} from './support/gateway';
import { employees, list, Managing } from './support/managing';
import { present } from './support/present';

const HASH = 'x-fieldgate-contract';
/** Commands are processes of their own. */
const SLOW = 120_000;

describe.each(databases)('the contract of a credential on $name', (database) => {
  let gateway: TestGateway;
  let owner: Managing;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true });
    owner = new Managing(await adminBrowser(gateway, 'OWNER'));
  });

  afterAll(() => gateway.close());

  const contract = (as: TestCredential | string, init: RequestInit = {}): Promise<Answer> =>
    gateway.fetch('/contract', {
      ...init,
      headers: { authorization: typeof as === 'string' ? as : as.authorization },
    });
  const command = (args: readonly string[]): Promise<Finished> =>
    runCommand(gateway.house.config, ['contract', ...args]);

  test('is what it may use, as text that its hash is made of, and is kept by nobody', async () => {
    const reader = await gateway.credential({ attributes: ['firstName', 'custom.zebraCount'] });
    const { status, text, headers } = await contract(reader);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('etag')).toBeNull();
    expect(headers.get(HASH)).toBe(createHash('sha256').update(text).digest('hex'));
    const employee = buildSchema(text).getType('Employee');
    expect(isObjectType(employee) && Object.keys(employee.getFields())).toEqual([
      'id',
      'firstName',
      'customAttributes',
    ]);
    expect(text).toContain('Granted: `zebraCount`.');
    const head = await contract(reader, { method: 'HEAD' });
    expect([head.status, head.text, head.headers.get(HASH)]).toEqual([200, '', headers.get(HASH)]);
  });

  test('is given for a token as for a secret', async () => {
    const reader = await gateway.credential({ attributes: ['firstName'] });
    const token = await gateway.fetch('/oauth/token', {
      method: 'POST',
      headers: { authorization: reader.authorization, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
    });
    const { access_token: bearer } = JSON.parse(token.text) as { access_token: string };
    expect((await contract(`Bearer ${bearer}`)).text).toBe((await contract(reader)).text);
  });

  test('has its hash in every answer to the credential, refusals among them, and in none to others', async () => {
    const reader = await gateway.credential({ attributes: ['firstName'] });
    const hash = present((await contract(reader)).headers.get(HASH));
    for (const query of [
      '{ employees { nodes { firstName } } }',
      '{ employees { nodes { fixSalary { amount } } } }',
      '{ nothing',
      '{ nothing }',
    ]) {
      expect((await gateway.query(reader, query)).headers.get(HASH)).toBe(hash);
    }
    expect((await gateway.query(undefined, '{ viewer { name } }')).headers.get(HASH)).toBeNull();
    expect((await owner.admin.send('{ me { email } }')).headers.get(HASH)).toBeNull();
  });

  test('is the same for whoever may use the same, and another from the first answer after a change', async () => {
    const one = await owner.reader('One', ['firstName', 'lastName']);
    const two = await owner.reader('Two', ['lastName', 'firstName']);
    const hash = async ({ clientId, secret }: typeof one) =>
      (await gateway.query(basic(clientId, secret), '{ viewer { name } }')).headers.get(HASH);
    const before = await hash(one);
    expect(await hash(two)).toBe(before);
    // What it is called or whom to ask about it is no permission.
    const renamed = await owner.update(one.id, { version: one.version, name: 'Another', description: 'New' });
    expect(await hash(one)).toBe(before);
    await owner.update(one.id, { version: present(renamed.credential).version, grants: list(['firstName']) });
    expect(await hash(one)).not.toBe(before);
    expect(await hash(two)).toBe(before);
  });

  test('is told to nobody else', async () => {
    const reader = await owner.reader('Disabled');
    await owner.onOne('disableCredential', reader.id);
    const off = await contract(basic(reader.clientId, reader.secret));
    expect([off.status, off.body.errors?.[0]?.extensions.code]).toEqual([401, 'CREDENTIAL_DISABLED']);
    const none = await gateway.fetch('/contract', {
      headers: { cookie: owner.admin.cookie(), origin: gateway.url, 'x-fieldgate-client': 'admin' },
    });
    expect([none.status, none.body.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(none.headers.get('www-authenticate')).toMatch(/^Bearer/);
    const posted = await gateway.fetch('/contract', { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test('is counted with the credential’s other requests', async () => {
    const limited = await startTestGateway(database, { config: { requestsPerMinute: 2 } });
    const reader = await limited.credential();
    const statuses: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      const { status } = await limited.fetch('/contract', { headers: { authorization: reader.authorization } });
      statuses.push(status);
    }
    await limited.close();
    expect(statuses).toEqual([200, 200, 429]);
  });

  test(
    'is the same on the command line, which tells every coordinate that is gone, new or changed',
    async () => {
      const made = await owner.reader('For the file', ['firstName', 'fixSalary']);
      const { text, headers } = await contract(basic(made.clientId, made.secret));
      const file = path.join(freshFolder(), 'contract.graphql');
      const [printed, written] = await Promise.all([
        command(['--credential', 'for the FILE']),
        command(['--credential', made.clientId, '--write', file, '--json']),
      ]);
      expect(printed).toEqual({ code: 0, stdout: text, stderr: '' });
      expect(JSON.parse(written.stdout)).toEqual({ file, hash: headers.get(HASH) });
      expect(readFileSync(file, 'utf8')).toBe(text);
      const grants = { modules: [employees(true)], attributes: ['firstName', 'gender'] };
      await owner.update(made.id, { version: made.version, grants });
      const { code, stdout, stderr } = await command(['--credential', 'For the file', '--check', file]);
      expect([code, stdout]).toEqual([1, '']);
      for (const gone of ['Employee.fixSalary', 'EmployeeFilter.fixSalary', 'EmployeeOrderField.FIX_SALARY']) {
        expect(stderr).toContain(`- ${gone}\n`);
      }
      expect(stderr).toContain('+ Employee.gender\n');
      expect(stderr).not.toContain('firstName');
    },
    SLOW,
  );
});

test(
  'the command line tells apart what is the same, what is no contract, what is not there, and nobody',
  async () => {
    const gateway = await startTestGateway(present(databases[0]));
    const { name, authorization } = await gateway.credential();
    const { text } = await gateway.fetch('/contract', { headers: { authorization } });
    const folder = freshFolder();
    const [same, broken] = [path.join(folder, 'same.graphql'), path.join(folder, 'broken.graphql')];
    writeFileSync(same, text);
    writeFileSync(broken, 'type Query {');
    const command = (args: readonly string[]) => runCommand(gateway.house.config, ['contract', ...args]);
    const nowhere = path.join(folder, 'absent', 'contract.graphql');
    const [checked, none, absent, nobody, unwritten, both] = await Promise.all([
      command(['--credential', name, '--check', same]),
      command(['--credential', name, '--check', broken]),
      command(['--credential', name, '--check', path.join(folder, 'absent.graphql')]),
      command(['--credential', 'Nobody']),
      command(['--credential', name, '--write', nowhere]),
      command(['--credential', name, '--write', broken, '--check', broken]),
    ]);
    expect([checked.code, checked.stdout]).toEqual([0, expect.stringContaining(`is the contract of ${name}, `)]);
    expect([none.code, none.stderr]).toEqual([1, `${broken} is no contract.\n`]);
    expect([absent.code, absent.stderr]).toEqual([1, expect.stringMatching(/cannot be read/)]);
    expect([nobody.code, nobody.stderr]).toEqual([1, 'No credential has this name or client id.\n']);
    expect([unwritten.code, unwritten.stderr]).toEqual([1, `${nowhere} cannot be written.\n`]);
    expect([both.code, both.stderr]).toEqual([1, expect.stringContaining('cannot be used with')]);
    expect(readFileSync(broken, 'utf8')).toBe('type Query {');
    await gateway.close();
  },
  SLOW,
);

test('a key of a custom attribute that comes or goes is a difference of the places where it may stand', async () => {
  const gateway = await startTestGateway(present(databases[0]));
  const of = (attributes: readonly string[]) => gateway.house.contracts.of(grantsOf({ attributes })).text;
  const both = of(['custom.zebraCount', 'custom.quokkaLevel']);
  expect(contractDifferences(both, of(['custom.zebraCount']))).toEqual([
    '~ Employee.customAttributes',
    '~ EmployeeOrder.custom',
    '~ CustomAttributeFilter.key',
    '~ EmployeeGroupBy.custom',
  ]);
  expect(contractDifferences(both, both)).toEqual(['~ The order, or the form of the text.']);
  await gateway.close();
});
