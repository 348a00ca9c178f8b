import sql, { type Sql } from 'sql-template-tag';
import type { Clock } from '../clock';
import { GatewayError } from '../errors';
import type { LiveProof } from '../permissions/caller';
import type { Row, Store } from '../store/store';

/** Why an operation may not go on: `LOST` means switched off, `CHANGED` means decided on grants that no longer hold. */
export type Interruption = 'LOST' | 'CHANGED';

/**
 * Reads data for one operation of one credential. Every statement requires, in its own snapshot, that the credential is
 * still enabled, unexpired and of the permission version that the operation was judged for. So once a disable has been
 * acknowledged, no statement that starts later returns data, in any process.
 */
export class LiveReader {
  private interruption: Interruption | undefined;

  constructor(
    private readonly store: Store,
    private readonly proof: LiveProof,
    private readonly clock: Clock,
  ) {}

  get interruptedBy(): Interruption | undefined {
    return this.interruption;
  }

  get dialect(): Store['dialect'] {
    return this.store.dialect;
  }

  /** @throws GatewayError once a statement of this operation found the credential changed: nothing later is served */
  assertLive(): void {
    if (this.interruption) throw new GatewayError('CREDENTIAL_DISABLED', 'This credential may not go on.');
  }

  /**
   * @param query a SELECT whose rows carry no column named `live_version` or `live_present`
   * @param order of the rows, by their column names; a subquery's own order is not kept
   * @throws GatewayError when the live check fails or the store cannot be read
   */
  async rows(query: Sql, order?: Sql): Promise<Row[]> {
    this.assertLive();
    const found = await this.store.read(this.checked(query, order));
    const version = found[0]?.['live_version'];
    if (version === undefined) this.interruption = 'LOST';
    else if (version !== this.proof.permissionVersion) this.interruption = 'CHANGED';
    this.assertLive();
    return found.filter((row) => row['live_present'] !== null);
  }

  private checked(query: Sql, order: Sql | undefined): Sql {
    const version = this.proof.permissionVersion;
    return sql`WITH live AS (${liveCredential(this.proof, this.clock.now())})
      SELECT live.live_version, data.* FROM live
      LEFT JOIN (SELECT 1 AS live_present, q.* FROM (${query}) q) data ON live.live_version = ${version}
      ${order ? sql`ORDER BY ${order}` : sql``}`;
  }
}

/** A SELECT of one row, the credential's permission version, as long as proof and credential are alive. */
function liveCredential(proof: LiveProof, now: string): Sql {
  const alive = sql`c.enabled AND (c.expires_at IS NULL OR c.expires_at > ${now})
    AND (s.expires_at IS NULL OR s.expires_at > ${now})`;
  if (proof.kind === 'secret') {
    return sql`SELECT c.permission_version AS live_version FROM credential_secret s
      JOIN credential c ON c.id = s.credential_id WHERE s.id = ${proof.secretId} AND ${alive}`;
  }
  return sql`SELECT c.permission_version AS live_version FROM access_token t
    JOIN credential_secret s ON s.id = t.secret_id JOIN credential c ON c.id = t.credential_id
    WHERE t.id = ${proof.tokenId} AND t.expires_at > ${now} AND t.token_epoch = c.token_epoch AND ${alive}`;
}
