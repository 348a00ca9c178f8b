import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Clock } from '../clock';
import { cut, type Page } from '../pagination/page';
import { runIn } from '../store/statement';
import type { Row, Store, Transaction } from '../store/store';
import { ChainVerifier, GENESIS, hashOf, type ChainFault } from './audit-chain';
import { AuditEventEntity } from './audit-event.entity';
import type { AuditAction, AuditDraft, AuditEvent, AuditJson, AuditParty } from './audit-event';

export interface AuditFilter {
  readonly actions?: readonly AuditAction[] | null;
  readonly actorId?: string | null;
  readonly subjectId?: string | null;
  /** ISO 8601; from this moment on. */
  readonly since?: string | null;
  /** ISO 8601; before this moment. */
  readonly until?: string | null;
}

export type ChainReport =
  | { readonly outcome: 'WHOLE'; readonly head: Pick<AuditEvent, 'sequence' | 'hash'> }
  | { readonly outcome: 'BROKEN'; readonly fault: ChainFault };

/** The end of the log, as a statement of `read` sees it. */
export async function readHead(read: (query: Sql) => Promise<Row[]>): Promise<Pick<AuditEvent, 'sequence' | 'hash'>> {
  const [last] = await read(sql`SELECT sequence, hash FROM audit_event ORDER BY sequence DESC LIMIT 1`);
  return {
    sequence: (last?.['sequence'] as number | undefined) ?? 0,
    hash: (last?.['hash'] as string | undefined) ?? GENESIS,
  };
}

/** Any number that every node of one company agrees on. */
const CHAIN_LOCK = 4_711_202_107;
const PAGE = 1_000;

/** The append-only record of what was changed, shown and refused. Each event seals all those before it. */
export class AuditLog {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** Records an event in the transaction that makes the change: there is never one without the other. */
  async append(manager: Transaction, draft: AuditDraft): Promise<void> {
    const run = runIn(manager, this.store.dialect);
    // One link at a time. On SQLite every transaction is alone anyway.
    if (this.store.dialect === 'postgres') await run(sql`SELECT pg_advisory_xact_lock(${CHAIN_LOCK})`);
    const event = sealed(draft, this.clock.now(), await readHead(run));
    await manager.insert(AuditEventEntity, toEntity(event));
  }

  /**
   * Events from the newest to the oldest.
   *
   * @param before the sequence to go on behind
   */
  async page(filter: AuditFilter, before: number | undefined, size: number): Promise<Page<AuditEvent>> {
    const older = before === undefined ? [] : [sql`sequence < ${before}`];
    const rows = await this.store.read(
      sql`SELECT * FROM audit_event ${where([...conditions(filter), ...older])} ORDER BY sequence DESC LIMIT ${size + 1}`,
    );
    return cut(rows.map(toEvent), size);
  }

  async count(filter: AuditFilter): Promise<number> {
    const [row] = await this.store.read(sql`SELECT count(*) AS total FROM audit_event ${where(conditions(filter))}`);
    return Number(row?.['total'] ?? 0);
  }

  /** Every event from the first on. */
  async *all(): AsyncGenerator<AuditEvent> {
    let after = 0;
    for (;;) {
      const rows = await this.store.read(
        sql`SELECT * FROM audit_event WHERE sequence > ${after} ORDER BY sequence LIMIT ${PAGE}`,
      );
      yield* rows.map(toEvent);
      const last = rows.at(-1);
      if (!last) return;
      after = last['sequence'] as number;
    }
  }

  /** Whether an event has this hash. */
  async has(hash: string): Promise<boolean> {
    return (await this.store.read(sql`SELECT 1 AS present FROM audit_event WHERE hash = ${hash}`)).length > 0;
  }

  /** Follows the whole chain and finds the first event that was changed, removed or inserted. */
  async verify(): Promise<ChainReport> {
    const verifier = new ChainVerifier();
    for await (const event of this.all()) {
      const fault = verifier.check(event);
      if (fault) return { outcome: 'BROKEN', fault };
    }
    return { outcome: 'WHOLE', head: verifier.head };
  }
}

function sealed(draft: AuditDraft, at: string, last: Pick<AuditEvent, 'sequence' | 'hash'>): AuditEvent {
  const unsealed = {
    sequence: last.sequence + 1,
    at,
    action: draft.action,
    actor: draft.actor,
    subject: draft.subject ?? null,
    before: plain(draft.before),
    after: plain(draft.after),
    count: draft.count ?? 1,
    previousHash: last.hash,
  };
  return { ...unsealed, hash: hashOf(unsealed) };
}

// What JSON leaves out must not be hashed either.
function plain(json: AuditJson | undefined): AuditJson {
  return JSON.parse(JSON.stringify(json ?? null)) as AuditJson;
}

function conditions({ actions, actorId, subjectId, since, until }: AuditFilter): Sql[] {
  return [
    ...(actions ? [actions.length > 0 ? sql`action IN (${join([...actions])})` : sql`1 = 0`] : []),
    ...(actorId ? [sql`actor_id = ${actorId}`] : []),
    ...(subjectId ? [sql`subject_id = ${subjectId}`] : []),
    ...(since ? [sql`at >= ${since}`] : []),
    ...(until ? [sql`at < ${until}`] : []),
  ];
}

function where(all: readonly Sql[]): Sql {
  return all.length > 0 ? sql`WHERE ${join([...all], ' AND ')}` : empty;
}

function toEntity(event: AuditEvent): AuditEventEntity {
  const { sequence, at, action, actor, subject, before, after, count, previousHash, hash } = event;
  return {
    sequence,
    at,
    action,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    subjectKind: subject?.kind ?? null,
    subjectId: subject?.id ?? null,
    subjectName: subject?.name ?? null,
    beforeJson: JSON.stringify(before),
    afterJson: JSON.stringify(after),
    count,
    previousHash,
    hash,
  };
}

function toEvent(row: Row): AuditEvent {
  return {
    sequence: row['sequence'] as number,
    at: row['at'] as string,
    action: row['action'] as AuditAction,
    actor: partyOf(row, 'actor'),
    subject: row['subject_kind'] === null ? null : partyOf(row, 'subject'),
    before: JSON.parse(row['before_json'] as string) as AuditJson,
    after: JSON.parse(row['after_json'] as string) as AuditJson,
    count: row['count'] as number,
    previousHash: row['previous_hash'] as string,
    hash: row['hash'] as string,
  };
}

function partyOf(row: Row, role: 'actor' | 'subject'): AuditParty {
  return {
    kind: row[`${role}_kind`] as AuditParty['kind'],
    id: row[`${role}_id`] as string | null,
    name: row[`${role}_name`] as string | null,
  };
}
