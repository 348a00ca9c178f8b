import type { AddressInfo } from 'node:net';
import type { GraphQLSchema } from 'graphql';
import { pino } from 'pino';
import { AdminStore } from './admins/admin.store';
import { AuditLog } from './audit/audit.store';
import { AttributeStore } from './attributes/attribute.store';
import { AuthenticationStore } from './authentication/authentication.store';
import { Authenticator } from './authentication/authenticator';
import { FailureLimit } from './authentication/failure-limit';
import { systemClock, type Clock } from './clock';
import type { Config } from './config';
import { CredentialStore, hasSecrets } from './credentials/credential.store';
import type { KeyRing } from './credentials/key-ring';
import { FeedbackStore } from './feedback/feedback.store';
import { RequestLimit } from './http/rate-limit';
import { createServer } from './http/server';
import { IdempotencyStore } from './idempotency/idempotency.store';
import { IntegrationStore } from './integrations/integration.store';
import { Executor } from './operations/execute';
import { Cursors } from './pagination/cursor';
import { createSchema } from './schema';
import { FeatureSwitchStore } from './settings/feature-switch.store';
import { loadKeyRing } from './store/key-file';
import { openStore, type Store } from './store/store';
import { UsageRecorder } from './usage/usage-recorder';
import { UsageStore } from './usage/usage.store';

/** Everything that the gateway and the command line work with, joined. */
export interface House {
  readonly config: Config;
  readonly clock: Clock;
  readonly store: Store;
  readonly keys: KeyRing;
  readonly attributes: AttributeStore;
  readonly credentials: CredentialStore;
  readonly authentication: AuthenticationStore;
  readonly admins: AdminStore;
  readonly audit: AuditLog;
  readonly integrations: IntegrationStore;
  readonly usage: UsageStore;
  readonly feedback: FeedbackStore;
  readonly features: FeatureSwitchStore;
  readonly schema: GraphQLSchema;
  close(): Promise<void>;
}

/**
 * Opens the store and constructs what works on it. The only place that constructs.
 *
 * @throws UsageError when the settings or keys cannot be used
 */
export async function openHouse(config: Config, clock: Clock = systemClock): Promise<House> {
  const store = await openStore(config);
  try {
    const keys = loadKeyRing(config, await hasSecrets(store));
    const attributes = new AttributeStore(store);
    const audit = new AuditLog(store, clock);
    const management = {
      integrations: new IntegrationStore(store, attributes, clock),
      usage: new UsageStore(store),
      feedback: new FeedbackStore(store, clock),
      features: new FeatureSwitchStore(store, clock),
    };
    return {
      config,
      clock,
      store,
      keys,
      attributes,
      credentials: new CredentialStore(store, keys, clock),
      authentication: new AuthenticationStore(store, keys, clock),
      admins: new AdminStore(store, clock),
      audit,
      ...management,
      schema: createSchema({
        ...management,
        attributes,
        clock,
        cursors: new Cursors(keys.cursorKey),
        smallestGroup: config.smallestGroup,
      }),
      close: () => store.close(),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** A house that answers over HTTP. */
export interface Gateway {
  /** As its clients reach it, without a slash at the end. */
  readonly url: string;
  /** Answers what has arrived, takes nothing more, and closes the house. */
  close(): Promise<void>;
}

/** @throws the operating system's error when the port cannot be listened on; the house is closed then */
export async function startGateway(house: House): Promise<Gateway> {
  const { config, store, clock, keys, authentication, schema, features } = house;
  const logger = pino({ level: config.logLevel, base: null }, pino.destination(2));
  const usage = new UsageRecorder(house.usage, clock, (error) => logger.error({ err: error }, 'Usage was not written'));
  let url = '';
  const server = await createServer({
    logger,
    schema,
    authenticator: new Authenticator(authentication),
    executor: new Executor({
      store,
      clock,
      features,
      usage,
      idempotency: new IdempotencyStore(keys.cursorKey),
      mostCost: config.mostCost,
    }),
    requests: new RequestLimit(config.requestsPerMinute),
    authentication,
    failures: new FailureLimit(),
    tokenSeconds: config.accessTokenSeconds,
    issuer: () => url,
  });
  const close = async () => {
    await server.close();
    await usage.close();
    await house.close();
  };
  try {
    await server.listen({ host: config.host, port: config.port });
  } catch (error) {
    await close();
    throw error;
  }
  usage.start();
  url = config.publicUrl ?? urlOf(config.host, server.server.address() as AddressInfo);
  return { url, close };
}

const EVERY_ADDRESS = new Set(['0.0.0.0', '::']);

function urlOf(host: string, { port }: AddressInfo): string {
  const name = EVERY_ADDRESS.has(host) ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
