import { COMMAND_LINE, GATEWAY } from '../audit/audit-event';
import type { AuditLog } from '../audit/audit.store';
import { UsageError } from '../errors';
import { runIn } from '../store/statement';
import type { Store } from '../store/store';
import { newKey, type Key, type KeyRing } from './key-ring';
import { rewrap, type SealedSecret, type SecretPlace } from './sealed-secret';
import { lockSealedUnder, updateWrapping, wrappingKeysInUse } from './sealed-secret.store';

export interface KeyRotationParts {
  readonly store: Store;
  readonly audit: AuditLog;
  /** Puts a changed key ring in the place of the old one; absent where the keys come from the environment. */
  readonly replaceKeys?: (change: (before: KeyRing) => KeyRing) => KeyRing;
  readonly keys: KeyRing;
}

/** What a rotation did. */
export interface KeyRotationReport {
  /** The ids of the keys in use from now on. */
  readonly encryptionKey: string;
  readonly pepper: string;
  /** Secrets whose key is wrapped by the new one now. */
  readonly rewrapped: number;
  /** Secrets that could not be, because their key is missing or they were tampered with. They go on working. */
  readonly unreadable: number;
}

interface Count {
  rewrapped: number;
  unreadable: number;
}

/** Secrets that are rewrapped in one transaction. */
const BATCH = 500;

/** Brings new keys into use. No secret is opened for it, and none stops working. */
export class KeyRotation {
  constructor(private readonly parts: KeyRotationParts) {}

  /**
   * @param peppers whether verifiers get a new key as well: those that exist keep theirs
   * @throws UsageError when there is no key to rotate to
   */
  async rotate({ peppers }: { readonly peppers: boolean }): Promise<KeyRotationReport> {
    const { keys, replaceKeys, store } = this.parts;
    const inUse = await wrappingKeysInUse((query) => store.read(query));
    const ring = replaceKeys?.((before) => withNewKeys(before, inUse, peppers)) ?? keys;
    const [current] = ring.encryptionKeys;
    const [pepper] = ring.peppers;
    if (!current || !pepper) throw new UsageError('FIELDGATE_KEYS has no encryption key: put one in front first.');
    const count = await this.rewrapAll(ring, current);
    const report = { encryptionKey: current.id, pepper: pepper.id, ...count };
    await store.write((manager) =>
      this.parts.audit.append(manager, {
        action: 'KEYS_ROTATED',
        actor: COMMAND_LINE,
        subject: GATEWAY,
        after: { ...report },
      }),
    );
    return report;
  }

  private async rewrapAll(ring: KeyRing, current: Key): Promise<Count> {
    const { store } = this.parts;
    const count: Count = { rewrapped: 0, unreadable: 0 };
    let after = '';
    for (;;) {
      const last = await store.write(async (manager) => {
        const run = runIn(manager, store.dialect);
        const batch = await lockSealedUnder(run, store.dialect, { otherThan: current.id, after, size: BATCH });
        for (const sealed of batch) {
          const rewrapped = rewrappedTo(current, sealed, ring);
          if (rewrapped) await updateWrapping(run, sealed.secretId, rewrapped);
          count[rewrapped ? 'rewrapped' : 'unreadable'] += 1;
        }
        return batch.at(-1)?.secretId;
      });
      if (last === undefined) return count;
      after = last;
    }
  }
}

function rewrappedTo(current: Key, sealed: SealedSecret & SecretPlace, ring: KeyRing): SealedSecret | undefined {
  const from = ring.encryptionKeys.find(({ id }) => id === sealed.keyId);
  try {
    return from && rewrap(sealed, sealed, from, current);
  } catch {
    return undefined;
  }
}

// The key before stays, because a gateway that has not noticed yet may seal with it for another second. Older ones stay as
// long as something needs them. Peppers always stay: tokens and sessions do not say which one they were made with.
function withNewKeys(before: KeyRing, inUse: ReadonlySet<string>, peppers: boolean): KeyRing {
  const kept = before.encryptionKeys.filter(({ id }, index) => index === 0 || inUse.has(id));
  return {
    cursorKey: before.cursorKey,
    peppers: peppers ? [newKey(), ...before.peppers] : before.peppers,
    encryptionKeys: [newKey(), ...kept],
  };
}
