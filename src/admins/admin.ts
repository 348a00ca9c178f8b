import type { AuditParty } from '../audit/audit-event';

/** OWNER manages admins too, MANAGER manages credentials, AUDITOR sees everything and changes nothing. */
export const ADMIN_ROLES = ['OWNER', 'MANAGER', 'AUDITOR'] as const;
export type AdminRole = (typeof ADMIN_ROLES)[number];

/** A person who manages credentials, as others see one. */
export interface Admin {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: AdminRole;
  readonly enabled: boolean;
  readonly createdAt: string;
  readonly lastSignInAt: string | null;
  readonly hasPassword: boolean;
  /** Whether an account at the identity provider is linked. */
  readonly hasIdentity: boolean;
}

export function adminParty({ id, email }: Pick<Admin, 'id' | 'email'>): AuditParty {
  return { kind: 'ADMIN', id, name: email };
}

/** What must be unique among admins: the email without regard to case and outer blanks. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}
