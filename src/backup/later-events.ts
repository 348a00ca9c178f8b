import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { ChainVerifier } from '../audit/audit-chain';
import type { AuditEvent, AuditParty } from '../audit/audit-event';
import { UsageError } from '../errors';
import { TakenAway } from './taken-away';

/** The end of an audit log. */
export interface AuditHead {
  readonly sequence: number;
  readonly hash: string;
}

/** What happened to somebody after a backup was made. */
export interface LaterChange {
  readonly kind: 'CREDENTIAL' | 'ADMIN';
  readonly id: string;
  readonly name: string;
  readonly actions: readonly AuditEvent['action'][];
}

export interface LaterEvents {
  /** How many events the backup does not have. */
  readonly count: number;
  /** When the last known event happened. */
  readonly until: string;
  readonly changes: readonly LaterChange[];
}

/** What an export of the audit log knows beyond a backup. */
export interface LaterKnowledge {
  readonly later: LaterEvents;
  readonly taken: TakenAway;
}

// What a credential or an admin is allowed changed with these. Others, such as issued tokens, change nothing.
const CHANGING = /^(CREDENTIAL_|SECRET_RO|SECRET_REVOKED|TOKENS_ENDED|ADMIN_|PASSWORD_|IDENTITY_)/;

/**
 * Reads an export of the audit log and finds what it knows beyond a backup.
 *
 * @param head of the backup
 * @throws UsageError when the export is broken, older than the backup, or of another store
 */
export async function readLaterEvents(file: string, head: AuditHead): Promise<LaterKnowledge> {
  const verifier = new ChainVerifier();
  const changes = new Map<string, LaterChange>();
  const taken = new TakenAway();
  let count = 0;
  let until = '';
  for await (const event of eventsOf(file)) {
    if (verifier.check(event)) throw new UsageError(`${file} is broken at event ${event.sequence}.`);
    if (event.sequence === head.sequence && event.hash !== head.hash) throw ofAnother(file);
    until = event.at;
    if (event.sequence <= head.sequence) continue;
    count += 1;
    note(changes, event);
    taken.note(event);
  }
  if (verifier.head.sequence < head.sequence) {
    throw new UsageError(
      `${file} is older than the backup: it ends at event ${verifier.head.sequence} of ${head.sequence}.`,
    );
  }
  return { later: { count, until, changes: [...changes.values()] }, taken };
}

function ofAnother(file: string): UsageError {
  return new UsageError(`${file} is of another store: its events are not those of the backup.`);
}

async function* eventsOf(file: string): AsyncGenerator<AuditEvent> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  for await (const line of lines) {
    if (line.trim() === '') continue;
    yield eventOf(line, file);
  }
}

function eventOf(line: string, file: string): AuditEvent {
  try {
    return JSON.parse(line) as AuditEvent;
  } catch (cause) {
    throw new UsageError(`${file} is no export of an audit log.`, {}, { cause });
  }
}

function note(changes: Map<string, LaterChange>, { action, subject }: AuditEvent): void {
  if (!CHANGING.test(action) || !isChanged(subject)) return;
  const before = changes.get(subject.id);
  const actions = [...(before?.actions ?? []).filter((known) => known !== action), action];
  changes.set(subject.id, { kind: subject.kind, id: subject.id, name: subject.name ?? '', actions });
}

function isChanged(party: AuditParty | null): party is AuditParty & Pick<LaterChange, 'kind' | 'id'> {
  return party !== null && party.id !== null && (party.kind === 'CREDENTIAL' || party.kind === 'ADMIN');
}
