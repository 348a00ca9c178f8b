import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { UsageError } from './errors';

/** An identity provider that speaks OpenID Connect. */
export interface SingleSignOnSettings {
  /** Exactly as the provider calls itself. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What people call it. */
  readonly name: string;
}

/** The gateway's settings, read once from the environment. Frozen; nothing else reads `process.env`. */
export interface Config {
  /** TCP port; 0 lets the operating system choose one. */
  readonly port: number;
  readonly host: string;
  /** Proxies whose word about a client's address is taken. */
  readonly trustedProxies: readonly string[];
  /** The gateway as its clients reach it, without a slash at the end; absent means `http://HOST:PORT`. */
  readonly publicUrl: string | undefined;
  /** Folder of the embedded store and of the key file. Absolute. */
  readonly dataDir: string;
  /** `postgres://…` chooses PostgreSQL; absent means SQLite inside `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** The key ring as JSON, for nodes without a disk of their own; absent means `dataDir/keys.json`. */
  readonly keys: string | undefined;
  /** With which admins may sign in; absent when there is none. */
  readonly singleSignOn: SingleSignOnSettings | undefined;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** Lifetime of an access token, in seconds. */
  readonly accessTokenSeconds: number;
  /** People that a group of a statistic needs to be shown. */
  readonly smallestGroup: number;
  /** The most that one operation may cost; docs/limits.md has the formula. */
  readonly mostCost: number;
  /** How often counts of usage are written, in seconds. */
  readonly usageIntervalSeconds: number;
  /** Requests that one credential may send in a minute; 0 for any number. */
  readonly requestsPerMinute: number;
  /** How long one statement may read, waiting included. */
  readonly statementTimeoutMilliseconds: number;
}

const LOCAL_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

function isPrivate(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || LOCAL_HOSTS.has(hostname);
}

function singleSignOnOf(values: z.infer<typeof settings>): SingleSignOnSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = values;
  if (!issuer || !clientId || !clientSecret) return undefined;
  return Object.freeze({ issuer, clientId, clientSecret, name: name ?? new URL(issuer).host });
}

const PROXY_NAMES: ReadonlySet<string> = new Set(['loopback', 'linklocal', 'uniquelocal']);

function isProxy(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0) return PROXY_NAMES.has(text);
  const isNetwork = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
  return isNetwork && rest.length === 0;
}

const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  HOST: z.string().default('127.0.0.1'),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((part) => part.trim() || []))
    .refine((proxies) => proxies.every(isProxy), 'must list addresses, networks such as 10.0.0.0/8, or loopback'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
    .optional(),
  FIELDGATE_KEYS: z.string().optional(),
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .refine(isPrivate, 'must be https, or on this machine')
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().max(60).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  ACCESS_TOKEN_SECONDS: z.coerce.number().int().min(60).max(3600).default(600),
  SMALLEST_GROUP: z.coerce.number().int().min(1).max(1000).default(5),
  USAGE_INTERVAL_SECONDS: z.coerce.number().int().min(1).max(3600).default(5),
  MAX_COST: z.coerce.number().int().min(1).default(250_000),
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(0).default(6000),
  STATEMENT_TIMEOUT_MS: z.coerce.number().int().min(10).max(600_000).default(5000),
});

const environment = settings.superRefine((values, context) => {
  const together = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
  const missing = together.filter((name) => values[name] === undefined);
  if (missing.length === together.length) return;
  for (const name of missing) {
    context.addIssue({ code: 'custom', path: [name], message: 'is missing: single sign-on needs all three' });
  }
});

/**
 * Reads the settings and names every problem at once.
 *
 * @throws UsageError listing each variable that cannot be used
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment.safeParse(withoutBlanks(env));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new UsageError(`The environment cannot be used:\n${problems.join('\n')}`);
  }
  const values = parsed.data;
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    trustedProxies: values.TRUSTED_PROXIES,
    publicUrl: values.PUBLIC_URL,
    dataDir: path.resolve(values.DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    keys: values.FIELDGATE_KEYS,
    singleSignOn: singleSignOnOf(values),
    logLevel: values.LOG_LEVEL,
    accessTokenSeconds: values.ACCESS_TOKEN_SECONDS,
    smallestGroup: values.SMALLEST_GROUP,
    mostCost: values.MAX_COST,
    usageIntervalSeconds: values.USAGE_INTERVAL_SECONDS,
    requestsPerMinute: values.REQUESTS_PER_MINUTE,
    statementTimeoutMilliseconds: values.STATEMENT_TIMEOUT_MS,
  });
}

// A blank variable means "not set": zod would otherwise turn '' into port 0.
function withoutBlanks(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
}
