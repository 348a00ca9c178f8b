import sql from 'sql-template-tag';
import type { Clock } from '../clock';
import type { Admin, AdminRole } from '../admins/admin';
import { runIn } from '../store/statement';
import type { Dialect, Transaction } from '../store/store';
import { IdentityEntity } from './identity.entity';

/** Who somebody is, in the words of an identity provider. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

/** An admin who may sign in. */
export type LinkedAdmin = Pick<Admin, 'id' | 'email' | 'name'> & { readonly role: AdminRole };

/** Keeps which accounts belong to which admins. */
export class IdentityStore {
  constructor(
    private readonly dialect: Dialect,
    private readonly clock: Clock,
  ) {}

  /**
   * The enabled admin whom this identity belongs to. A disable or an end of the link waits until the transaction ends, or came
   * first. Nobody else may share the row: two who sign in both write it.
   */
  async adminOf(manager: Transaction, { issuer, subject }: Identity): Promise<LinkedAdmin | undefined> {
    const lock = this.dialect === 'postgres' ? sql`FOR UPDATE OF a, i` : sql``;
    const [row] = await runIn(
      manager,
      this.dialect,
    )(sql`SELECT a.id, a.email, a.name, a.role FROM admin_identity i JOIN admin a ON a.id = i.admin_id
      WHERE i.issuer = ${issuer} AND i.subject = ${subject} AND a.enabled ${lock}`);
    return row as LinkedAdmin | undefined;
  }

  /** The enabled admin of a session that is alive, whose row nobody shares either: `adminOf` may want it next. */
  async adminOfSession(manager: Transaction, sessionId: string): Promise<LinkedAdmin | undefined> {
    const lock = this.dialect === 'postgres' ? sql`FOR UPDATE OF a` : sql``;
    const [row] = await runIn(
      manager,
      this.dialect,
    )(sql`SELECT a.id, a.email, a.name, a.role FROM admin_session s JOIN admin a ON a.id = s.admin_id
      WHERE s.id = ${sessionId} AND s.expires_at > ${this.clock.now()} AND a.enabled ${lock}`);
    return row as LinkedAdmin | undefined;
  }

  /** Puts it in the place of the one that the admin had. @throws a unique violation when it is another admin's */
  async link(manager: Transaction, adminId: string, { issuer, subject }: Identity): Promise<void> {
    await this.unlink(manager, adminId);
    await manager.insert(IdentityEntity, { issuer, subject, adminId, linkedAt: this.clock.now() });
  }

  /** @returns whether there was one */
  async unlink(manager: Transaction, adminId: string): Promise<boolean> {
    const { affected } = await manager.delete(IdentityEntity, { adminId });
    return (affected ?? 0) > 0;
  }
}
