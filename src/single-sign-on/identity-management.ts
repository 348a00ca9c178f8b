import { adminParty } from '../admins/admin';
import type { AdminStore } from '../admins/admin.store';
import type { SignInLimit } from '../admins/sign-in-limit.store';
import type { AuditLog } from '../audit/audit.store';
import type { Clock } from '../clock';
import { done, refused, userError, type Outcome } from '../operations/user-error';
import { unauthenticated } from '../permissions/admit';
import type { AdminCaller, Caller } from '../permissions/caller';
import type { Exchange } from '../sessions/exchange';
import { requireFresh, requireLiveAdmin } from '../sessions/live-admin.store';
import type { SessionStore } from '../sessions/session.store';
import type { Store } from '../store/store';
import type { AttemptPurpose } from './attempt';
import type { IdentityStore } from './identity.store';
import type { SingleSignOn } from './single-sign-on';

export interface IdentityManagementParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly admins: AdminStore;
  readonly sessions: SessionStore;
  readonly audit: AuditLog;
  readonly limit: SignInLimit;
  readonly identities: IdentityStore;
  /** Absent where no identity provider is configured. */
  readonly singleSignOn: SingleSignOn | undefined;
}

const NOT_CONFIGURED = userError(null, 'NOT_ALLOWED', 'No identity provider is configured.');
const NO_PASSWORD = userError(null, 'NOT_ALLOWED', 'Without it nobody could sign in here: there is no password.');
const NOT_YOURS = userError(null, 'NOT_ALLOWED', 'Only owners do this for others.');
const NOT_LINKED = userError(null, 'UNKNOWN', 'This admin is not linked to the identity provider.');

/** What admins do about signing in with an identity provider. */
export class IdentityManagement {
  constructor(private readonly parts: IdentityManagementParts) {}

  get provider(): { readonly name: string } | null {
    const { singleSignOn } = this.parts;
    return singleSignOn ? { name: singleSignOn.name } : null;
  }

  /** @throws GatewayError UNAUTHENTICATED, REAUTHENTICATION_REQUIRED, RATE_LIMITED, UNAVAILABLE */
  async begin(
    caller: Caller,
    { purpose, invitation }: { readonly purpose: AttemptPurpose; readonly invitation?: string | null },
    exchange: Exchange,
  ): Promise<Outcome<string>> {
    const { singleSignOn, limit, clock } = this.parts;
    if (!singleSignOn) return refused([NOT_CONFIGURED]);
    await limit.assertMayStart(exchange.address);
    const needsAdmin = purpose === 'LINK' || purpose === 'REAUTHENTICATE';
    if (needsAdmin && caller.kind !== 'admin') throw unauthenticated();
    if (purpose === 'LINK' && caller.kind === 'admin') requireFresh(caller, clock);
    const sessionId = needsAdmin && caller.kind === 'admin' ? caller.sessionId : null;
    return done(await singleSignOn.begin(purpose, sessionId, invitation ?? '', exchange));
  }

  /** @throws GatewayError REAUTHENTICATION_REQUIRED */
  async unlink(caller: AdminCaller, adminId: string): Promise<Outcome<true>> {
    const { store, clock, admins, identities, sessions, audit } = this.parts;
    requireFresh(caller, clock);
    const isOwn = adminId === caller.adminId;
    if (!isOwn && caller.role !== 'OWNER') return refused([NOT_YOURS]);
    const admin = await admins.byId(adminId);
    if (isOwn && admin?.passwordHash === '') return refused([NO_PASSWORD]);
    return store.write(async (manager) => {
      await requireLiveAdmin(manager, store.dialect, caller);
      if (!admin || !(await identities.unlink(manager, adminId))) return refused([NOT_LINKED]);
      if (isOwn) await sessions.endOthers(manager, adminId, caller.sessionId);
      else await sessions.endAll(manager, adminId);
      const actor = adminParty({ id: caller.adminId, email: caller.email });
      await audit.append(manager, { action: 'IDENTITY_UNLINKED', actor, subject: adminParty(admin) });
      return done(true);
    });
  }
}
