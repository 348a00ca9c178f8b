import sql, { join } from 'sql-template-tag';
import { later, type Clock } from '../clock';
import { currentPepper, type KeyRing } from '../credentials/key-ring';
import { newLinkToken, verifier } from '../credentials/secret';
import { runIn } from '../store/statement';
import type { Store, Transaction } from '../store/store';
import { AdminLinkEntity } from './admin-link.entity';

/** How long the link that makes the first admin works, in seconds. */
const SETUP_SECONDS = 30 * 60;
/** How long an invitation works, in seconds. */
const INVITATION_SECONDS = 7 * 24 * 60 * 60;

/** Makes and redeems links that work once. */
export class AdminLinkStore {
  constructor(
    private readonly store: Store,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** @returns the token of a new setup link; those before it stop working */
  async newSetup(): Promise<string> {
    return this.store.write(async (manager) => {
      await manager.delete(AdminLinkEntity, { kind: 'SETUP' });
      return this.insert(manager, 'SETUP', null, SETUP_SECONDS);
    });
  }

  /** @returns the token of a link with which this admin chooses a password; those before it stop working */
  async newInvitation(manager: Transaction, adminId: string): Promise<string> {
    await this.withdraw(manager, adminId);
    return this.insert(manager, 'INVITATION', adminId, INVITATION_SECONDS);
  }

  /** The links of this admin stop working. */
  async withdraw(manager: Transaction, adminId: string): Promise<void> {
    await manager.delete(AdminLinkEntity, { adminId });
  }

  /** What a token is good for, without using it up. */
  async find(token: string): Promise<{ readonly adminId: string | null } | undefined> {
    const [row] = await this.store.read(
      sql`SELECT admin_id FROM admin_link WHERE mac IN (${join(this.macs(token))}) AND expires_at > ${this.clock.now()}`,
    );
    return row && { adminId: row['admin_id'] as string | null };
  }

  /**
   * Uses a token up: of many who come with it at the same moment, one finds it.
   *
   * @returns undefined when it is unknown, used or too old
   */
  async redeem(manager: Transaction, token: string): Promise<{ readonly adminId: string | null } | undefined> {
    const run = runIn(manager, this.store.dialect);
    const macs = join(this.macs(token));
    // The admin before the link, in the order of whoever withdraws it: otherwise they would wait for each other.
    if (this.store.dialect === 'postgres') {
      await run(
        sql`SELECT a.id FROM admin a JOIN admin_link l ON l.admin_id = a.id WHERE l.mac IN (${macs}) FOR UPDATE OF a`,
      );
    }
    const [row] = await run(
      sql`SELECT mac, admin_id FROM admin_link WHERE mac IN (${macs}) AND expires_at > ${this.clock.now()}`,
    );
    if (!row) return undefined;
    const { affected } = await manager.delete(AdminLinkEntity, { mac: row['mac'] as string });
    return affected === 0 ? undefined : { adminId: row['admin_id'] as string | null };
  }

  private async insert(
    manager: Transaction,
    kind: AdminLinkEntity['kind'],
    adminId: string | null,
    seconds: number,
  ): Promise<string> {
    const token = newLinkToken();
    const expiresAt = later(this.clock.now(), seconds);
    const mac = verifier(currentPepper(this.keys).bytes, token);
    await manager.insert(AdminLinkEntity, { mac, kind, adminId, expiresAt });
    return token;
  }

  private macs(token: string): string[] {
    return this.keys.peppers.map((pepper) => verifier(pepper.bytes, token));
  }
}
