import { z } from 'zod';
import { ADMIN_ROLES, type AdminRole } from '../admins/admin';
import type { AuditEvent, AuditJson } from '../audit/audit-event';
import { parseFeatureSwitch, type FeatureSwitch } from '../settings/feature-switch';
import { readRowId } from '../store/row-id';

const withRole = z.object({ role: z.enum(ADMIN_ROLES) });
const withShowOnce = z.object({ showOnce: z.literal(true) });

/** Gathers, event by event, what was taken away otherwise than by switching somebody off. */
export class TakenAway {
  /** The keys of attributes that were taken out of use. */
  readonly attributes = new Set<string>();
  /** The ids of people who were erased. */
  readonly people = new Set<number>();
  /** The ids of admins whose account at the identity provider was unlinked, or replaced by another one. */
  readonly identities = new Set<string>();
  /** The last known role of each admin, by id. */
  readonly roles = new Map<string, AdminRole>();
  /** Whether the seals of secrets were deleted, even if the mode was left again. */
  seals = false;
  /** The feature switch as it was in the end, if anybody changed it. */
  feature: FeatureSwitch | undefined;

  note({ action, subject, after }: AuditEvent): void {
    const id = subject?.id ?? '';
    switch (action) {
      case 'ATTRIBUTE_RETIRED':
        this.attributes.add(id);
        break;
      case 'EMPLOYEE_ERASED':
        this.notePerson(id);
        break;
      case 'IDENTITY_LINKED':
      case 'IDENTITY_UNLINKED':
        this.identities.add(id);
        break;
      case 'ADMIN_UPDATED':
      case 'ADMIN_DISABLED':
      case 'ADMIN_ENABLED':
        this.noteRole(id, after);
        break;
      case 'SHOW_ONCE_CHANGED':
        this.seals ||= withShowOnce.safeParse(after).success;
        break;
      case 'FEATURE_CHANGED':
        this.feature = parseFeatureSwitch(JSON.stringify(after));
        break;
      default:
    }
  }

  private notePerson(text: string): void {
    const id = readRowId(text);
    if (id !== undefined) this.people.add(id);
  }

  private noteRole(adminId: string, after: AuditJson): void {
    const { data } = withRole.safeParse(after);
    if (data) this.roles.set(adminId, data.role);
  }
}
