import type { AuditParty } from '../audit/audit-event';
import { lockGrantable } from '../attributes/attribute.store';
import type { Clock } from '../clock';
import { userError, type UserError } from '../operations/user-error';
import type { IntegrationStore } from '../integrations/integration.store';
import type { AdminCaller } from '../permissions/caller';
import { runIn } from '../store/statement';
import type { Store, Transaction } from '../store/store';
import { MOST_ATTRIBUTES } from './check-grants';
import { checkCredential, checkName, type CheckedCredential, type CredentialInput } from './check-credential';
import type { Credential, CredentialDraft, CredentialId } from './credential';
import type { CredentialField } from './credential-change';
import { changedSince, isNameTaken, lockCredentials } from './credential-rows.store';
import type { CredentialStore } from './credential.store';
import { NO_GRANTS } from '../permissions/grants';
import {
  managedChange,
  managedTransaction,
  NAME_TAKEN,
  refusedChange,
  UNKNOWN_CREDENTIAL,
  type Changed,
} from './managed-change';

export interface CredentialManagementParts {
  readonly store: Store;
  readonly credentials: CredentialStore;
  readonly clock: Clock;
  readonly integrations: IntegrationStore;
}

export interface NewCredentialInput extends CredentialInput {
  readonly name: string;
  readonly enabled?: boolean | null | undefined;
}

/** What became of a bulk change. */
export interface DisabledAll {
  readonly credentials: readonly Credential[];
  readonly userErrors: readonly UserError[];
}

/** The most credentials of one bulk change. */
const MOST_AT_ONCE = 1_000;
const TOO_MANY = userError(['ids'], 'LIMIT', `At most ${MOST_AT_ONCE} credentials can be disabled at once.`);

/** What admins do with credentials. Every problem is told at once, and nothing is half applied. */
export class CredentialManagement {
  constructor(private readonly parts: CredentialManagementParts) {}

  create(caller: AdminCaller, input: NewCredentialInput): Promise<Changed> {
    return this.change(caller, async (manager, actor) => {
      const { change, userErrors } = await this.checked(manager, input);
      if (userErrors.length > 0) return refusedChange(userErrors);
      return this.made(manager, { ...NEW, ...change, name: input.name.trim(), enabled: input.enabled ?? true }, actor);
    });
  }

  /** @param version the one that the editor saw: whoever is too late is told what changed meanwhile */
  update(caller: AdminCaller, id: CredentialId, version: number, input: CredentialInput): Promise<Changed> {
    return this.change(caller, async (manager, actor) => {
      const run = runIn(manager, this.parts.store.dialect);
      const { change, userErrors } = await this.checked(manager, input, id);
      const [before] = await lockCredentials(run, this.parts.store.dialect, [id]);
      if (!before) return refusedChange([UNKNOWN_CREDENTIAL]);
      if (before.version !== version) return refusedChange(stale(await changedSince(run, id, version)), before);
      if (userErrors.length > 0) return refusedChange(userErrors, before);
      const credential = await this.parts.credentials.changeLocked(manager, before, change, actor);
      return { credential, userErrors: [] };
    });
  }

  setEnabled(caller: AdminCaller, id: CredentialId, enabled: boolean): Promise<Changed> {
    return this.change(caller, async (manager, actor) => {
      const credential = await this.parts.credentials.updateIn(manager, id, { enabled }, actor);
      return credential ? { credential, userErrors: [] } : refusedChange([UNKNOWN_CREDENTIAL]);
    });
  }

  /** All of them, or none. */
  async disableAll(caller: AdminCaller, ids: readonly CredentialId[]): Promise<DisabledAll> {
    if (ids.length > MOST_AT_ONCE) return { credentials: [], userErrors: [TOO_MANY] };
    const { store, credentials } = this.parts;
    return managedTransaction(store, caller, async (manager, actor) => {
      const locked = await lockCredentials(runIn(manager, store.dialect), store.dialect, ids);
      const known = new Set(locked.map(({ id }) => id));
      const userErrors = ids.flatMap((id, index) => (known.has(id) ? [] : [unknownAt(index)]));
      if (userErrors.length > 0) return { credentials: [], userErrors };
      const disabled: Credential[] = [];
      for (const credential of locked) {
        disabled.push(await credentials.changeLocked(manager, credential, { enabled: false }, actor));
      }
      return { credentials: disabled, userErrors };
    });
  }

  delete(caller: AdminCaller, id: CredentialId): Promise<Changed> {
    return this.change(caller, async (manager, actor) => {
      const credential = await this.parts.credentials.deleteIn(manager, id, actor);
      return credential ? { credential, userErrors: [] } : refusedChange([UNKNOWN_CREDENTIAL]);
    });
  }

  /** Makes one with the same permissions and a secret of its own. It stays off until somebody switches it on. */
  duplicate(caller: AdminCaller, id: CredentialId, name: string): Promise<Changed> {
    return this.change(caller, async (manager, actor) => {
      const { dialect } = this.parts.store;
      const run = runIn(manager, dialect);
      const [original] = await lockCredentials(run, dialect, [id]);
      const userErrors = [
        ...(original ? [] : [UNKNOWN_CREDENTIAL]),
        ...checkName(name),
        ...((await isNameTaken(run, name)) ? [NAME_TAKEN] : []),
      ];
      if (!original || userErrors.length > 0) return refusedChange(userErrors);
      const { clientId: _id, version: _version, createdAt: _created, updatedAt: _updated, ...draft } = original;
      return this.made(manager, { ...draft, name, enabled: false }, actor);
    });
  }

  private async made(manager: Transaction, draft: CredentialDraft, actor: AuditParty): Promise<Changed> {
    const { credential, secret } = await this.parts.credentials.createIn(manager, draft, actor);
    return { credential, secret, userErrors: [] };
  }

  private async checked(manager: Transaction, input: CredentialInput, id?: CredentialId): Promise<CheckedCredential> {
    const { store, clock, integrations } = this.parts;
    const run = runIn(manager, store.dialect);
    const { attributes, read, write } = input.grants ?? {};
    // More than a statement can take; those beyond are refused by their number.
    const keys = [attributes, read, write].flatMap((list) => (list ?? []).slice(0, MOST_ATTRIBUTES));
    const { change, userErrors } = checkCredential(input, await lockGrantable(run, store.dialect, keys), clock.now());
    const isTaken = change.name !== undefined && (await isNameTaken(run, change.name, id));
    const isUnknown = typeof change.integrationId === 'string' && !(await integrations.hold(run, change.integrationId));
    return {
      change,
      userErrors: [...userErrors, ...(isTaken ? [NAME_TAKEN] : []), ...(isUnknown ? [UNKNOWN_INTEGRATION] : [])],
    };
  }

  private change(
    caller: AdminCaller,
    work: (manager: Transaction, actor: AuditParty) => Promise<Changed>,
  ): Promise<Changed> {
    return managedChange(this.parts.store, caller, work);
  }
}

const NEW: Omit<CredentialDraft, 'name' | 'enabled'> = {
  expiresAt: null,
  denialMode: 'NULL_AND_ERROR',
  grants: NO_GRANTS,
};

const UNKNOWN_INTEGRATION = userError(['integrationId'], 'UNKNOWN', 'There is no integration with this id.');

function unknownAt(index: number): UserError {
  return userError(['ids', String(index)], 'UNKNOWN', 'There is no credential with this id.');
}

function stale(fields: readonly CredentialField[]): UserError[] {
  if (fields.length === 0) return [userError(['version'], 'STALE', 'The credential has another version.')];
  return fields.map((field) => userError([field], 'STALE', 'Somebody else has changed this meanwhile.'));
}
