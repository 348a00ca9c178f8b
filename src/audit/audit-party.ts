import type { AdminCaller } from '../permissions/caller';
import type { AuditParty } from './audit-event';

/** An admin as the one who did something. */
export function adminParty({ adminId, name }: AdminCaller): AuditParty {
  return { kind: 'ADMIN', id: adminId, name };
}
