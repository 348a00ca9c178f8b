import type { AddressInfo } from 'node:net';
import type { GraphQLSchema } from 'graphql';
import { AuditLog } from './audit/audit.store';
import { Authenticator } from './authentication/authenticator';
import { FailureLimit, FAILURES_OF_ADDRESS, FAILURES_OF_CLIENT } from './authentication/failure-limit';
import { systemClock, type Clock } from './clock';
import type { Config } from './config';
import { hasSecrets, keysFit } from './credentials/secret.store';
import { RequestLimit, requestRate } from './http/rate-limit';
import { Readiness } from './health/readiness';
import { stopGracefully } from './http/graceful-stop';
import { serveMetrics, type MetricsServer } from './http/metrics-server';
import { createServer } from './http/server';
import { SilentConnections } from './http/silent-connections';
import { SessionCookie } from './http/session-cookie';
import { openLog } from './log';
import { Metrics, type CacheFigures } from './metrics/metrics';
import { PublicAddress } from './public-address';
import { Executor } from './operations/execute';
import { Planner } from './planner/planner';
import { Contracts } from './permissions/contracts';
import { RateLimit } from './rates/rate-limit';
import { RateStore } from './rates/rate.store';
import { roomsOf, type Ground, type Rooms } from './rooms';
import { createSchema } from './schema';
import { loadKeyRing } from './store/key-file';
import { measuredStore } from './store/measured-store';
import { openStore, type Store } from './store/store';
import { UsageRecorder } from './usage/usage-recorder';

/** Everything that the gateway and the command line work with, joined. */
export interface House extends Ground, Rooms {
  readonly address: PublicAddress;
  readonly schema: GraphQLSchema;
  readonly contracts: Contracts;
  close(): Promise<void>;
}

/**
 * Opens the store and constructs what works on it. The only place that constructs.
 *
 * @throws UsageError when the settings or keys cannot be used
 */
export async function openHouse(config: Config, clock: Clock = systemClock): Promise<House> {
  const metrics = config.metrics && new Metrics();
  const store = metrics ? await openMeasured(config, metrics) : await openStore(config);
  try {
    const keys = loadKeyRing(config, await hasSecrets(store));
    const ground = groundOf({ config, clock, store, keys, metrics });
    const address = new PublicAddress(config);
    const rooms = { ...ground, ...roomsOf(ground, address), address };
    const { smallestGroup } = config;
    const schema = createSchema({ ...rooms, smallestGroup });
    return { ...rooms, schema, contracts: new Contracts(schema), close: () => store.close() };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function groundOf(parts: Pick<Ground, 'config' | 'clock' | 'store' | 'keys' | 'metrics'>): Ground {
  const { clock, store, keys } = parts;
  const rates = new RateStore(store, keys.cursorKey, clock);
  return { ...parts, audit: new AuditLog(store, clock), limitOf: (rate) => new RateLimit(rate, rates, clock) };
}

async function openMeasured(config: Config, metrics: Metrics): Promise<Store> {
  const store = measuredStore(await openStore(config), metrics);
  metrics.watchConnections(() => store.load());
  return store;
}

/** A house that answers over HTTP. */
export interface Gateway {
  /** As its clients reach it, without a slash at the end. */
  readonly url: string;
  /** Where its figures are read, if anywhere. */
  readonly metricsUrl: string | undefined;
  /** Answers what has arrived, takes nothing more, and closes the house. */
  close(): Promise<void>;
  /** Says first that it is not ready, and then closes within a limited time. @returns false when connections were cut */
  stop(): Promise<boolean>;
}

/**
 * @param usesPlans false runs every operation on the reference path, which plans are held to
 * @throws the operating system's error when the port cannot be listened on; the house is closed then
 */
export async function startGateway(house: House, { usesPlans = true } = {}): Promise<Gateway> {
  const { config, store, clock, metrics } = house;
  const readiness = new Readiness({ checks: [() => keysFit(store, house.keys)] });
  const logger = openLog(config.logLevel);
  const logUnwritten = (error: unknown) => logger.error({ err: error }, 'Usage was not written');
  const usage = new UsageRecorder(house.usage, clock, logUnwritten, config.usageIntervalSeconds);
  const server = await createServer({ ...house, ...answering(house, usage, usesPlans), logger, readiness });
  const silent = new SilentConnections(server.server);
  let figures: MetricsServer | undefined;
  const close = async () => {
    await server.close();
    await usage.close();
    await figures?.close();
    await house.close();
  };
  try {
    figures = config.metrics && metrics && (await serveMetrics(config.metrics, metrics));
    await server.listen({ host: config.host, port: config.port });
  } catch (error) {
    await close();
    throw error;
  }
  house.address.listensOn(server.server.address() as AddressInfo);
  usage.start();
  const { shutdownDelaySeconds: delaySeconds, shutdownTimeoutSeconds: timeoutSeconds } = config;
  const stopping = { readiness, server: server.server, silent, delaySeconds, timeoutSeconds, close };
  const stop = () => stopGracefully(stopping);
  return { url: house.address.url, metricsUrl: figures?.url, close, stop };
}

/** What only a house that answers needs. */
function answering(house: House, usage: UsageRecorder, usesPlans: boolean) {
  const { config, store, clock, features, idempotency, contracts, address, metrics: denials, cursors, limitOf } = house;
  const rate = requestRate(config.requestsPerMinute);
  const planner = usesPlans ? new Planner({ ...config, dialect: store.dialect, cursors }) : undefined;
  const watchPlans = denials && ((figures: () => CacheFigures) => denials.watchCache('plan', figures));
  const execution = { store, clock, features, usage, idempotency, contracts, address, denials, planner, watchPlans };
  return {
    authenticator: new Authenticator(house.authentication, house.sessions),
    cookie: new SessionCookie(address),
    executor: new Executor({ ...execution, mostCost: config.mostCost }),
    trustedProxies: config.trustedProxies,
    requests: new RequestLimit(config.requestsPerMinute, rate && limitOf(rate)),
    failures: new FailureLimit(limitOf(FAILURES_OF_CLIENT), limitOf(FAILURES_OF_ADDRESS)),
    tokenSeconds: config.accessTokenSeconds,
    usage,
    playground: config.playground,
  };
}
