/** Everything that the audit log records. */
export const AUDIT_ACTIONS = [
  'ADMIN_CREATED',
  'ADMIN_UPDATED',
  'ADMIN_DISABLED',
  'ADMIN_ENABLED',
  'PASSWORD_CHANGED',
  'PASSWORD_RESET',
  'SIGNED_IN',
  'SIGN_IN_REFUSED',
  'SIGNED_OUT',
  'SESSION_ENDED',
  'REAUTHENTICATED',
  'CREDENTIAL_CREATED',
  'CREDENTIAL_UPDATED',
  'CREDENTIAL_ENABLED',
  'CREDENTIAL_DISABLED',
  'CREDENTIAL_DELETED',
  'ACCESS_REQUESTED',
  'ACCESS_APPROVED',
  'ACCESS_REFUSED',
  'SECRET_REVEALED',
  'SECRET_ROTATED',
  'SECRET_REVOKED',
  'TOKENS_ENDED',
  'TOKENS_ISSUED',
  'ATTRIBUTE_DENIED',
  'ATTRIBUTE_CREATED',
  'ATTRIBUTE_UPDATED',
  'ATTRIBUTE_RETIRED',
  'INTEGRATION_CREATED',
  'INTEGRATION_UPDATED',
  'INTEGRATION_DELETED',
  'FEATURE_CHANGED',
  'SHOW_ONCE_CHANGED',
  'KEYS_ROTATED',
  'EMPLOYEE_PREVIEWED',
  'EMPLOYEES_IMPORTED',
  'ABSENCES_IMPORTED',
  'ATTENDANCES_IMPORTED',
  'EMPLOYEE_ERASED',
  'AUDIT_EXPORTED',
  'STORE_BACKED_UP',
  'STORE_RESTORED',
  'STORE_COPIED',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const AUDIT_PARTY_KINDS = [
  'ADMIN',
  'CREDENTIAL',
  'COMMAND_LINE',
  'ANONYMOUS',
  'INTEGRATION',
  'ATTRIBUTE',
  'EMPLOYEE',
  'FEATURE',
  'GATEWAY',
] as const;

/** Who did something, or what it was done to. */
export interface AuditParty {
  readonly kind: (typeof AUDIT_PARTY_KINDS)[number];
  readonly id: string | null;
  readonly name: string | null;
}

export const COMMAND_LINE: AuditParty = { kind: 'COMMAND_LINE', id: null, name: null };
export const GATEWAY: AuditParty = { kind: 'GATEWAY', id: null, name: null };
export const ANONYMOUS: AuditParty = { kind: 'ANONYMOUS', id: null, name: null };

export type AuditJson =
  string | number | boolean | null | readonly AuditJson[] | { readonly [key: string]: AuditJson | undefined };

/** What happened. Settings and permissions before and after; never a secret, and never an attribute's value. */
export interface AuditDraft {
  readonly action: AuditAction;
  readonly actor: AuditParty;
  readonly subject?: AuditParty;
  readonly before?: AuditJson;
  readonly after?: AuditJson;
  /** How many times, for what is counted instead of told one by one. */
  readonly count?: number;
}

/** A link of the chain. */
export interface AuditEvent {
  /** Counts up by one from 1, without gaps. */
  readonly sequence: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly action: AuditAction;
  readonly actor: AuditParty;
  readonly subject: AuditParty | null;
  readonly before: AuditJson;
  readonly after: AuditJson;
  readonly count: number;
  /** Of the event before this one; 64 zeros before the first. */
  readonly previousHash: string;
  /** SHA-256 over everything above, hexadecimal. */
  readonly hash: string;
}
