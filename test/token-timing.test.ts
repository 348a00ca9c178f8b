import { Agent, request } from 'node:http';
import { newClientId, newSecret } from '../src/credentials/secret';
import { databases } from './support/database';
import { basic, startTestGateway, type TestGateway } from './support/gateway';
import { present } from './support/present';

/** Of each kind. `npm run test:token-timing` makes 5,000 and holds the figures to the limits below. */
const TRIES = Number(process.env['FIELDGATE_TEST_TRIES'] ?? 60);
const IS_MEASURED = TRIES >= 5_000;
/** Nobody may tell kinds apart by more than this, in milliseconds. The machine's noise may spoil two of three runs. */
const MOST_DIFFERENCE = 0.05;
const MOST_RUNS = IS_MEASURED ? 3 : 1;
/** A client id is slowed down from the eleventh failure in a minute on, and an address from the sixty-first: stay below. */
const TRIES_PER_CLIENT = 10;
const TRIES_PER_ADDRESS = 50;

const KINDS = ['a wrong secret', 'an unknown id', 'a disabled credential', 'an expired credential'] as const;
type Kind = (typeof KINDS)[number];

describe.each(databases)('refusals of the token endpoint on $name', (database) => {
  let gateway: TestGateway;

  beforeEach(async () => {
    gateway = await startTestGateway(database);
  });

  afterEach(() => gateway.close());

  test(
    `${TRIES} of each kind, in turn, are the same bytes and take the same time (S8, L37)`,
    async () => {
      let isHeld = false;
      let address = 0;
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let run = 1; run <= MOST_RUNS && !isHeld; run += 1) {
        const shown = await credentials(gateway);
        const times = new Map<Kind, number[]>(KINDS.map((kind) => [kind, []]));
        const answers = new Set<string>();
        for (let at = 0; at < TRIES; at += 1) {
          for (const kind of shuffled(KINDS)) {
            const { text, milliseconds } = await tried(
              gateway,
              agent,
              addressOf(address++),
              present(shown.get(kind)?.[at]),
            );
            answers.add(text);
            times.get(kind)?.push(milliseconds);
          }
        }
        expect(answers.size).toBe(1);
        isHeld = compare(database.name, times);
      }
      agent.destroy();
      if (IS_MEASURED) expect(isHeld).toBe(true);
    },
    20 * 60_000,
  );
});

/** What is shown to the endpoint in each try. */
async function credentials(gateway: TestGateway): Promise<ReadonlyMap<Kind, readonly string[]>> {
  const make = async (options: object, secretOf: (secret: string) => string) => {
    const made: string[] = [];
    for (let count = 0; count < TRIES / TRIES_PER_CLIENT; count += 1) {
      const { clientId, secret } = await gateway.credential({ name: newClientId(), ...options });
      made.push(...Array.from({ length: TRIES_PER_CLIENT }, () => basic(clientId, secretOf(secret))));
    }
    return made;
  };
  const own = (secret: string) => secret;
  const expired = await make({ expiresAt: '2999-01-01T00:00:00.000Z' }, own);
  await gateway.house.store.write((manager) =>
    manager.query(`UPDATE credential SET expires_at = '2020-01-01T00:00:00.000Z' WHERE expires_at IS NOT NULL`),
  );
  return new Map<Kind, readonly string[]>([
    ['a wrong secret', await make({}, () => newSecret())],
    ['an unknown id', Array.from({ length: TRIES }, () => basic(newClientId(), newSecret()))],
    ['a disabled credential', await make({ enabled: false }, own)],
    ['an expired credential', expired],
  ]);
}

function tried(
  { url }: TestGateway,
  agent: Agent,
  localAddress: string,
  authorization: string,
): Promise<{ readonly text: string; readonly milliseconds: number }> {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
    const sent = request(`${url}/oauth/token`, { method: 'POST', agent, localAddress, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('error', reject).on('end', () => {
        const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
        // Everything but the moment and the number of the request.
        const { date: _date, 'x-request-id': _id, ...rest } = response.headers;
        resolve({ text: JSON.stringify([response.statusCode, rest, body]), milliseconds });
      });
    });
    sent.on('error', reject).end('grant_type=client_credentials');
  });
}

// Linux answers on every address of 127.0.0.0/8, and the limit counts each of them.
function addressOf(at: number): string {
  const number = Math.floor(at / TRIES_PER_ADDRESS);
  return `127.0.${Math.floor(number / 250) + 1}.${(number % 250) + 1}`;
}

function compare(name: string, times: ReadonlyMap<Kind, readonly number[]>): boolean {
  const medians = KINDS.map((kind) => median(present(times.get(kind))));
  const difference = Math.max(...medians) - Math.min(...medians);
  const figures = KINDS.map((kind, at) => `${kind} ${present(medians[at]).toFixed(3)} ms`).join(', ');
  process.stdout.write(
    `${name}, ${TRIES} tries of each kind, one connection, in random order, medians: ${figures}; ` +
      `largest difference ${(difference * 1000).toFixed(0)} µs of ${MOST_DIFFERENCE * 1000} µs allowed.\n`,
  );
  return difference <= MOST_DIFFERENCE;
}

function median(values: readonly number[]): number {
  return present([...values].sort((left, right) => left - right)[Math.floor(values.length / 2)]);
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((left, right) => left.place - right.place)
    .map(({ item }) => item);
}
