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
import type { AdminStore } from './admin.store';
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

  /** @throws GatewayError RATE_LIMITED, or UNAVAILABLE when too many sign in at once */
  async signIn(
    { email, password }: { readonly email: string; readonly password: string },
    exchange: Exchange,
  ): Promise<Outcome<Admin>> {
    const { store, admins, sessions, limit } = this.parts;
    await limit.assertMayTry(email, exchange.address);
    const admin = await admins.byEmail(email);
    const isRight = await this.parts.passwords.verify(admin?.passwordHash, password);
    if (!admin?.enabled || !isRight) {
      await limit.countFailure(email);
      await this.noteRefusal(admin);
      return refused([WRONG_SIGN_IN]);
    }
    await limit.forget(email);
    const session = await store.write(async (manager) => {
      await admins.noteSignIn(manager, admin.id);
      await this.note(manager, 'SIGNED_IN', admin);
      return sessions.open(manager, admin.id, exchange.userAgent);
    });
    exchange.keepSession(session);
    return done(admin);
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
    if (!(await this.isOwnPassword(caller, password, exchange))) {
      return refused([userError(['password'], 'WRONG', 'This is not your password.')]);
    }
    const session = await this.live(caller, async (manager) => {
      await this.note(manager, 'REAUTHENTICATED', partyOf(caller));
      return this.parts.sessions.renew(manager, caller.sessionId);
    });
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
    if (!(await this.isOwnPassword(caller, currentPassword, exchange))) {
      return refused([userError(['currentPassword'], 'WRONG', 'This is not your password.')]);
    }
    const problems = await passwords.problems(newPassword, 'newPassword', [caller.email, caller.name]);
    if (problems.length > 0) return refused(problems);
    const passwordHash = await passwords.hash(newPassword);
    const session = await this.live(caller, async (manager) => {
      await admins.setPassword(manager, caller.adminId, passwordHash);
      await sessions.endOthers(manager, caller.adminId, caller.sessionId);
      await this.note(manager, 'PASSWORD_CHANGED', partyOf(caller));
      return sessions.renew(manager, caller.sessionId);
    });
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

  private async isOwnPassword(caller: AdminCaller, password: string, exchange: Exchange): Promise<boolean> {
    const { limit, admins, passwords } = this.parts;
    await limit.assertMayTry(caller.email, exchange.address);
    const admin = await admins.byId(caller.adminId);
    const isRight = await passwords.verify(admin?.passwordHash, password);
    await (isRight ? limit.forget(caller.email) : limit.countFailure(caller.email));
    return isRight;
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
