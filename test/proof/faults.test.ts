import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { truncateSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Client as Postgres } from 'pg';
import { newKeyRingText } from '../../src/credentials/key-ring';
import { sqliteFile, writerDataSource } from '../../src/store/data-source';
import { runCommand } from '../support/command';
import { databases } from '../support/database';
import { fromSetup, POSTGRES_URL } from '../support/environment';
import { startTestGateway, type Answer, type TestGateway } from '../support/gateway';
import { present } from '../support/present';

const READ = '{ employees(first: 2) { nodes { id firstName } } }';
const DAY = 24 * 60 * 60 * 1000;

function written(answer: Answer): boolean {
  return (answer.body.data?.updateEmployee?.employee ?? null) !== null;
}

describe.each(databases)('when something breaks on $name', (database) => {
  test('a clock that is set back or forward by a day extends no token beyond its time', async () => {
    let time = Date.parse('2026-06-01T00:00:00Z');
    const gateway = await startTestGateway(database, {
      demo: true,
      clock: { now: () => new Date(time).toISOString() },
    });
    try {
      const credential = await gateway.credential({ attributes: ['firstName'], expiresAt: '2026-06-01T12:00:00.000Z' });
      const { body } = await gateway.fetch('/oauth/token', {
        method: 'POST',
        headers: { authorization: credential.authorization },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
      const token = `Bearer ${(body as unknown as { access_token: string }).access_token}`;
      const statuses: number[] = [];
      for (const moment of [0, DAY, 0, -DAY]) {
        time = Date.parse('2026-06-01T00:00:00Z') + moment;
        statuses.push((await gateway.query(token, READ)).status, (await gateway.query(credential, READ)).status);
      }
      // Forward: token and credential are over. Back: it is before both of their ends, as the clock says.
      expect(statuses).toEqual([200, 200, 401, 401, 200, 200, 200, 200]);
    } finally {
      await gateway.close();
    }
  });

  test('with another key ring no secret and no token opens anything, and nothing of it is an internal error', async () => {
    const first = await startTestGateway(database, { demo: true });
    const credential = await first.credential({ attributes: ['firstName'] });
    const { dataDir, databaseUrl } = first.house.config;
    await first.stop();
    const kept = {
      ...database,
      readyLocation: () => Promise.resolve({ dataDir, databaseUrl, remove: () => Promise.resolve() }),
    };
    const second = await startTestGateway(kept, { config: { keys: newKeyRingText() } });
    try {
      const { status, body, text } = await second.query(credential, READ);
      expect([status, body.errors?.[0]?.extensions.code, body.data]).toEqual([401, 'UNAUTHENTICATED', undefined]);
      expect(text).not.toContain('firstName');
    } finally {
      await second.close();
      await first.close();
    }
  });
});

const [sqlite, postgres] = databases;

describe('when the file of SQLite fails', () => {
  test('a writer who waits longer than anybody would is told to try again; readers go on meanwhile, and it recovers', async () => {
    const gateway = await startTestGateway(present(sqlite), { demo: true });
    const credential = await gateway.credential({ write: ['EMPLOYEES'], attributes: ['firstName'] });
    const other = await writerDataSource(gateway.house.config).initialize();
    try {
      await other.query('BEGIN IMMEDIATE');
      const waiting = gateway.query(credential, change('held'));
      await pause(200);
      expect((await gateway.query(credential, READ)).status).toBe(200);
      const { status, body } = await waiting;
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([503, 'UNAVAILABLE']);
      await other.query('ROLLBACK');
      expect(written(await gateway.query(credential, change('free')))).toBe(true);
    } finally {
      await other.destroy();
      await gateway.close();
    }
  });

  test('on a disk that is full a write is refused with a code, nothing of it is kept, and reads go on', async () => {
    const gateway = await startTestGateway(present(sqlite), { demo: true });
    const credential = await gateway.credential({ write: ['EMPLOYEES'], attributes: ['firstName'] });
    const { dataDir } = gateway.house.config;
    await gateway.stop();
    const limited = await startLimited(dataDir);
    try {
      let refusal: Answer | undefined;
      for (let count = 0; count < 400 && !refusal; count += 1) {
        const answer = await post(limited.url, credential.authorization, bigChange(count));
        if (!written(answer)) refusal = answer;
      }
      expect([refusal?.status, refusal?.body.errors?.[0]?.extensions.code]).toEqual([503, 'UNAVAILABLE']);
      const { status, body } = await post(limited.url, credential.authorization, READ);
      expect([status, body.data.employees.nodes.length]).toEqual([200, 2]);
    } finally {
      await limited.stop();
      await gateway.close();
    }
  });

  test('a database that was cut off in the middle is not served from', async () => {
    const gateway = await startTestGateway(present(sqlite), { demo: true });
    const { dataDir, databaseUrl } = gateway.house.config;
    await gateway.stop();
    const file = sqliteFile({ dataDir, databaseUrl });
    truncateSync(file, Math.floor(statSync(file).size / 3));
    const { code, stdout } = await runCommand({ dataDir, databaseUrl }, ['audit', 'verify', '--json']);
    expect(code).not.toBe(0);
    expect(stdout).not.toContain('"WHOLE"');
    await gateway.close();
  });
});

describe('when PostgreSQL fails', () => {
  async function maintain(statement: string): Promise<void> {
    const client = new Postgres({ connectionString: fromSetup(POSTGRES_URL) });
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  test('cut connections and a server that takes none answer 503 and no data, and it recovers by itself', async () => {
    const gateway = await startTestGateway(present(postgres), { demo: true });
    const credential = await gateway.credential({ write: ['EMPLOYEES'], attributes: ['firstName'] });
    const name = new URL(gateway.house.config.databaseUrl ?? '').pathname.slice(1);
    const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`;
    try {
      const answers: Answer[] = [];
      let isOver = false;
      const load = Array.from({ length: 4 }, async (_, lane) => {
        while (!isOver) answers.push(await gateway.query(credential, lane === 0 ? change(`c${answers.length}`) : READ));
      });
      for (let count = 0; count < 3; count += 1) {
        await pause(100);
        await maintain(cut);
      }
      await maintain(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await maintain(cut);
      await pause(300);
      const away = await gateway.query(credential, READ);
      await maintain(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      isOver = true;
      await Promise.all(load);
      expect([away.status, away.body.data]).toEqual([503, undefined]);
      const wrong = answers.filter(({ status, body }) => !(status === 200 ? body.data : status === 503 && !body.data));
      expect(wrong.map(({ status, text }) => [status, text])).toEqual([]);
      expect(await recovers(gateway, credential.authorization)).toBe(true);
    } finally {
      await gateway.close();
    }
  });

  test('a server that takes no writes answers them with 503 and reads go on, and it recovers by itself', async () => {
    const gateway = await startTestGateway(present(postgres), { demo: true });
    const credential = await gateway.credential({ write: ['EMPLOYEES'], attributes: ['firstName'] });
    const name = new URL(gateway.house.config.databaseUrl ?? '').pathname.slice(1);
    const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`;
    try {
      expect(written(await gateway.query(credential, change('before')))).toBe(true);
      await maintain(`ALTER DATABASE ${name} SET default_transaction_read_only TO on`);
      await maintain(cut);
      let read = await gateway.query(credential, READ);
      for (let count = 0; count < 50 && read.status !== 200; count += 1) read = await gateway.query(credential, READ);
      expect([read.status, read.body.data?.employees.nodes.length]).toEqual([200, 2]);
      const { status, body } = await gateway.query(credential, change('refused'));
      expect([status, body.errors?.[0]?.extensions.code, body.data]).toEqual([503, 'UNAVAILABLE', undefined]);
      const person = await gateway.query(credential, '{ employee(id: "1") { firstName } }');
      expect(person.body.data.employee.firstName).toBe('before');
      await maintain(`ALTER DATABASE ${name} RESET default_transaction_read_only`);
      await maintain(cut);
      expect(await recovers(gateway, credential.authorization)).toBe(true);
    } finally {
      await gateway.close();
    }
  });

  async function recovers(gateway: TestGateway, authorization: string): Promise<boolean> {
    for (let count = 0; count < 50; count += 1) {
      const read = await gateway.query(authorization, READ);
      if (read.status === 200 && written(await gateway.query(authorization, change('back')))) return true;
      await pause(100);
    }
    return false;
  }
});

function change(name: string): string {
  return `mutation { updateEmployee(id: "1", values: { firstName: "${name}" }) { employee { id } userErrors { code } } }`;
}

function bigChange(count: number): string {
  const values = Array.from(
    { length: 20 },
    (_, at) => `{ id: "${at + 1}", values: { firstName: "${'x'.repeat(200)}${count}" } }`,
  );
  return `mutation { updateEmployee(id: "1", values: { firstName: "a${count}" }) { employee { id } } upsertEmployees(rows: [${values.join(', ')}]) { applied } }`;
}

async function post(url: string, authorization: string, query: string): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as Answer['body'] };
}

/** A gateway whose files cannot grow: for it, the disk is full. */
async function startLimited(dataDir: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  // The signal that tells of it is ignored, so that the process sees an error as it would on a full disk.
  const shell = `trap '' XFSZ; ulimit -f ${Math.ceil(statSync(sqliteFile({ dataDir, databaseUrl: undefined })).size / 1024) + 400}; exec "$0" "$@"`;
  const child = spawn('bash', ['-c', shell, process.execPath, 'bin/fieldgate', 'start', '--json'], {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' },
  });
  let output = '';
  child.stdout.on('data', (text) => (output += String(text)));
  while (!output.includes('"url"')) await pause(50);
  return {
    url: (JSON.parse(output) as { url: string }).url,
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
