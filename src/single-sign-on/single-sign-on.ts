import { ANONYMOUS, type AuditAction } from '../audit/audit-event';
import type { AuditLog } from '../audit/audit.store';
import { adminParty } from '../admins/admin';
import type { AdminLinkStore } from '../admins/admin-link.store';
import type { AdminStore } from '../admins/admin.store';
import { later, type Clock } from '../clock';
import { sameVerifier } from '../credentials/secret';
import type { Exchange } from '../sessions/exchange';
import type { SessionStore } from '../sessions/session.store';
import { isUniqueViolation } from '../store/statement';
import type { Store, Transaction } from '../store/store';
import { proofsOf, type Attempt, type AttemptPurpose, type AttemptRefusal } from './attempt';
import type { AttemptStore } from './attempt.store';
import { Cancelled, type IdentityProvider, type ProvenIdentity } from './identity-provider';
import type { IdentityStore, LinkedAdmin } from './identity.store';

export interface SingleSignOnParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly admins: AdminStore;
  readonly links: AdminLinkStore;
  readonly sessions: SessionStore;
  readonly audit: AuditLog;
  readonly attempts: AttemptStore;
  readonly identities: IdentityStore;
  readonly provider: IdentityProvider;
}

/** What became of somebody who came back. */
export interface SignOnOutcome {
  /** Null when what came back belongs to no attempt. */
  readonly purpose: AttemptPurpose | null;
  /** Null when it worked. */
  readonly refusal: AttemptRefusal | null;
}

/** What a browser came back with. */
export interface Return {
  /** The value of its cookie. */
  readonly cookie: string;
  /** Of the address. */
  readonly search: string;
}

/** Clocks of a provider and this machine may differ by this much, in seconds. */
const TOLERANCE = 30;
/** Long ago: a session without a known moment of authentication is never fresh. */
const NEVER = '1970-01-01T00:00:00.000Z';

class Refused extends Error {
  constructor(readonly refusal: AttemptRefusal) {
    super(refusal);
  }
}

/** Lets admins sign in with an identity provider. Who may do what is decided here, by the admin's own row, all the same. */
export class SingleSignOn {
  constructor(private readonly parts: SingleSignOnParts) {}

  get name(): string {
    return this.parts.provider.name;
  }

  /**
   * Sends somebody to the identity provider.
   *
   * @param invitation the token of the link that is accepted with it
   * @returns the address to go to
   */
  async begin(
    purpose: AttemptPurpose,
    sessionId: string | null,
    invitation: string,
    exchange: Exchange,
  ): Promise<string> {
    const token = await this.parts.attempts.begin(purpose, sessionId);
    const url = await this.parts.provider.authorizationUrl(proofsOf(token), purpose === 'REAUTHENTICATE');
    exchange.keepAttempt(invitation ? `${token}.${invitation}` : token);
    return url;
  }

  /** Takes in somebody who comes back. @param logFailure of what the person is told nothing about */
  async complete(returned: Return, exchange: Exchange, logFailure: (error: unknown) => void): Promise<SignOnOutcome> {
    const [token = '', invitation = ''] = returned.cookie.split('.');
    let purpose: AttemptPurpose | null = null;
    try {
      const proofs = proofsOf(token);
      // Before the attempt and its cookie are used up: any site can send a browser here with an answer that was not asked for.
      const state = new URLSearchParams(returned.search).get('state') ?? '';
      if (!sameVerifier(state, proofs.state)) throw new Refused('FAILED');
      exchange.dropAttempt();
      const attempt = await this.parts.attempts.redeem(token);
      if (!attempt) throw new Refused('EXPIRED');
      ({ purpose } = attempt);
      const identity = await this.parts.provider.identify(returned.search, proofs);
      exchange.keepSession(await this.session(attempt, identity, invitation, exchange.userAgent));
      return { purpose, refusal: null };
    } catch (error) {
      if (error instanceof Refused) return { purpose, refusal: error.refusal };
      if (error instanceof Cancelled) return { purpose, refusal: 'CANCELLED' };
      if (isUniqueViolation(error)) return { purpose, refusal: 'TAKEN' };
      logFailure(error);
      return { purpose, refusal: 'FAILED' };
    }
  }

  private async session(
    attempt: Attempt,
    identity: ProvenIdentity,
    invitation: string,
    userAgent: string | null,
  ): Promise<string> {
    const { store } = this.parts;
    switch (attempt.purpose) {
      case 'SIGN_IN':
      case 'SIGN_IN_AGAIN':
        return this.signIn(identity, userAgent);
      case 'ACCEPT_INVITATION':
        return store.write((manager) => this.accept(manager, identity, invitation, userAgent));
      case 'LINK':
        return store.write((manager) => this.link(manager, attempt, identity));
      case 'REAUTHENTICATE':
        return store.write((manager) => this.reauthenticate(manager, attempt, identity));
    }
  }

  private async signIn(identity: ProvenIdentity, userAgent: string | null): Promise<string> {
    const token = await this.parts.store.write(async (manager) => {
      const admin = await this.parts.identities.adminOf(manager, identity);
      if (admin) return this.opened(manager, admin, identity, userAgent);
      await this.parts.audit.append(manager, { action: 'SIGN_IN_REFUSED', actor: ANONYMOUS, after: SINGLE_SIGN_ON });
      return undefined;
    });
    if (token === undefined) throw new Refused('UNKNOWN');
    return token;
  }

  private async accept(
    manager: Transaction,
    identity: ProvenIdentity,
    invitation: string,
    userAgent: string | null,
  ): Promise<string> {
    const { links, admins, identities } = this.parts;
    const link = await links.redeem(manager, invitation);
    const admin = link?.adminId ? await admins.locked(manager, link.adminId) : undefined;
    if (!admin?.enabled) throw new Refused('EXPIRED');
    await identities.link(manager, admin.id, identity);
    await this.note(manager, 'IDENTITY_LINKED', admin);
    return this.opened(manager, admin, identity, userAgent);
  }

  private async link(manager: Transaction, attempt: Attempt, identity: ProvenIdentity): Promise<string> {
    const { admin, sessionId } = await this.asking(manager, attempt);
    await this.parts.identities.link(manager, admin.id, identity);
    const renewed = await this.parts.sessions.renew(manager, sessionId, momentOf(identity, this.parts.clock.now()));
    await this.note(manager, 'IDENTITY_LINKED', admin);
    return renewed;
  }

  private async reauthenticate(manager: Transaction, attempt: Attempt, identity: ProvenIdentity): Promise<string> {
    const { admin, sessionId } = await this.asking(manager, attempt);
    const proven = await this.parts.identities.adminOf(manager, identity);
    if (proven?.id !== admin.id) throw new Refused('UNKNOWN');
    const moment = momentOf(identity, this.parts.clock.now());
    // A provider that does not ask again, although it was told to, proves nothing.
    if (moment < later(attempt.startedAt, -TOLERANCE)) throw new Refused('NOT_FRESH');
    const renewed = await this.parts.sessions.renew(manager, sessionId, moment);
    await this.note(manager, 'REAUTHENTICATED', admin);
    return renewed;
  }

  // The session's own cookie does not come along from another site, so the attempt says which one it was.
  private async asking(
    manager: Transaction,
    { sessionId }: Attempt,
  ): Promise<{ readonly admin: LinkedAdmin; readonly sessionId: string }> {
    const admin = sessionId === null ? undefined : await this.parts.identities.adminOfSession(manager, sessionId);
    if (!admin || sessionId === null) throw new Refused('EXPIRED');
    return { admin, sessionId };
  }

  private async opened(
    manager: Transaction,
    admin: Pick<LinkedAdmin, 'id' | 'email'>,
    identity: ProvenIdentity,
    userAgent: string | null,
  ): Promise<string> {
    const { admins, sessions, clock } = this.parts;
    await admins.noteSignIn(manager, admin.id);
    await this.note(manager, 'SIGNED_IN', admin);
    return sessions.open(manager, admin.id, userAgent, momentOf(identity, clock.now()));
  }

  private note(manager: Transaction, action: AuditAction, admin: Pick<LinkedAdmin, 'id' | 'email'>): Promise<void> {
    const party = adminParty(admin);
    return this.parts.audit.append(manager, { action, actor: party, subject: party, after: SINGLE_SIGN_ON });
  }
}

const SINGLE_SIGN_ON = { singleSignOn: true };

/** When the person showed who it is; never later than now, whatever the provider's clock says. */
function momentOf({ authenticatedAt }: ProvenIdentity, now: string): string {
  if (authenticatedAt === null) return NEVER;
  return authenticatedAt < now ? authenticatedAt : now;
}
