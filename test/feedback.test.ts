import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { AdminRole } from '../src/admins/admin';
import { feedbackCsv } from '../src/feedback/feedback-csv';
import { adminOf, type AskAsAdmin } from './support/admin';
import { runCommand } from './support/command';
import { databases } from './support/database';
import { startTestGateway, type TestGateway } from './support/gateway';

const SUBMIT = `mutation ($input: SubmitFeedbackInput!) {
  submitFeedback(input: $input) { feedback { id at admin rating message } userErrors { field code } }
}`;

describe.each(databases)('feedback on $name', (database) => {
  let gateway: TestGateway;
  const admins = new Map<AdminRole, AskAsAdmin>();

  beforeEach(async () => {
    gateway = await startTestGateway(database);
    admins.clear();
  });

  afterEach(() => gateway.close());

  const asked = async (role: AdminRole): Promise<AskAsAdmin> => {
    const known = admins.get(role) ?? (await adminOf(gateway, role));
    admins.set(role, known);
    return known;
  };
  const submit = async (input: object, role: AdminRole = 'MANAGER') => {
    const { data } = await (await asked(role))(SUBMIT, { input });
    return data.submitFeedback;
  };

  test('every role gives it as often as wanted, and every role reads it, newest first', async () => {
    for (const role of ['OWNER', 'MANAGER', 'AUDITOR'] as const) {
      expect((await submit({ message: ` By ${role} `, rating: 5 }, role)).feedback).toMatchObject({
        message: `By ${role}`,
        rating: 5,
      });
      expect((await submit({ message: 'Once more' }, role)).feedback.rating).toBeNull();
    }
    for (const role of ['OWNER', 'MANAGER', 'AUDITOR'] as const) {
      const ask = await asked(role);
      const { data } = await ask(
        '{ feedback(first: 2) { totalCount nodes { message } pageInfo { hasNextPage endCursor } } }',
      );
      expect(data.feedback).toMatchObject({
        totalCount: 6,
        nodes: [{ message: 'Once more' }, { message: 'By AUDITOR' }],
        pageInfo: { hasNextPage: true },
      });
      const rest = await ask(
        'query ($after: String) { feedback(after: $after) { nodes { message } pageInfo { hasNextPage hasPreviousPage } } }',
        {
          after: data.feedback.pageInfo.endCursor,
        },
      );
      expect(rest.data.feedback.nodes).toHaveLength(4);
      expect(rest.data.feedback.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: true });
    }
  });

  test('every problem is told at once, and nothing is kept', async () => {
    expect(await submit({ message: '  ', rating: 6 })).toEqual({
      feedback: null,
      userErrors: [
        { field: ['rating'], code: 'INVALID' },
        { field: ['message'], code: 'REQUIRED' },
      ],
    });
    expect((await submit({ message: '🙂'.repeat(4_001) })).userErrors).toEqual([
      { field: ['message'], code: 'TOO_LONG' },
    ]);
    expect((await submit({ message: '🙂'.repeat(4_000) })).userErrors).toEqual([]);
    expect(await gateway.house.feedback.count()).toBe(1);
  });

  test('a credential neither gives nor reads it (L42)', async () => {
    const credential = await gateway.credential();
    for (const query of [
      '{ feedback { totalCount } }',
      'mutation { submitFeedback(input: { message: "x" }) { userErrors { code } } }',
    ]) {
      expect((await gateway.query(credential, query)).body.errors).toMatchObject([
        { extensions: { code: 'FORBIDDEN' } },
      ]);
    }
  });

  test('the command line exports it as CSV, oldest first, to a file or to standard output', async () => {
    await submit({ message: 'First, with "quotes"\nand a line', rating: 4 });
    await submit({ message: '=HYPERLINK("https://evil.example")' });
    const { dataDir, databaseUrl } = gateway.house.config;
    const printed = await runCommand({ dataDir, databaseUrl }, ['feedback', 'export', '-']);
    expect(printed.code).toBe(0);
    const rows = parse(printed.stdout, { columns: true });
    expect(rows).toMatchObject([
      { admin: 'The MANAGER', rating: '4', message: 'First, with "quotes"\nand a line' },
      { admin: 'The MANAGER', rating: '', message: '\'=HYPERLINK("https://evil.example")' },
    ]);
    const file = path.join(dataDir, 'feedback.csv');
    const written = await runCommand({ dataDir, databaseUrl }, ['feedback', 'export', file, '--json']);
    expect(JSON.parse(written.stdout)).toEqual({ file, count: 2 });
    expect(readFileSync(file, 'utf8')).toBe(printed.stdout);
    const nowhere = await runCommand({ dataDir, databaseUrl }, ['feedback', 'export', path.join(dataDir, 'no', 'x')]);
    expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('cannot be written')]);
  });
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1', '＋1', '－1', '＠x'])(
  'a spreadsheet does not run %j',
  (message) => {
    const [row] = parse<Record<string, string>>(
      feedbackCsv([{ id: 1, at: 'now', admin: message, rating: null, message }]),
      { columns: true },
    );
    expect(row?.['message']).toBe(`'${message}`);
    expect(row?.['admin']).toBe(`'${message}`);
  },
);
