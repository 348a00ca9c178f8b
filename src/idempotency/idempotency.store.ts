import { createHmac } from 'node:crypto';
import sql from 'sql-template-tag';
import { later } from '../clock';
import { GatewayError } from '../errors';
import type { Run } from '../store/statement';

/** What a client asks to be written. */
export interface WriteRequest {
  /** The mutation. */
  readonly operation: string;
  readonly input: unknown;
  /** What the client calls this request, so that it can send it again; null when it does not. */
  readonly key: string | null;
}

interface Sender {
  readonly credentialId: string;
  readonly now: string;
}

/** For how long a key is remembered. */
const REMEMBERED_SECONDS = 24 * 60 * 60;
const LONGEST_KEY = 200;

/** Makes sending a write again under its idempotency key harmless. */
export class IdempotencyStore {
  /** @param key of the HMACs of requests */
  constructor(private readonly macKey: Buffer) {}

  /**
   * Does `work` unless this credential had it done under this key within a day: then it answers what was answered then.
   *
   * @param run of the transaction that `work` writes in, so that either both are kept or neither
   * @throws GatewayError BAD_USER_INPUT for a key that is none, CONFLICT for one that was used for another request
   */
  async once<Outcome extends { readonly isKept: boolean }>(
    run: Run,
    sender: Sender,
    request: WriteRequest,
    work: () => Promise<Outcome>,
  ): Promise<Outcome> {
    if (request.key === null) return work();
    const claim = { ...sender, key: checked(request.key), mac: this.macOf(request) };
    const earlier = await claimed(run, claim);
    if (earlier !== undefined) return earlier as Outcome;
    const outcome = await work();
    await settle(run, claim, outcome);
    return outcome;
  }

  private macOf({ operation, input }: WriteRequest): string {
    return createHmac('sha256', this.macKey)
      .update(`write\n${JSON.stringify([operation, input])}`)
      .digest('base64url');
  }
}

function checked(key: string): string {
  if (key.length > 0 && key.length <= LONGEST_KEY && /^[\x20-\x7e]+$/.test(key)) return key;
  throw new GatewayError('BAD_USER_INPUT', `An idempotency key is 1 to ${LONGEST_KEY} printable ASCII characters.`, {
    argument: 'idempotencyKey',
  });
}

interface Claim extends Sender {
  readonly key: string;
  readonly mac: string;
}

// The insert comes first: of two at once the second waits there until the first is kept or gone.
async function claimed(run: Run, { credentialId, key, mac, now }: Claim): Promise<unknown> {
  await run(
    sql`DELETE FROM idempotency_key
      WHERE credential_id = ${credentialId} AND created_at <= ${later(now, -REMEMBERED_SECONDS)}`,
  );
  await run(
    sql`INSERT INTO idempotency_key (credential_id, key, request_mac, outcome, created_at)
      VALUES (${credentialId}, ${key}, ${mac}, '', ${now}) ON CONFLICT (credential_id, key) DO NOTHING`,
  );
  const [row] = await run(
    sql`SELECT request_mac, outcome FROM idempotency_key WHERE credential_id = ${credentialId} AND key = ${key}`,
  );
  if (row?.['request_mac'] !== mac) {
    throw new GatewayError('CONFLICT', 'This idempotency key was used for another request.', {
      reason: 'IDEMPOTENCY_KEY_REUSED',
    });
  }
  return row['outcome'] === '' ? undefined : (JSON.parse(row['outcome'] as string) as unknown);
}

// A write that was refused may be mended and sent again under its key.
async function settle(run: Run, { credentialId, key }: Claim, outcome: { readonly isKept: boolean }): Promise<void> {
  const mine = sql`WHERE credential_id = ${credentialId} AND key = ${key}`;
  await run(
    outcome.isKept
      ? sql`UPDATE idempotency_key SET outcome = ${JSON.stringify(outcome)} ${mine}`
      : sql`DELETE FROM idempotency_key ${mine}`,
  );
}
