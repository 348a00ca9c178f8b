import { randomUUID } from 'node:crypto';
import sql, { join, type Sql } from 'sql-template-tag';
import type { AuditJson } from '../audit/audit-event';
import type { AuditLog } from '../audit/audit.store';
import type { LiveReader, LiveTransaction } from '../authentication/live.store';
import { later } from '../clock';
import { credentialParty } from '../credentials/credential-change';
import type { CredentialId } from '../credentials/credential';
import { userError, type UserError } from '../operations/user-error';
import type { CredentialCaller } from '../permissions/caller';
import type { Run } from '../store/statement';
import type { Row, Store } from '../store/store';
import {
  checkAccessRequest,
  sameAccess,
  type AccessRequest,
  type AccessRequestInput,
  type AccessRequestState,
  type WantedAccess,
} from './access-request';

/** What became of asking; kept under an idempotency key as well. */
export interface Asked {
  readonly isKept: boolean;
  readonly request: AccessRequest | null;
  readonly userErrors: readonly UserError[];
}

/** A credential's request in the list of all that are open. */
export interface WaitingRequest {
  readonly credentialId: CredentialId;
  readonly credentialName: string;
  readonly request: AccessRequest;
}

/** The most requests of one credential that wait at once, and that it may send within a day. */
const MOST_OPEN = 5;
const MOST_A_DAY = 20;
const DAY = 24 * 60 * 60;
/** How many are shown at once. */
const MOST_SHOWN = 100;

const COLUMNS: Sql = sql`r.id, r.credential_id, r.created_at, r.reason, r.wanted, r.state, r.decided_at, r.note`;

/** Keeps what credentials ask for, and what became of it. */
export class AccessRequestStore {
  constructor(
    private readonly store: Store,
    private readonly audit: AuditLog,
  ) {}

  /** @param transaction of the credential, which holds it: so its requests are counted one after the other */
  async ask(transaction: LiveTransaction, caller: CredentialCaller, input: AccessRequestInput): Promise<Asked> {
    const { wanted, userErrors } = checkAccessRequest(input, caller.grants);
    if (userErrors.length > 0) return refused(userErrors);
    const { run } = transaction;
    const now = transaction.now();
    const recent = await recentRequests(run, caller.credentialId, later(now, -DAY));
    const open = recent.filter(({ state }) => state === 'OPEN');
    // Whoever asks again for the same is told of the request that waits already.
    const same = open.find((request) => sameAccess(request, wanted));
    if (same) return { isKept: true, request: same, userErrors: [] };
    if (open.length >= MOST_OPEN) return refused([TOO_MANY_OPEN]);
    if (recent.filter(({ createdAt }) => createdAt > later(now, -DAY)).length >= MOST_A_DAY)
      return refused([TOO_OFTEN]);
    return { isKept: true, request: await this.keep(transaction, caller, wanted, input.reason.trim()), userErrors: [] };
  }

  private async keep(
    { run, manager, now }: LiveTransaction,
    { credentialId, name }: CredentialCaller,
    wanted: WantedAccess,
    reason: string,
  ): Promise<AccessRequest> {
    const request = newRequest(credentialId, wanted, reason, now());
    await run(
      sql`INSERT INTO access_request (id, credential_id, created_at, reason, wanted, state)
        VALUES (${request.id}, ${credentialId}, ${request.createdAt}, ${reason}, ${JSON.stringify(wanted)}, 'OPEN')`,
    );
    const actor = credentialParty({ id: credentialId, name });
    await this.audit.append(manager, {
      action: 'ACCESS_REQUESTED',
      actor,
      subject: actor,
      after: auditedAccess(wanted),
    });
    return request;
  }

  /** A credential's own requests, newest first, as long as it is alive. */
  async own(live: LiveReader, credentialId: CredentialId): Promise<readonly AccessRequest[]> {
    const newest = sql`SELECT ${COLUMNS} FROM access_request r WHERE r.credential_id = ${credentialId}
      ORDER BY r.created_at DESC, r.id LIMIT ${MOST_SHOWN}`;
    return (await live.rows(newest, sql`created_at DESC, id`)).map(toRequest);
  }

  /** The requests of several credentials, newest first. */
  async ofMany(ids: readonly CredentialId[]): Promise<ReadonlyMap<CredentialId, readonly AccessRequest[]>> {
    if (ids.length === 0) return new Map();
    const rows = await this.store.read(
      sql`SELECT ${COLUMNS} FROM access_request r WHERE r.credential_id IN (${join([...ids])})
        ORDER BY r.created_at DESC, r.id`,
    );
    const requests = rows.map(toRequest);
    return new Map(
      ids.map((id) => [id, requests.filter(({ credentialId }) => credentialId === id).slice(0, MOST_SHOWN)]),
    );
  }

  /** What waits for a decision, oldest first. */
  async waiting(): Promise<readonly WaitingRequest[]> {
    const rows = await this.store.read(
      sql`SELECT ${COLUMNS}, c.name AS credential_name FROM access_request r JOIN credential c ON c.id = r.credential_id
        WHERE r.state = 'OPEN' ORDER BY r.created_at, r.id LIMIT ${MOST_SHOWN}`,
    );
    return rows.map((row) => {
      const request = toRequest(row);
      return { credentialId: request.credentialId, credentialName: row['credential_name'] as string, request };
    });
  }
}

export async function findRequest(run: Run, id: string): Promise<AccessRequest | null> {
  const [row] = await run(sql`SELECT ${COLUMNS} FROM access_request r WHERE r.id = ${id}`);
  return row ? toRequest(row) : null;
}

export async function decideRequest(
  run: Run,
  { id, state, decidedAt, note }: Pick<AccessRequest, 'id' | 'state' | 'decidedAt' | 'note'>,
): Promise<void> {
  await run(
    sql`UPDATE access_request SET state = ${state}, decided_at = ${decidedAt}, note = ${note} WHERE id = ${id}`,
  );
}

async function recentRequests(run: Run, id: CredentialId, since: string): Promise<readonly AccessRequest[]> {
  const rows = await run(
    sql`SELECT ${COLUMNS} FROM access_request r
      WHERE r.credential_id = ${id} AND (r.state = 'OPEN' OR r.created_at > ${since})`,
  );
  return rows.map(toRequest);
}

function newRequest(credentialId: CredentialId, wanted: WantedAccess, reason: string, now: string): AccessRequest {
  return {
    ...wanted,
    id: randomUUID(),
    credentialId,
    createdAt: now,
    reason,
    state: 'OPEN',
    decidedAt: null,
    note: null,
  };
}

function refused(userErrors: readonly UserError[]): Asked {
  return { isKept: false, request: null, userErrors };
}

const TOO_MANY_OPEN = userError(null, 'LIMIT', `At most ${MOST_OPEN} requests may wait at once.`);
const TOO_OFTEN = userError(null, 'LIMIT', `At most ${MOST_A_DAY} requests may be sent within 24 hours.`);

/** What the audit log tells: what is asked for, and not the words, which may say anything. */
export function auditedAccess({ modules, read, write }: WantedAccess): AuditJson {
  const boxes = (action: 'read' | 'write') => modules.filter((box) => box[action]).map(({ module }) => module);
  return { modules: { read: boxes('read'), write: boxes('write') }, attributes: { read, write } };
}

function toRequest(row: Row): AccessRequest {
  return {
    ...(JSON.parse(row['wanted'] as string) as WantedAccess),
    id: row['id'] as string,
    credentialId: row['credential_id'] as CredentialId,
    createdAt: row['created_at'] as string,
    reason: row['reason'] as string,
    state: row['state'] as AccessRequestState,
    decidedAt: row['decided_at'] as string | null,
    note: row['note'] as string | null,
  };
}
