import { lockGrantable } from '../attributes/attribute.store';
import type { AuditParty } from '../audit/audit-event';
import type { AuditLog } from '../audit/audit.store';
import type { Clock } from '../clock';
import { lockCredentials } from '../credentials/credential-rows.store';
import { credentialParty } from '../credentials/credential-change';
import type { Credential, CredentialSummary } from '../credentials/credential';
import type { CredentialStore } from '../credentials/credential.store';
import { managedTransaction } from '../credentials/managed-change';
import { userError, type UserError } from '../operations/user-error';
import type { AdminCaller } from '../permissions/caller';
import { ACTIONS } from '../permissions/grants';
import { runIn, type Run } from '../store/statement';
import type { Store, Transaction } from '../store/store';
import { checkWords, type AccessRequest } from './access-request';
import { auditedAccess, decideRequest, findRequest } from './access-request.store';
import { widened } from './widened-grants';

/** What became of a decision. */
export interface Decided {
  readonly request: AccessRequest | null;
  /** As it is now, also when somebody else was faster. */
  readonly credential: CredentialSummary | null;
  readonly userErrors: readonly UserError[];
}

export interface AccessDecisionParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: AuditLog;
  readonly credentials: CredentialStore;
}

/** A request that waits, with its credential, which nobody else changes meanwhile. */
interface Waiting {
  readonly manager: Transaction;
  readonly run: Run;
  readonly actor: AuditParty;
  readonly request: AccessRequest;
  readonly before: Credential;
}

/** What admins decide about requests for access. */
export class AccessDecisions {
  constructor(private readonly parts: AccessDecisionParts) {}

  /**
   * Gives the credential exactly what it asked for, or nothing: what has become impossible to give is told.
   *
   * @param version of the credential that the admin saw
   */
  approve(caller: AdminCaller, id: string, version: number, note: string | null): Promise<Decided> {
    return this.decide(caller, id, checkWords(note, 'note'), async (waiting) => {
      const { manager, run, actor, request, before } = waiting;
      if (before.version !== version) return { request, credential: before, userErrors: [STALE] };
      const userErrors = await this.ungrantable(run, request);
      if (userErrors.length > 0) return { request, credential: before, userErrors };
      const credential = await this.parts.credentials.changeLocked(manager, before, widened(before, request), actor);
      return { request: await this.close(waiting, 'APPROVED', note), credential, userErrors: [] };
    });
  }

  refuse(caller: AdminCaller, id: string, note: string): Promise<Decided> {
    return this.decide(caller, id, checkWords(note, 'note', true), async (waiting) => ({
      request: await this.close(waiting, 'REFUSED', note),
      credential: waiting.before,
      userErrors: [],
    }));
  }

  private decide(
    caller: AdminCaller,
    id: string,
    problems: readonly UserError[],
    work: (waiting: Waiting) => Promise<Decided>,
  ): Promise<Decided> {
    const { store } = this.parts;
    return managedTransaction(store, caller, async (manager, actor) => {
      const run = runIn(manager, store.dialect);
      const seen = await findRequest(run, id);
      if (!seen) return refused([UNKNOWN]);
      // In the order of every change of grants: attributes, then the credential, and what belongs to it below it.
      await lockGrantable(run, store.dialect, keysOf(seen));
      const [before] = await lockCredentials(run, store.dialect, [seen.credentialId]);
      const request = await findRequest(run, id);
      if (!before || !request) return refused([UNKNOWN]);
      if (request.state !== 'OPEN') return { request, credential: before, userErrors: [DECIDED] };
      if (problems.length > 0) return { request, credential: before, userErrors: problems };
      return work({ manager, run, actor, request, before });
    });
  }

  private async ungrantable(run: Run, request: AccessRequest): Promise<UserError[]> {
    const grantable = await lockGrantable(run, this.parts.store.dialect, keysOf(request));
    return ACTIONS.flatMap((action) =>
      request[action].flatMap((key, index) =>
        grantable.has(key)
          ? []
          : [userError([action, String(index)], 'UNKNOWN', 'There is no attribute with this key.')],
      ),
    );
  }

  private async close(
    { manager, run, actor, request, before }: Waiting,
    state: 'APPROVED' | 'REFUSED',
    words: string | null,
  ): Promise<AccessRequest> {
    const { audit, clock } = this.parts;
    const decided = { ...request, state, decidedAt: clock.now(), note: words?.trim() || null };
    await decideRequest(run, decided);
    await audit.append(manager, {
      action: state === 'APPROVED' ? 'ACCESS_APPROVED' : 'ACCESS_REFUSED',
      actor,
      subject: credentialParty(before),
      after: auditedAccess(request),
    });
    return decided;
  }
}

function keysOf({ read, write }: AccessRequest): readonly string[] {
  return [...read, ...write];
}

function refused(userErrors: readonly UserError[]): Decided {
  return { request: null, credential: null, userErrors };
}

const UNKNOWN = userError(['id'], 'UNKNOWN', 'There is no request with this id.');
const DECIDED = userError(['id'], 'NOT_ALLOWED', 'This request was decided already.');
const STALE = userError(['version'], 'STALE', 'Somebody else has changed the credential meanwhile.');
