import { Readiness } from '../src/health/readiness';
import { newKeyRingText } from '../src/credentials/key-ring';
import { openHouse, startGateway } from '../src/app';
import { databases, maintain } from './support/database';
import { eventually } from './admin-ui/eventually';
import { startTestGateway, type TestGateway } from './support/gateway';
import { present } from './support/present';

describe.each(databases)('health on $name', (database) => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway(database);
    await gateway.credential();
  });

  afterAll(() => gateway.close());

  test.each(['/health/live', '/health/ready'])(
    '%s answers without a credential, data or version (L39)',
    async (url) => {
      const { status, text, headers } = await gateway.fetch(url);
      expect([status, text]).toEqual([200, `{"status":"${url.split('/').at(-1) ?? ''}"}`]);
      expect(headers.get('cache-control')).toBe('no-store');
      expect([...headers.keys()]).not.toContain('server');
      expect((await gateway.fetch(url, { method: 'HEAD' })).status).toBe(200);
      expect((await gateway.fetch(url, { method: 'POST' })).status).toBe(405);
    },
  );

  test('a gateway whose keys are those of another store is not ready', async () => {
    const { dataDir, databaseUrl } = gateway.house.config;
    const keys = newKeyRingText();
    const house = await openHouse({ ...gateway.house.config, dataDir, databaseUrl, keys, port: 0 });
    const stranger = await startGateway(house);
    try {
      const answer = await fetch(`${stranger.url}/health/ready`);
      expect([answer.status, await answer.text()]).toEqual([503, '{"status":"not ready"}']);
      expect((await fetch(`${stranger.url}/health/live`)).status).toBe(200);
    } finally {
      await stranger.close();
    }
  });
});

test('a gateway that cannot reach its database is alive and not ready, and ready again once it can', async () => {
  const gateway = await startTestGateway(present(databases[1]));
  const name = new URL(gateway.house.config.databaseUrl ?? '').pathname.slice(1);
  const ready = async () => (await gateway.fetch('/health/ready')).status;
  try {
    await maintain(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await maintain(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
    await eventually(ready, (status) => expect(status).toBe(503));
    expect((await gateway.fetch('/health/live')).status).toBe(200);
    await maintain(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    await eventually(ready, (status) => expect(status).toBe(200));
  } finally {
    await gateway.close();
  }
});

describe('readiness', () => {
  test('does not wait longer than it may for a store that hangs', async () => {
    const readiness = new Readiness({ checks: [() => new Promise(() => undefined)], patience: 50 });
    const start = performance.now();
    expect(await readiness.isReady()).toBe(false);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test('asks once for everybody who asks within a second', async () => {
    let asked = 0;
    const readiness = new Readiness({ checks: [() => Promise.resolve((asked += 1) > 0)] });
    const answers = await Promise.all(Array.from({ length: 100 }, () => readiness.isReady()));
    expect(answers.every(Boolean)).toBe(true);
    expect(asked).toBe(1);
  });

  test('is over once the gateway is to stop, whatever was remembered', async () => {
    const readiness = new Readiness({ checks: [() => Promise.resolve(true)] });
    expect(await readiness.isReady()).toBe(true);
    readiness.drain();
    expect(await readiness.isReady()).toBe(false);
  });
});
