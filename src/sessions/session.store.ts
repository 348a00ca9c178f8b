import { randomUUID } from 'node:crypto';
import sql, { join } from 'sql-template-tag';
import { Not } from 'typeorm';
import type { AdminRole } from '../admins/admin';
import { later, type Clock } from '../clock';
import { currentPepper, type KeyRing } from '../credentials/key-ring';
import { newSessionToken, verifier } from '../credentials/secret';
import type { AdminCaller } from '../permissions/caller';
import type { Row, Store, Transaction } from '../store/store';
import { SessionEntity } from './session.entity';

/** A session ends after this time without a request, in seconds. */
const IDLE_SECONDS = 30 * 60;
/** A session ends after this time whatever happens, in seconds. */
const ABSOLUTE_SECONDS = 12 * 60 * 60;
/** How old the record of the last request may grow before it is written again, in seconds. */
const TOUCH_SECONDS = 60;
const LONGEST_USER_AGENT = 300;

/** A session as its owner sees it. */
export interface Session {
  readonly id: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
  readonly userAgent: string | null;
}

/** Keeps the sessions of admins. The cookie's value itself is kept nowhere. */
export class SessionStore {
  constructor(
    private readonly store: Store,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {}

  /**
   * @param authenticatedAt when the admin showed who it is, if that was not just now
   * @returns the value of the cookie, which only its browser knows from here on
   */
  async open(
    manager: Transaction,
    adminId: string,
    userAgent: string | null,
    authenticatedAt?: string,
  ): Promise<string> {
    const token = newSessionToken();
    const now = this.clock.now();
    await manager.insert(SessionEntity, {
      id: randomUUID(),
      adminId,
      mac: this.mac(token),
      createdAt: now,
      lastSeenAt: now,
      expiresAt: later(now, ABSOLUTE_SECONDS),
      authenticatedAt: authenticatedAt ?? now,
      userAgent: userAgent?.slice(0, LONGEST_USER_AGENT) ?? null,
    });
    return token;
  }

  /** @returns undefined when nobody is signed in with this: unknown, ended, idle too long, or the admin is disabled */
  async caller(token: string): Promise<AdminCaller | undefined> {
    const now = this.clock.now();
    const macs = this.keys.peppers.map((pepper) => verifier(pepper.bytes, token));
    const [row] = await this.store.read(
      sql`SELECT s.id AS session_id, s.last_seen_at, s.authenticated_at, a.id, a.email, a.name, a.role
        FROM admin_session s JOIN admin a ON a.id = s.admin_id
        WHERE s.mac IN (${join(macs)}) AND a.enabled AND s.expires_at > ${now}
          AND s.last_seen_at > ${later(now, -IDLE_SECONDS)}`,
    );
    if (!row) return undefined;
    await this.touch(row, now);
    return callerOf(row);
  }

  /**
   * Proves again who it is: the cookie gets a new value, and the old one is dead. Comes before the event in the audit log, as the
   * end of a session does: otherwise the two would wait for each other.
   */
  async renew(manager: Transaction, sessionId: string, authenticatedAt?: string): Promise<string> {
    const token = newSessionToken();
    const now = this.clock.now();
    await manager.update(
      SessionEntity,
      { id: sessionId },
      { mac: this.mac(token), authenticatedAt: authenticatedAt ?? now, lastSeenAt: now },
    );
    return token;
  }

  /** The sessions of an admin that are alive, the newest first. */
  async list(adminId: string): Promise<readonly Session[]> {
    const now = this.clock.now();
    const rows = await this.store.read(
      sql`SELECT id, created_at, last_seen_at, expires_at, user_agent FROM admin_session
        WHERE admin_id = ${adminId} AND expires_at > ${now} AND last_seen_at > ${later(now, -IDLE_SECONDS)}
        ORDER BY created_at DESC, id`,
    );
    return rows.map((row) => ({
      id: row['id'] as string,
      createdAt: row['created_at'] as string,
      lastSeenAt: row['last_seen_at'] as string,
      expiresAt: row['expires_at'] as string,
      userAgent: row['user_agent'] as string | null,
    }));
  }

  /** @returns whether there was one */
  async end(manager: Transaction, adminId: string, sessionId: string): Promise<boolean> {
    const { affected } = await manager.delete(SessionEntity, { id: sessionId, adminId });
    return (affected ?? 0) > 0;
  }

  /** @returns how many ended */
  async endOthers(manager: Transaction, adminId: string, sessionId: string): Promise<number> {
    const others = { adminId, id: Not(sessionId) };
    const count = await manager.countBy(SessionEntity, others);
    await manager.delete(SessionEntity, others);
    return count;
  }

  async endAll(manager: Transaction, adminId: string): Promise<void> {
    await manager.delete(SessionEntity, { adminId });
  }

  private mac(token: string): string {
    return verifier(currentPepper(this.keys).bytes, token);
  }

  private async touch(row: Row, now: string): Promise<void> {
    if ((row['last_seen_at'] as string) > later(now, -TOUCH_SECONDS)) return;
    await this.store.write((manager) =>
      manager.update(SessionEntity, { id: row['session_id'] as string }, { lastSeenAt: now }),
    );
  }
}

function callerOf(row: Row): AdminCaller {
  return {
    kind: 'admin',
    adminId: row['id'] as string,
    email: row['email'] as string,
    name: row['name'] as string,
    role: row['role'] as AdminRole,
    sessionId: row['session_id'] as string,
    authenticatedAt: row['authenticated_at'] as string,
  };
}
