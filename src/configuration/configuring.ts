import type { AttributeStore } from '../attributes/attribute.store';
import { SYSTEM_ATTRIBUTES } from '../attributes/system-attributes';
import { COMMAND_LINE, type AuditAction, type AuditJson } from '../audit/audit-event';
import type { AuditLog } from '../audit/audit.store';
import type { Clock } from '../clock';
import { nameKey, type Credential } from '../credentials/credential';
import type { CredentialStore } from '../credentials/credential.store';
import { UsageError } from '../errors';
import type { IntegrationStore } from '../integrations/integration.store';
import { runIn } from '../store/statement';
import type { Store, Transaction } from '../store/store';
import type { CredentialConfiguration } from './configuration';
import type { ConfigurationDocument } from './configuration-document';
import {
  planConfiguration,
  type ConfigurationPlan,
  type CredentialChange,
  type KnownNames,
} from './configuration-plan';
import { ConfigurationWriter } from './configuration-writer.store';
import { configuredName, lockCredentials, readConfigurations, type StoredConfiguration } from './configuration.store';

export interface ConfiguringParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly attributes: AttributeStore;
  readonly credentials: CredentialStore;
  readonly integrations: IntegrationStore;
  readonly audit: AuditLog;
}

/** A credential that an apply made. Its secret is nowhere else in clear. */
export interface AppliedCredential {
  readonly name: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Credentials as files: what there is, what a file would change, and changing it. */
export class Configuring {
  constructor(private readonly parts: ConfiguringParts) {}

  async read(): Promise<readonly CredentialConfiguration[]> {
    const { store } = this.parts;
    const stored = await store.write((manager) => this.stored(manager));
    return stored.map(({ configuration }) => configuration);
  }

  /** @throws ConfigurationError when the file names what does not exist */
  async plan(document: ConfigurationDocument, prune: boolean): Promise<ConfigurationPlan> {
    return planConfiguration(await this.read(), document, await this.known(), prune);
  }

  /**
   * Makes the changes of a plan: all of them in one transaction, or none.
   *
   * @param shown the plan that somebody agreed to
   * @throws UsageError when what there is has changed since: what would happen is not what was shown
   */
  async apply(
    document: ConfigurationDocument,
    prune: boolean,
    shown: ConfigurationPlan,
  ): Promise<readonly AppliedCredential[]> {
    const known = await this.known();
    const integrationIds = new Map(
      (await this.parts.integrations.list()).map((integration) => [configuredName(integration), integration.id]),
    );
    return this.parts.store.write(async (manager) => {
      const stored = await this.stored(manager);
      const current = stored.map(({ configuration }) => configuration);
      const plan = planConfiguration(current, document, known, prune);
      if (JSON.stringify(plan) !== JSON.stringify(shown)) {
        throw new UsageError(
          'Somebody has changed credentials meanwhile. Nothing was applied: look again at what would change.',
        );
      }
      const { store, credentials, clock } = this.parts;
      const writer = new ConfigurationWriter(manager, store.dialect, credentials, integrationIds, clock);
      return this.applyIn(manager, writer, plan, new Map(stored.map((one) => [nameKey(one.configuration.name), one])));
    });
  }

  private async applyIn(
    manager: Transaction,
    writer: ConfigurationWriter,
    { changes }: ConfigurationPlan,
    stored: ReadonlyMap<string, StoredConfiguration>,
  ): Promise<readonly AppliedCredential[]> {
    const created: AppliedCredential[] = [];
    for (const change of changes) {
      const before = stored.get(nameKey(change.name));
      if (change.action === 'create') {
        const { credential, secret } = await writer.create(change.wanted);
        created.push({ name: credential.name, clientId: credential.clientId, clientSecret: secret });
        await this.record(manager, change, credential, undefined);
      } else if (before) {
        if (change.action === 'change') await writer.change(before, change.wanted);
        else await writer.delete(before.id);
        await this.record(manager, change, { id: before.id, name: change.name }, before.configuration);
      }
    }
    return created;
  }

  private async stored(manager: Transaction): Promise<readonly StoredConfiguration[]> {
    const { store, integrations } = this.parts;
    const run = runIn(manager, store.dialect);
    await lockCredentials(run, store.dialect);
    return readConfigurations(run, await integrations.list());
  }

  private async known(): Promise<KnownNames> {
    const { attributes, integrations } = this.parts;
    return {
      attributes: new Set([...SYSTEM_ATTRIBUTES, ...(await attributes.custom())].map(({ key }) => key)),
      integrations: new Set((await integrations.list()).map(configuredName)),
    };
  }

  private record(
    manager: Transaction,
    change: CredentialChange,
    { id, name }: Pick<Credential, 'id' | 'name'>,
    before: CredentialConfiguration | undefined,
  ): Promise<void> {
    return this.parts.audit.append(manager, {
      action: actionOf(change, before),
      actor: COMMAND_LINE,
      subject: { kind: 'CREDENTIAL', id, name },
      before: before ? auditJson(before) : null,
      after: change.action === 'delete' ? null : auditJson(change.wanted),
    });
  }
}

function actionOf(change: CredentialChange, before: CredentialConfiguration | undefined): AuditAction {
  if (change.action === 'create') return 'CREDENTIAL_CREATED';
  if (change.action === 'delete') return 'CREDENTIAL_DELETED';
  // A switch is what somebody looks for; when it comes along with other changes, they stand beside it.
  if (before?.enabled === change.wanted.enabled) return 'CREDENTIAL_UPDATED';
  return change.wanted.enabled ? 'CREDENTIAL_ENABLED' : 'CREDENTIAL_DISABLED';
}

function auditJson(configuration: CredentialConfiguration): AuditJson {
  return { ...configuration, attributes: { ...configuration.attributes } };
}
