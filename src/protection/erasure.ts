import { adminParty } from '../admins/admin';
import { COMMAND_LINE, type AuditParty } from '../audit/audit-event';
import type { AuditLog } from '../audit/audit.store';
import type { Clock } from '../clock';
import type { AdminCaller } from '../permissions/caller';
import { requireFresh, requireLiveAdmin } from '../sessions/live-admin.store';
import { scrubDeleted } from '../store/scrub-deleted';
import { runIn } from '../store/statement';
import type { Store, Transaction } from '../store/store';
import { erasePerson, personNumbered, wasErased, type ErasedCounts } from './erasure.store';

export interface ErasureParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

/** What became of an erasure. */
export interface Erased extends ErasedCounts {
  readonly employeeId: number;
}

/** Deletes people for good. What stays is a number that belonged to somebody: in the audit log, and in the change feed. */
export class Erasure {
  constructor(private readonly parts: ErasureParts) {}

  /**
   * @returns null when nobody has this id
   * @throws GatewayError REAUTHENTICATION_REQUIRED
   */
  async byAdmin(caller: AdminCaller, employeeId: number): Promise<Erased | null> {
    const { store, clock } = this.parts;
    requireFresh(caller, clock);
    return this.erase(employeeId, async (manager) => {
      await requireLiveAdmin(manager, store.dialect, caller);
      const actor = adminParty({ id: caller.adminId, email: caller.email });
      return this.eraseIn(manager, employeeId, actor);
    });
  }

  /** @returns null when nobody has this id */
  byCommand(employeeId: number): Promise<Erased | null> {
    return this.erase(employeeId, (manager) => this.eraseIn(manager, employeeId, COMMAND_LINE));
  }

  /** @returns the id of the person with this personnel number, or undefined */
  find(personnelNumber: string): Promise<number | undefined> {
    return personNumbered((query) => this.parts.store.read(query), personnelNumber);
  }

  private async erase(
    employeeId: number,
    work: (manager: Transaction) => Promise<Erased | null>,
  ): Promise<Erased | null> {
    const { store } = this.parts;
    const erased = await store.write(work);
    // Even for somebody who was erased before: the process may have ended before it came to this.
    if (erased || (await wasErased((query) => store.read(query), employeeId))) {
      await scrubDeleted(store, notScrubbed(employeeId));
    }
    return erased;
  }

  private async eraseIn(manager: Transaction, employeeId: number, actor: AuditParty): Promise<Erased | null> {
    const { store, clock, audit } = this.parts;
    const counts = await erasePerson(runIn(manager, store.dialect), store.dialect, employeeId, clock.now());
    if (!counts) return null;
    await audit.append(manager, {
      action: 'EMPLOYEE_ERASED',
      actor,
      subject: { kind: 'EMPLOYEE', id: String(employeeId), name: null },
      after: { ...counts },
    });
    return { employeeId, ...counts };
  }
}

function notScrubbed(employeeId: number): string {
  return `The person with id ${employeeId} is erased, but may still stand in the files of the store. Erase the same id again.`;
}
