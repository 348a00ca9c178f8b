import sql from 'sql-template-tag';
import { later, type Clock } from '../clock';
import { GatewayError } from '../errors';
import { unauthenticated } from '../permissions/admit';
import type { AdminCaller } from '../permissions/caller';
import { runIn } from '../store/statement';
import type { Dialect, Transaction } from '../store/store';

/** How long a shown password counts as just shown, in seconds. */
const FRESH_SECONDS = 5 * 60;

/**
 * Makes sure, inside the transaction of a change, that the admin who asks for it is still signed in, enabled and of the same
 * role: a disable that was answered before this started is never overtaken.
 *
 * @throws GatewayError UNAUTHENTICATED
 */
export async function requireLiveAdmin(manager: Transaction, dialect: Dialect, caller: AdminCaller): Promise<void> {
  const lock = dialect === 'postgres' ? sql`FOR SHARE OF a` : sql``;
  const rows = await runIn(
    manager,
    dialect,
  )(
    sql`SELECT a.id FROM admin a JOIN admin_session s ON s.admin_id = a.id
      WHERE a.id = ${caller.adminId} AND s.id = ${caller.sessionId} AND a.enabled AND a.role = ${caller.role} ${lock}`,
  );
  if (rows.length === 0) throw unauthenticated();
}

/**
 * Makes sure that the admin has shown the password within the last five minutes.
 *
 * @throws GatewayError REAUTHENTICATION_REQUIRED
 */
export function requireFresh(caller: AdminCaller, clock: Clock): void {
  if (caller.authenticatedAt <= later(clock.now(), -FRESH_SECONDS)) {
    throw new GatewayError('REAUTHENTICATION_REQUIRED', 'Show your password again: this needs it within five minutes.');
  }
}
