import sql, { type Sql } from 'sql-template-tag';
import type { LiveProof } from '../permissions/caller';
import type { PreparedStatement } from '../store/prepared-reader';
import type { Dialect } from '../store/store';
import { LiveSlot, type Occasion } from './live-slot';

/** A statement that is written once and run many times, each time with the live check of whoever asks. */
export class LiveStatement {
  private readonly written = new Map<LiveProof['kind'], PreparedStatement>();

  /** @param query a SELECT of at most one row; its values may be slots */
  constructor(
    private readonly query: Sql,
    private readonly dialect: Dialect,
  ) {}

  for(occasion: Occasion): PreparedStatement {
    const { text, values } = this.of(occasion.proof.kind);
    return { text, values: values.map((value) => (value instanceof LiveSlot ? value.fill(occasion) : value)) };
  }

  private of(kind: LiveProof['kind']): PreparedStatement {
    const known = this.written.get(kind);
    if (known) return known;
    const written = numbered(checkedRow(this.query, { kind, ...SLOTS }), this.dialect === 'sqlite' ? '?' : '$');
    this.written.set(kind, written);
    return written;
  }
}

/** Writes a query with numbered parameters, one for each slot wherever it stands, so that no value is bound twice. */
function numbered({ strings, values }: Sql, mark: '?' | '$'): PreparedStatement {
  const bound: unknown[] = [];
  const placeOf = (value: unknown) => {
    const known = value instanceof LiveSlot ? bound.indexOf(value) : -1;
    return known === -1 ? bound.push(value) : known + 1;
  };
  const text = values.map((value, index) => `${mark}${placeOf(value)}${strings[index + 1] ?? ''}`).join('');
  return { text: (strings[0] ?? '') + text, values: bound };
}

const SLOTS = {
  proofId: new LiveSlot(({ proof }) => (proof.kind === 'token' ? proof.tokenId : proof.secretId)),
  now: new LiveSlot(({ now }) => now),
  version: new LiveSlot(({ proof }) => proof.permissionVersion),
};

/** What the live check compares with: values, or slots for them. */
interface Checked {
  readonly kind: LiveProof['kind'];
  readonly proofId: unknown;
  readonly now: unknown;
  readonly version: unknown;
}

export function valuesOf({ proof, now }: Occasion): Checked {
  const proofId = proof.kind === 'token' ? proof.tokenId : proof.secretId;
  return { kind: proof.kind, proofId, now, version: proof.permissionVersion };
}

/**
 * Adds the live check to a query. No row: whoever asks is not alive. Else `live_version` is the credential's permission
 * version, and the query's rows are there when it is the one that was decided on; `live_present` tells them from none.
 *
 * @param order of the rows, by their column names; a subquery's own order is not kept
 */
export function checked(query: Sql, check: Checked, order?: Sql): Sql {
  return sql`WITH live AS (${liveCredential(check)})
    SELECT live.live_version, data.* FROM live
    LEFT JOIN (SELECT 1 AS live_present, q.* FROM (${query}) q) data ON live.live_version = ${bound(check.version)}
    ${order ? sql`ORDER BY ${order}` : sql``}`;
}

// The same for a query of at most one row, whose columns are all null when it has none: SQLite computes what stands in a
// subquery of a subquery twice.
function checkedRow(query: Sql, check: Checked): Sql {
  return sql`WITH live AS (${liveCredential(check)})
    SELECT live.live_version, data.* FROM live LEFT JOIN (${query}) data ON live.live_version = ${bound(check.version)}`;
}

/** A SELECT of one row, the credential's permission version, as long as proof and credential are alive. */
export function liveCredential({ kind, proofId, now }: Omit<Checked, 'version'>): Sql {
  const [id, moment] = [bound(proofId), bound(now)];
  const alive = sql`c.enabled AND (c.expires_at IS NULL OR c.expires_at > ${moment})
    AND (s.expires_at IS NULL OR s.expires_at > ${moment})`;
  if (kind === 'secret') {
    return sql`SELECT c.permission_version AS live_version FROM credential_secret s
      JOIN credential c ON c.id = s.credential_id WHERE s.id = ${id} AND ${alive}`;
  }
  return sql`SELECT c.permission_version AS live_version FROM access_token t
    JOIN credential_secret s ON s.id = t.secret_id JOIN credential c ON c.id = t.credential_id
    WHERE t.id = ${id} AND t.expires_at > ${moment} AND t.token_epoch = c.token_epoch AND ${alive}`;
}

function bound(value: unknown): Sql {
  return sql`${value}`;
}
