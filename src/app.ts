import type { AddressInfo } from 'node:net';
import type { GraphQLSchema } from 'graphql';
import { pino } from 'pino';
import { AccessDecisions } from './access-requests/access-decisions';
import { AccessRequestStore } from './access-requests/access-request.store';
import { Accounts } from './admins/accounts';
import { AdminLinkStore } from './admins/admin-link.store';
import { AdminManagement } from './admins/admin-management';
import { AdminStore } from './admins/admin.store';
import { Passwords } from './admins/password';
import { SignInLimit } from './admins/sign-in-limit.store';
import { AttributeStore } from './attributes/attribute.store';
import { CatalogueManagement } from './catalogue/catalogue-management';
import { AuditTallyStore } from './audit/audit-tally.store';
import { AuditLog } from './audit/audit.store';
import { AuthenticationStore } from './authentication/authentication.store';
import { Authenticator } from './authentication/authenticator';
import { FailureLimit } from './authentication/failure-limit';
import { systemClock, type Clock } from './clock';
import type { Config } from './config';
import { Configuring } from './configuration/configuring';
import { CredentialListStore } from './credentials/credential-list.store';
import { CredentialManagement } from './credentials/credential-management';
import { CredentialViews } from './credentials/credential-views';
import { CredentialStore } from './credentials/credential.store';
import { KeyRotation } from './credentials/key-rotation';
import { SecretManagement } from './credentials/secret-management';
import { ShowOnce } from './credentials/show-once';
import { CredentialPreviewer } from './preview/credential-preview';
import { hasSecrets, keysFit, SecretStore } from './credentials/secret.store';
import type { KeyRing } from './credentials/key-ring';
import { FeedbackStore } from './feedback/feedback.store';
import { Readiness } from './health/readiness';
import { stopGracefully } from './http/graceful-stop';
import { serveMetrics, type MetricsServer } from './http/metrics-server';
import { Erasure } from './protection/erasure';
import { PersonAccessStore } from './protection/person-access.store';
import { ProcessingRecord } from './protection/processing-record.store';
import { RequestLimit } from './http/rate-limit';
import { createServer } from './http/server';
import { SilentConnections } from './http/silent-connections';
import { SessionCookie } from './http/session-cookie';
import { IdempotencyStore } from './idempotency/idempotency.store';
import { Metrics } from './metrics/metrics';
import { PublicAddress } from './public-address';
import { IntegrationStore } from './integrations/integration.store';
import { Executor } from './operations/execute';
import { Cursors } from './pagination/cursor';
import { Planner } from './planner/planner';
import { Contracts } from './permissions/contracts';
import { createSchema } from './schema';
import { SessionStore } from './sessions/session.store';
import { FeatureSwitchStore } from './settings/feature-switch.store';
import { loadKeyRing, replaceKeyFile } from './store/key-file';
import { measuredStore } from './store/measured-store';
import { openStore, type Store } from './store/store';
import { UsageRecorder } from './usage/usage-recorder';
import { UsageStore } from './usage/usage.store';

/** What all stores work with. */
interface Ground {
  readonly config: Config;
  readonly clock: Clock;
  readonly store: Store;
  readonly keys: KeyRing;
  readonly audit: AuditLog;
  /** Absent where nobody reads figures: then nothing is counted. */
  readonly metrics: Metrics | undefined;
}

type Rooms = ReturnType<typeof dataRooms> & ReturnType<typeof managementRooms> & ReturnType<typeof adminRooms>;

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
    const ground: Ground = { config, clock, store, keys, metrics, audit: new AuditLog(store, clock) };
    const data = dataRooms(ground);
    const managing = managementRooms({ ...ground, ...data });
    const rooms = { ...ground, ...data, ...managing, ...adminRooms(ground), address: new PublicAddress(config) };
    const { smallestGroup } = config;
    const schema = createSchema({ ...rooms, smallestGroup });
    return { ...rooms, schema, contracts: new Contracts(schema), close: () => store.close() };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function openMeasured(config: Config, metrics: Metrics): Promise<Store> {
  const store = measuredStore(await openStore(config), metrics);
  metrics.watchConnections(() => store.load());
  return store;
}

/** What integrations use, and what is managed about them. */
function dataRooms({ store, keys, clock, audit }: Ground) {
  const attributes = new AttributeStore(store);
  const secrets = new SecretStore(store, keys, clock);
  const parts = {
    attributes,
    cursors: new Cursors(keys.cursorKey),
    secrets,
    credentials: new CredentialStore(store, secrets, clock, audit),
    authentication: new AuthenticationStore(store, keys, clock),
    idempotency: new IdempotencyStore(keys.cursorKey),
    integrations: new IntegrationStore(store, attributes, clock, audit),
    usage: new UsageStore(store, new AuditTallyStore(store, clock, audit)),
    feedback: new FeedbackStore(store, clock),
    features: new FeatureSwitchStore(store, clock, audit),
    erasure: new Erasure({ store, clock, audit }),
    personAccess: new PersonAccessStore(store, clock),
    accessRequests: new AccessRequestStore(store, audit),
  };
  return {
    ...parts,
    processingRecord: new ProcessingRecord({ ...parts, store }),
    configuring: new Configuring({ ...parts, store }),
  };
}

/** What admins do with credentials. */
function managementRooms(parts: Ground & ReturnType<typeof dataRooms>) {
  const { config, store, clock, audit, integrations } = parts;
  const hasIntegration = async (id: string) => (await integrations.find(id)) !== null;
  return {
    credentialList: new CredentialListStore(store, clock),
    credentialManagement: new CredentialManagement({ ...parts, hasIntegration }),
    secretManagement: new SecretManagement(parts),
    views: new CredentialViews(parts),
    showOnce: new ShowOnce(store, audit),
    catalogue: new CatalogueManagement(parts),
    keyRotation: new KeyRotation({
      ...parts,
      ...(config.keys === undefined ? { replaceKeys: (change) => replaceKeyFile(config, change) } : {}),
    }),
    previewer: new CredentialPreviewer(parts),
    accessDecisions: new AccessDecisions(parts),
  };
}

/** Those who manage. */
function adminRooms({ store, keys, clock, audit }: Ground) {
  const parts = {
    store,
    audit,
    admins: new AdminStore(store, clock, audit),
    links: new AdminLinkStore(store, keys, clock),
    sessions: new SessionStore(store, keys, clock),
    passwords: new Passwords(),
    limit: new SignInLimit(store, keys, clock),
  };
  const { admins, links, sessions } = parts;
  return { admins, links, sessions, accounts: new Accounts(parts), adminManagement: new AdminManagement(parts) };
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
  const logger = pino({ level: config.logLevel, base: null }, pino.destination(2));
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
  const { config, store, clock, features, idempotency, contracts, address, metrics: denials, cursors } = house;
  const planner = usesPlans ? new Planner({ ...config, dialect: store.dialect, cursors }) : undefined;
  const execution = { store, clock, features, usage, idempotency, contracts, address, denials, planner };
  return {
    authenticator: new Authenticator(house.authentication, house.sessions),
    cookie: new SessionCookie(address),
    executor: new Executor({ ...execution, mostCost: config.mostCost }),
    requests: new RequestLimit(config.requestsPerMinute),
    failures: new FailureLimit(),
    tokenSeconds: config.accessTokenSeconds,
    usage,
    playground: config.playground,
  };
}
