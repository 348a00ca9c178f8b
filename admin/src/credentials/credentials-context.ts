import { useOutletContext } from 'react-router';
import type { CredentialRow } from './credential.operations';

/** What the drawer and the list behind it have to tell each other. */
export interface CredentialsContext {
  readonly reload: () => void;
  readonly patch: (id: string, change: Partial<CredentialRow>) => void;
  /** Secrets that were just made, by credential: in memory only, and only while the list is open. */
  readonly freshSecrets: Map<string, string>;
}

export function useCredentialsContext(): CredentialsContext {
  return useOutletContext<CredentialsContext>();
}
