import type { AuditAction, AuditJson, AuditParty } from '../audit/audit-event';
import type { AuditLog } from '../audit/audit.store';
import type { Clock } from '../clock';
import { GatewayError } from '../errors';
import { userError, type UserError } from '../operations/user-error';
import type { AdminCaller } from '../permissions/caller';
import type { Rate, RateLimit } from '../rates/rate-limit';
import { requireFresh } from '../sessions/live-admin.store';
import { runIn } from '../store/statement';
import type { Store, Transaction } from '../store/store';
import type { Credential, CredentialId } from './credential';
import { credentialParty } from './credential-change';
import { lockCredentials } from './credential-rows.store';
import { managedChange, managedTransaction, refusedChange, UNKNOWN_CREDENTIAL, type Changed } from './managed-change';
import type { Opened, Overlap, SecretId, SecretStore } from './secret.store';

export interface SecretManagementParts {
  readonly store: Store;
  readonly secrets: SecretStore;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly reveals: RateLimit;
}

/** A secret that was asked for again. */
export interface Revealed {
  readonly secret: string | null;
  readonly userErrors: readonly UserError[];
}

/** Secrets that one admin may have shown again in a minute. */
export const REVEALS_OF_ADMIN: Rate = { name: 'reveals-of-admin', points: 10, seconds: 60 };

const REFUSALS: Readonly<Record<Exclude<Opened['outcome'], 'OPEN'>, UserError>> = {
  UNKNOWN: userError(['secretId'], 'UNKNOWN', 'The credential has no such live secret.'),
  SHOWN_ONCE: userError(
    null,
    'NOT_ALLOWED',
    'This secret was shown once, and is kept in no form from which it could be shown again. Rotate it to get a new one.',
  ),
  KEY_MISSING: userError(
    null,
    'NOT_ALLOWED',
    'No key of the key ring opens this secret. It goes on working: restore the key, or rotate the secret.',
  ),
};

const TWO_LIVE = userError(
  ['overlap'],
  'LIMIT',
  'Two secrets are live already. Revoke one first, or choose an overlap of NONE.',
);

/** What admins do with secrets and tokens. */
export class SecretManagement {
  constructor(private readonly parts: SecretManagementParts) {}

  /**
   * Shows a secret again. Its line of the audit log is committed before the secret leaves: without the line, no secret.
   *
   * @param secretId the current one when it is null
   * @throws GatewayError REAUTHENTICATION_REQUIRED, RATE_LIMITED
   */
  async reveal(caller: AdminCaller, id: CredentialId, secretId: SecretId | null): Promise<Revealed> {
    const { store, secrets, clock } = this.parts;
    requireFresh(caller, clock);
    await this.countReveal(caller);
    return managedTransaction(store, caller, async (manager, actor) => {
      const credential = await this.locked(manager, id);
      if (!credential) return { secret: null, userErrors: [UNKNOWN_CREDENTIAL] };
      const opened = await secrets.openIn(manager, id, secretId);
      if (opened.outcome !== 'OPEN') return { secret: null, userErrors: [REFUSALS[opened.outcome]] };
      await this.note(manager, 'SECRET_REVEALED', actor, credential, { secretId: opened.secretId });
      return { secret: opened.secret, userErrors: [] };
    });
  }

  /** Issues a new secret. The old one works on for the overlap, and then ends with all tokens that were got with it. */
  rotate(caller: AdminCaller, id: CredentialId, overlap: Overlap): Promise<Changed> {
    return this.change(caller, id, async (manager, actor, credential) => {
      const secret = await this.parts.secrets.rotateIn(manager, id, overlap);
      if (secret === null) return refusedChange([TWO_LIVE], credential);
      await this.note(manager, 'SECRET_ROTATED', actor, credential, { overlap });
      return { credential, secret, userErrors: [] };
    });
  }

  /** Ends a secret at once. The last one may be ended as well: a leak must be stoppable before there is a successor. */
  revoke(caller: AdminCaller, id: CredentialId, secretId: SecretId): Promise<Changed & { readonly isLast?: boolean }> {
    return this.change(caller, id, async (manager, actor, credential) => {
      const isEnded = await this.parts.secrets.revokeIn(manager, id, secretId);
      if (!isEnded) return refusedChange([REFUSALS.UNKNOWN], credential);
      await this.note(manager, 'SECRET_REVOKED', actor, credential, { secretId });
      const isLast = (await this.parts.secrets.liveIn(manager, id)).length === 0;
      return { credential, isLast, userErrors: [] };
    });
  }

  /** Ends every token at once. Whoever has a secret can get new ones. */
  endTokens(caller: AdminCaller, id: CredentialId): Promise<Changed> {
    return this.change(caller, id, async (manager, actor, credential) => {
      await this.parts.secrets.endTokensIn(manager, id);
      await this.note(manager, 'TOKENS_ENDED', actor, credential);
      return { credential, userErrors: [] };
    });
  }

  private change(
    caller: AdminCaller,
    id: CredentialId,
    work: (manager: Transaction, actor: AuditParty, credential: Credential) => Promise<Changed>,
  ): Promise<Changed> {
    return managedChange(this.parts.store, caller, async (manager, actor) => {
      const credential = await this.locked(manager, id);
      return credential ? work(manager, actor, credential) : refusedChange([UNKNOWN_CREDENTIAL]);
    });
  }

  private async locked(manager: Transaction, id: CredentialId): Promise<Credential | undefined> {
    const { dialect } = this.parts.store;
    await this.parts.secrets.holdModeIn(manager);
    const [credential] = await lockCredentials(runIn(manager, dialect), dialect, [id]);
    return credential;
  }

  private note(
    manager: Transaction,
    action: AuditAction,
    actor: AuditParty,
    credential: Credential,
    after: AuditJson = null,
  ): Promise<void> {
    return this.parts.audit.append(manager, { action, actor, subject: credentialParty(credential), after });
  }

  private async countReveal({ adminId }: AdminCaller): Promise<void> {
    const { isOver, seconds } = await this.parts.reveals.take(adminId);
    if (!isOver) return;
    throw new GatewayError('RATE_LIMITED', 'Too many secrets were shown in the last minute. Wait.', {
      retryAfterSeconds: seconds,
    });
  }
}
