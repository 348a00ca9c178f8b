/** OWNER manages admins too, MANAGER manages credentials, AUDITOR sees everything and changes nothing. */
export const ADMIN_ROLES = ['OWNER', 'MANAGER', 'AUDITOR'] as const;
export type AdminRole = (typeof ADMIN_ROLES)[number];
