import { lockGrantable, type AttributeStore } from '../attributes/attribute.store';
import { SYSTEM_ATTRIBUTES } from '../attributes/system-attributes';
import { COMMAND_LINE } from '../audit/audit-event';
import { nameKey, type CredentialDraft, type CredentialId } from '../credentials/credential';
import type { CredentialStore } from '../credentials/credential.store';
import { UsageError } from '../errors';
import type { IntegrationStore } from '../integrations/integration.store';
import { runIn } from '../store/statement';
import type { Store, Transaction } from '../store/store';
import { grantsOf, type CredentialConfiguration } from './configuration';
import type { ConfigurationDocument } from './configuration-document';
import { listed, planConfiguration, type ConfigurationPlan, type KnownNames } from './configuration-plan';
import { configuredName, lockCredentials, readConfigurations, type StoredConfiguration } from './configuration.store';

export interface ConfiguringParts {
  readonly store: Store;
  readonly attributes: AttributeStore;
  readonly credentials: CredentialStore;
  readonly integrations: IntegrationStore;
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
   * @throws ConfigurationError when an attribute was taken out of use since
   */
  async apply(
    document: ConfigurationDocument,
    prune: boolean,
    shown: ConfigurationPlan,
  ): Promise<readonly AppliedCredential[]> {
    const integrationIds = new Map(
      (await this.parts.integrations.list()).map((integration) => [configuredName(integration), integration.id]),
    );
    return this.parts.store.write(async (manager) => {
      // In the order of every change of grants: attributes, then credentials.
      const attributes = await this.grantable(manager, document);
      const known = { attributes, integrations: new Set(integrationIds.keys()) };
      const stored = await this.stored(manager);
      const current = stored.map(({ configuration }) => configuration);
      const plan = planConfiguration(current, document, known, prune);
      const isAsShown = JSON.stringify(plan) === JSON.stringify(shown);
      if (!isAsShown || !(await this.holdIntegrations(manager, [...integrationIds.values()]))) {
        throw new UsageError(
          'Somebody has changed credentials or integrations meanwhile. Nothing was applied: look again at what would change.',
        );
      }
      const ids = new Map(stored.map((one) => [nameKey(one.configuration.name), one.id]));
      return this.applyIn(manager, plan, ids, (wanted) => draftOf(wanted, integrationIds));
    });
  }

  private async grantable(
    manager: Transaction,
    { credentials }: ConfigurationDocument,
  ): Promise<KnownNames['attributes']> {
    const { dialect } = this.parts.store;
    const keys = credentials.flatMap(({ attributes }) => listed(attributes));
    return new Set((await lockGrantable(runIn(manager, dialect), dialect, keys)).keys());
  }

  private async holdIntegrations(manager: Transaction, ids: readonly string[]): Promise<boolean> {
    const { store, integrations } = this.parts;
    for (const id of ids.toSorted()) if (!(await integrations.hold(runIn(manager, store.dialect), id))) return false;
    return true;
  }

  private async applyIn(
    manager: Transaction,
    { changes }: ConfigurationPlan,
    ids: ReadonlyMap<string, CredentialId>,
    toDraft: (wanted: CredentialConfiguration) => CredentialDraft,
  ): Promise<readonly AppliedCredential[]> {
    const { credentials } = this.parts;
    const created: AppliedCredential[] = [];
    for (const change of changes) {
      const id = ids.get(nameKey(change.name));
      if (change.action === 'create') {
        const { credential, secret } = await credentials.createIn(manager, toDraft(change.wanted), COMMAND_LINE);
        created.push({ name: credential.name, clientId: credential.clientId, clientSecret: secret });
      } else if (id !== undefined) {
        if (change.action === 'change') await credentials.updateIn(manager, id, toDraft(change.wanted), COMMAND_LINE);
        else await credentials.deleteIn(manager, id, COMMAND_LINE);
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
}

function draftOf(wanted: CredentialConfiguration, integrationIds: ReadonlyMap<string, string>): CredentialDraft {
  const { name, enabled, integration, description, owner, purpose, expires, denial, attributes } = wanted;
  return {
    name,
    enabled,
    description,
    ownerContact: owner,
    purpose,
    integrationId: integration === null ? null : (integrationIds.get(integration) ?? null),
    expiresAt: expires,
    denialMode: denial,
    grants: grantsOf(wanted),
    separateDirections: attributes.kind === 'apart',
  };
}
