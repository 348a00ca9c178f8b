import { openHouse, startGateway } from '../../src/app';
import { databases } from '../support/database';
import { basic, startTestGateway, type TestGateway } from '../support/gateway';
import { present } from '../support/present';
import { Choices, drawn } from './fuzz/choices';
import { drawOperation } from './fuzz/operation';
import { drawPolicy, type Policy } from './fuzz/policy';

const OPERATIONS = Number(process.env['FIELDGATE_TEST_OPERATIONS'] ?? 1_000);
const SEED = Number(process.env['FIELDGATE_TEST_SEED'] ?? 20_261_125);
const POLICIES = 16;
/** They differ between any two answers. */
const OWN_HEADERS: ReadonlySet<string> = new Set(['date', 'x-request-id', 'ratelimit']);

interface Question {
  readonly query: string;
  readonly variables: object;
}

interface Reply {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
}

describe.each(databases)('drawn operations on $name', (database) => {
  let gateway: TestGateway;
  let reference: { readonly url: string; close(): Promise<void> };
  let authorizations: readonly string[];
  const policies = Array.from({ length: POLICIES }, (_, index) => drawPolicy(new Choices(drawn(SEED + index, 120))));
  const cursors: string[] = [];

  beforeAll(async () => {
    gateway = await startTestGateway(database, { demo: true, config: { requestsPerMinute: 0 } });
    reference = await startGateway(await openHouse(gateway.house.config), { usesPlans: false });
    authorizations = await Promise.all(policies.map((policy, index) => authorizationFor(policy, index)));
  }, 120_000);

  afterAll(async () => {
    await reference.close();
    await gateway.close();
  });

  async function authorizationFor(policy: Policy, index: number): Promise<string> {
    const { modules, read, write, strict } = policy;
    const { credential, secret } = await gateway.house.credentials.create({
      name: `Drawn ${index}`,
      denialMode: strict ? 'STRICT' : 'NULL_AND_ERROR',
      expiresAt: null,
      enabled: true,
      grants: { modules, attributes: { read: new Set(read), write: new Set(write) } },
    });
    return basic(credential.clientId, secret);
  }

  async function ask(url: string, authorization: string, { query, variables }: Question): Promise<Reply> {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query, variables }),
    });
    const headers = [...response.headers].filter(([name]) => !OWN_HEADERS.has(name));
    return { status: response.status, headers, text: await response.text() };
  }

  /** Asks for whoever the operation was drawn for, and for somebody else with other permissions. */
  async function difference(index: number): Promise<object | undefined> {
    const choices = new Choices(drawn(SEED * 31 + index, 400));
    const drawnFor = choices.number(POLICIES);
    const policy = present(policies[drawnFor]);
    const drawnQuestion = drawOperation({ schema: gateway.house.schema, choices, policy, kind: 'query' });
    const question = withCursors(drawnQuestion, cursors);
    for (const who of [drawnFor, choices.number(POLICIES)]) {
      const authorization = present(authorizations[who]);
      const first = await ask(gateway.url, authorization, question);
      const again = await ask(gateway.url, authorization, question);
      const plain = await ask(reference.url, authorization, question);
      keepCursors(plain.text, cursors);
      const isSame = JSON.stringify(first) === JSON.stringify(again);
      if (!isSame || first.status !== plain.status || parsed(first) !== parsed(plain)) {
        return { question, who, first, again, plain };
      }
    }
    return undefined;
  }

  test(
    'a plan answers as the reference path does, and a repeated one byte for byte as through Apollo',
    async () => {
      for (let index = 0; index < OPERATIONS; index += 1) expect(await difference(index)).toBeUndefined();
    },
    OPERATIONS * 1_000,
  );
});

// Numbers may be written differently, such as 40.0 and 40; the order of keys may not. Denials link to the gateway that denied.
function parsed({ text }: Reply): string {
  return JSON.stringify(JSON.parse(text)).replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, '');
}

function withCursors(question: Question, cursors: readonly string[]): Question {
  const text = JSON.stringify(question).replace(
    /@cursor:(\d+)@/g,
    (_mark, at: string) => cursors[Number(at) % Math.max(cursors.length, 1)] ?? 'none',
  );
  return JSON.parse(text) as Question;
}

const MOST_CURSORS = 400;

function keepCursors(text: string, cursors: string[]): void {
  for (const [, cursor] of text.matchAll(/"([A-Za-z0-9_-]{23,})"/g)) {
    if (cursor !== undefined && cursors.length < MOST_CURSORS) cursors.push(cursor);
  }
}
