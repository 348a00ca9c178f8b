import { GATEWAY, type AuditParty } from '../audit/audit-event';
import type { AuditLog } from '../audit/audit.store';
import type { AdminCaller } from '../permissions/caller';
import { runIn } from '../store/statement';
import type { Store, Transaction } from '../store/store';
import { managedTransaction } from './managed-change';
import { deleteSealed, isShowOnce, lockShowOnce, writeShowOnce } from './sealed-secret.store';

/** The mode in which a secret is shown when it is issued, and kept in no form from which it could be shown again. */
export class ShowOnce {
  constructor(
    private readonly store: Store,
    private readonly audit: AuditLog,
  ) {}

  isOn(): Promise<boolean> {
    return isShowOnce((query) => this.store.read(query));
  }

  /** Switching on deletes every seal for good; switching off concerns secrets that are issued from then on. */
  async set(caller: AdminCaller, wanted: boolean): Promise<void> {
    const isChanged = await managedTransaction(this.store, caller, (manager, actor) =>
      this.setIn(manager, wanted, actor),
    );
    // What was deleted may still stand in the free parts of a file until it is written anew.
    if (isChanged && wanted) await this.store.scrub();
  }

  private async setIn(manager: Transaction, wanted: boolean, actor: AuditParty): Promise<boolean> {
    const { dialect } = this.store;
    const run = runIn(manager, dialect);
    await lockShowOnce(run, dialect, 'exclusive');
    const before = await isShowOnce(run);
    if (before === wanted) return false;
    await writeShowOnce(run, wanted);
    if (wanted) await deleteSealed(run, dialect);
    await this.audit.append(manager, {
      action: 'SHOW_ONCE_CHANGED',
      actor,
      subject: GATEWAY,
      before: { showOnce: before },
      after: { showOnce: wanted },
    });
    return true;
  }
}
