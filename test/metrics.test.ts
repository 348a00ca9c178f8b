import { databases } from './support/database';
import { startTestGateway, type TestCredential, type TestGateway } from './support/gateway';
import { present } from './support/present';

const TOKEN = 'lighthouse-lighthouse';

describe.each(databases)('metrics on $name', (database) => {
  let gateway: TestGateway;
  let reader: TestCredential;

  beforeAll(async () => {
    const metrics = { host: '127.0.0.1', port: 0, token: TOKEN };
    gateway = await startTestGateway(database, { demo: true, config: { metrics } });
    reader = await gateway.credential({ attributes: ['firstName'] });
  });

  afterAll(() => gateway.close());

  const scrape = (init?: RequestInit) => fetch(present(gateway.metricsUrl), init);
  const figures = async () => (await scrape({ headers: { authorization: `Bearer ${TOKEN}` } })).text();
  /** The value of a figure, with its labels in any order. */
  const figure = async (name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> => {
    const lines = (await figures())
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
    const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    const matching = lines.filter((line) => wanted.every((part) => line.includes(part)));
    return matching.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  };

  test('are read with the token only, and not on the address of the gateway (L39)', async () => {
    expect((await scrape()).status).toBe(401);
    expect((await scrape({ headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    expect(await (await scrape({ headers: { authorization: 'Bearer wrong' } })).text()).not.toContain('fieldgate_');
    expect((await scrape({ headers: { authorization: `Bearer ${TOKEN}` } })).headers.get('content-type')).toMatch(
      /^text\/plain; version=0\.0\.4/,
    );
    expect((await gateway.fetch('/metrics', { headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(404);
    const elsewhere = new URL('/graphql', gateway.metricsUrl);
    expect((await fetch(elsewhere, { method: 'POST', headers: { authorization: reader.authorization } })).status).toBe(
      404,
    );
  });

  test('count requests by route, method and status, with their times', async () => {
    const labels = { route: '/graphql', method: 'POST', status: '200' };
    const before = await figure('fieldgate_request_seconds_count', labels);
    for (let count = 0; count < 3; count += 1) await gateway.query(reader, '{ viewer { name } }');
    expect(await figure('fieldgate_request_seconds_count', labels)).toBe(before + 3);
    expect(await figure('fieldgate_request_seconds_sum', labels)).toBeGreaterThan(0);
    await gateway.query('Bearer nothing', '{ viewer { name } }');
    expect(await figure('fieldgate_request_seconds_count', { ...labels, status: '401' })).toBe(1);
  });

  test('count denials by reason, once for each coordinate', async () => {
    const labels = { reason: 'ATTRIBUTE_FORBIDDEN', action: 'read' };
    const before = await figure('fieldgate_denials_total', labels);
    await gateway.query(reader, '{ employees(first: 5) { nodes { lastName email } } }');
    expect(await figure('fieldgate_denials_total', labels)).toBe(before + 2);
    await gateway.query(reader, '{ absences(first: 1) { nodes { id } } }');
    expect(await figure('fieldgate_denials_total', { reason: 'MODULE_FORBIDDEN' })).toBeGreaterThan(0);
  });

  test('time statements, and tell connections, memory and the lag of the event loop', async () => {
    const before = await figure('fieldgate_statement_seconds_count', { kind: 'read', outcome: 'done' });
    await gateway.query(reader, '{ employees(first: 5) { nodes { firstName } } }');
    expect(await figure('fieldgate_statement_seconds_count', { kind: 'read', outcome: 'done' })).toBeGreaterThan(
      before,
    );
    expect(await figure('fieldgate_statement_seconds_count', { kind: 'write', outcome: 'done' })).toBeGreaterThan(0);
    const open = await figure('fieldgate_store_connections', { kind: 'read', state: 'open' });
    expect(open).toBe(gateway.house.store.connections.read);
    expect(await figure('fieldgate_store_connections', { state: 'waiting' })).toBe(0);
    expect(await figure('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
    expect(await figures()).toContain('nodejs_eventloop_lag_p99_seconds');
  });

  test('tell statements that wait for a connection', async () => {
    const { store } = gateway.house;
    const all = store.connections.write + 3;
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const writes = Array.from({ length: all }, () => store.write(() => released));
    try {
      expect(await figure('fieldgate_store_connections', { kind: 'write', state: 'waiting' })).toBe(3);
      expect(await figure('fieldgate_store_connections', { kind: 'write', state: 'busy' })).toBe(
        store.connections.write,
      );
    } finally {
      release();
      await Promise.all(writes);
    }
  });

  test('get no new label from what a client invents, and hold no name, value or id (L36)', async () => {
    await gateway.query(
      reader,
      'query Lighthouse { employees(filter: { firstName: { eq: "Butterblume" } }) { nodes { firstName } } }',
    );
    const series = async () => (await figures()).split('\n').filter((line) => line.startsWith('fieldgate_')).length;
    await gateway.fetch('/invented/0');
    await gateway.fetch('/graphql?invented=0', { method: 'PROPFIND' });
    const before = await series();
    for (let count = 1; count < 20; count += 1) {
      await gateway.fetch(`/invented/${count}`);
      await gateway.query(
        reader,
        `query Invented${count} { employees { nodes { custom(keys: ["invented${count}"]) { key } } } }`,
      );
      await gateway.query(reader, `query Invented${count} { viewer { name } }`);
    }
    await gateway.fetch('/graphql', { method: 'MKCOL' });
    expect((await series()) - before).toBeLessThanOrEqual(16);
    const text = await figures();
    for (const told of [
      'Lighthouse',
      'nvented',
      'Butterblume',
      'firstName',
      reader.clientId,
      reader.secret,
      'Credential 1',
    ]) {
      expect(text).not.toContain(told);
    }
  });
});

test('without METRICS_PORT nothing listens for them and nothing is counted', async () => {
  const gateway = await startTestGateway(present(databases[0]));
  try {
    expect(gateway.metricsUrl).toBeUndefined();
    expect(gateway.house.metrics).toBeUndefined();
    expect((await gateway.fetch('/metrics')).status).toBe(404);
  } finally {
    await gateway.close();
  }
});
