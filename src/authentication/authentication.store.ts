import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import sql, { join, type Sql } from 'sql-template-tag';
import { later, type Clock } from '../clock';
import { holdForToken } from '../credentials/credential-rows.store';
import { readGrants } from '../credentials/grants.store';
import { currentPepper, type KeyRing } from '../credentials/key-ring';
import { newAccessToken, sameVerifier, verifier } from '../credentials/secret';
import type { CredentialCaller } from '../permissions/caller';
import type { DenialMode, Grants } from '../permissions/grants';
import { runIn } from '../store/statement';
import type { Row, Store } from '../store/store';
import { heldVersion } from './live.store';

/** Who a token or secret belongs to, and whether it may be used now. */
export type Identification =
  | { readonly outcome: 'KNOWN'; readonly caller: CredentialCaller }
  | { readonly outcome: 'DISABLED' }
  | { readonly outcome: 'UNKNOWN' };

const UNKNOWN: Identification = { outcome: 'UNKNOWN' };
/** How many credentials' grants are remembered, each under the version that it belongs to. */
const REMEMBERED_GRANTS = 10_000;
/** No refusal of a secret comes sooner: how long the work took is not to be seen in the time of the answer. */
const REFUSAL_MILLISECONDS = 5;

/** Finds out which credential a token or secret belongs to. */
export class AuthenticationStore {
  private readonly grants = new LRUCache<string, Grants>({ max: REMEMBERED_GRANTS });
  // Compared with when the client id is unknown, so that the work is the same whether or not it exists.
  private readonly nobody: string;

  constructor(
    private readonly store: Store,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {
    this.nobody = verifier(currentPepper(keys).bytes, newAccessToken());
  }

  async byToken(token: string): Promise<Identification> {
    const now = this.clock.now();
    const macs = this.keys.peppers.map((pepper) => verifier(pepper.bytes, token));
    const [row] = await this.store.read(
      sql`SELECT t.id AS token_id, ${CREDENTIAL_COLUMNS} FROM access_token t
        JOIN credential_secret s ON s.id = t.secret_id JOIN credential c ON c.id = t.credential_id
        WHERE t.mac IN (${join(macs)}) AND t.expires_at > ${now} AND t.token_epoch = c.token_epoch
          AND (s.expires_at IS NULL OR s.expires_at > ${now})`,
    );
    if (!row) return UNKNOWN;
    return this.identify(row, { kind: 'token', tokenId: row['token_id'] as string }, () => this.byToken(token));
  }

  /** Takes the same steps, and the same time, whether the client id is unknown, the secret wrong or the credential off. */
  async bySecret(clientId: string, secret: string): Promise<Identification> {
    const earliest = sleep(REFUSAL_MILLISECONDS);
    const identification = await this.compareSecret(clientId, secret);
    if (identification.outcome !== 'KNOWN') await earliest;
    return identification;
  }

  private async compareSecret(clientId: string, secret: string): Promise<Identification> {
    const now = this.clock.now();
    const rows = await this.store.read(
      sql`SELECT s.id AS secret_id, s.mac, s.pepper_id, ${CREDENTIAL_COLUMNS} FROM credential c
        JOIN credential_secret s ON s.credential_id = c.id
        WHERE c.client_id = ${storable(clientId)} AND (s.expires_at IS NULL OR s.expires_at > ${now})`,
    );
    const matches = this.keys.peppers.flatMap((pepper) => {
      const mac = verifier(pepper.bytes, secret);
      sameVerifier(mac, this.nobody);
      return rows.filter((row) => row['pepper_id'] === pepper.id && sameVerifier(mac, row['mac'] as string));
    });
    const [row] = matches;
    if (!row) return UNKNOWN;
    const shown = { kind: 'secret', secretId: row['secret_id'] as string } as const;
    return this.identify(row, shown, () => this.compareSecret(clientId, secret));
  }

  /**
   * Issues an access token to a caller that showed its secret.
   *
   * @returns the token, which only its holder knows from here on, and its lifetime in seconds; undefined when the secret or the
   *   credential has ended since it was shown
   */
  async issueToken(
    caller: CredentialCaller,
    seconds: number,
  ): Promise<{ readonly token: string; readonly expiresIn: number } | undefined> {
    const { credentialId, proof, tokenEpoch } = caller;
    if (proof.kind !== 'secret') throw new Error('A token is issued for a secret.');
    const token = newAccessToken();
    const mac = verifier(currentPepper(this.keys).bytes, token);
    const isIssued = await this.store.write(async (manager) => {
      const run = runIn(manager, this.store.dialect);
      // Otherwise a secret that has just ended would be named by a token.
      await holdForToken(run, this.store.dialect, credentialId);
      const now = this.clock.now();
      if ((await heldVersion(run, { proof, now })) === undefined) return false;
      await run(sql`DELETE FROM access_token WHERE credential_id = ${credentialId} AND expires_at <= ${now}`);
      await run(sql`INSERT INTO access_token (id, mac, credential_id, secret_id, token_epoch, issued_at, expires_at)
        VALUES (${randomUUID()}, ${mac}, ${credentialId}, ${proof.secretId}, ${tokenEpoch}, ${now},
          ${later(now, seconds)})`);
      return true;
    });
    return isIssued ? { token, expiresIn: seconds } : undefined;
  }

  /** Ends a token of this credential; a token of another, or none at all, is left alone. RFC 7009 section 2.2. */
  async revokeToken(caller: CredentialCaller, token: string): Promise<void> {
    const macs = this.keys.peppers.map((pepper) => verifier(pepper.bytes, token));
    await this.store.write((manager) =>
      runIn(
        manager,
        this.store.dialect,
      )(sql`DELETE FROM access_token WHERE mac IN (${join(macs)}) AND credential_id = ${caller.credentialId}`),
    );
  }

  private async identify(row: Row, shown: ShownProof, again: () => Promise<Identification>): Promise<Identification> {
    const expiresAt = row['expires_at'] as string | null;
    if (!row['enabled'] || (expiresAt !== null && expiresAt <= this.clock.now())) return { outcome: 'DISABLED' };
    const credentialId = row['credential_id'] as string;
    const known = await this.grantsOf(credentialId, row['permission_version'] as number);
    if (!known) return UNKNOWN;
    // Between the two statements the credential changed: its row, with the denial mode, belongs to the version before.
    if (known.permissionVersion !== row['permission_version']) return again();
    return {
      outcome: 'KNOWN',
      caller: {
        kind: 'credential',
        credentialId,
        clientId: row['client_id'] as string,
        name: row['name'] as string,
        denialMode: row['denial_mode'] as DenialMode,
        expiresAt,
        tokenEpoch: row['token_epoch'] as number,
        grants: known.grants,
        proof: { ...shown, permissionVersion: known.permissionVersion },
      },
    };
  }

  // A version's grants never change, so remembering them can never make a decision stale.
  private async grantsOf(
    credentialId: string,
    permissionVersion: number,
  ): Promise<{ readonly permissionVersion: number; readonly grants: Grants } | null> {
    const remembered = this.grants.get(`${credentialId} ${permissionVersion}`);
    if (remembered) return { permissionVersion, grants: remembered };
    const read = await readGrants(this.store, credentialId);
    if (read) this.grants.set(`${credentialId} ${read.permissionVersion}`, read.grants);
    return read;
  }
}

/** PostgreSQL has no text with NUL in it, and refuses a statement that compares with one. The empty text is nobody's, too. */
function storable(text: string): string {
  return text.includes('\0') ? '' : text;
}

type ShownProof =
  { readonly kind: 'token'; readonly tokenId: string } | { readonly kind: 'secret'; readonly secretId: string };

const CREDENTIAL_COLUMNS: Sql = sql`c.id AS credential_id, c.client_id, c.name, c.enabled, c.expires_at,
  c.denial_mode, c.permission_version, c.token_epoch`;
