import { ANONYMOUS } from '../audit/audit-event';
import type { AuditLog } from '../audit/audit.store';
import type { AuditAction } from '../audit/audit-event';
import { done, refused, userError, type Outcome } from '../operations/user-error';
import type { AdminCaller } from '../permissions/caller';
import type { Exchange } from '../sessions/exchange';
import { requireLiveAdmin } from '../sessions/live-admin.store';
import type { SessionStore } from '../sessions/session.store';
import type { Store, Transaction } from '../store/store';
import { adminParty, type Admin } from './admin';
import type { AdminStore, StoredAdmin } from './admin.store';
import type { Passwords } from './password';
import type { SignInLimit } from './sign-in-limit.store';

export interface AccountParts {
  readonly store: Store;
  readonly admins: AdminStore;
  readonly sessions: SessionStore;
  readonly passwords: Passwords;
  readonly limit: SignInLimit;
  readonly audit: AuditLog;
}

const WRONG_SIGN_IN = userError(null, 'WRONG', 'Email or password is wrong, or the account is disabled.');

/** What admins do about their own access. */
export class Accounts {
  constructor(private readonly parts: AccountParts) {}

  /** @throws GatewayError FORBIDDEN, RATE_LIMITED, or UNAVAILABLE when too many sign in at once */
  async signIn(
    { email, password }: { readonly email: string; readonly password: string },
    exchange: Exchange,
  ): Promise<Outcome<Admin>> {
    const { admins, passwords, limit } = this.parts;
    exchange.assertMayKeepSession();
    await limit.assertMayTry(email, exchange.address);
    const admin = await admins.byEmail(email);
    const isRight = await passwords.verify(admin?.passwordHash, password);
    const session = admin?.enabled && isRight ? await this.sessionOf(admin, exchange) : undefined;
    if (!admin || session === undefined) {
      await limit.countFailure(email);
      await this.noteRefusal(admin);
      return refused([WRONG_SIGN_IN]);
    }
    exchange.keepSession(session);
    return done(admin);
  }

  // Looks again: whoever disabled the admin or changed the password while the hash was computed has ended all sessions there were.
  private sessionOf(shown: StoredAdmin, exchange: Exchange): Promise<string | undefined> {
    const { store, admins, sessions, limit } = this.parts;
    return store.write(async (manager) => {
      const admin = await admins.locked(manager, shown.id);
      if (!admin?.enabled || admin.passwordHash !== shown.passwordHash) return undefined;
      await admins.noteSignIn(manager, admin.id);
      // Together: a session whose answer tells of a busy store would live on without a cookie.
      await limit.forgetIn(manager, admin.email);
      await this.note(manager, 'SIGNED_IN', admin);
      return sessions.open(manager, admin.id, exchange.userAgent);
    });
  }

  async signOut(caller: AdminCaller, exchange: Exchange): Promise<void> {
    await this.parts.store.write(async (manager) => {
      await this.parts.sessions.end(manager, caller.adminId, caller.sessionId);
      await this.note(manager, 'SIGNED_OUT', partyOf(caller));
    });
    exchange.dropSession();
  }

  /** Shows the password once more; the session gets a new cookie. */
  async reauthenticate(caller: AdminCaller, password: string, exchange: Exchange): Promise<Outcome<true>> {
    const hash = await this.ownPassword(caller, password, exchange);
    const session = await this.proven(caller, hash, async (manager) => {
      const renewed = await this.parts.sessions.renew(manager, caller.sessionId);
      await this.note(manager, 'REAUTHENTICATED', partyOf(caller));
      return renewed;
    });
    if (session === undefined) return this.notOwnPassword(caller, 'password');
    exchange.keepSession(session);
    return done(true);
  }

  /** Ends all other sessions as well: whoever knew the old password is out. */
  async changePassword(
    caller: AdminCaller,
    { currentPassword, newPassword }: { readonly currentPassword: string; readonly newPassword: string },
    exchange: Exchange,
  ): Promise<Outcome<true>> {
    const { passwords, admins, sessions } = this.parts;
    const hash = await this.ownPassword(caller, currentPassword, exchange);
    if (hash === undefined) return this.notOwnPassword(caller, 'currentPassword');
    const problems = await passwords.problems(newPassword, 'newPassword', [caller.email, caller.name]);
    if (problems.length > 0) return refused(problems);
    const passwordHash = await passwords.hash(newPassword);
    const session = await this.proven(caller, hash, async (manager) => {
      await admins.setPassword(manager, caller.adminId, passwordHash);
      await sessions.endOthers(manager, caller.adminId, caller.sessionId);
      const renewed = await sessions.renew(manager, caller.sessionId);
      await this.note(manager, 'PASSWORD_CHANGED', partyOf(caller));
      return renewed;
    });
    if (session === undefined) return this.notOwnPassword(caller, 'currentPassword');
    exchange.keepSession(session);
    return done(true);
  }

  endSession(caller: AdminCaller, id: string): Promise<Outcome<string>> {
    return this.live(caller, async (manager) => {
      if (!(await this.parts.sessions.end(manager, caller.adminId, id))) {
        return refused([userError(null, 'UNKNOWN', 'You have no such session.')]);
      }
      await this.note(manager, 'SESSION_ENDED', partyOf(caller));
      return done(id);
    });
  }

  /** @returns how many ended */
  endOtherSessions(caller: AdminCaller): Promise<number> {
    return this.live(caller, async (manager) => {
      const count = await this.parts.sessions.endOthers(manager, caller.adminId, caller.sessionId);
      if (count > 0) await this.note(manager, 'SESSION_ENDED', partyOf(caller), count);
      return count;
    });
  }

  /** @returns the hash that it was compared with; undefined when it is wrong */
  private async ownPassword(caller: AdminCaller, password: string, exchange: Exchange): Promise<string | undefined> {
    const { limit, admins, passwords } = this.parts;
    await limit.assertMayTry(caller.email, exchange.address);
    const admin = await admins.byId(caller.adminId);
    const isRight = await passwords.verify(admin?.passwordHash, password);
    await (isRight ? limit.forget(caller.email) : limit.countFailure(caller.email));
    return isRight ? admin?.passwordHash : undefined;
  }

  /** Works only while the password is the one that was shown; otherwise undefined. */
  private async proven<T>(
    caller: AdminCaller,
    hash: string | undefined,
    work: (manager: Transaction) => Promise<T>,
  ): Promise<T | undefined> {
    if (hash === undefined) return undefined;
    const { store, admins } = this.parts;
    return store.write(async (manager) => {
      // Before `requireLiveAdmin`, whose lock two can hold who then wait for each other.
      const admin = await admins.locked(manager, caller.adminId);
      await requireLiveAdmin(manager, store.dialect, caller);
      return admin?.passwordHash === hash ? work(manager) : undefined;
    });
  }

  private async notOwnPassword(caller: AdminCaller, field: string): Promise<Outcome<never>> {
    await this.parts.store.write((manager) => this.note(manager, 'SIGN_IN_REFUSED', partyOf(caller)));
    return refused([userError([field], 'WRONG', 'This is not your password.')]);
  }

  private live<T>(caller: AdminCaller, work: (manager: Transaction) => Promise<T>): Promise<T> {
    const { store } = this.parts;
    return store.write(async (manager) => {
      await requireLiveAdmin(manager, store.dialect, caller);
      return work(manager);
    });
  }

  private note(
    manager: Transaction,
    action: AuditAction,
    admin: Pick<Admin, 'id' | 'email'>,
    count = 1,
  ): Promise<void> {
    return this.parts.audit.append(manager, { action, actor: adminParty(admin), subject: adminParty(admin), count });
  }

  // The typed email is not recorded: people type passwords there by mistake.
  private async noteRefusal(admin: Admin | undefined): Promise<void> {
    await this.parts.store.write((manager) =>
      this.parts.audit.append(manager, {
        action: 'SIGN_IN_REFUSED',
        actor: ANONYMOUS,
        ...(admin ? { subject: adminParty(admin) } : {}),
      }),
    );
  }
}

function partyOf({ adminId, email }: AdminCaller): Pick<Admin, 'id' | 'email'> {
  return { id: adminId, email };
}
