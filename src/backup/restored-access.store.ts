import sql, { join } from 'sql-template-tag';
import { COMMAND_LINE, GATEWAY, type AuditParty } from '../audit/audit-event';
import type { AuditLog } from '../audit/audit.store';
import type { Clock } from '../clock';
import { runIn, type Run } from '../store/statement';
import type { Store, Transaction } from '../store/store';
import type { LaterChange } from './later-events';
import { leaveNumbersOut } from './restored-numbers.store';
import type { TakenAway } from './taken-away';
import { TakingAgain, type TakenAgain } from './taken-away.store';

/** Somebody who was switched off. */
export interface SwitchedOff {
  readonly id: string;
  readonly name: string;
}

/** Which credentials are switched off: all of them when nobody knows what happened since. */
export type DisabledCredentials = 'ALL' | readonly string[];

export interface AccessReport extends TakenAgain {
  readonly credentials: readonly SwitchedOff[];
  readonly admins: readonly SwitchedOff[];
  /** Credentials that are enabled now. */
  readonly enabled: number;
}

// Larger than any number that the lost store can have reached: a gateway that still runs remembers grants by this number.
const VERSION_GAP = 1_000_000;

/** Sees to it that nothing of a restored store is more open than it was when it was lost. */
export class RestoredAccess {
  constructor(
    private readonly store: Store,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Ends every token, session and link, and takes away whatever must not come back, in one transaction. */
  settle(disabled: DisabledCredentials, changes: readonly LaterChange[], taken: TakenAway): Promise<AccessReport> {
    return this.store.write(async (manager) => {
      const run = runIn(manager, this.store.dialect);
      await run(
        sql`UPDATE credential SET token_epoch = token_epoch + 1, permission_version = permission_version + ${VERSION_GAP}`,
      );
      await run(sql`DELETE FROM admin_session`);
      await run(sql`DELETE FROM admin_link`);
      await leaveNumbersOut(run, this.store.dialect);
      const parts = { store: this.store, audit: this.audit, clock: this.clock };
      const report = {
        ...(await new TakingAgain(parts, manager).take(taken)),
        credentials: await this.disableCredentials(manager, run, disabled),
        admins: await this.disableAdmins(manager, run, changes),
        enabled: await countEnabled(run),
      };
      await this.audit.append(manager, {
        action: 'STORE_RESTORED',
        actor: COMMAND_LINE,
        subject: GATEWAY,
        after: { credentialsDisabled: report.credentials.length, adminsDisabled: report.admins.length },
      });
      return report;
    });
  }

  private async disableCredentials(
    manager: Transaction,
    run: Run,
    disabled: DisabledCredentials,
  ): Promise<readonly SwitchedOff[]> {
    const wanted = disabled === 'ALL' ? undefined : new Set(disabled);
    const rows = await run(sql`SELECT id, name FROM credential WHERE enabled ORDER BY id`);
    const off = rows
      .map((row) => ({ id: row['id'] as string, name: row['name'] as string }))
      .filter(({ id }) => wanted?.has(id) ?? true);
    for (const { id, name } of off) {
      await run(
        sql`UPDATE credential SET enabled = ${this.off}, version = version + 1, updated_at = ${this.clock.now()} WHERE id = ${id}`,
      );
      await this.tell(manager, 'CREDENTIAL_DISABLED', { kind: 'CREDENTIAL', id, name });
    }
    return off;
  }

  // Whoever was switched off. An admin whose password changed since can sign in with the old one, which is only told: without
  // an admin nobody could mend anything.
  private async disableAdmins(
    manager: Transaction,
    run: Run,
    changes: readonly LaterChange[],
  ): Promise<readonly SwitchedOff[]> {
    const ids = changes.filter(({ kind, actions }) => kind === 'ADMIN' && isLeftDisabled(actions)).map(({ id }) => id);
    if (ids.length === 0) return [];
    const rows = await run(sql`SELECT id, email FROM admin WHERE enabled AND id IN (${join(ids)}) ORDER BY id`);
    const off = rows.map((row) => ({ id: row['id'] as string, name: row['email'] as string }));
    for (const { id, name } of off) {
      await run(sql`UPDATE admin SET enabled = ${this.off} WHERE id = ${id}`);
      await this.tell(manager, 'ADMIN_DISABLED', { kind: 'ADMIN', id, name });
    }
    return off;
  }

  private tell(
    manager: Transaction,
    action: 'CREDENTIAL_DISABLED' | 'ADMIN_DISABLED',
    subject: AuditParty,
  ): Promise<void> {
    const after = { enabled: false, because: 'restored' };
    return this.audit.append(manager, { action, actor: COMMAND_LINE, subject, before: { enabled: true }, after });
  }

  // SQLite has numbers for truth.
  private get off(): boolean | number {
    return this.store.dialect === 'sqlite' ? 0 : false;
  }
}

// The later of both decides; actions are in the order of their last time.
function isLeftDisabled(actions: LaterChange['actions']): boolean {
  return actions.lastIndexOf('ADMIN_DISABLED') > actions.lastIndexOf('ADMIN_ENABLED');
}

async function countEnabled(run: Run): Promise<number> {
  const [row] = await run(sql`SELECT count(*) AS total FROM credential WHERE enabled`);
  return Number(row?.['total'] ?? 0);
}
