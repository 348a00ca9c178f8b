import type { AuditLog } from '../audit/audit.store';
import { done, refused, userError, type Outcome } from '../operations/user-error';
import type { Exchange } from '../sessions/exchange';
import type { SessionStore } from '../sessions/session.store';
import type { Store, Transaction } from '../store/store';
import { adminParty, type Admin } from './admin';
import type { AdminLinkStore } from './admin-link.store';
import type { AdminStore } from './admin.store';
import { checkAdmin } from './check-admin';
import type { Passwords } from './password';

export interface SetupParts {
  readonly store: Store;
  readonly admins: AdminStore;
  readonly links: AdminLinkStore;
  readonly sessions: SessionStore;
  readonly passwords: Passwords;
  readonly audit: AuditLog;
}

/** What comes with a setup link or an invitation. */
export interface SetupInput {
  readonly token: string;
  /** Of the first admin; an invited one has both already. */
  readonly name?: string | null;
  readonly email?: string | null;
  readonly password: string;
}

const WRONG_LINK = userError(['token'], 'WRONG', 'This link was used, is too old, or is not complete.');

/** What whoever comes with a link may do: be the first admin, or choose a password. */
export class Setup {
  constructor(private readonly parts: SetupParts) {}

  /**
   * Makes the first admin, or gives an invited one a password, and signs in.
   *
   * @throws GatewayError FORBIDDEN, before the link is used up
   */
  async complete(input: SetupInput, exchange: Exchange): Promise<Outcome<Admin>> {
    const { links, admins, passwords } = this.parts;
    exchange.assertMayKeepSession();
    const link = await links.find(input.token);
    if (!link) return refused([WRONG_LINK]);
    const invited = link.adminId === null ? undefined : await admins.byId(link.adminId);
    const { name, email } = invited ?? { name: input.name ?? '', email: input.email ?? '' };
    const problems = [
      ...checkAdmin({ name, email }),
      ...(await passwords.problems(input.password, 'password', [name, email])),
    ];
    if (problems.length > 0) return refused(problems);
    const passwordHash = await passwords.hash(input.password);
    return this.redeemed(input.token, { name, email, passwordHash }, exchange);
  }

  private async redeemed(
    token: string,
    person: { readonly name: string; readonly email: string; readonly passwordHash: string },
    exchange: Exchange,
  ): Promise<Outcome<Admin>> {
    const { store, links, admins, sessions, audit } = this.parts;
    const made = await store.write(async (manager) => {
      const link = await links.redeem(manager, token);
      if (!link) return { outcome: refused([WRONG_LINK]) };
      const outcome = await this.adminFor(manager, link.adminId, person);
      if (outcome.value === null) return { outcome };
      const party = adminParty(outcome.value);
      await admins.noteSignIn(manager, outcome.value.id);
      await audit.append(manager, { action: 'SIGNED_IN', actor: party, subject: party });
      return { outcome, session: await sessions.open(manager, outcome.value.id, exchange.userAgent) };
    });
    if (made.session !== undefined) exchange.keepSession(made.session);
    return made.outcome;
  }

  private async adminFor(
    manager: Transaction,
    invitedId: string | null,
    person: { readonly name: string; readonly email: string; readonly passwordHash: string },
  ): Promise<Outcome<Admin>> {
    const { admins, sessions, audit } = this.parts;
    if (invitedId === null) {
      if (await admins.hasAny(manager)) return refused([WRONG_LINK]);
      return admins.createIn(manager, { ...person, role: 'OWNER' });
    }
    const admin = await admins.locked(manager, invitedId);
    if (!admin?.enabled) return refused([WRONG_LINK]);
    await admins.setPassword(manager, admin.id, person.passwordHash);
    await sessions.endAll(manager, admin.id);
    await audit.append(manager, { action: 'PASSWORD_CHANGED', actor: adminParty(admin), subject: adminParty(admin) });
    return done(admin);
  }
}
