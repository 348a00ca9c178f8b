import { openHouse, startGateway, type House } from '../../src/app';
import { systemClock, type Clock } from '../../src/clock';
import { readConfig, type Config } from '../../src/config';
import type { CredentialDraft } from '../../src/credentials/credential';
import { createDemoCompany, type DemoCredential } from '../../src/demo/demo-company';
import type { DenialMode, Grants, Module } from '../../src/permissions/grants';
import type { TestDatabase } from './database';
import { grantedStatements, watchStatements } from './granted-statements';

watchStatements();
// Outside of Jest, whoever starts a gateway looks at what was seen.
if (typeof afterAll === 'function') {
  afterAll(() => {
    if (grantedStatements.forbidden.length > 0)
      throw new Error(`Not granted: ${grantedStatements.forbidden.join('\n')}`);
  });
}

/** A credential and how it shows itself. */
export interface TestCredential {
  readonly name: string;
  readonly clientId: string;
  readonly secret: string;
  /** The value of its Authorization header: HTTP Basic. */
  readonly authorization: string;
}

export interface TestGrants {
  readonly read?: readonly Module[];
  readonly write?: readonly Module[];
  /** For both directions, as far as the EMPLOYEES boxes go. */
  readonly attributes?: readonly string[];
  /** For writing, where that list is another one. */
  readonly writable?: readonly string[];
}

export interface TestCredentialOptions extends TestGrants {
  readonly name?: string;
  readonly denialMode?: DenialMode;
  readonly expiresAt?: string | null;
  readonly enabled?: boolean;
}

/** What came back over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: AnswerBody;
}

export interface AnswerBody {
  // What a query selects is known to the test that sent it and to nobody else.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data?: any;
  readonly errors?: readonly AnswerError[];
}

export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string } & Readonly<Record<string, unknown>>;
}

/** A real gateway on a free port over a fresh store. */
export interface TestGateway {
  readonly url: string;
  /** Where its figures are, when it was started with `metrics`. */
  readonly metricsUrl: string | undefined;
  readonly house: House;
  /** Those of the invented company, if it moved in. */
  readonly demoCredentials: readonly DemoCredential[];
  /** Makes a credential; without options, one with EMPLOYEES read and no attribute. */
  credential(options?: TestCredentialOptions): Promise<TestCredential>;
  /** Sends an operation as a credential, or with any Authorization header, or without one. */
  query(
    as: TestCredential | string | undefined,
    query: string,
    variables?: Readonly<Record<string, unknown>>,
  ): Promise<Answer>;
  fetch(path: string, init?: RequestInit): Promise<Answer>;
  /** Ends the gateway and leaves the store where it is. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

export interface TestGatewayOptions {
  /** Whether the invented company moves in. */
  readonly demo?: boolean;
  readonly clock?: Clock;
  readonly config?: Partial<Config>;
}

export async function startTestGateway(
  database: TestDatabase,
  { demo = false, clock = systemClock, config = {} }: TestGatewayOptions = {},
): Promise<TestGateway> {
  // The company is copied, unless it has to move in at another time or behind other keys.
  const moved = demo && clock === systemClock && !config.keys ? await database.demoLocation() : undefined;
  const location = moved ?? (await database.readyLocation());
  const { dataDir, databaseUrl } = location;
  const house = await openHouse(
    { ...readConfig({}), port: 0, logLevel: 'silent', usageIntervalSeconds: 3600, dataDir, databaseUrl, ...config },
    clock,
  );
  const company = demo && !moved ? await createDemoCompany(house) : moved;
  const gateway = await startGateway(house);
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= gateway.close());
  let count = 0;

  const send = async (path: string, init?: RequestInit): Promise<Answer> => {
    const response = await fetch(gateway.url + path, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  };

  return {
    url: gateway.url,
    metricsUrl: gateway.metricsUrl,
    house,
    demoCredentials: company?.credentials ?? [],
    credential: async (options = {}) => {
      count += 1;
      const { credential, secret } = await house.credentials.create(
        draftOf({ name: `Credential ${count}`, ...options }),
      );
      const { name, clientId } = credential;
      return { name, clientId, secret, authorization: basic(clientId, secret) };
    },
    query: (as, query, variables) => {
      const authorization = typeof as === 'string' ? as : as?.authorization;
      return send('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
        body: JSON.stringify({ query, ...(variables ? { variables } : {}) }),
      });
    },
    fetch: send,
    stop,
    close: async () => {
      await stop();
      await location.remove();
    },
  };
}

/** RFC 7617. */
export function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

export function grantsOf({
  read = ['EMPLOYEES'],
  write = [],
  attributes = [],
  writable = attributes,
}: TestGrants): Grants {
  const box = (module: Module) => ({ read: read.includes(module), write: write.includes(module) });
  return {
    modules: { EMPLOYEES: box('EMPLOYEES'), ABSENCES: box('ABSENCES'), ATTENDANCES: box('ATTENDANCES') },
    attributes: {
      read: new Set(read.includes('EMPLOYEES') ? attributes : []),
      write: new Set(write.includes('EMPLOYEES') ? writable : []),
    },
  };
}

function draftOf(options: TestCredentialOptions & { readonly name: string }): CredentialDraft {
  const { name, denialMode = 'NULL_AND_ERROR', expiresAt = null, enabled = true } = options;
  return { name, denialMode, expiresAt, enabled, grants: grantsOf(options) };
}

function parsed(text: string): AnswerBody {
  try {
    return JSON.parse(text) as AnswerBody;
  } catch {
    return {};
  }
}
