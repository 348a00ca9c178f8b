import { AttributeStore } from './attributes/attribute.store';
import { AuthenticationStore } from './authentication/authentication.store';
import { systemClock, type Clock } from './clock';
import type { Config } from './config';
import { CredentialStore, hasSecrets } from './credentials/credential.store';
import type { KeyRing } from './credentials/key-ring';
import { loadKeyRing } from './store/key-file';
import { openStore, type Store } from './store/store';

/** Everything that the gateway and the command line work with, joined. */
export interface House {
  readonly config: Config;
  readonly clock: Clock;
  readonly store: Store;
  readonly keys: KeyRing;
  readonly attributes: AttributeStore;
  readonly credentials: CredentialStore;
  readonly authentication: AuthenticationStore;
  close(): Promise<void>;
}

/**
 * Opens the store and constructs what works on it. The only place that constructs.
 *
 * @throws UsageError when the settings or keys cannot be used
 */
export async function openHouse(config: Config, clock: Clock = systemClock): Promise<House> {
  const store = await openStore(config);
  try {
    const keys = loadKeyRing(config, await hasSecrets(store));
    return {
      config,
      clock,
      store,
      keys,
      attributes: new AttributeStore(store),
      credentials: new CredentialStore(store, keys, clock),
      authentication: new AuthenticationStore(store, keys, clock),
      close: () => store.close(),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
