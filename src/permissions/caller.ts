import type { AdminRole } from '../admins/admin';
import type { DenialMode, Grants } from './grants';

/** What a data statement must find still true in its own snapshot before it returns a row. */
export type LiveProof =
  | { readonly kind: 'token'; readonly tokenId: string; readonly permissionVersion: number }
  | { readonly kind: 'secret'; readonly secretId: string; readonly permissionVersion: number };

/** An integration that proved who it is with a token or with its client id and secret. */
export interface CredentialCaller {
  readonly kind: 'credential';
  readonly credentialId: string;
  readonly clientId: string;
  readonly name: string;
  readonly denialMode: DenialMode;
  readonly expiresAt: string | null;
  /** Tokens carry the epoch of their issue; ending all tokens starts a new one. */
  readonly tokenEpoch: number;
  readonly grants: Grants;
  readonly proof: LiveProof;
}

/** A person who is signed in and manages credentials. Never reads employee data as an integration does. */
export interface AdminCaller {
  readonly kind: 'admin';
  readonly adminId: string;
  readonly email: string;
  readonly name: string;
  readonly role: AdminRole;
  readonly sessionId: string;
  /** When the password was last shown; the acts that need it fresh ask again. */
  readonly authenticatedAt: string;
}

export interface AnonymousCaller {
  readonly kind: 'anonymous';
}

/** Who sent a request. */
export type Caller = AnonymousCaller | CredentialCaller | AdminCaller;
