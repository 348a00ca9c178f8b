import { Database } from 'sqlite3';
import sql, { type Sql } from 'sql-template-tag';
import { LiveSlot } from '../../../src/authentication/live-slot';
import { LiveStatement } from '../../../src/authentication/live-statement.store';
import { LiveReader } from '../../../src/authentication/live.store';
import type { LiveProof } from '../../../src/permissions/caller';
import type { PreparedStatement } from '../../../src/store/prepared-reader';
import type { Row, Store } from '../../../src/store/store';

const NOW = '2026-06-01T00:00:00.000Z';
const LATER = '2026-06-01T00:00:00.001Z';
const SECRET: LiveProof = { kind: 'secret', secretId: 's1', permissionVersion: 3 };
const TOKEN: LiveProof = { kind: 'token', tokenId: 't1', permissionVersion: 3 };
const BOTH = [SECRET, TOKEN] as const;
const PEOPLE = sql`SELECT p.id FROM person p`;
const kept = () => Promise.resolve({ isKept: true });

/** The tables that the live check reads, and a store over them. */
class Live {
  readonly asked: string[] = [];
  private readonly database = new Database(':memory:');
  readonly store = {
    dialect: 'sqlite',
    read: (query: Sql) => this.all(query.sql, query.values),
    readPrepared: ({ text, values }: PreparedStatement) => this.all(text, values),
    write: (work: (manager: object) => Promise<unknown>) =>
      work({ query: (text: string, values: unknown[]) => this.all(text, values) }),
  };

  static async open(): Promise<Live> {
    const live = new Live();
    for (const statement of [
      'CREATE TABLE credential (id TEXT, enabled INTEGER, expires_at TEXT, permission_version INTEGER, token_epoch INTEGER)',
      'CREATE TABLE credential_secret (id TEXT, credential_id TEXT, expires_at TEXT)',
      'CREATE TABLE access_token (id TEXT, credential_id TEXT, secret_id TEXT, token_epoch INTEGER, expires_at TEXT)',
      'CREATE TABLE person (id INTEGER)',
      `INSERT INTO credential VALUES ('c1', 1, NULL, 3, 5), ('c2', 1, NULL, 3, 5)`,
      `INSERT INTO credential_secret VALUES ('s1', 'c1', NULL), ('s2', 'c2', NULL)`,
      `INSERT INTO access_token VALUES ('t1', 'c1', 's1', 5, '${LATER}'), ('t2', 'c2', 's2', 5, '${LATER}')`,
      'INSERT INTO person VALUES (1), (2)',
    ])
      await live.all(statement, []);
    live.asked.length = 0;
    return live;
  }

  all(text: string, values: readonly unknown[]): Promise<Row[]> {
    this.asked.push(text);
    return new Promise((resolve, reject) => {
      this.database.all<Row>(text, [...values], (error, rows) => (error ? reject(error) : resolve(rows)));
    });
  }

  reader(proof: LiveProof, dialect: 'sqlite' | 'postgres' = 'sqlite'): LiveReader {
    return new LiveReader({ ...this.store, dialect } as unknown as Store, proof, { now: () => NOW });
  }
}

let live: Live;

beforeEach(async () => {
  live = await Live.open();
});

/** Ways to end, and what the reader says of it. */
const ENDS = [
  ['is switched off', `UPDATE credential SET enabled = 0 WHERE id = 'c1'`, 'LOST', BOTH],
  ['expires', `UPDATE credential SET expires_at = '${NOW}' WHERE id = 'c1'`, 'LOST', BOTH],
  ['loses its secret', `DELETE FROM credential_secret WHERE id = 's1'`, 'LOST', BOTH],
  ['has a secret that expires', `UPDATE credential_secret SET expires_at = '${NOW}' WHERE id = 's1'`, 'LOST', BOTH],
  ['is deleted', `DELETE FROM credential WHERE id = 'c1'`, 'LOST', BOTH],
  ['gets other permissions', `UPDATE credential SET permission_version = 4 WHERE id = 'c1'`, 'CHANGED', BOTH],
  ['has a token that ends', `DELETE FROM access_token WHERE id = 't1'`, 'LOST', [TOKEN]],
  ['has a token that expires', `UPDATE access_token SET expires_at = '${NOW}' WHERE id = 't1'`, 'LOST', [TOKEN]],
  ['has all tokens ended', `UPDATE credential SET token_epoch = 6 WHERE id = 'c1'`, 'LOST', [TOKEN]],
] as const;
const EACH = ENDS.flatMap(([what, end, why, proofs]) =>
  proofs.map((proof) => [what, proof.kind, end, why, proof] as const),
);

/** The same for a credential that goes on. */
const GOES_ON = [
  ['that expires in a moment', `UPDATE credential SET expires_at = '${LATER}' WHERE id = 'c1'`],
  ['whose secret expires in a moment', `UPDATE credential_secret SET expires_at = '${LATER}' WHERE id = 's1'`],
  ['when another is switched off', `UPDATE credential SET enabled = 0 WHERE id = 'c2'`],
  ['when another has its tokens ended', `UPDATE credential SET token_epoch = 6 WHERE id = 'c2'`],
] as const;

describe('a statement of several rows (S2)', () => {
  test.each(EACH)('gives nothing to a credential that %s, known by its %s', async (_what, _kind, end, why, proof) => {
    const reader = live.reader(proof);
    expect(await reader.rows(PEOPLE)).toHaveLength(2);
    await live.all(end, []);
    await expect(reader.rows(PEOPLE)).rejects.toMatchObject({
      code: 'CREDENTIAL_DISABLED',
      message: 'This credential may not go on.',
    });
    expect(reader.interruptedBy).toBe(why);
  });

  test.each(GOES_ON)('goes on for a credential %s', async (_what, statement) => {
    await live.all(statement, []);
    for (const proof of BOTH) expect(await live.reader(proof).rows(PEOPLE)).toHaveLength(2);
  });

  test('tells no rows from one, and keeps their order', async () => {
    const reader = live.reader(SECRET);
    expect((await reader.rows(PEOPLE, sql`data.id DESC`)).map(({ id }) => id)).toEqual([2, 1]);
    expect((await reader.rows(PEOPLE, sql`data.id`)).map(({ id }) => id)).toEqual([1, 2]);
    await live.all('DELETE FROM person', []);
    expect(await reader.rows(PEOPLE)).toEqual([]);
    expect(reader.interruptedBy).toBeUndefined();
  });

  test('is not even sent once the credential was found off', async () => {
    await live.all(`UPDATE credential SET enabled = 0`, []);
    const reader = live.reader(SECRET);
    await expect(reader.rows(PEOPLE)).rejects.toThrow();
    live.asked.length = 0;
    await expect(reader.rows(PEOPLE)).rejects.toThrow();
    await expect(reader.row(new LiveStatement(PEOPLE, 'sqlite'))).rejects.toThrow();
    await expect(reader.write('c1', kept)).rejects.toThrow();
    expect(live.asked).toEqual([]);
    expect(() => reader.assertLive()).toThrow('This credential may not go on.');
  });
});

describe('a statement that was written before (S2)', () => {
  const first = () =>
    new LiveStatement(sql`SELECT p.id FROM person p WHERE p.id = ${new LiveSlot(({ wanted }) => wanted)}`, 'sqlite');

  test.each(EACH)('gives nothing to a credential that %s, known by its %s', async (_what, _kind, end, why, proof) => {
    const statement = first();
    expect(await live.reader(proof).row(statement, 1)).toMatchObject({ id: 1 });
    await live.all(end, []);
    const reader = live.reader(proof);
    await expect(reader.row(statement, 1)).rejects.toMatchObject({ code: 'CREDENTIAL_DISABLED' });
    expect(reader.interruptedBy).toBe(why);
  });

  test.each(GOES_ON)('goes on for a credential %s', async (_what, end) => {
    await live.all(end, []);
    for (const proof of BOTH) expect(await live.reader(proof).row(first(), 2)).toMatchObject({ id: 2 });
  });

  test('asks for whoever runs it, however often and whoever ran it first', async () => {
    const statement = first();
    const other = { kind: 'secret', secretId: 's2', permissionVersion: 3 } as const;
    const otherToken = { kind: 'token', tokenId: 't2', permissionVersion: 3 } as const;
    for (const proof of [SECRET, TOKEN, other, otherToken])
      expect(await live.reader(proof).row(statement, 1)).toMatchObject({ id: 1 });
    await live.all(`UPDATE credential SET enabled = 0 WHERE id = 'c2'`, []);
    expect(await live.reader(SECRET).row(statement, 2)).toMatchObject({ id: 2 });
    expect(await live.reader(TOKEN).row(statement, 2)).toMatchObject({ id: 2 });
    await expect(live.reader(other).row(statement, 2)).rejects.toThrow();
    await expect(live.reader(otherToken).row(statement, 2)).rejects.toThrow();
  });

  test('has a row of nulls when there is none, and that is no interruption', async () => {
    const reader = live.reader(SECRET);
    expect(await reader.row(first(), 99)).toMatchObject({ id: null, live_version: 3 });
    expect(reader.interruptedBy).toBeUndefined();
  });

  test('binds each slot once, and every value in its place', () => {
    const slot = new LiveSlot(({ wanted }) => wanted);
    const query = sql`SELECT ${slot} AS a, ${'x'} AS b, ${slot} AS c, ${'x'} AS d`;
    const { text, values } = new LiveStatement(query, 'sqlite').for({ proof: SECRET, now: NOW, wanted: 9 });
    expect(text).toContain('SELECT ?3 AS a, ?4 AS b, ?3 AS c, ?5 AS d');
    expect(values).toEqual(['s1', NOW, 9, 'x', 'x', 3]);
    const numbered = new LiveStatement(query, 'postgres').for({ proof: TOKEN, now: NOW, wanted: 9 });
    expect(numbered.text).toContain('SELECT $3 AS a, $4 AS b, $3 AS c, $5 AS d');
    expect(numbered.values).toEqual(['t1', NOW, 9, 'x', 'x', 3]);
  });
});

describe('a write (S2)', () => {
  test.each(EACH)('does not begin for a credential that %s, known by its %s', async (_what, _kind, end, why, proof) => {
    await live.all(end, []);
    const reader = live.reader(proof);
    const work = jest.fn(kept);
    await expect(reader.write('c1', work)).rejects.toMatchObject({ code: 'CREDENTIAL_DISABLED' });
    expect(work).not.toHaveBeenCalled();
    expect([reader.interruptedBy, reader.hasWritten]).toEqual([why, false]);
  });

  test('of a credential that is alive is done and noted', async () => {
    for (const proof of BOTH) {
      const reader = live.reader(proof);
      expect(reader.hasWritten).toBe(false);
      const told = await reader.write('c1', async ({ run, now, dialect }) => ({
        isKept: true,
        told: [await run(sql`SELECT count(*) AS people FROM person`), now(), dialect],
      }));
      expect(told).toEqual({ isKept: true, told: [[{ people: 2 }], NOW, 'sqlite'] });
      expect(reader.hasWritten).toBe(true);
    }
  });

  test('that fails or is refused is not kept', async () => {
    const reader = live.reader(SECRET);
    await reader.write('c1', () => Promise.resolve({ isKept: false }));
    expect(reader.hasWritten).toBe(false);
    await expect(reader.write('c1', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(reader.hasWritten).toBe(false);
  });

  test('holds the credential’s row on PostgreSQL before it looks, and nothing on SQLite', async () => {
    await live.reader(SECRET).write('c1', kept);
    expect(live.asked.some((text) => text.includes('FOR NO KEY UPDATE'))).toBe(false);
    live.asked.length = 0;
    // SQLite does not know the clause: that the statement comes first, and fails the write, is what is shown.
    await expect(live.reader(SECRET, 'postgres').write('c1', kept)).rejects.toThrow(/syntax error/);
    expect(live.asked).toEqual(['SELECT id FROM credential WHERE id = $1 FOR NO KEY UPDATE']);
  });
});
