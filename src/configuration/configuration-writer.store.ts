import sql, { bulk } from 'sql-template-tag';
import type { Clock } from '../clock';
import type { CredentialId } from '../credentials/credential';
import type { CreatedCredential, CredentialStore } from '../credentials/credential.store';
import { ACTIONS, MODULES, type Grants } from '../permissions/grants';
import { runIn, type Run } from '../store/statement';
import type { Dialect, Transaction } from '../store/store';
import { grantsOf, sameGrants, type CredentialConfiguration } from './configuration';
import type { StoredConfiguration } from './configuration.store';

/** Writes what a plan says, inside its one transaction. */
export class ConfigurationWriter {
  private readonly run: Run;

  /** @param integrationIds by the names that files use */
  constructor(
    private readonly manager: Transaction,
    dialect: Dialect,
    private readonly credentials: CredentialStore,
    private readonly integrationIds: ReadonlyMap<string, string>,
    private readonly clock: Clock,
  ) {
    this.run = runIn(manager, dialect);
  }

  async create(wanted: CredentialConfiguration): Promise<CreatedCredential> {
    const { name, enabled, expires: expiresAt, denial: denialMode } = wanted;
    const draft = { name, enabled, expiresAt, denialMode, grants: grantsOf(wanted) };
    const created = await this.credentials.createIn(this.manager, draft);
    await this.writeDetails(created.credential.id, wanted);
    return created;
  }

  async change(
    { id, version, configuration: before }: StoredConfiguration,
    wanted: CredentialConfiguration,
  ): Promise<void> {
    const grants = grantsOf(wanted);
    const hasNewGrants = !sameGrants(grantsOf(before), grants);
    // A data statement that was made for what held before must find another version, whatever of its permissions changed.
    const step = hasNewGrants || before.denial !== wanted.denial ? 1 : 0;
    await this.run(
      sql`UPDATE credential SET name = ${wanted.name}, enabled = ${wanted.enabled}, expires_at = ${wanted.expires},
          denial_mode = ${wanted.denial}, permission_version = permission_version + ${step},
          version = ${version + 1}, updated_at = ${this.clock.now()}
        WHERE id = ${id}`,
    );
    await this.writeDetails(id, wanted);
    if (hasNewGrants) await this.replaceGrants(id, grants);
    await this.writeRevision(id, version + 1, changedFields(before, wanted, hasNewGrants));
  }

  async delete(id: CredentialId): Promise<void> {
    await this.run(sql`DELETE FROM credential WHERE id = ${id}`);
  }

  private async writeDetails(id: CredentialId, wanted: CredentialConfiguration): Promise<void> {
    const { description, owner, purpose, integration, attributes } = wanted;
    const integrationId = integration === null ? null : (this.integrationIds.get(integration) ?? null);
    await this.run(
      sql`UPDATE credential SET description = ${description}, owner_contact = ${owner}, purpose = ${purpose},
          integration_id = ${integrationId}, separate_directions = ${attributes.kind === 'apart'}
        WHERE id = ${id}`,
    );
  }

  private async replaceGrants(id: CredentialId, { modules, attributes }: Grants): Promise<void> {
    await this.run(sql`DELETE FROM credential_module WHERE credential_id = ${id}`);
    await this.run(sql`DELETE FROM credential_attribute WHERE credential_id = ${id}`);
    const boxes = MODULES.filter((module) => ACTIONS.some((action) => modules[module][action])).map((module) => [
      id,
      module,
      modules[module].read,
      modules[module].write,
    ]);
    if (boxes.length > 0) {
      await this.run(
        sql`INSERT INTO credential_module (credential_id, module, can_read, can_write) VALUES ${bulk(boxes)}`,
      );
    }
    const keys = [...new Set([...attributes.read, ...attributes.write])];
    const list = keys.map((key) => [id, key, attributes.read.has(key), attributes.write.has(key)]);
    if (list.length > 0) {
      await this.run(
        sql`INSERT INTO credential_attribute (credential_id, attribute_key, can_read, can_write) VALUES ${bulk(list)}`,
      );
    }
  }

  private async writeRevision(id: CredentialId, version: number, fields: readonly string[]): Promise<void> {
    await this.run(
      sql`INSERT INTO credential_revision (credential_id, version, fields)
        VALUES (${id}, ${version}, ${JSON.stringify(fields)})`,
    );
  }
}

const FIELDS = {
  name: 'name',
  enabled: 'enabled',
  integration: 'integrationId',
  description: 'description',
  owner: 'ownerContact',
  purpose: 'purpose',
  expires: 'expiresAt',
  denial: 'denialMode',
} as const satisfies Partial<Record<keyof CredentialConfiguration, string>>;

/** In the names that the mutations use, for an editor who comes too late. */
function changedFields(before: CredentialConfiguration, wanted: CredentialConfiguration, grants: boolean): string[] {
  const names = Object.keys(FIELDS) as (keyof typeof FIELDS)[];
  const plain = names.filter((name) => before[name] !== wanted[name]).map((name) => FIELDS[name]);
  return grants || before.attributes.kind !== wanted.attributes.kind ? [...plain, 'grants'] : plain;
}
