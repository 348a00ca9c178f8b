import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import sql from 'sql-template-tag';
import { openHouse, startGateway } from '../src/app';
import { adminBrowser } from './support/admin';
import { databases, freshFolder } from './support/database';
import { startTestGateway, type TestCredential, type TestGateway } from './support/gateway';
import { present } from './support/present';
import { list, Managing } from './support/managing';
import { CREATE, UPDATE, writer } from './support/writing';

/** Writes under which the consumer is killed; `npm run test:changes` asks for 10,000. */
const WRITES = Number(process.env['FIELDGATE_TEST_WRITES'] ?? 200);
const AT_ONCE = 16;
const FEED = `query ($after: String, $first: Int) { changes(after: $after, first: $first) {
  edges { cursor node { employeeId attribute at } } pageInfo { hasNextPage endCursor } } }`;

interface Edge {
  readonly cursor: string;
  readonly node: { readonly employeeId: string; readonly attribute: string };
}

describe.each(databases)('the feed of changes on $name', (database) => {
  let gateway: TestGateway;
  let everything: TestCredential;

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true, config: { requestsPerMinute: 0 } });
    everything = await writer(gateway);
  });

  afterAll(() => gateway.close());

  async function edgesOf(as: TestCredential, after: string | null = null, first = 1000): Promise<Edge[]> {
    const { body } = await gateway.query(as, FEED, { after, first });
    expect(body.errors).toBeUndefined();
    return body.data.changes.edges as Edge[];
  }

  const update = (id: string, values: object) => gateway.query(everything, UPDATE, { id, values });
  const shown = (edges: readonly Edge[]) => edges.map(({ node }) => `${node.employeeId} ${node.attribute}`);

  test('tells what changed, in order, and goes on behind a cursor', async () => {
    const start = (await edgesOf(everything)).at(-1)?.cursor ?? null;
    await update('1', { firstName: 'One', position: 'P1' });
    await update('2', { lastName: 'Two' });
    await update('1', { firstName: 'Uno' });
    const edges = await edgesOf(everything, start);
    expect(shown(edges)).toEqual(['1 firstName', '1 position', '2 lastName', '1 firstName']);
    for (const [at, { cursor }] of edges.entries()) {
      expect(shown(await edgesOf(everything, cursor))).toEqual(shown(edges).slice(at + 1));
    }
    const paged = await gateway.query(everything, FEED, { after: start, first: 2 });
    expect(paged.body.data.changes.pageInfo).toEqual({ hasNextPage: true, endCursor: edges[1]?.cursor });
  });

  test('of what the credential may not read, tells nothing, not even that there was something (L33, L35)', async () => {
    const few = await gateway.credential({ attributes: ['firstName'] });
    const start = (await edgesOf(few)).at(-1)?.cursor ?? null;
    const quiet = (await gateway.query(few, FEED, { after: start })).text;
    await update('3', { fixSalary: { amount: 91_234, currency: 'EUR' }, lastName: 'Hidden' });
    await update('3', { customAttributes: [{ key: 'laptopCount', value: 91 }] });
    expect((await gateway.query(few, FEED, { after: start })).text).toBe(quiet);
    await update('3', { fixSalary: { amount: 91_235, currency: 'EUR' }, firstName: 'Shown' });
    const edges = await edgesOf(few, start);
    expect(shown(edges)).toEqual(['3 firstName']);
  });

  describe('updatedSince', () => {
    const SINCE = `query ($since: DateTime, $after: String, $filter: EmployeeFilter) {
      employees(updatedSince: $since, filter: $filter, first: 2, after: $after, orderBy: [{ by: FIRST_NAME }]) {
        nodes { id } totalCount pageInfo { hasNextPage endCursor } } }`;
    const since = async (as: TestCredential, moment: string, more: object = {}) => {
      const { body, text } = await gateway.query(as, SINCE, { since: moment, ...more });
      if (body.errors) throw new Error(text);
      const { nodes, totalCount, pageInfo } = body.data.employees as {
        nodes: { id: string }[];
        totalCount: number;
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
      return { ids: nodes.map(({ id }) => id), totalCount, pageInfo };
    };
    const next = async () => {
      await pause(5);
      return new Date().toISOString();
    };

    test('gives who changed at that moment or later, page by page, and with a filter', async () => {
      const moment = await next();
      await update('11', { firstName: 'Cleo' });
      await update('12', { firstName: 'Anna' });
      await update('13', { firstName: 'Bert' });
      const first = await since(everything, moment);
      expect(first).toMatchObject({ ids: ['12', '13'], totalCount: 3, pageInfo: { hasNextPage: true } });
      const second = await since(everything, moment, { after: first.pageInfo.endCursor });
      expect(second).toMatchObject({ ids: ['11'], pageInfo: { hasNextPage: false } });
      const filter = { firstName: { eq: 'Bert' } };
      expect(await since(everything, moment, { filter })).toMatchObject({ ids: ['13'], totalCount: 1 });
      expect((await since(everything, await next())).totalCount).toBe(0);
      expect((await since(everything, '0001-01-01T00:00:00Z')).totalCount).toBeGreaterThan(2);
    });

    test('counts no change of what the credential may not read, and none of what it may not read any more (L33)', async () => {
      const few = await gateway.credential({ attributes: ['firstName', 'custom.laptopCount'] });
      const moment = await next();
      await update('14', { lastName: 'Hidden' });
      await update('15', { fixSalary: { amount: 77_001, currency: 'EUR' } });
      expect(await since(few, moment)).toMatchObject({ ids: [], totalCount: 0 });
      await update('15', { customAttributes: [{ key: 'laptopCount', value: 77 }] });
      expect(await since(few, moment)).toMatchObject({ ids: ['15'], totalCount: 1 });
      const owner = new Managing(await adminBrowser(gateway, 'OWNER'));
      const { body } = await owner.admin.send(`{ credentials(search: "${few.clientId}") { nodes { id version } } }`);
      const [{ id, version }] = body.data.credentials.nodes as [{ id: string; version: number }];
      expect((await owner.update(id, { version, grants: list(['firstName']) })).userErrors).toEqual([]);
      expect(await since(few, moment)).toMatchObject({ ids: [], totalCount: 0 });
    });

    test('gives who appeared, to whoever reads people', async () => {
      const nobody = await gateway.credential({ attributes: ['firstName'] });
      const moment = await next();
      const values = { lastName: 'Arrived', email: 'arrived@comer.example' };
      const { body } = await gateway.query(everything, CREATE, { values });
      expect((await since(nobody, moment)).ids).toEqual([body.data.createEmployee.employee.id]);
    });

    test.each(['yesterday', '2021-02-30T00:00:00Z', '2021-01-01', ''])('%j is no moment', async (moment) => {
      const { status, body } = await gateway.query(everything, SINCE, { since: moment });
      expect([status, body.data ?? null]).toEqual([400, null]);
    });

    test.each(['9999-12-31T23:59:59-14:00', '0000-01-01T00:00:00+14:00'])(
      '%j is outside of what can be compared, with a plan and without one',
      async (moment) => {
        for (const beside of ['', 'viewer { name }']) {
          const query = `{ employees(updatedSince: "${moment}") { totalCount } ${beside} }`;
          const { body } = await gateway.query(everything, query);
          expect(body.errors).toMatchObject([{ path: ['employees'], extensions: { code: 'BAD_USER_INPUT' } }]);
        }
      },
    );
  });

  test('tells that somebody appeared to whoever reads people, and only what they may read of it', async () => {
    const few = await gateway.credential({ attributes: ['lastName'] });
    const start = (await edgesOf(few)).at(-1)?.cursor ?? null;
    const { body } = await gateway.query(everything, CREATE, {
      values: { firstName: 'New', lastName: 'Comer', email: 'new@comer.example' },
    });
    const id = body.data.createEmployee.employee.id as string;
    expect(shown(await edgesOf(few, start))).toEqual([`${id} id`, `${id} lastName`]);
  });

  test('an attribute taken out of use, or off the list, is told no more', async () => {
    const one = await gateway.credential({ attributes: ['custom.laptopCount', 'position'] });
    await update('5', { position: 'Told', customAttributes: [{ key: 'laptopCount', value: 77 }] });
    expect(shown(await edgesOf(one))).toContain('5 custom.laptopCount');
    const { store } = gateway.house;
    await store.write((manager) =>
      manager.query(`UPDATE custom_attribute SET retired_at = '2026-01-01T00:00:00.000Z' WHERE name = 'laptopCount'`),
    );
    expect(shown(await edgesOf(one)).filter((text) => text.includes('laptopCount'))).toEqual([]);
    await store.write((manager) =>
      manager.query(`UPDATE custom_attribute SET retired_at = NULL WHERE name = 'laptopCount'`),
    );
  });

  test('needs EMPLOYEES read', async () => {
    const none = await gateway.credential({ read: ['ABSENCES'] });
    const { body } = await gateway.query(none, FEED);
    expect(body).toMatchObject({ data: { changes: null }, errors: [{ extensions: { code: 'MODULE_FORBIDDEN' } }] });
  });

  test('its cursors show no number and cannot be made or moved (L17)', async () => {
    for (let id = 11; id < 20; id += 1) await update(String(id), { position: 'Counted' });
    const edges = await edgesOf(everything);
    const cursors = edges.map(({ cursor }) => Buffer.from(cursor, 'base64url'));
    const bytes = present(cursors[0]);
    expect(new Set(cursors.map(({ length }) => length))).toEqual(new Set([bytes.length]));
    // Numbers that follow one another are written almost alike; what looks drawn has a byte in common by chance.
    const inCommon = cursors
      .slice(1)
      .map((one, at) => one.filter((byte, place) => byte === cursors[at]?.[place]).length);
    expect(inCommon.length).toBeGreaterThan(5);
    expect(Math.max(...inCommon)).toBeLessThan(6);
    const forged = Array.from(bytes, (_, at) => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy.toString('base64url');
    });
    const people = await gateway.query(everything, '{ employees(first: 1) { edges { cursor } } }');
    const foreign = people.body.data.employees.edges[0].cursor as string;
    for (const after of [...forged, foreign, '', 'x', 'é', '\0', 'A'.repeat(5000)]) {
      const { body, status } = await gateway.query(everything, FEED, { after });
      expect(status).toBeLessThan(500);
      expect(body.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  test(
    `${WRITES} concurrent writes on two nodes and a consumer that is killed at random: nothing is missed, nothing out of order`,
    async () => {
      const house = await openHouse(gateway.house.config);
      const second = await startGateway(house);
      const readable = ['firstName', 'position', 'team', 'custom.shirtSize'];
      const reader = await gateway.credential({ attributes: readable });
      const file = path.join(freshFolder(), 'feed.ndjson');
      const consumer = new Killable(gateway.url, reader, file);
      const failures: unknown[] = [];
      let next = 0;
      const write = async (url: string) => {
        while (next < WRITES) {
          const at = (next += 1);
          const { ok, text } = await send(url, everything, at);
          if (!ok) failures.push(text);
        }
      };
      const killing = consumer.killAtRandom();
      let expected: readonly string[] = [];
      let kills = 0;
      try {
        await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => write(at % 2 === 0 ? gateway.url : second.url)));
        expect(failures).toEqual([]);
        expected = await stored(gateway, ['id', ...readable]);
        await consumer.until(expected.length);
      } finally {
        // After a failure, too: a consumer that starts again and again would keep the run from ending.
        kills = await consumer.end(killing);
        await second.close();
      }
      const told = firstDeliveries(file);
      expect(shown(told)).toEqual(expected);
      expect(expected.length).toBeGreaterThan(WRITES);
      expect(kills).toBeGreaterThan(2);
      process.stdout.write(
        `${database.name}: ${WRITES} writes, ${expected.length} changes told, the consumer was killed ${kills} times\n`,
      );
    },
    60_000 + WRITES * 100,
  );
});

// One of several kinds of write, each of which changes something that is told and something that is not.
async function send(url: string, as: TestCredential, at: number): Promise<{ ok: boolean; text: string }> {
  const values = {
    ...(at % 3 === 0 ? { firstName: `F${at}` } : { position: `P${at}` }),
    ...(at % 5 === 0 ? { team: `T${at}` } : {}),
    ...(at % 2 === 0 ? { fixSalary: { amount: at, currency: 'EUR' } } : { lastName: `L${at}` }),
  };
  const isNew = at % 10 === 0;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: as.authorization },
    body: JSON.stringify({
      query: isNew ? CREATE : UPDATE,
      variables: isNew ? { values } : { id: String(1 + (at % 200)), values },
    }),
  });
  const text = await response.text();
  return { ok: response.status === 200 && !text.includes('"errors"'), text };
}

async function stored({ house }: TestGateway, keys: readonly string[]): Promise<string[]> {
  const rows = await house.store.read(sql`SELECT employee_id, attribute_key FROM employee_change ORDER BY sequence`);
  return rows
    .filter((row) => keys.includes(row['attribute_key'] as string))
    .map((row) => `${row['employee_id'] as number} ${row['attribute_key'] as string}`);
}

function pagesIn(file: string): Edge[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1).trim();
  return whole === '' ? [] : whole.split('\n').flatMap((line) => JSON.parse(line) as Edge[]);
}

function firstDeliveries(file: string): Edge[] {
  return [...new Map(pagesIn(file).map((edge) => [edge.cursor, edge])).values()];
}

/** A consumer's process, which starts again after it was killed. */
class Killable {
  private child: ChildProcess | undefined;
  private isEnding = false;

  constructor(
    private readonly url: string,
    private readonly as: TestCredential,
    private readonly file: string,
  ) {}

  /** @returns how often, when it ends */
  async killAtRandom(): Promise<number> {
    let kills = 0;
    while (!this.isEnding) {
      const child = fork(path.join(__dirname, 'support/change-consumer.js'), [
        this.url,
        this.as.authorization,
        this.file,
      ]);
      this.child = child;
      const isOver = once(child, 'exit');
      // Counted from where it asks: on a busy machine starting takes longer than it would live.
      await Promise.race([once(child, 'message'), isOver]);
      await pause(Math.random() * 400);
      child.kill('SIGKILL');
      await isOver;
      kills += 1;
    }
    return kills;
  }

  async until(count: number): Promise<void> {
    const end = Date.now() + 40_000;
    while (firstDeliveries(this.file).length < count && Date.now() < end) await pause(50);
  }

  end(killing: Promise<number>): Promise<number> {
    this.isEnding = true;
    this.child?.kill('SIGKILL');
    return killing;
  }
}
