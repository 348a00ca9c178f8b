import path from 'node:path';
import { z } from 'zod';
import { UsageError } from './errors';

/** The gateway's settings, read once from the environment. Frozen; nothing else reads `process.env`. */
export interface Config {
  /** TCP port; 0 lets the operating system choose one. */
  readonly port: number;
  readonly host: string;
  /** The gateway as its clients reach it, without a slash at the end; absent means `http://HOST:PORT`. */
  readonly publicUrl: string | undefined;
  /** Folder of the embedded store and of the key file. Absolute. */
  readonly dataDir: string;
  /** `postgres://…` chooses PostgreSQL; absent means SQLite inside `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** The key ring as JSON, for nodes without a disk of their own; absent means `dataDir/keys.json`. */
  readonly keys: string | undefined;
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
  /** Whether the playground is served. */
  readonly playground: boolean;
}

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  HOST: z.string().default('127.0.0.1'),
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
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  ACCESS_TOKEN_SECONDS: z.coerce.number().int().min(60).max(3600).default(600),
  SMALLEST_GROUP: z.coerce.number().int().min(1).max(1000).default(5),
  USAGE_INTERVAL_SECONDS: z.coerce.number().int().min(1).max(3600).default(5),
  MAX_COST: z.coerce.number().int().min(1).default(250_000),
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(0).default(6000),
  STATEMENT_TIMEOUT_MS: z.coerce.number().int().min(10).max(600_000).default(5000),
  PLAYGROUND: z.enum(['on', 'off']).optional(),
  NODE_ENV: z.string().optional(),
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
    publicUrl: values.PUBLIC_URL,
    dataDir: path.resolve(values.DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    keys: values.FIELDGATE_KEYS,
    logLevel: values.LOG_LEVEL,
    accessTokenSeconds: values.ACCESS_TOKEN_SECONDS,
    smallestGroup: values.SMALLEST_GROUP,
    mostCost: values.MAX_COST,
    usageIntervalSeconds: values.USAGE_INTERVAL_SECONDS,
    requestsPerMinute: values.REQUESTS_PER_MINUTE,
    statementTimeoutMilliseconds: values.STATEMENT_TIMEOUT_MS,
    playground: (values.PLAYGROUND ?? (values.NODE_ENV === 'production' ? 'off' : 'on')) === 'on',
  });
}

// A blank variable means "not set": zod would otherwise turn '' into port 0.
function withoutBlanks(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
}
