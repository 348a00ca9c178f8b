import { openHouse, startGateway, type Gateway } from '../../../src/app';
import type { TestDatabase } from '../../support/database';
import { basic, startTestGateway, type TestGateway } from '../../support/gateway';
import { present } from '../../support/present';
import { Choices, drawn } from '../fuzz/choices';
import { drawOperation } from '../fuzz/operation';
import { drawPolicy, EVERYTHING, type Policy } from '../fuzz/policy';

/** They differ between any two answers. */
const OWN_HEADERS: ReadonlySet<string> = new Set(['date', 'x-request-id', 'ratelimit']);
const MOST_CURSORS = 400;

export interface Question {
  readonly query: string;
  readonly variables: object;
}

interface Reply {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
}

/** One store behind two gateways, of which one plans operations and the other runs all of them on the reference path. */
export class Differential {
  private readonly cursors: string[] = [];

  private constructor(
    readonly gateway: TestGateway,
    private readonly reference: Gateway,
    private readonly policies: readonly Policy[],
    private readonly authorizations: readonly string[],
    private readonly seed: number,
  ) {}

  /** @param count of the credentials that ask; the first may read everything */
  static async start(database: TestDatabase, count: number, seed: number): Promise<Differential> {
    const gateway = await startTestGateway(database, { demo: true, config: { requestsPerMinute: 0 } });
    const reference = await startGateway(await openHouse(gateway.house.config), { usesPlans: false });
    const others = Array.from({ length: count - 1 }, (_, index) => drawPolicy(new Choices(drawn(seed + index, 120))));
    const policies = [EVERYTHING, ...others];
    const authorizations = await Promise.all(policies.map((policy, index) => authorizationFor(gateway, policy, index)));
    return new Differential(gateway, reference, policies, authorizations, seed);
  }

  async close(): Promise<void> {
    await this.reference.close();
    await this.gateway.close();
  }

  /** Asks what is drawn by a number, for whoever it is drawn for and for somebody else. @returns undefined: all answered alike */
  async differenceOf(index: number): Promise<object | undefined> {
    const choices = new Choices(drawn(this.seed * 31 + index, 400));
    const drawnFor = choices.number(this.policies.length);
    const policy = present(this.policies[drawnFor]);
    const question = drawOperation({ schema: this.gateway.house.schema, choices, policy, kind: 'query' });
    for (const who of [drawnFor, choices.number(this.policies.length)]) {
      const difference = await this.difference(withCursors(question, this.cursors), who);
      if (difference) return difference;
    }
    return undefined;
  }

  /** Asks the gateway that plans, for whoever may read everything. */
  planned(question: Question): Promise<Reply> {
    return ask(this.gateway.url, present(this.authorizations[0]), question);
  }

  /** @param who the number of the credential that asks */
  async difference(question: Question, who = 0): Promise<object | undefined> {
    const authorization = present(this.authorizations[who]);
    const first = await ask(this.gateway.url, authorization, question);
    const again = await ask(this.gateway.url, authorization, question);
    const plain = await ask(this.reference.url, authorization, question);
    keepCursors(plain.text, this.cursors);
    const isSame = JSON.stringify(first) === JSON.stringify(again);
    const isRight = first.status === plain.status && parsed(first) === parsed(plain);
    return isSame && isRight ? undefined : { question, who, first, again, plain };
  }
}

async function authorizationFor(gateway: TestGateway, policy: Policy, index: number): Promise<string> {
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

function keepCursors(text: string, cursors: string[]): void {
  for (const [, cursor] of text.matchAll(/"([A-Za-z0-9_-]{23,})"/g)) {
    if (cursor !== undefined && cursors.length < MOST_CURSORS) cursors.push(cursor);
  }
}
