import { randomUUID } from 'node:crypto';
import sql, { empty, type Sql } from 'sql-template-tag';
import type { AuditAction, AuditParty } from '../audit/audit-event';
import type { AuditLog } from '../audit/audit.store';
import type { Clock } from '../clock';
import { done, refused, userError, type Outcome } from '../operations/user-error';
import { isUniqueViolation, runIn } from '../store/statement';
import type { Row, Store, Transaction } from '../store/store';
import { SessionEntity } from '../sessions/session.entity';
import { adminParty, emailKey, type Admin, type AdminRole } from './admin';
import { AdminEntity } from './admin.entity';
import { AdminLinkEntity } from './admin-link.entity';

/** What a new admin is made of. */
export interface AdminDraft {
  readonly email: string;
  readonly name: string;
  readonly role: AdminRole;
  /** argon2id; empty while the admin has not chosen a password. */
  readonly passwordHash: string;
}

/** An admin, and what the password is compared with. */
export interface StoredAdmin extends Admin {
  /** argon2id; empty while the admin has not chosen a password. */
  readonly passwordHash: string;
}

/** Keeps the people who manage credentials. */
export class AdminStore {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
  ) {}

  /** Everybody, the oldest first. */
  async list(): Promise<readonly Admin[]> {
    return (await this.store.read(adminsWhere(empty))).map(toAdmin);
  }

  /** Whether nobody has been made yet, disabled or not. */
  async isEmpty(): Promise<boolean> {
    return (await this.store.read(sql`SELECT 1 AS present FROM admin LIMIT 1`)).length === 0;
  }

  /** The same, within a transaction. */
  async hasAny(manager: Transaction): Promise<boolean> {
    return manager.exists(AdminEntity);
  }

  async byEmail(email: string): Promise<StoredAdmin | undefined> {
    const [row] = await this.store.read(adminsWhere(sql`WHERE email_key = ${emailKey(email)}`));
    return row && toStoredAdmin(row);
  }

  async byId(id: string): Promise<StoredAdmin | undefined> {
    const [row] = await this.store.read(adminsWhere(sql`WHERE id = ${id}`));
    return row && toStoredAdmin(row);
  }

  /** The admin within a transaction: what would change it came first, or waits until the transaction ends. */
  async locked(manager: Transaction, id: string): Promise<StoredAdmin | undefined> {
    const row = await this.lockedRow(manager, id);
    return row && toStoredAdmin(row);
  }

  /** @param actor the new admin itself when left out */
  async createIn(manager: Transaction, draft: AdminDraft, actor?: AuditParty): Promise<Outcome<Admin>> {
    const admin = newAdmin(draft, this.clock.now());
    try {
      const { hasPassword: _hasPassword, hasIdentity: _hasIdentity, ...columns } = admin;
      await manager.insert(AdminEntity, {
        ...columns,
        emailKey: emailKey(admin.email),
        passwordHash: draft.passwordHash,
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return refused([userError(['email'], 'TAKEN', 'Another admin has this email.')]);
    }
    await this.audit.append(manager, {
      action: 'ADMIN_CREATED',
      actor: actor ?? adminParty(admin),
      subject: adminParty(admin),
      after: { name: admin.name, role: admin.role },
    });
    return done(admin);
  }

  async setPassword(manager: Transaction, id: string, passwordHash: string): Promise<void> {
    await manager.update(AdminEntity, { id }, { passwordHash });
  }

  async noteSignIn(manager: Transaction, id: string): Promise<void> {
    await manager.update(AdminEntity, { id }, { lastSignInAt: this.clock.now() });
  }

  /**
   * Two owners who demote each other at the same moment must not both succeed: whoever changes admins takes the same rows first,
   * in the same order, before any other lock.
   */
  async lockOwners(manager: Transaction): Promise<void> {
    await runIn(manager, this.store.dialect)(sql`SELECT id FROM admin WHERE role = 'OWNER' ORDER BY id ${this.lock}`);
  }

  /**
   * Changes name, role or enabled, once the owners are locked. The last enabled owner stays one; whoever is disabled or changes
   * role is signed out, and a disable withdraws an invitation.
   */
  async change(
    manager: Transaction,
    id: string,
    change: Partial<Pick<Admin, 'name' | 'role' | 'enabled'>>,
    actor: AuditParty,
  ): Promise<Outcome<Admin>> {
    const row = await this.lockedRow(manager, id);
    if (!row) return refused([userError(null, 'UNKNOWN', 'There is no such admin.')]);
    const before = toAdmin(row);
    const after = { ...before, ...change };
    const loses = isOwner(before) && !isOwner(after);
    if (loses && (await this.countOwners(manager)) === 1) {
      return refused([
        userError(null, 'NOT_ALLOWED', 'This is the last owner who can sign in. Make another one first.'),
      ]);
    }
    await manager.update(AdminEntity, { id }, { name: after.name, role: after.role, enabled: after.enabled });
    if (!after.enabled || after.role !== before.role) await manager.delete(SessionEntity, { adminId: id });
    if (!after.enabled) await manager.delete(AdminLinkEntity, { adminId: id });
    await this.audit.append(manager, {
      action: actionOf(before, after),
      actor,
      subject: adminParty(after),
      before: { name: before.name, role: before.role, enabled: before.enabled },
      after: { name: after.name, role: after.role, enabled: after.enabled },
    });
    return done(after);
  }

  private async lockedRow(manager: Transaction, id: string): Promise<Row | undefined> {
    const run = runIn(manager, this.store.dialect);
    const [row] = await run(sql`${adminsWhere(sql`WHERE id = ${id}`)} ${this.lock}`);
    return row;
  }

  // On SQLite every transaction is alone anyway.
  private get lock(): Sql {
    return this.store.dialect === 'postgres' ? sql`FOR UPDATE` : empty;
  }

  private countOwners(manager: Transaction): Promise<number> {
    return manager.countBy(AdminEntity, { role: 'OWNER', enabled: true });
  }
}

function newAdmin({ email, name, role, passwordHash }: AdminDraft, now: string): Admin {
  return {
    id: randomUUID(),
    email: email.trim(),
    name: name.trim(),
    role,
    enabled: true,
    createdAt: now,
    lastSignInAt: null,
    hasPassword: passwordHash !== '',
    hasIdentity: false,
  };
}

function adminsWhere(where: Sql): Sql {
  const order = where === empty ? sql`ORDER BY created_at, id` : empty;
  return sql`SELECT id, email, name, role, enabled, created_at, last_sign_in_at, password_hash,
    EXISTS (SELECT 1 FROM admin_identity i WHERE i.admin_id = admin.id) AS has_identity FROM admin ${where} ${order}`;
}

function toAdmin(row: Row): Admin {
  return {
    id: row['id'] as string,
    email: row['email'] as string,
    name: row['name'] as string,
    role: row['role'] as AdminRole,
    enabled: Boolean(row['enabled']),
    createdAt: row['created_at'] as string,
    lastSignInAt: row['last_sign_in_at'] as string | null,
    hasPassword: row['password_hash'] !== '',
    hasIdentity: Boolean(row['has_identity']),
  };
}

function toStoredAdmin(row: Row): StoredAdmin {
  return { ...toAdmin(row), passwordHash: row['password_hash'] as string };
}

function isOwner({ role, enabled }: Admin): boolean {
  return role === 'OWNER' && enabled;
}

function actionOf(before: Admin, after: Admin): AuditAction {
  if (before.enabled === after.enabled) return 'ADMIN_UPDATED';
  return after.enabled ? 'ADMIN_ENABLED' : 'ADMIN_DISABLED';
}
