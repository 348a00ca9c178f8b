import { COMMAND_LINE, type AuditParty } from '../audit/audit-event';
import type { AuditLog } from '../audit/audit.store';
import { refused, userError, type Outcome } from '../operations/user-error';
import type { AdminCaller } from '../permissions/caller';
import { requireLiveAdmin } from '../sessions/live-admin.store';
import type { SessionStore } from '../sessions/session.store';
import type { Store, Transaction } from '../store/store';
import { adminParty, type Admin, type AdminRole } from './admin';
import type { AdminLinkStore } from './admin-link.store';
import type { AdminStore } from './admin.store';
import { checkAdmin } from './check-admin';
import type { Passwords } from './password';
import type { SignInLimit } from './sign-in-limit.store';

export interface AdminManagementParts {
  readonly store: Store;
  readonly admins: AdminStore;
  readonly links: AdminLinkStore;
  readonly sessions: SessionStore;
  readonly passwords: Passwords;
  readonly limit: SignInLimit;
  readonly audit: AuditLog;
}

export interface NewAdmin {
  readonly email: string;
  readonly name: string;
  readonly role: AdminRole;
}

/** An admin who was invited, and the token of the link with which to choose a password. */
export interface InvitedAdmin {
  readonly admin: Admin;
  readonly invitation: string;
}

/** What owners, and whoever sits at the machine, do about admins. */
export class AdminManagement {
  constructor(private readonly parts: AdminManagementParts) {}

  /** Makes an admin who chooses the password with a link that works once. */
  async invite(caller: AdminCaller, draft: NewAdmin): Promise<Outcome<InvitedAdmin>> {
    const problems = checkAdmin(draft);
    if (problems.length > 0) return refused(problems);
    return this.live(caller, async (manager, actor) => {
      const outcome = await this.parts.admins.createIn(manager, { ...draft, passwordHash: '' }, actor);
      if (outcome.value === null) return outcome;
      const invitation = await this.parts.links.newInvitation(manager, outcome.value.id);
      return { value: { admin: outcome.value, invitation }, userErrors: [] };
    });
  }

  async change(
    caller: AdminCaller,
    id: string,
    change: { readonly name?: string; readonly role?: AdminRole; readonly enabled?: boolean },
  ): Promise<Outcome<Admin>> {
    const problems = checkAdmin(change.name === undefined ? {} : { name: change.name });
    if (problems.length > 0) return refused(problems);
    return this.live(caller, (manager, actor) => this.parts.admins.change(manager, id, change, actor));
  }

  /** From the command line, with a password at once. */
  async create(draft: NewAdmin, password: string): Promise<Outcome<Admin>> {
    const { store, admins, passwords } = this.parts;
    const problems = [
      ...checkAdmin(draft),
      ...(await passwords.problems(password, 'password', [draft.email, draft.name])),
    ];
    if (problems.length > 0) return refused(problems);
    const passwordHash = await passwords.hash(password);
    return store.write((manager) => admins.createIn(manager, { ...draft, passwordHash }, COMMAND_LINE));
  }

  /** From the command line: a new password, an end to all sessions, to an open invitation and to every slowing-down. */
  async resetPassword(email: string, password: string): Promise<Outcome<Admin>> {
    const { store, admins, links, passwords, sessions, limit, audit } = this.parts;
    const admin = await admins.byEmail(email);
    if (!admin) return refused([userError(['email'], 'UNKNOWN', 'No admin has this email.')]);
    const problems = await passwords.problems(password, 'password', [admin.email, admin.name]);
    if (problems.length > 0) return refused(problems);
    const passwordHash = await passwords.hash(password);
    await store.write(async (manager) => {
      await admins.setPassword(manager, admin.id, passwordHash);
      await sessions.endAll(manager, admin.id);
      await links.withdraw(manager, admin.id);
      await audit.append(manager, { action: 'PASSWORD_RESET', actor: COMMAND_LINE, subject: adminParty(admin) });
    });
    await limit.forget(email);
    return { value: admin, userErrors: [] };
  }

  /** From the command line. */
  async setEnabled(email: string, enabled: boolean): Promise<Outcome<Admin>> {
    const { store, admins } = this.parts;
    const admin = await admins.byEmail(email);
    if (!admin) return refused([userError(['email'], 'UNKNOWN', 'No admin has this email.')]);
    return store.write(async (manager) => {
      await admins.lockOwners(manager);
      return admins.change(manager, admin.id, { enabled }, COMMAND_LINE);
    });
  }

  private live<T>(caller: AdminCaller, work: (manager: Transaction, actor: AuditParty) => Promise<T>): Promise<T> {
    const { store, admins } = this.parts;
    return store.write(async (manager) => {
      await admins.lockOwners(manager);
      await requireLiveAdmin(manager, store.dialect, caller);
      return work(manager, adminParty({ id: caller.adminId, email: caller.email }));
    });
  }
}
