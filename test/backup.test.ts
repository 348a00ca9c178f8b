import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sql from 'sql-template-tag';
import { openHouse, startGateway, type House } from '../src/app';
import { backUp } from '../src/backup/backup';
import { restore, type RestoreOptions } from '../src/backup/restore';
import { readConfig } from '../src/config';
import { IdentityEntity } from '../src/single-sign-on/identity.entity';
import { sqliteFile } from '../src/store/data-source';
import { runProgram } from '../src/store/postgres-programs';
import { openStore } from '../src/store/store';
import { adminBrowser, browserAt, signIn, type AdminBrowser } from './support/admin';
import { databases, freshFolder, postgresDatabase, type TestDatabase } from './support/database';
import { installedPostgres } from './support/postgres-binaries';
import { startPostgres, type PostgresServer } from './support/postgres';
import {
  startTestGateway,
  type Answer,
  type AnswerBody,
  type TestCredential,
  type TestGateway,
} from './support/gateway';
import { present } from './support/present';
import { CREATE, writer } from './support/writing';

const none = () => undefined;
const NOTHING_KNOWN: RestoreOptions = { keepEnabled: false };

/** PostgreSQL's client programs are not among the packages of this project, and must be as new as the server. */
const debian = installedPostgres();
if (!debian) {
  process.stderr.write('SKIPPED: backups of PostgreSQL. No pg_dump with a server of its version is installed here.\n');
}

const kinds: readonly { readonly name: string; readonly isHere: boolean }[] = [
  { name: 'SQLite', isHere: true },
  { name: 'PostgreSQL', isHere: debian !== undefined },
];

for (const { name, isHere } of kinds) {
  (isHere ? describe : describe.skip)(`a backup on ${name}`, () => {
    const programs = debian;
    let server: PostgresServer | undefined;
    let database: TestDatabase;
    let gateway: TestGateway;
    let kept: TestCredential;
    let stopped: TestCredential;
    let token: string;
    let file: string;
    let auditFile: string;
    let head: string;
    let writing: TestCredential;
    let owner: AdminBrowser;
    let demoted: AdminBrowser;
    let erased: string;
    let lost: Lost;

    beforeAll(async () => {
      if (name === 'PostgreSQL') server = await startPostgres({ binaries: present(debian) });
      database = server ? postgresDatabase(server.url) : present(databases[0]);
      gateway = await startTestGateway(database, { demo: true });
      kept = await gateway.credential({ name: 'Kept', attributes: ['firstName'] });
      stopped = await gateway.credential({ name: 'Stopped', attributes: ['firstName'] });
      writing = await writer(gateway);
      token = await tokenOf(gateway.url, kept);
      owner = await adminBrowser(gateway, 'OWNER');
      demoted = await adminBrowser(gateway, 'OWNER');
      await linked(gateway, demoted);
      erased = await newcomer(gateway, writing, ERASED);
      file = path.join(freshFolder(), 'backup');
      await whileWriting(gateway, () => backUp(gateway.house.config, file, { programs, onProgress: none }));
      head = (await headOf(gateway.house)) ?? '';
      await gateway.house.credentials.setEnabled('Stopped', false);
      await takeAway(owner, demoted, erased);
      lost = { id: await newcomer(gateway, writing), cursor: await lastCursor(gateway, writing) };
      auditFile = path.join(freshFolder(), 'audit.jsonl');
      writeFileSync(auditFile, await exportOf(gateway.house));
    }, 120_000);

    afterAll(async () => {
      await gateway.close();
      await server?.stop();
    });

    /** Restores into an empty place. */
    const restored = async (options: Partial<RestoreOptions>, from = file) => {
      const location = await database.freshLocation();
      const report = await restore(location, from, { ...NOTHING_KNOWN, programs, ...options });
      const keys = readFileSync(path.join(gateway.house.config.dataDir, 'keys.json'), 'utf8');
      const { dataDir, databaseUrl } = location;
      const house = await openHouse({ ...readConfig({}), port: 0, logLevel: 'silent', dataDir, databaseUrl, keys });
      const revived = await startGateway(house);
      const fetchFrom = async (place: string, init?: RequestInit): Promise<Answer> => {
        const response = await fetch(revived.url + place, init);
        const text = await response.text();
        return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as AnswerBody };
      };
      const query: TestGateway['query'] = (as, text, variables = {}) => {
        const authorization = typeof as === 'string' ? as : present(as).authorization;
        return fetchFrom('/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization },
          body: JSON.stringify({ query: text, variables }),
        });
      };
      const status = async (authorization: string) =>
        (await query(authorization, '{ employees(first: 1) { nodes { firstName } } }')).status;
      const close = async () => {
        await revived.close();
        await location.remove();
      };
      return { report, house, url: revived.url, fetch: fetchFrom, query, status, close };
    };

    test('is made while others write, holds no key and no secret, and only its owner can read it (S6)', () => {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readdirSync(path.dirname(file))).toEqual(['backup']);
      const bytes = readFileSync(file, 'latin1');
      const keys = readFileSync(path.join(gateway.house.config.dataDir, 'keys.json'), 'utf8');
      const secrets = [...keys.matchAll(/"(?:key|cursorKey)": ?"([^"]+)"/g)].map(([, key = '']) => key);
      expect(secrets.length).toBe(3);
      for (const secret of [...secrets, kept.secret, stopped.secret, token]) expect(bytes).not.toContain(secret);
    });

    test('does not overwrite a file', async () => {
      await expect(backUp(gateway.house.config, file, { programs, onProgress: none })).rejects.toThrow(
        'is there already',
      );
    });

    test('comes back with every credential disabled when nobody knows what happened since (S16)', async () => {
      const { report, house, status, close } = await restored({});
      try {
        expect(report).toMatchObject({ knowledge: 'NOTHING_KNOWN', enabled: 0 });
        expect(await status(kept.authorization)).toBe(401);
        expect(await status(stopped.authorization)).toBe(401);
        expect(await house.audit.verify()).toMatchObject({ outcome: 'WHOLE' });
        // What was written during the backup is in it wholly or not at all.
        const grants = await house.credentials.list();
        expect(grants.length).toBeGreaterThan(5);
      } finally {
        await close();
      }
    });

    test('comes back without the credentials that a newer audit log knows as changed, and ends every token (S16)', async () => {
      const { report, status, close } = await restored({ audit: auditFile });
      try {
        expect(report.knowledge).toBe('FROM_EXPORT');
        expect(report.later?.changes).toContainEqual(
          expect.objectContaining({ kind: 'CREDENTIAL', name: 'Stopped', actions: ['CREDENTIAL_DISABLED'] }),
        );
        expect(report.credentials.map((credential) => credential.name)).toContain('Stopped');
        expect(await status(stopped.authorization)).toBe(401);
        expect(await status(kept.authorization)).toBe(200);
        expect(await status(`Bearer ${token}`)).toBe(401);
      } finally {
        await close();
      }
    });

    test('brings a disabled credential back only when that was said', async () => {
      const { report, status, close } = await restored({ audit: auditFile, keepEnabled: true });
      try {
        expect(report.credentials).toEqual([]);
        expect(report.later?.changes.map((change) => change.name)).toContain('Stopped');
        expect(await status(stopped.authorization)).toBe(200);
        expect(await status(`Bearer ${token}`)).toBe(401);
      } finally {
        await close();
      }
    });

    test('disables everything for a head that is not its own', async () => {
      const { report, close } = await restored({ head });
      await close();
      expect(report).toMatchObject({ knowledge: 'NOTHING_KNOWN', enabled: 0 });
    });

    test('disables nothing for its own head: nothing happened since', async () => {
      const location = await database.freshLocation();
      const { head: own } = await restore(location, file, { ...NOTHING_KNOWN, programs });
      await location.remove();
      const { report, status, close } = await restored({ head: own.hash });
      try {
        expect([report.knowledge, report.credentials]).toEqual(['NOTHING_HAPPENED', []]);
        expect(await status(kept.authorization)).toBe(200);
      } finally {
        await close();
      }
    });

    test('takes away again what a newer audit log knows as taken away, from admins, attributes and people (S16)', async () => {
      const revived = await restored({ audit: auditFile });
      const { report, house, query } = revived;
      try {
        expect(report).toMatchObject({
          attributes: ['custom.remote'],
          people: [Number(erased)],
          unlinked: [demoted.email],
          demoted: [demoted.email],
          seals: true,
          feature: true,
        });
        const { body } = await query(
          writing,
          `{ gone: employee(id: "${erased}") { firstName } employee(id: "1") { customAttributes(keys: ["custom.remote"]) { value } } }`,
        );
        expect(body.data).toEqual({ gone: null, employee: { customAttributes: [{ value: null }] } });
        expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['ATTRIBUTE_FORBIDDEN']);
        const admin = browserAt(revived, demoted.email);
        await signIn(admin);
        const seen = await admin.send('{ me { role hasIdentity } settings { showOnce feature { enabled } } }');
        expect(seen.body.data).toEqual({
          me: { role: 'AUDITOR', hasIdentity: false },
          settings: { showOnce: true, feature: { enabled: false } },
        });
        expect(await house.store.read(sql`SELECT secret_id FROM sealed_secret`)).toEqual([]);
        expect(await house.audit.verify()).toMatchObject({ outcome: 'WHOLE' });
        if (name === 'PostgreSQL') return;
        for (const part of readdirSync(house.config.dataDir)) {
          expect(readFileSync(path.join(house.config.dataDir, part), 'latin1')).not.toContain(ERASED);
        }
      } finally {
        await revived.close();
      }
    });

    test('goes on behind every cursor of what was lost, and gives no id a second time', async () => {
      const revived = await restored({ audit: auditFile });
      try {
        const id = await newcomer(revived, writing);
        expect(Number(id)).toBeGreaterThan(Number(lost.id));
        const { body } = await revived.query(writing, FEED, { after: lost.cursor });
        const { nodes, edges } = body.data.changes as Feed;
        expect(nodes.map((change) => [change.employeeId, change.attribute])).toEqual([
          // Erased once more.
          [erased, 'id'],
          [id, 'id'],
          [id, 'firstName'],
        ]);
        const behind = await revived.query(writing, FEED, { after: edges[1]?.cursor });
        expect((behind.body.data.changes as Feed).nodes).toEqual(nodes.slice(2));
      } finally {
        await revived.close();
      }
    });

    test('is not restored over a store', async () => {
      await expect(restore(gateway.house.config, file, { ...NOTHING_KNOWN, programs })).rejects.toThrow(
        'Nothing was overwritten',
      );
      expect(await gateway.house.credentials.list()).not.toEqual([]);
    });

    test.each([
      ['older than the backup', (lines: string[]) => lines.slice(0, 3), 'is older than the backup'],
      [
        'changed',
        (lines: string[]) => lines.map((line, index) => (index === 4 ? line.replace(/"at":"2/, '"at":"1') : line)),
        'is broken at event 5',
      ],
      ['no export', () => ['hello'], 'is no export'],
    ])('is not restored with an audit log that is %s', async (_name, change, told) => {
      const location = await database.freshLocation();
      const other = path.join(freshFolder(), 'other.jsonl');
      writeFileSync(other, change(readFileSync(auditFile, 'utf8').trim().split('\n')).join('\n'));
      await expect(restore(location, file, { ...NOTHING_KNOWN, programs, audit: other })).rejects.toThrow(told);
      // What was half restored serves nobody.
      if (location.databaseUrl) await expect(openStore(location)).rejects.toThrow();
      else expect(readdirSync(location.dataDir)).toEqual([]);
      await location.remove();
    });
  });
}

describe('a backup', () => {
  test('of PostgreSQL without its programs says what is missing and what helps', async () => {
    const gateway = await startTestGateway(present(databases[1]));
    const file = path.join(freshFolder(), 'backup');
    try {
      const made = backUp(gateway.house.config, file, { programs: '/nowhere', onProgress: none });
      await expect(made).rejects.toThrow(/pg_dump is not here.*--programs.*migrate-store/s);
      expect(readdirSync(path.dirname(file))).toEqual([]);
    } finally {
      await gateway.close();
    }
  });

  test.each([
    ['of the user', (url: URL) => (url.password = 'p:ss word'), 'p:ss word'],
    ['among the options', (url: URL) => (url.search += '&pass%77ord=hidden&connect_timeout=5'), 'hidden'],
    ['that the environment holds', () => undefined, 'of the environment'],
  ])('of PostgreSQL gets the password %s, and shows none in its arguments (S6)', async (_where, put, password) => {
    const programs = freshFolder();
    const script = '#!/bin/sh\nprintf "%s\\n" "$PGPASSWORD" "$@"\n';
    writeFileSync(path.join(programs, 'pg_dump'), script, { mode: 0o700 });
    const url = new URL('postgres://ada@localhost:1/people?options=-c%20geqo%3Doff');
    put(url);
    const before = process.env['PGPASSWORD'];
    process.env['PGPASSWORD'] = 'of the environment';
    try {
      const said = await runProgram('pg_dump', [], { databaseUrl: url.href, folder: programs });
      const [given, ...args] = said.split('\n');
      expect(given).toBe(password);
      expect(args.join(' ')).toMatch(/^--dbname=postgres:\/\/ada@localhost:1\/people\?options=-c%20geqo%3Doff/);
      expect(decodeURIComponent(args.join(' '))).not.toMatch(/password|hidden|word/);
    } finally {
      if (before === undefined) delete process.env['PGPASSWORD'];
      else process.env['PGPASSWORD'] = before;
    }
  });

  test('comes back with the end of the API-credentials section that was set after it, and with none that is later (S16)', async () => {
    const gateway = await startTestGateway(present(databases[0]));
    const folder = freshFolder();
    const owner = await adminBrowser(gateway, 'OWNER');
    const set = async (startsOn: string | null, endsOn: string | null) => {
      await owner.send(`mutation ($input: SetFeatureInput!) { setFeature(input: $input) { userErrors { code } } }`, {
        input: { enabled: true, startsOn, endsOn },
      });
      return gateway.house.features.read();
    };
    const backedUp = async (name: string) => {
      const file = path.join(folder, name);
      await backUp(gateway.house.config, file, { onProgress: none });
      return file;
    };
    const always = await backedUp('always');
    const before = await set('2020-01-01', '2999-01-31');
    const late = await backedUp('late');
    const after = await set(null, '2999-01-01');
    const audit = path.join(folder, 'audit.jsonl');
    writeFileSync(audit, await exportOf(gateway.house));
    await gateway.close();
    for (const [file, expected] of [
      [always, after],
      [late, { ...before, endsOn: after.endsOn }],
    ] as const) {
      const location = await present(databases[0]).freshLocation();
      const report = await restore(location, file, { ...NOTHING_KNOWN, audit });
      const house = await openHouse({ ...readConfig({}), logLevel: 'silent', dataDir: location.dataDir });
      expect([report.feature, await house.features.read()]).toEqual([true, expected]);
      await house.close();
      await location.remove();
    }
  });

  test.each(['', '-wal', '-shm', '-journal'])(
    'is not restored beside a fieldgate.sqlite%s: SQLite would write an old log over it',
    async (left) => {
      const gateway = await startTestGateway(present(databases[0]));
      const file = path.join(freshFolder(), 'backup');
      await backUp(gateway.house.config, file, { onProgress: none });
      await gateway.close();
      const location = await present(databases[0]).freshLocation();
      const leftover = `${sqliteFile(location)}${left}`;
      writeFileSync(leftover, 'left');
      await expect(restore(location, file, NOTHING_KNOWN)).rejects.toThrow(
        `${leftover} is there already. Nothing was overwritten.`,
      );
      expect(readdirSync(location.dataDir)).toEqual([path.basename(leftover)]);
      await location.remove();
    },
  );

  test('that is none is refused', async () => {
    const file = path.join(freshFolder(), 'letter.txt');
    writeFileSync(file, 'Dear all,');
    const location = await present(databases[0]).freshLocation();
    await expect(restore(location, file, NOTHING_KNOWN)).rejects.toThrow('is not a backup of Fieldgate');
  });
});

/** What came after the backup. */
interface Lost {
  /** Of somebody who was added. */
  readonly id: string;
  /** The end of the feed of changes. */
  readonly cursor: string;
}

interface Feed {
  readonly nodes: readonly { readonly employeeId: string; readonly attribute: string }[];
  readonly edges: readonly { readonly cursor: string }[];
}

const FEED = `query ($after: String) { changes(after: $after, first: 1000) {
  nodes { employeeId attribute } edges { cursor } } }`;

type Asked = Pick<TestGateway, 'query'>;

async function newcomer(gateway: Asked, as: TestCredential, firstName = 'New'): Promise<string> {
  const { body } = await gateway.query(as, CREATE, { values: { firstName } });
  return body.data.createEmployee.employee.id as string;
}

async function lastCursor(gateway: Asked, as: TestCredential): Promise<string> {
  for (let cursor: string | undefined; ;) {
    const { body } = await gateway.query(as, FEED, { after: cursor });
    const next = (body.data.changes as Feed).edges.at(-1)?.cursor;
    if (next === undefined) return present(cursor);
    cursor = next;
  }
}

const ERASED = 'Zyxwvutsrq-Unmistakable';

async function idOf(admin: AdminBrowser): Promise<string> {
  return (await admin.send('{ me { id } }')).body.data.me.id as string;
}

/** As if the admin had linked an account at an identity provider. */
async function linked({ house }: TestGateway, admin: AdminBrowser): Promise<void> {
  const adminId = await idOf(admin);
  await house.store.write((manager) =>
    manager.insert(IdentityEntity, { issuer: 'https://id.example', subject: '1', adminId, linkedAt: '2026-01-01' }),
  );
}

async function takeAway(owner: AdminBrowser, demoted: AdminBrowser, employeeId: string): Promise<void> {
  const problems = 'userErrors { message }';
  const { body } = await owner.send(
    `mutation ($adminId: ID!, $employeeId: ID!) {
      unlinkIdentity(adminId: $adminId) { ${problems} }
      updateAdmin(id: $adminId, input: { role: AUDITOR }) { ${problems} }
      retireCustomAttribute(key: "custom.remote") { ${problems} }
      erasePerson(employeeId: $employeeId) { ${problems} }
      on: setShowOnce(showOnce: true) { ${problems} }
      off: setShowOnce(showOnce: false) { ${problems} }
      setFeature(input: { enabled: false }) { ${problems} }
    }`,
    { adminId: await idOf(demoted), employeeId },
  );
  expect(body.errors).toBeUndefined();
  for (const { userErrors } of Object.values(body.data as Record<string, { userErrors: object[] }>)) {
    expect(userErrors).toEqual([]);
  }
}

async function whileWriting(gateway: TestGateway, work: () => Promise<unknown>): Promise<void> {
  const state = { isOver: false };
  const writing = (async () => {
    while (!state.isOver) await gateway.credential({ attributes: ['firstName', 'lastName'] });
  })();
  await work();
  state.isOver = true;
  await writing;
}

async function tokenOf(url: string, { clientId, secret }: TestCredential): Promise<string> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret });
  const answer = await fetch(`${url}/oauth/token`, { method: 'POST', body: form });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function headOf({ audit }: House): Promise<string | undefined> {
  const report = await audit.verify();
  return report.outcome === 'WHOLE' ? report.head.hash : undefined;
}

async function exportOf({ audit }: House): Promise<string> {
  const lines: string[] = [];
  for await (const event of audit.all()) lines.push(JSON.stringify(event));
  return lines.join('\n');
}
