import { adminParty } from '../admins/admin';
import type { AuditParty } from '../audit/audit-event';
import { userError, type UserError } from '../operations/user-error';
import type { AdminCaller } from '../permissions/caller';
import { requireLiveAdmin } from '../sessions/live-admin.store';
import { isUniqueViolation } from '../store/statement';
import type { Store, Transaction } from '../store/store';
import type { CredentialSummary } from './credential';

/** What became of something that an admin asked for. */
export interface Changed {
  /** As it is now, also when somebody else was faster; null when there is none, or it was not made. */
  readonly credential: CredentialSummary | null;
  /** A secret that was issued. It is nowhere else in clear. */
  readonly secret?: string;
  readonly userErrors: readonly UserError[];
}

export const UNKNOWN_CREDENTIAL = userError(['id'], 'UNKNOWN', 'There is no credential with this id.');
export const NAME_TAKEN = userError(['name'], 'TAKEN', 'Another credential has this name.');

export function refusedChange(userErrors: readonly UserError[], credential: CredentialSummary | null = null): Changed {
  return { credential, userErrors };
}

/** Runs a change in one transaction, once it is certain there that the admin is still signed in with this role. */
export function managedTransaction<Result>(
  store: Store,
  caller: AdminCaller,
  work: (manager: Transaction, actor: AuditParty) => Promise<Result>,
): Promise<Result> {
  return store.write(async (manager) => {
    await requireLiveAdmin(manager, store.dialect, caller);
    return work(manager, adminParty({ id: caller.adminId, email: caller.email }));
  });
}

/** The same for one credential. Of two that want one name at the same moment, only the database can tell who is first. */
export async function managedChange(
  store: Store,
  caller: AdminCaller,
  work: (manager: Transaction, actor: AuditParty) => Promise<Changed>,
): Promise<Changed> {
  try {
    return await managedTransaction(store, caller, work);
  } catch (error) {
    if (isUniqueViolation(error)) return refusedChange([NAME_TAKEN]);
    throw error;
  }
}
