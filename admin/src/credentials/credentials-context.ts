import { useOutletContext } from 'react-router';
import type { Credential } from './credential.operations';
import type { Patch } from './use-credential-list';

/** What the drawer and the list behind it have to tell each other. */
export interface CredentialsContext {
  readonly reload: () => void;
  readonly patch: Patch;
  /** For one that is deleted: it can't be disabled with the others any more. */
  readonly deselect: (id: string) => void;
  /** Secrets that were just made, by their ids: in memory only, and only while the list is open. */
  readonly freshSecrets: ReadonlyMap<string, string>;
  /** Keeps the secret that was made for the credential as it was answered. */
  readonly keepFresh: (credential: Credential, secret: string | null) => void;
}

export function useCredentialsContext(): CredentialsContext {
  return useOutletContext<CredentialsContext>();
}

export function newestSecret({ secrets }: Credential): Credential['secrets'][number] | undefined {
  return secrets.reduce<Credential['secrets'][number] | undefined>(
    (latest, secret) => (!latest || secret.createdAt > latest.createdAt ? secret : latest),
    undefined,
  );
}
