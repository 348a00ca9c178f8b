import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { COMMAND_LINE, type AuditAction, type AuditParty } from '../audit/audit-event';
import type { AuditLog } from '../audit/audit.store';
import type { Clock } from '../clock';
import { GatewayError } from '../errors';
import { isUniqueViolation, runIn, type Run } from '../store/statement';
import type { Grants } from '../permissions/grants';
import type { Store, Transaction } from '../store/store';
import {
  nameKey,
  type Credential,
  type CredentialChange,
  type CredentialDraft,
  type CredentialId,
  type CredentialSummary,
} from './credential';
import {
  auditedFields,
  changedFields,
  changesAccess,
  credentialParty,
  type CredentialField,
} from './credential-change';
import { findCredentialId, insertRevision, lockCredentials, SUMMARY_COLUMNS, toSummary } from './credential-rows.store';
import { insertGrants, readGrants, replaceGrants } from './grants.store';
import { newClientId } from './secret';
import type { SecretStore } from './secret.store';

/** A new credential and its secret. */
export interface CreatedCredential {
  readonly credential: Credential;
  readonly secret: string;
}

/**
 * Keeps credentials and their grants. What ends in `In` is a part of a larger transaction, and writes its line of the audit
 * log there: a change without its line, or a line without its change, cannot be.
 */
export class CredentialStore {
  constructor(
    private readonly store: Store,
    private readonly secrets: SecretStore,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @param first is done in the same transaction before
   * @throws GatewayError CONFLICT when the name is taken
   */
  async create(
    draft: CredentialDraft,
    first: (manager: Transaction) => Promise<void> = () => Promise.resolve(),
  ): Promise<CreatedCredential> {
    try {
      return await this.store.write(async (manager) => {
        await first(manager);
        return this.createIn(manager, draft, COMMAND_LINE);
      });
    } catch (cause) {
      if (!isUniqueViolation(cause)) throw cause;
      throw new GatewayError('CONFLICT', 'Another credential has this name.', { field: 'name' }, { cause });
    }
  }

  /** @throws a unique violation when the name is taken: only the database can tell who of two was first */
  async createIn(manager: Transaction, draft: CredentialDraft, actor: AuditParty): Promise<CreatedCredential> {
    const run = this.runIn(manager);
    const credential = newCredential(draft, this.clock.now());
    await insertCredential(run, credential);
    await insertGrants(run, credential.id, credential.grants);
    const secret = await this.secrets.issueIn(manager, credential.id);
    await this.note(manager, 'CREDENTIAL_CREATED', actor, { after: credential });
    return { credential, secret };
  }

  /**
   * @returns the credential as it is now, or null when there is none
   * @throws a unique violation when the new name is taken
   */
  async updateIn(
    manager: Transaction,
    id: CredentialId,
    change: CredentialChange,
    actor: AuditParty,
  ): Promise<Credential | null> {
    const [before] = await lockCredentials(this.runIn(manager), this.store.dialect, [id]);
    return before ? this.changeLocked(manager, before, change, actor) : null;
  }

  /** @param before as it was locked in this transaction */
  async changeLocked(
    manager: Transaction,
    before: Credential,
    change: CredentialChange,
    actor: AuditParty,
  ): Promise<Credential> {
    const fields = changedFields(before, change);
    if (fields.length === 0) return before;
    const run = this.runIn(manager);
    const after = { ...before, ...change, version: before.version + 1, updatedAt: this.clock.now() };
    await updateCredential(run, after, changesAccess(fields) ? 1 : 0);
    if (fields.includes('grants')) await replaceGrants(run, after.id, after.grants);
    await insertRevision(run, after, fields);
    await this.note(manager, actionOf(fields, after), actor, { before, after, fields });
    return after;
  }

  /** Deletes a credential with its secrets and tokens. @returns what it was, or null when there was none */
  async deleteIn(manager: Transaction, id: CredentialId, actor: AuditParty): Promise<Credential | null> {
    await this.secrets.holdModeIn(manager);
    const run = this.runIn(manager);
    const [before] = await lockCredentials(run, this.store.dialect, [id]);
    if (!before) return null;
    await run(sql`DELETE FROM credential WHERE id = ${id}`);
    await this.note(manager, 'CREDENTIAL_DELETED', actor, { before });
    return before;
  }

  /** Every credential, oldest first. */
  async list(): Promise<readonly CredentialSummary[]> {
    const rows = await this.store.read(sql`SELECT ${SUMMARY_COLUMNS} FROM credential c ORDER BY c.created_at, c.id`);
    return rows.map(toSummary);
  }

  /**
   * Switches a credential on or off. Once this has returned, no statement that starts later reads data for one that is off.
   *
   * @param nameOrClientId the name without regard to case, or the client id
   * @throws GatewayError NOT_FOUND
   */
  setEnabled(nameOrClientId: string, enabled: boolean): Promise<CredentialSummary> {
    return this.store.write(async (manager) => {
      const id = await findCredentialId(this.runIn(manager), nameOrClientId);
      const changed = id === undefined ? null : await this.updateIn(manager, id, { enabled }, COMMAND_LINE);
      if (!changed) throw unknownCredential();
      return changed;
    });
  }

  /** @throws GatewayError NOT_FOUND */
  async grantsOf(nameOrClientId: string): Promise<Grants> {
    const id = await findCredentialId((query) => this.store.read(query), nameOrClientId);
    const found = id === undefined ? null : await readGrants(this.store, id);
    if (!found) throw unknownCredential();
    return found.grants;
  }

  private runIn(manager: Transaction): Run {
    return runIn(manager, this.store.dialect);
  }

  private note(manager: Transaction, action: AuditAction, actor: AuditParty, told: Told): Promise<void> {
    const { before, after, fields } = told;
    const subject = after ?? before;
    return this.audit.append(manager, {
      action,
      actor,
      ...(subject ? { subject: credentialParty(subject) } : {}),
      ...(before ? { before: auditedFields(before, fields) } : {}),
      ...(after ? { after: auditedFields(after, fields) } : {}),
    });
  }
}

function unknownCredential(): GatewayError {
  return new GatewayError('NOT_FOUND', 'No credential has this name or client id.');
}

interface Told {
  readonly before?: Credential;
  readonly after?: Credential;
  readonly fields?: readonly CredentialField[];
}

function actionOf(fields: readonly CredentialField[], { enabled }: Credential): AuditAction {
  // A switch is what somebody looks for; when it comes along with other changes, they stand beside it.
  if (!fields.includes('enabled')) return 'CREDENTIAL_UPDATED';
  return enabled ? 'CREDENTIAL_ENABLED' : 'CREDENTIAL_DISABLED';
}

function newCredential(draft: CredentialDraft, now: string): Credential {
  return {
    description: null,
    ownerContact: null,
    purpose: null,
    integrationId: null,
    separateDirections: false,
    ...draft,
    id: randomUUID(),
    clientId: newClientId(),
    name: draft.name.trim(),
    version: 1,
    createdAt: now,
    updatedAt: now,
    lastUsedAt: null,
  };
}

async function insertCredential(run: Run, credential: Credential): Promise<void> {
  const { id, clientId, name, description, ownerContact, purpose, integrationId, enabled } = credential;
  const { expiresAt, denialMode, separateDirections, version, createdAt, updatedAt } = credential;
  await run(
    sql`INSERT INTO credential (id, client_id, name, name_key, description, owner_contact, purpose, integration_id,
        enabled, expires_at, denial_mode, separate_directions, permission_version, token_epoch, version, created_at,
        updated_at)
      VALUES (${id}, ${clientId}, ${name}, ${nameKey(name)}, ${description}, ${ownerContact}, ${purpose},
        ${integrationId}, ${enabled}, ${expiresAt}, ${denialMode}, ${separateDirections}, 1, 1, ${version}, ${createdAt},
        ${updatedAt})`,
  );
}

async function updateCredential(run: Run, credential: Credential, permissionStep: number): Promise<void> {
  const { id, name, description, ownerContact, purpose, integrationId, enabled } = credential;
  const { expiresAt, denialMode, separateDirections, version, updatedAt } = credential;
  await run(
    sql`UPDATE credential SET name = ${name}, name_key = ${nameKey(name)}, description = ${description},
        owner_contact = ${ownerContact}, purpose = ${purpose}, integration_id = ${integrationId}, enabled = ${enabled},
        expires_at = ${expiresAt}, denial_mode = ${denialMode}, separate_directions = ${separateDirections},
        permission_version = permission_version + ${permissionStep}, version = ${version}, updated_at = ${updatedAt}
      WHERE id = ${id}`,
  );
}
