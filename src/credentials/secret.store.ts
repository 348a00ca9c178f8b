import { randomUUID } from 'node:crypto';
import sql, { join } from 'sql-template-tag';
import { later, type Clock } from '../clock';
import { runIn, type Run } from '../store/statement';
import type { Row, Store, Transaction } from '../store/store';
import type { CredentialId } from './credential';
import { currentPepper, type KeyRing } from './key-ring';
import { insertSealed, isShowOnce, lockShowOnce, readSealed } from './sealed-secret.store';
import { open, seal, type SealedSecret, type SecretPlace } from './sealed-secret';
import { newSecret, verifier } from './secret';

export type SecretId = string;

/** A live secret, as far as it can be told in a list. */
export interface SecretSummary {
  readonly id: SecretId;
  readonly createdAt: string;
  /** When a rotation's overlap ends; null while it is the current one. */
  readonly expiresAt: string | null;
  /** Whether it can be shown again. */
  readonly revealable: boolean;
}

/** How long the old secret goes on working beside the new one. */
export const OVERLAPS = ['NONE', 'ONE_HOUR', 'ONE_DAY', 'SEVEN_DAYS', 'COMPROMISED'] as const;
export type Overlap = (typeof OVERLAPS)[number];

const OVERLAP_SECONDS: Readonly<Partial<Record<Overlap, number>>> = {
  ONE_HOUR: 60 * 60,
  ONE_DAY: 24 * 60 * 60,
  SEVEN_DAYS: 7 * 24 * 60 * 60,
};

/** The most live secrets of a credential: the current one, and one that is on its way out. */
const MOST_SECRETS = 2;

/** A secret that was asked for again. */
export type Opened =
  | { readonly outcome: 'OPEN'; readonly secretId: SecretId; readonly secret: string }
  | { readonly outcome: 'UNKNOWN' | 'SHOWN_ONCE' | 'KEY_MISSING' };

/** Keeps secrets: verifiers of all, and the sealed text of those that can be shown again. */
export class SecretStore {
  constructor(
    private readonly store: Store,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** Makes a further secret of a credential. @returns it; from here on, only its holder and its seal know it */
  async issueIn(manager: Transaction, credentialId: CredentialId): Promise<string> {
    const run = runIn(manager, this.store.dialect);
    const [id, secret, pepper] = [randomUUID(), newSecret(), currentPepper(this.keys)];
    await run(
      sql`INSERT INTO credential_secret (id, credential_id, mac, pepper_id, created_at, expires_at)
        VALUES (${id}, ${credentialId}, ${verifier(pepper.bytes, secret)}, ${pepper.id}, ${this.clock.now()}, NULL)`,
    );
    const [wrapping] = this.keys.encryptionKeys;
    await this.holdModeIn(manager);
    if (wrapping && !(await isShowOnce(run))) {
      await insertSealed(run, id, seal(secret, { credentialId, secretId: id }, wrapping));
    }
    return secret;
  }

  /** The live secrets of several credentials, the current one first. */
  async live(ids: readonly CredentialId[]): Promise<ReadonlyMap<CredentialId, readonly SecretSummary[]>> {
    return this.liveBy((query) => this.store.read(query), ids);
  }

  /** The same of one that is locked in this transaction. */
  async liveIn(manager: Transaction, id: CredentialId): Promise<readonly SecretSummary[]> {
    await this.holdModeIn(manager);
    return (await this.liveBy(runIn(manager, this.store.dialect), [id])).get(id) ?? [];
  }

  /**
   * Issues a new secret and gives the old one the rest of its life.
   *
   * @returns null when two are live and the old one is to go on: a third never is
   */
  async rotateIn(manager: Transaction, id: CredentialId, overlap: Overlap): Promise<string | null> {
    const run = runIn(manager, this.store.dialect);
    const seconds = OVERLAP_SECONDS[overlap];
    const live = await this.liveIn(manager, id);
    if (seconds !== undefined && live.length >= MOST_SECRETS) return null;
    const until = seconds === undefined ? this.clock.now() : later(this.clock.now(), seconds);
    await run(
      sql`UPDATE credential_secret SET expires_at = ${until}
        WHERE credential_id = ${id} AND (expires_at IS NULL OR expires_at > ${until})`,
    );
    // With a dead secret goes its seal, and with it every token that it was exchanged for.
    await run(sql`DELETE FROM credential_secret WHERE credential_id = ${id} AND expires_at <= ${this.clock.now()}`);
    if (overlap === 'COMPROMISED') await this.endTokensIn(manager, id);
    return this.issueIn(manager, id);
  }

  /** Ends a secret and the tokens that it was exchanged for. @returns false when the credential has no such live secret */
  async revokeIn(manager: Transaction, id: CredentialId, secretId: SecretId): Promise<boolean> {
    const isLive = (await this.liveIn(manager, id)).some((secret) => secret.id === secretId);
    if (isLive) await runIn(manager, this.store.dialect)(sql`DELETE FROM credential_secret WHERE id = ${secretId}`);
    return isLive;
  }

  /** Ends every token of a credential. One that is issued at this very moment carries the old epoch, and is dead as well. */
  async endTokensIn(manager: Transaction, id: CredentialId): Promise<void> {
    const run = runIn(manager, this.store.dialect);
    await run(sql`UPDATE credential SET token_epoch = token_epoch + 1 WHERE id = ${id}`);
    await run(sql`DELETE FROM access_token WHERE credential_id = ${id}`);
  }

  /** Keeps the show-once mode as it is until the transaction ends. Before anything that touches seals. */
  async holdModeIn(manager: Transaction): Promise<void> {
    await lockShowOnce(runIn(manager, this.store.dialect), this.store.dialect, 'shared');
  }

  /** Opens a live secret. @param secretId the current one when it is null */
  async openIn(manager: Transaction, id: CredentialId, secretId: SecretId | null): Promise<Opened> {
    const live = await this.liveIn(manager, id);
    const secret = secretId === null ? live[0] : live.find((one) => one.id === secretId);
    if (!secret) return { outcome: 'UNKNOWN' };
    const sealed = await readSealed(runIn(manager, this.store.dialect), secret.id);
    if (!sealed) return { outcome: 'SHOWN_ONCE' };
    const text = openWith(this.keys, sealed, { credentialId: id, secretId: secret.id });
    return text === undefined ? { outcome: 'KEY_MISSING' } : { outcome: 'OPEN', secretId: secret.id, secret: text };
  }

  private async liveBy(
    run: Run,
    ids: readonly CredentialId[],
  ): Promise<ReadonlyMap<CredentialId, readonly SecretSummary[]>> {
    if (ids.length === 0) return new Map();
    const rows = await run(
      sql`SELECT s.credential_id, s.id, s.created_at, s.expires_at, e.key_id FROM credential_secret s
        LEFT JOIN sealed_secret e ON e.secret_id = s.id
        WHERE s.credential_id IN (${join([...ids])}) AND (s.expires_at IS NULL OR s.expires_at > ${this.clock.now()})
        ORDER BY CASE WHEN s.expires_at IS NULL THEN 0 ELSE 1 END, s.created_at DESC, s.id`,
    );
    const keys = new Set(this.keys.encryptionKeys.map((key) => key.id));
    return new Map(ids.map((id) => [id, rows.filter((row) => row['credential_id'] === id).map(summaryWith(keys))]));
  }
}

function summaryWith(keys: ReadonlySet<string>): (row: Row) => SecretSummary {
  return (row) => ({
    id: row['id'] as SecretId,
    createdAt: row['created_at'] as string,
    expiresAt: row['expires_at'] as string | null,
    revealable: keys.has(row['key_id'] as string),
  });
}

// A row that was changed or moved opens with no key, and is told like one whose key is missing.
function openWith({ encryptionKeys }: KeyRing, sealed: SealedSecret, place: SecretPlace): string | undefined {
  const wrapping = encryptionKeys.find(({ id }) => id === sealed.keyId);
  try {
    return wrapping && open(sealed, place, wrapping);
  } catch {
    return undefined;
  }
}

/** Whether the store holds a verifier, so that the keys it was made with must be found again. */
export async function hasSecrets(store: Store): Promise<boolean> {
  const rows = await store.read(sql`SELECT 1 AS present FROM credential_secret LIMIT 1`);
  return rows.length > 0;
}

/** Whether the keys are those that the store's secrets were made with: one of them, if there is any, can be checked. */
export async function keysFit(store: Store, { peppers }: Pick<KeyRing, 'peppers'>): Promise<boolean> {
  const known = join(peppers.map(({ id }) => id));
  const rows = await store.read(
    sql`SELECT 1 AS present WHERE EXISTS (SELECT 1 FROM credential_secret WHERE pepper_id IN (${known}))
      OR NOT EXISTS (SELECT 1 FROM credential_secret)`,
  );
  return rows.length > 0;
}
