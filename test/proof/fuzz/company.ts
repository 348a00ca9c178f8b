import { openHouse, startGateway, type Gateway, type House } from '../../../src/app';
import { readConfig } from '../../../src/config';
import type { StoreLocation } from '../../../src/store/data-source';
import { basic } from '../../support/gateway';
import { Client, type Answer } from './client';
import type { Question, Transport } from './case';
import { grantsInput, type Policy } from './policy';
import { SealedCursors } from './sealed-cursors';

/** Who asks. */
export interface Credentials {
  readonly low: Known;
  readonly privileged: Known;
  /** Is given what the one under test may do, when it asks. */
  readonly peer: Known;
  readonly admin: { readonly email: string; readonly password: string };
}

export interface Known {
  readonly id: string;
  readonly clientId: string;
  readonly secret: string;
}

/** The time of every database of the fuzz. */
export interface FuzzClock {
  now(): string;
  set(milliseconds: number): void;
}

export function fuzzClock(): FuzzClock {
  let time = Date.parse('2026-06-01T00:00:00.000Z');
  return {
    now: () => new Date(time).toISOString(),
    set: (milliseconds) => {
      time = milliseconds;
    },
  };
}

export const START = Date.parse('2026-06-01T00:00:00.000Z');

export function openCompanyHouse(location: StoreLocation, keys: string, clock: FuzzClock): Promise<House> {
  const { dataDir, databaseUrl } = location;
  const settings = { port: 0, logLevel: 'silent', usageIntervalSeconds: 3600, requestsPerMinute: 0 } as const;
  // A machine that is busy must not look like one that keeps something secret.
  const patient = { statementTimeoutMilliseconds: 120_000, accessTokenSeconds: 3600, smallestGroup: 2 };
  return openHouse({ ...readConfig({}), ...settings, ...patient, dataDir, databaseUrl, keys }, clock);
}

/** How a credential asks. */
export interface Way {
  /** With a token, not with its secret. */
  readonly bearer?: boolean;
  /** At the gateway that makes no plans. */
  readonly reference?: boolean;
}

const TRANSPORTS: Readonly<Record<Transport | 'json', { readonly path: string; readonly accept: string }>> = {
  json: { path: '/graphql', accept: 'application/json' },
  'graphql-response': { path: '/graphql', accept: 'application/graphql-response+json' },
  export: { path: '/export', accept: '*/*' },
};

/** A gateway and the connections to it. */
interface Door {
  readonly gateway: Gateway;
  readonly client: Client;
}

/** One of the twins: two gateways over one database, one of them without plans, and what the fuzz does from outside. */
export class Company {
  private cookie = '';
  private token = '';
  /** As those that may not read everything have met them since the data were drawn. */
  readonly cursors = new SealedCursors();
  private readonly versions = new Map<string, number>();

  private constructor(
    readonly house: House,
    private readonly planned: Door,
    private readonly reference: Door,
    readonly credentials: Credentials,
  ) {}

  static async start(house: House, other: House, credentials: Credentials): Promise<Company> {
    const [planned, reference] = [await startGateway(house), await startGateway(other, { usesPlans: false })];
    const company = new Company(house, doorOf(planned), doorOf(reference), credentials);
    await company.signIn();
    await company.fetchToken();
    return company;
  }

  async close(): Promise<void> {
    for (const { client, gateway } of [this.planned, this.reference]) {
      client.close();
      await gateway.close();
    }
  }

  async asLow(question: Question, { bearer = false, reference = false }: Way = {}): Promise<Answer> {
    const authorization = bearer ? `Bearer ${this.token}` : basicOf(this.credentials.low);
    return this.named(await this.ask(authorization, question, reference));
  }

  asPrivileged(question: Question, { reference = false }: Way = {}): Promise<Answer> {
    return this.ask(basicOf(this.credentials.privileged), question, reference);
  }

  async asPeer(question: Question, { reference = false }: Way = {}): Promise<Answer> {
    return this.named(await this.ask(basicOf(this.credentials.peer), question, reference));
  }

  /** As an admin does it: the credential’s permissions from the next statement on. */
  async setPolicy(policy: Policy, who: 'low' | 'peer' = 'low'): Promise<void> {
    const { id } = this.credentials[who];
    const input = {
      version: this.versions.get(id) ?? 1,
      grants: grantsInput(policy),
      denialMode: policy.strict ? 'STRICT' : 'NULL_AND_ERROR',
    };
    await this.manage(id, 'updateCredential', 'UpdateCredentialInput!', input);
  }

  async setEnabled(enabled: boolean): Promise<void> {
    await this.manage(this.credentials.low.id, enabled ? 'enableCredential' : 'disableCredential');
  }

  private async manage(id: string, name: string, inputType?: string, input?: object): Promise<void> {
    const [declared, given] = inputType ? [`, $input: ${inputType}`, ', input: $input'] : ['', ''];
    const query = `mutation ($id: ID!${declared}) { ${name}(id: $id${given}) { credential { version } userErrors { field code message } } }`;
    const answer = await this.asAdmin(query, { id, ...(input ? { input } : {}) });
    const { data } = JSON.parse(answer.text) as {
      data?: Readonly<Record<string, { credential: { version: number } | null }>>;
    };
    const credential = data?.[name]?.credential;
    if (!credential) throw new Error(`The admin was refused: ${answer.text}`);
    this.versions.set(id, credential.version);
  }

  private async ask(authorization: string, question: Question, isReference: boolean): Promise<Answer> {
    const { query, variables, transport = 'json' } = question;
    const { client, gateway } = isReference ? this.reference : this.planned;
    const { path, accept } = TRANSPORTS[transport];
    const headers = { 'content-type': 'application/json', accept, authorization };
    const answer = await client.post(path, headers, this.cursors.sent(JSON.stringify({ query, variables })));
    // A denial links to its credential’s page. The gateways listen at ports of as many digits.
    return { ...answer, text: answer.text.replaceAll(gateway.url, 'http://gateway') };
  }

  private named(answer: Answer): Answer {
    return { ...answer, text: this.cursors.named(answer.text) };
  }

  private asAdmin(query: string, variables: object): Promise<Answer> {
    const headers = {
      'content-type': 'application/json',
      origin: this.planned.gateway.url,
      'x-fieldgate-client': 'admin',
      ...(this.cookie ? { cookie: this.cookie } : {}),
    };
    return this.planned.client.post('/graphql', headers, JSON.stringify({ query, variables }));
  }

  private async signIn(): Promise<void> {
    const { email, password } = this.credentials.admin;
    const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { me { email } userErrors { code } } }';
    const { headers, text } = await this.asAdmin(query, { input: { email, password } });
    const cookie = headers.find((_, at) => headers[at - 1]?.toLowerCase() === 'set-cookie');
    if (cookie === undefined) throw new Error(`Not signed in: ${text}`);
    this.cookie = cookie.split(';', 1)[0] ?? '';
  }

  private async fetchToken(): Promise<void> {
    const authorization = basicOf(this.credentials.low);
    const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization };
    const { text } = await this.planned.client.post('/oauth/token', headers, 'grant_type=client_credentials');
    this.token = (JSON.parse(text) as { access_token: string }).access_token;
  }
}

function doorOf(gateway: Gateway): Door {
  return { gateway, client: new Client(gateway.url) };
}

function basicOf({ clientId, secret }: Known): string {
  return basic(clientId, secret);
}
