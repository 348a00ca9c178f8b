import { openHouse } from '../../src/app';
import { readConfig } from '../../src/config';
import { createDemoCompany } from '../../src/demo/demo-company';
import { atOnce } from '../support/at-once';
import { databases, type TestLocation } from '../support/database';
import { basic, grantsOf } from '../support/gateway';
import { ask, send, startProcess, type GatewayProcess } from '../support/process';
import { Choices, drawn } from './fuzz/choices';
import { residentMegabytes } from './resident-memory';
import { drawForm, drawJson, SENT_MARK } from './transport/bodies';
import { exchange } from './transport/connection';
import { drawHttp, type Proofs } from './transport/http-text';
import { faultsOf, faultsOfReply } from './transport/judge';

/** In all, on both kinds of databases together. `npm run test:transport` asks for many. */
const REQUESTS = Number(process.env['FIELDGATE_TEST_REQUESTS'] ?? 3_000);
const TOKEN_REQUESTS = Number(process.env['FIELDGATE_TEST_TOKEN_REQUESTS'] ?? 600);
const SEED = Number(process.env['FIELDGATE_TEST_SEED'] ?? Math.floor(Math.random() * 0x7fff_ffff));
const AT_ONCE = 32;
const DRAWS = 200;
/** Milliseconds. */
const LONG = 120_000 + REQUESTS * 20;

/** Everybody's first name, which the credential may not read. */
const STORED_MARK = 'stored-mark-c52a';

describe.each(databases)('requests that are nearly right, on $name', (database) => {
  let location: TestLocation;
  let gateway: GatewayProcess;
  let proofs: Proofs;
  let marks: readonly string[];
  const memory: number[] = [];

  beforeAll(async () => {
    location = await database.readyLocation();
    const house = await openHouse({ ...readConfig({}), ...location, logLevel: 'silent' });
    await createDemoCompany(house);
    await house.store.write((manager) => manager.query(`UPDATE employee SET first_name = '${STORED_MARK}'`));
    const grants = grantsOf({ attributes: ['lastName'] });
    const draft = { denialMode: 'NULL_AND_ERROR', expiresAt: null, enabled: true, grants } as const;
    const own = await house.credentials.create({ ...draft, name: 'Its own' });
    const other = await house.credentials.create({ ...draft, name: 'Another' });
    await house.close();
    gateway = await startProcess(location, ['--no-demo'], { REQUESTS_PER_MINUTE: '0' });
    const { clientId } = own.credential;
    const authorization = basic(clientId, own.secret);
    proofs = {
      basic: authorization,
      bearer: await newToken(authorization),
      form: `grant_type=client_credentials&client_id=${clientId}&client_secret=${own.secret}`,
    };
    marks = [STORED_MARK, own.secret, other.secret, other.credential.clientId];
  }, LONG);

  afterAll(async () => {
    expect(await gateway.stop()).toBe(0);
    await location.remove();
  });

  async function newToken(authorization: string): Promise<string> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization };
    const { text } = await send(`${gateway.url}/oauth/token`, { headers, body: 'grant_type=client_credentials' });
    return `Bearer ${(JSON.parse(text) as { access_token: string }).access_token}`;
  }

  /** Sends many, each drawn by its number alone, and stops soon after one whose answer is wrong. */
  async function faultsOfMany(count: number, one: (choices: Choices) => Promise<string[]>): Promise<string[]> {
    const faults: string[] = [];
    const numbers = Array.from({ length: Math.ceil(count / databases.length) }, (_, number) => number);
    const every = Math.ceil(numbers.length / 8);
    await atOnce(AT_ONCE, numbers, async (number) => {
      if (faults.length > 5) return;
      if (number % every === 0) memory.push(residentMegabytes(gateway.pid));
      const found = await one(new Choices(drawn(SEED + number * 7_919, DRAWS)));
      faults.push(...found.map((fault) => `Seed ${SEED}, number ${number}: ${fault}`));
    });
    return faults;
  }

  test(
    'bytes that are HTTP or nearly so are answered with a declared code, or the connection is ended',
    async () => {
      const port = Number(new URL(gateway.url).port);
      const statuses = new Map<string, number>();
      const faults = await faultsOfMany(REQUESTS / 2, async (choices) => {
        const text = drawHttp(choices, proofs);
        const { reply, isHeld } = await exchange(port, text);
        const status = /^HTTP\/1\.1 (\d{3})/.exec(reply)?.[1] ?? 'none';
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        const found = [...faultsOfReply(reply, text.isHead, marks), ...(isHeld ? ['keeps its connection'] : [])];
        return found.map(
          (fault) => `${JSON.stringify(text.bytes.toString('latin1').slice(0, 600))} ${fault}: ${reply.slice(0, 400)}`,
        );
      });
      expect(faults).toEqual([]);
      process.stdout.write(`${database.name}: seed ${SEED}, bytes: ${JSON.stringify(Object.fromEntries(statuses))}\n`);
      expect(statuses.get('200')).toBeGreaterThan(0);
      expect(statuses.get('400')).toBeGreaterThan(0);
    },
    LONG,
  );

  test(
    'bodies that are GraphQL or nearly so are answered with a declared code',
    async () => {
      const authorizations = [proofs.basic, await newToken(proofs.basic)];
      const faults = await faultsOfMany(REQUESTS / 2, (choices) =>
        judged(
          '/graphql',
          { 'content-type': 'application/json', authorization: choices.pick(authorizations) },
          drawJson(choices),
        ),
      );
      expect(faults).toEqual([]);
    },
    LONG,
  );

  test(
    'token requests that are nearly right are answered with a code of OAuth, and the right one goes on working',
    async () => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const faults = await faultsOfMany(TOKEN_REQUESTS, (choices) => {
        const { form } = proofs;
        const isBasic = choices.chance(40);
        const body = drawForm(choices, isBasic ? 'grant_type=client_credentials' : form);
        return judged(
          choices.chance(20) ? '/oauth/revoke' : '/oauth/token',
          isBasic ? { ...headers, authorization: proofs.basic } : headers,
          body,
        );
      });
      expect(faults).toEqual([]);
      expect(await newToken(proofs.basic)).toMatch(/^Bearer fgat_/);
    },
    LONG,
  );

  test('a client that goes away before its wrong secret is judged makes nothing fail', async () => {
    const port = Number(new URL(gateway.url).port);
    const body = 'grant_type=client_credentials&client_id=a&client_secret=b';
    const head = `POST /oauth/token HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: ${body.length}`;
    const bytes = Buffer.from(`${head}\r\n\r\n${body}`);
    for (let count = 0; count < 20; count += 1) await exchange(port, { bytes, isCutOff: true, isHead: false });
    expect(gateway.log()).not.toContain('"level":50');
  });

  /** Sends with the client that Node has built in, which is undici. */
  async function judged(path: string, headers: Record<string, string>, body: string): Promise<string[]> {
    const response = await fetch(gateway.url + path, { method: 'POST', headers, body });
    const text = await response.text();
    // A token is what a token request is for; nobody else's secret is.
    return faultsOf(response.status, text, marks).map(
      (fault) => `${path} ${body.slice(0, 600)} ${fault}: ${response.status} ${text.slice(0, 400)}`,
    );
  }

  test('after all of it the process is the same, answers as before, has logged no failure and nothing that was sent or stored', async () => {
    const { status, body } = await ask(gateway.url, proofs.basic, '{ employees(first: 2) { nodes { lastName } } }');
    expect([status, body.data?.employees.nodes.length]).toEqual([200, 2]);
    expect(() => process.kill(gateway.pid, 0)).not.toThrow();
    const log = gateway.log();
    expect(log.split('\n').filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
    expect([...marks, SENT_MARK].filter((mark) => log.includes(mark))).toEqual([]);
    const [middle = 0, last = 0] = [memory[Math.floor(memory.length / 2)], memory.at(-1)];
    process.stdout.write(`${database.name}: ${memory.map((one) => one.toFixed(0)).join(', ')} MB of memory\n`);
    // A heap that is still warming up grows; one that leaks goes on growing.
    expect(last).toBeLessThan(middle * 1.1 + WARMING_MEGABYTES);
  });
});

const WARMING_MEGABYTES = 40;
