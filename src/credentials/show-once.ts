import { GATEWAY, type AuditParty } from '../audit/audit-event';
import type { AuditLog } from '../audit/audit.store';
import type { AdminCaller } from '../permissions/caller';
import { runIn } from '../store/statement';
import { scrubDeleted } from '../store/scrub-deleted';
import type { Store, Transaction } from '../store/store';
import { managedTransaction } from './managed-change';
import { deleteSealed, isShowOnce, lockShowOnce, writeShowOnce } from './sealed-secret.store';

const NOT_SCRUBBED =
  'The mode is on, but what was deleted may still stand in the files of the store. Switch it on again.';

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
    await managedTransaction(this.store, caller, (manager, actor) => this.setIn(manager, wanted, actor));
    // Even if the mode was on: the process may have ended before it came to this.
    if (wanted) await scrubDeleted(this.store, NOT_SCRUBBED);
  }

  private async setIn(manager: Transaction, wanted: boolean, actor: AuditParty): Promise<void> {
    const { dialect } = this.store;
    const run = runIn(manager, dialect);
    await lockShowOnce(run, dialect, 'exclusive');
    const before = await isShowOnce(run);
    if (before === wanted) return;
    await writeShowOnce(run, wanted);
    if (wanted) await deleteSealed(run, dialect);
    await this.audit.append(manager, {
      action: 'SHOW_ONCE_CHANGED',
      actor,
      subject: GATEWAY,
      before: { showOnce: before },
      after: { showOnce: wanted },
    });
  }
}
