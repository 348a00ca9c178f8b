import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { COMMAND_LINE, type AuditDraft } from '../src/audit/audit-event';
import { adminBrowser } from './support/admin';
import { runCommand } from './support/command';
import { databases, freshFolder } from './support/database';
import { startTestGateway, type TestGateway } from './support/gateway';
import { present } from './support/present';

const EVENT: AuditDraft = {
  action: 'CREDENTIAL_UPDATED',
  actor: COMMAND_LINE,
  subject: { kind: 'CREDENTIAL', id: 'c1', name: 'Payroll' },
  before: { attributes: ['firstName'] },
  after: { attributes: ['firstName', 'fixSalary'] },
};

describe.each(databases)('the audit log on $name', (database) => {
  let gateway: TestGateway;

  beforeEach(async () => {
    gateway = await startTestGateway(database);
  });

  afterEach(() => gateway.close());

  const { stringify } = JSON;
  const append = (draft = EVENT) => gateway.house.store.write((manager) => gateway.house.audit.append(manager, draft));
  const location = () => {
    const { dataDir, databaseUrl } = gateway.house.config;
    return { dataDir, databaseUrl };
  };

  test('an event and the change that it records are kept together, or neither is (S10)', async () => {
    const failing = gateway.house.store.write(async (manager) => {
      await gateway.house.audit.append(manager, EVENT);
      throw new Error('The change failed.');
    });
    await expect(failing).rejects.toThrow('The change failed.');
    expect(await gateway.house.audit.count({})).toBe(0);
  });

  test('concurrent events make one chain without gaps', async () => {
    await Promise.all(Array.from({ length: 30 }, () => append()));
    expect(await gateway.house.audit.verify()).toMatchObject({ outcome: 'WHOLE', head: { sequence: 30 } });
  });

  test.each([
    `UPDATE audit_event SET actor_name = 'somebody else' WHERE sequence = 2`,
    `DELETE FROM audit_event WHERE sequence = 2`,
  ])('the database itself refuses: %s', async (statement) => {
    for (let count = 0; count < 3; count += 1) await append();
    await expect(gateway.house.store.write((manager) => manager.query(statement))).rejects.toThrow('append-only');
  });

  test.each([
    ['a changed event', `UPDATE audit_event SET after_json = '{}' WHERE sequence = 2`, 2, 'CHANGED'],
    ['another actor', `UPDATE audit_event SET actor_kind = 'ADMIN' WHERE sequence = 3`, 3, 'CHANGED'],
    ['a removed event', `DELETE FROM audit_event WHERE sequence = 2`, 2, 'MISSING'],
    ['a removed first event', `DELETE FROM audit_event WHERE sequence = 1`, 1, 'MISSING'],
  ])('%s is found, even by somebody who took the triggers away', async (_name, statement, sequence, fault) => {
    for (let count = 0; count < 4; count += 1) await append();
    await gateway.house.store.write(async (manager) => {
      const drops =
        database.name === 'SQLite'
          ? ['DROP TRIGGER audit_event_no_update', 'DROP TRIGGER audit_event_no_delete']
          : ['DROP TRIGGER audit_event_append_only ON audit_event'];
      for (const drop of drops) await manager.query(drop);
      await manager.query(statement);
    });
    expect(await gateway.house.audit.verify()).toEqual({ outcome: 'BROKEN', fault: { sequence, fault } });
    const verified = await runCommand(location(), ['audit', 'verify', '--json']);
    expect(verified.code).toBe(1);
    expect(JSON.parse(verified.stdout)).toMatchObject({ error: { sequence, fault } });
  });

  test('audit verify tells the head, and a cut tail is found by an earlier one', async () => {
    await append();
    const { stdout } = await runCommand(location(), ['audit', 'verify', '--json']);
    const { events, head } = JSON.parse(stdout) as { events: number; head: string };
    expect(events).toBe(1);
    expect(await runCommand(location(), ['audit', 'verify', '--head', head])).toMatchObject({ code: 0 });
    expect(await runCommand(location(), ['audit', 'verify', '--head', 'f'.repeat(64)])).toMatchObject({ code: 1 });
  });

  test('audit export writes every event as a line of JSON, and itself into the log', async () => {
    await append();
    const { stdout, code } = await runCommand(location(), ['audit', 'export', '-']);
    expect(code).toBe(0);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { action: string });
    expect(lines.map(({ action }) => action)).toEqual(['CREDENTIAL_UPDATED', 'AUDIT_EXPORTED']);
  });

  test('an audit export that cannot be written says so, and is not in the log', async () => {
    await append();
    const folder = freshFolder();
    const file = path.join(folder, 'audit.jsonl');
    writeFileSync(file, 'older');
    expect(await runCommand(location(), ['audit', 'export', file])).toEqual({
      code: 1,
      stdout: '',
      stderr: `${file} is there already. Nothing was overwritten.\n`,
    });
    const nowhere = path.join(folder, 'none', 'audit.jsonl');
    expect(await runCommand(location(), ['audit', 'export', nowhere])).toEqual({
      code: 1,
      stdout: '',
      stderr: `${nowhere} cannot be written.\n`,
    });
    expect(readFileSync(file, 'utf8')).toBe('older');
    expect(await gateway.house.audit.count({})).toBe(1);
    const rename = (from: string, to: string) =>
      gateway.house.store.write((manager) => manager.query(`ALTER TABLE ${from} RENAME TO ${to}`));
    await rename('audit_event', 'audit_event_gone');
    const failed = path.join(folder, 'failed.jsonl');
    expect((await runCommand(location(), ['audit', 'export', failed])).code).not.toBe(0);
    expect(existsSync(failed)).toBe(false);
    await rename('audit_event_gone', 'audit_event');
    const other = path.join(folder, 'newer.jsonl');
    expect(await runCommand(location(), ['audit', 'export', other])).toMatchObject({ code: 0 });
    expect(readFileSync(other, 'utf8').trim().split('\n')).toHaveLength(2);
    expect(statSync(other).mode & 0o777).toBe(0o600);
  });

  test('admins list events newest first, page by page, by action, actor, subject and time', async () => {
    const auditor = await adminBrowser(gateway, 'AUDITOR', 'auditor@example.com');
    for (let count = 0; count < 3; count += 1) await append();
    const ask = async (args: string) => {
      const { body } = await auditor.send(
        `{ auditEvents(${args}) { totalCount nodes { sequence action actor { kind name } subject { id name } before after }
             pageInfo { endCursor hasNextPage } } }`,
      );
      return body.data.auditEvents as {
        totalCount: number;
        nodes: { sequence: number; action: string }[];
        pageInfo: { endCursor: string; hasNextPage: boolean };
      };
    };
    const first = await ask('first: 2');
    expect(first.nodes[0]).toMatchObject({
      sequence: 5,
      action: 'CREDENTIAL_UPDATED',
      actor: { kind: 'COMMAND_LINE', name: null },
      subject: { id: 'c1', name: 'Payroll' },
      after: { attributes: ['firstName', 'fixSalary'] },
    });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = await ask(`first: 10, after: "${first.pageInfo.endCursor}"`);
    expect(rest.nodes.map(({ action }) => action)).toEqual(['CREDENTIAL_UPDATED', 'SIGNED_IN', 'ADMIN_CREATED']);
    expect((await ask('filter: { actions: [SIGNED_IN] }')).totalCount).toBe(1);
    expect((await ask('filter: { subjectId: "c1" }')).totalCount).toBe(3);
    const auditorId = present(await gateway.house.admins.byEmail('auditor@example.com')).id;
    expect((await ask(`filter: { actorId: ${stringify(auditorId)} }`)).totalCount).toBe(1);
    expect((await ask('filter: { until: "2020-01-01T00:00:00.000Z" }')).totalCount).toBe(0);
    expect((await ask('filter: { since: "2020-01-01T00:00:00.000Z", actions: [] }')).totalCount).toBe(0);
  });
});
