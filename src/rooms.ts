import { AccessDecisions } from './access-requests/access-decisions';
import { AccessRequestStore } from './access-requests/access-request.store';
import { Accounts } from './admins/accounts';
import { AdminLinkStore } from './admins/admin-link.store';
import { AdminManagement } from './admins/admin-management';
import { AdminStore } from './admins/admin.store';
import { Passwords } from './admins/password';
import { Setup } from './admins/setup';
import { SignInLimit, SIGN_INS_OF_ADDRESS } from './admins/sign-in-limit.store';
import { AttributeStore } from './attributes/attribute.store';
import { CatalogueManagement } from './catalogue/catalogue-management';
import { AuditTallyStore } from './audit/audit-tally.store';
import { type AuditLog } from './audit/audit.store';
import { AuthenticationStore } from './authentication/authentication.store';
import { type Clock } from './clock';
import type { Config } from './config';
import { Configuring } from './configuration/configuring';
import { CredentialListStore } from './credentials/credential-list.store';
import { CredentialManagement } from './credentials/credential-management';
import { CredentialViews } from './credentials/credential-views';
import { CredentialStore } from './credentials/credential.store';
import { KeyRotation } from './credentials/key-rotation';
import { REVEALS_OF_ADMIN, SecretManagement } from './credentials/secret-management';
import { ShowOnce } from './credentials/show-once';
import { CredentialPreviewer } from './preview/credential-preview';
import { SecretStore } from './credentials/secret.store';
import type { KeyRing } from './credentials/key-ring';
import { FeedbackStore } from './feedback/feedback.store';
import { Erasure } from './protection/erasure';
import { PersonAccessStore } from './protection/person-access.store';
import { ProcessingRecord } from './protection/processing-record.store';
import { IdempotencyStore } from './idempotency/idempotency.store';
import { type Metrics } from './metrics/metrics';
import { type PublicAddress } from './public-address';
import { IntegrationStore } from './integrations/integration.store';
import { Cursors } from './pagination/cursor';
import { type RateLimit, type Rate } from './rates/rate-limit';
import { SessionStore } from './sessions/session.store';
import { AttemptStore } from './single-sign-on/attempt.store';
import { IdentityManagement } from './single-sign-on/identity-management';
import { IdentityProvider } from './single-sign-on/identity-provider';
import { IdentityStore } from './single-sign-on/identity.store';
import { SingleSignOn } from './single-sign-on/single-sign-on';
import { FeatureSwitchStore } from './settings/feature-switch.store';
import { replaceKeyFile } from './store/key-file';
import { type Store } from './store/store';
import { UsageStore } from './usage/usage.store';

/** What all stores work with. */
export interface Ground {
  readonly config: Config;
  readonly clock: Clock;
  readonly store: Store;
  readonly keys: KeyRing;
  readonly audit: AuditLog;
  /** Counts something in all processes together. */
  readonly limitOf: (rate: Rate) => RateLimit;
  /** Absent where nobody reads figures: then nothing is counted. */
  readonly metrics: Metrics | undefined;
}

export type Rooms = ReturnType<typeof dataRooms> &
  ReturnType<typeof managementRooms> &
  AdminRooms &
  ReturnType<typeof signOnRooms>;
type AdminRooms = ReturnType<typeof adminRooms>;

/** Constructs what works on a store. */
export function roomsOf(ground: Ground, address: PublicAddress): Rooms {
  const data = dataRooms(ground);
  const people = adminRooms(ground);
  const managing = managementRooms({ ...ground, ...data });
  return { ...data, ...managing, ...people, ...signOnRooms({ ...ground, ...people, address }) };
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
  const { config, store, clock, audit, limitOf } = parts;
  return {
    credentialList: new CredentialListStore(store, clock),
    credentialManagement: new CredentialManagement(parts),
    secretManagement: new SecretManagement({ ...parts, reveals: limitOf(REVEALS_OF_ADMIN) }),
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
function adminRooms({ store, keys, clock, audit, limitOf }: Ground) {
  const parts = {
    store,
    audit,
    admins: new AdminStore(store, clock, audit),
    links: new AdminLinkStore(store, keys, clock),
    sessions: new SessionStore(store, keys, clock),
    passwords: new Passwords(),
    limit: new SignInLimit(store, keys, clock, limitOf(SIGN_INS_OF_ADDRESS)),
  };
  const { admins, links, sessions, limit } = parts;
  return {
    admins,
    links,
    sessions,
    limit,
    setup: new Setup(parts),
    accounts: new Accounts(parts),
    adminManagement: new AdminManagement(parts),
  };
}

/** How those who manage sign in elsewhere. */
function signOnRooms(parts: Ground & AdminRooms & { readonly address: PublicAddress }) {
  const { config, store, keys, clock, address } = parts;
  const identities = new IdentityStore(store.dialect, clock);
  const attempts = new AttemptStore(store, keys, clock);
  const singleSignOn =
    config.singleSignOn &&
    new SingleSignOn({ ...parts, identities, attempts, provider: new IdentityProvider(config.singleSignOn, address) });
  return { singleSignOn, identityManagement: new IdentityManagement({ ...parts, identities, singleSignOn }) };
}
