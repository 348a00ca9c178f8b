import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { readConfigFile, type WrittenSetting } from './config-file';
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

/** The gateway's settings, read once from the environment and a file. Frozen; nothing else reads `process.env`. */
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
  /** How long one statement may read, waiting included; on PostgreSQL also how long one that writes may wait for a lock. */
  readonly statementTimeoutMilliseconds: number;
  /** Whether the playground is served. */
  readonly playground: boolean;
  /** Where the gateway's figures are read; absent means nowhere. */
  readonly metrics: MetricsAddress | undefined;
  /** How long a gateway that was asked to stop goes on serving while it says that it is not ready, in seconds. */
  readonly shutdownDelaySeconds: number;
  /** How long requests that have arrived may take to be answered then, in seconds. */
  readonly shutdownTimeoutSeconds: number;
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

/** A listener apart from the gateway's own. */
export interface MetricsAddress {
  /** TCP port; 0 lets the operating system choose one. */
  readonly port: number;
  readonly host: string;
  /** What a reader must show; absent where only this machine can ask. */
  readonly token: string | undefined;
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

/** Whether only this machine can reach what listens there. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
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
  PLAYGROUND: z.enum(['on', 'off']).optional(),
  NODE_ENV: z.string().optional(),
  METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  METRICS_TOKEN: z.string().min(16).optional(),
  SHUTDOWN_DELAY_SECONDS: z.coerce.number().int().min(0).max(600).default(0),
  SHUTDOWN_TIMEOUT_SECONDS: z.coerce.number().int().min(1).max(600).default(20),
});
type Settings = z.infer<typeof settings>;

/** The variable that names a file of settings. It cannot stand in the file itself. */
const FILE_VARIABLE = 'FIELDGATE_CONFIG';

/**
 * Reads the settings from the environment and from the file that `FIELDGATE_CONFIG` names, where the environment comes first,
 * and names every problem at once with where it came from.
 *
 * @throws UsageError listing each setting that cannot be used
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const { written, problems } = writtenSettings(env);
  const parsed = settings.safeParse(Object.fromEntries([...written].map(([name, { value }]) => [name, value])));
  const all = [
    ...problems,
    ...(parsed.success ? problemsBetween(parsed.data, written) : issuesOf(parsed.error, written)),
  ];
  if (!parsed.success || all.length > 0) {
    throw new UsageError(`The settings cannot be used:\n${all.map((problem) => `  ${problem}`).join('\n')}`, {
      problems: all,
    });
  }
  return configOf(parsed.data);
}

/** The environment of a program that is started from here. */
export function childEnvironment(additions: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...additions };
}

type Written = ReadonlyMap<string, WrittenSetting>;

// A blank variable means "not set": zod would otherwise turn '' into port 0.
function writtenSettings(env: NodeJS.ProcessEnv): { readonly written: Written; readonly problems: readonly string[] } {
  const names = new Set(Object.keys(settings.shape));
  const file = env[FILE_VARIABLE]?.trim();
  const fromFile = file ? readConfigFile(file, names) : { settings: new Map<string, WrittenSetting>(), problems: [] };
  const written = new Map<string, WrittenSetting>();
  for (const name of names) {
    const own = env[name];
    const setting = own?.trim() ? { value: own, origin: 'environment' } : fromFile.settings.get(name);
    if (setting?.value.trim()) written.set(name, setting);
  }
  return { written, problems: fromFile.problems };
}

function issuesOf({ issues }: z.ZodError, written: Written): string[] {
  return issues.map(({ path: [name], message }) => problem(String(name), message, written));
}

function problem(name: string, message: string, written: Written): string {
  return `${name} (${written.get(name)?.origin ?? 'not set'}): ${message}`;
}

function problemsBetween(values: Settings, written: Written): string[] {
  return [...problemsOfMetrics(values, written), ...problemsOfSingleSignOn(values, written)];
}

function problemsOfMetrics({ METRICS_PORT, METRICS_HOST, METRICS_TOKEN }: Settings, written: Written): string[] {
  if (METRICS_PORT === undefined || METRICS_TOKEN !== undefined || isLoopback(METRICS_HOST)) return [];
  return [problem('METRICS_TOKEN', 'is needed when METRICS_HOST can be reached from other machines', written)];
}

function problemsOfSingleSignOn(values: Settings, written: Written): string[] {
  const together = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
  const missing = together.filter((name) => values[name] === undefined);
  if (missing.length === together.length) return [];
  return missing.map((name) => problem(name, 'is missing: single sign-on needs all three', written));
}

function configOf(values: Settings): Config {
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
    playground: (values.PLAYGROUND ?? (values.NODE_ENV === 'production' ? 'off' : 'on')) === 'on',
    metrics:
      values.METRICS_PORT === undefined
        ? undefined
        : { port: values.METRICS_PORT, host: values.METRICS_HOST, token: values.METRICS_TOKEN },
    shutdownDelaySeconds: values.SHUTDOWN_DELAY_SECONDS,
    shutdownTimeoutSeconds: values.SHUTDOWN_TIMEOUT_SECONDS,
  });
}

/** A secret that somebody keeps in a variable whose name they give. */
export function readVariable(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  return env[name];
}
