import { openHouse, startGateway, type Gateway, type House } from '../../../src/app';
import { readConfig } from '../../../src/config';
import type { StoreLocation } from '../../../src/store/data-source';
import { basic } from '../../support/gateway';
import { Client, type Answer } from './client';
import type { Question } from './case';
import { grantsInput, type Policy } from './policy';

/** Who asks. */
export interface Credentials {
  readonly low: Known;
  readonly privileged: Known;
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

/** One of the twins: a gateway over its own database, and what the fuzz does with it from outside. */
export class Company {
  private cookie = '';
  private token = '';
  private version = 1;

  private constructor(
    readonly house: House,
    private readonly gateway: Gateway,
    private readonly client: Client,
    private readonly credentials: Credentials,
  ) {}

  static async start(house: House, credentials: Credentials): Promise<Company> {
    const gateway = await startGateway(house);
    const company = new Company(house, gateway, new Client(gateway.url), credentials);
    await company.signIn();
    await company.fetchToken();
    return company;
  }

  async close(): Promise<void> {
    this.client.close();
    await this.gateway.close();
  }

  asLow(question: Question, bearer: boolean): Promise<Answer> {
    const { clientId, secret } = this.credentials.low;
    return this.ask(bearer ? `Bearer ${this.token}` : basic(clientId, secret), question);
  }

  asPrivileged(question: Question): Promise<Answer> {
    const { clientId, secret } = this.credentials.privileged;
    return this.ask(basic(clientId, secret), question);
  }

  /** As an admin does it: the credential’s permissions from the next statement on. */
  async setPolicy(policy: Policy): Promise<void> {
    const input = {
      version: this.version,
      grants: grantsInput(policy),
      denialMode: policy.strict ? 'STRICT' : 'NULL_AND_ERROR',
    };
    await this.manage('updateCredential', 'UpdateCredentialInput!', input);
  }

  async setEnabled(enabled: boolean): Promise<void> {
    await this.manage(enabled ? 'enableCredential' : 'disableCredential');
  }

  private async manage(name: string, inputType?: string, input?: object): Promise<void> {
    const [declared, given] = inputType ? [`, $input: ${inputType}`, ', input: $input'] : ['', ''];
    const query = `mutation ($id: ID!${declared}) { ${name}(id: $id${given}) { credential { version } userErrors { field code message } } }`;
    const answer = await this.asAdmin(query, { id: this.credentials.low.id, ...(input ? { input } : {}) });
    const { data } = JSON.parse(answer.text) as {
      data?: Readonly<Record<string, { credential: { version: number } | null }>>;
    };
    const credential = data?.[name]?.credential;
    if (!credential) throw new Error(`The admin was refused: ${answer.text}`);
    this.version = credential.version;
  }

  private async ask(authorization: string, { query, variables }: Question): Promise<Answer> {
    const headers = { 'content-type': 'application/json', authorization };
    const answer = await this.client.post('/graphql', headers, JSON.stringify({ query, variables }));
    // A denial links to its credential’s page. The twins listen at two ports, of as many digits.
    return { ...answer, text: answer.text.replaceAll(this.gateway.url, 'http://gateway') };
  }

  private asAdmin(query: string, variables: object): Promise<Answer> {
    const headers = {
      'content-type': 'application/json',
      origin: this.gateway.url,
      'x-fieldgate-client': 'admin',
      ...(this.cookie ? { cookie: this.cookie } : {}),
    };
    return this.client.post('/graphql', headers, JSON.stringify({ query, variables }));
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
    const { clientId, secret } = this.credentials.low;
    const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization: basic(clientId, secret) };
    const { text } = await this.client.post('/oauth/token', headers, 'grant_type=client_credentials');
    this.token = (JSON.parse(text) as { access_token: string }).access_token;
  }
}
