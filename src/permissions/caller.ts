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

export interface AnonymousCaller {
  readonly kind: 'anonymous';
}

/** Who sent a request. */
export type Caller = AnonymousCaller | CredentialCaller;
