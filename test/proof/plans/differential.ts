import { CUSTOM_ATTRIBUTES } from '../../../src/demo/custom';
import { openHouse, startGateway, type Gateway } from '../../../src/app';
import type { TestDatabase } from '../../support/database';
import { basic, startTestGateway, type TestGateway } from '../../support/gateway';
import { present } from '../../support/present';
import { Choices, drawn } from '../fuzz/choices';
import { drawOperation } from '../fuzz/operation';
import { drawPolicy, EVERYTHING, type Policy } from '../fuzz/policy';
import type { WrittenQuestion } from './questions';

/** They differ between any two answers. */
const OWN_HEADERS: ReadonlySet<string> = new Set(['date', 'x-request-id', 'ratelimit']);
const MOST_CURSORS = 400;
const CURSOR = /"([A-Za-z0-9_-]{23,})"/;

export interface Question {
  readonly query: string;
  readonly variables: object;
}

export interface Reply {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
}

/** One store behind two gateways, of which one plans operations and the other runs all of them on the reference path. */
export class Differential {
  private readonly cursors: string[] = [];

  private constructor(
    readonly gateway: TestGateway,
    private readonly unplanned: Gateway,
    private readonly policies: readonly Policy[],
    readonly authorizations: readonly string[],
    private readonly seed: number,
  ) {}

  /** @param count of the credentials that ask; the first may read everything, the second people, the third their names */
  static async start(database: TestDatabase, count: number, seed: number): Promise<Differential> {
    const gateway = await startTestGateway(database, { demo: true, config: { requestsPerMinute: 0 } });
    const reference = await startGateway(await openHouse(gateway.house.config), { usesPlans: false });
    const others = Array.from({ length: count - 3 }, (_, index) => drawPolicy(new Choices(drawn(seed + index, 120))));
    const policies = [ALL, PEOPLE_ONLY, NAMES_ONLY, ...others];
    await change(gateway);
    const authorizations = await Promise.all(policies.map((policy, index) => authorizationFor(gateway, policy, index)));
    return new Differential(gateway, reference, policies, authorizations, seed);
  }

  /** Ends the gateways and leaves the store where it is. */
  async stop(): Promise<void> {
    await this.unplanned.close();
    await this.gateway.stop();
  }

  async close(): Promise<void> {
    await this.unplanned.close();
    await this.gateway.close();
  }

  /** What is drawn by a number, and for whom: whoever it is drawn for, and somebody else. */
  drawn(index: number): { readonly question: Question; readonly who: readonly number[] } {
    const choices = new Choices(drawn(this.seed * 31 + index, 400));
    const drawnFor = choices.number(this.policies.length);
    const policy = present(this.policies[drawnFor]);
    const question = drawOperation({ schema: this.gateway.house.schema, choices, policy, kind: 'query' });
    return { question: withCursors(question, this.cursors), who: [drawnFor, choices.number(this.policies.length)] };
  }

  /** Asks what is drawn by a number. @returns undefined: all answered alike */
  async differenceOf(index: number): Promise<object | undefined> {
    const { question, who } = this.drawn(index);
    for (const one of who) {
      const difference = await this.difference(question, one);
      if (difference) return difference;
    }
    return undefined;
  }

  /** What was thought of, for whoever asks: in turn, a cursor being one that this credential has got. */
  async written({ query, variables = [{}], page }: WrittenQuestion, who: number): Promise<readonly Question[]> {
    const { text } = page === undefined ? { text: '' } : await this.reference({ query: page, variables: {} }, who);
    const [, cursor = 'none'] = CURSOR.exec(text) ?? [];
    return variables.map((one) => ({ query: query.replaceAll('CURSOR', cursor), variables: one }));
  }

  planned(question: Question, who: number): Promise<Reply> {
    return ask(this.gateway.url, present(this.authorizations[who]), question);
  }

  reference(question: Question, who: number): Promise<Reply> {
    return ask(this.unplanned.url, present(this.authorizations[who]), question);
  }

  /** @param who the number of the credential that asks */
  async difference(question: Question, who = 0): Promise<object | undefined> {
    const first = await this.planned(question, who);
    const again = await this.planned(question, who);
    const plain = await this.reference(question, who);
    keepCursors(plain.text, this.cursors);
    const isSame = JSON.stringify(first) === JSON.stringify(again);
    const isRight = first.status === plain.status && parsed(first) === parsed(plain);
    return isSame && isRight ? undefined : { question, who, first, again, plain };
  }
}

const NOTHING = { read: false, write: false };
/** The invented company's own attributes as well. */
const ALL: Policy = {
  ...EVERYTHING,
  read: [...EVERYTHING.read, ...CUSTOM_ATTRIBUTES.map(({ name }) => `custom.${name}`)],
};
const PEOPLE_ONLY: Policy = {
  ...ALL,
  modules: { ...ALL.modules, ABSENCES: NOTHING, ATTENDANCES: NOTHING },
};
const NAMES_ONLY: Policy = { ...ALL, read: ['firstName', 'lastName'], write: [] };
/** People of whom something changes, so that there is a feed to read. */
const CHANGED = [3, 4, 7, 8, 9, 11];

async function change(gateway: TestGateway): Promise<void> {
  const writer = await gateway.credential({ write: ['EMPLOYEES'], attributes: ['firstName', 'lastName', 'position'] });
  for (const id of CHANGED) {
    const values = `{ firstName: "Changed ${id}", position: "Plumber ${id}" }`;
    const { text } = await gateway.query(
      writer,
      `mutation { updateEmployee(id: ${id}, values: ${values}) { userErrors { code } } }`,
    );
    if (text.includes('"code"')) throw new Error(text);
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

export async function ask(url: string, authorization: string, { query, variables }: Question): Promise<Reply> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query, variables }),
  });
  const headers = [...response.headers].filter(([name]) => !OWN_HEADERS.has(name));
  return { status: response.status, headers, text: await response.text() };
}

// Numbers may be written differently, such as 40.0 and 40; the order of keys may not. Denials link to the gateway that denied.
export function parsed({ text }: Reply): string {
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
  for (const [, cursor] of text.matchAll(new RegExp(CURSOR, 'g'))) {
    if (cursor !== undefined && cursors.length < MOST_CURSORS) cursors.push(cursor);
  }
}
