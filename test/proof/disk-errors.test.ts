import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '../support/command';
import { databases, freshFolder } from '../support/database';
import { startTestGateway, type Answer, type TestCredential, type TestGateway } from '../support/gateway';
import { present } from '../support/present';
import { ask, startProcess, type GatewayProcess } from '../support/process';

const READ = '{ employees(first: 5) { nodes { id firstName } } }';
const UNAVAILABLE = [503, 'UNAVAILABLE', undefined];
const EVERY_KIND = ['read', 'write', 'sync'] as const;
/** Requests in a row, so that every reader answers at least one. */
const EVERY_READER = [1, 2, 3, 4];

const seen = ({ status, body }: Answer) => [status, body.errors?.[0]?.extensions.code, body.data];
const change = (name: string) =>
  `mutation { updateEmployee(id: "1", values: { firstName: "${name}" }) { employee { firstName } } }`;

// PostgreSQL meets such a disk itself; what the gateway sees of it is in faults.test.ts.
describe('a disk that answers SQLite with EIO', () => {
  const disk = freshFolder();
  let company: TestGateway;
  let gateway: GatewayProcess;
  let reader: TestCredential;

  const fail = (kind: (typeof EVERY_KIND)[number]) => writeFileSync(path.join(disk, kind), '');
  const heal = () => EVERY_KIND.forEach((kind) => rmSync(path.join(disk, kind), { force: true }));
  const asks = (query: string) => ask(gateway.url, reader.authorization, query);

  beforeAll(async () => {
    const library = path.join(disk, 'failing-disk.so');
    const source = path.join(__dirname, 'faults', 'failing-disk.c');
    // Whoever installed the SQLite driver here without a ready binary has a compiler.
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl']);
    company = await startTestGateway(present(databases[0]), { demo: true });
    reader = await company.credential({ write: ['EMPLOYEES'], attributes: ['firstName'] });
    await company.stop();
    gateway = await startProcess(company.house.config, ['--no-demo'], { LD_PRELOAD: library, FAILING_DISK: disk });
  });

  afterEach(heal);
  afterAll(async () => {
    heal();
    await gateway.stop();
    await company.close();
  });

  test('while it cannot be read, nothing is served, and reads go on when it can', async () => {
    fail('read');
    for (const _ of EVERY_READER) expect(seen(await asks(READ))).toEqual(UNAVAILABLE);
    heal();
    for (const _ of EVERY_READER) expect((await asks(READ)).body.data?.employees.nodes).toHaveLength(5);
  });

  test('what was taken away meanwhile is not served from memory because the change cannot be read', async () => {
    for (const _ of EVERY_READER) expect((await asks(READ)).status).toBe(200);
    // Another process has a disk that works.
    await runCommand(company.house.config, ['credential', 'disable', reader.clientId]);
    fail('read');
    for (const _ of EVERY_READER) expect([401, 503]).toContain((await asks(READ)).status);
    heal();
    for (const _ of EVERY_READER) expect((await asks(READ)).status).toBe(401);
    await runCommand(company.house.config, ['credential', 'enable', reader.clientId]);
    for (const _ of EVERY_READER) expect((await asks(READ)).status).toBe(200);
  });

  // Several times: what one failed commit leaves behind shows at the next one.
  test.each(['write', 'sync', 'write', 'sync', 'sync'] as const)(
    'while it fails to %s, a change is refused and not kept, reads go on, and changes do when it works',
    async (kind) => {
      expect((await asks(change(`before-${kind}`))).body.data?.updateEmployee.employee).not.toBeNull();
      fail(kind);
      expect(seen(await asks(change(`lost-${kind}`)))).toEqual(UNAVAILABLE);
      expect((await asks('{ employee(id: "1") { firstName } }')).body.data?.employee.firstName).toBe(`before-${kind}`);
      heal();
      const after = await asks(change(`after-${kind}`));
      expect(after.body.data?.updateEmployee.employee).toEqual({ firstName: `after-${kind}` });
    },
  );

  test('after all of it the file is whole, and so is the chain of the audit log', async () => {
    await gateway.stop();
    const { code, stdout } = await runCommand(company.house.config, ['audit', 'verify', '--json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { events: expect.any(Number) as number }]);
    gateway = await startProcess(company.house.config, ['--no-demo']);
    expect((await asks('{ employee(id: "1") { firstName } }')).body.data?.employee.firstName).toBe('after-sync');
  });
});
