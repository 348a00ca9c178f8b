import DataLoader from 'dataloader';
import type { AttributeStore, CatalogueEntry } from '../attributes/attribute.store';
import type { AttributeKey } from '../attributes/attribute';
import type { Clock } from '../clock';
import { NO_GRANTS, type Grants } from '../permissions/grants';
import type { Store } from '../store/store';
import type { CredentialId, CredentialSummary } from './credential';
import { statusMoments, statusOf, type CredentialStatus } from './credential-status';
import { readManyGrants } from './grants.store';
import type { SecretStore, SecretSummary } from './secret.store';

/** An attribute on a credential's list. */
export interface ListedAttribute {
  readonly attribute: CatalogueEntry;
  readonly read: boolean;
  readonly write: boolean;
}

export interface CredentialViewParts {
  readonly store: Store;
  readonly secrets: SecretStore;
  readonly attributes: AttributeStore;
  readonly clock: Clock;
}

/** Credentials as a client may ask about them. What costs a statement is read once for all of a list, when it is selected. */
export class CredentialViews {
  constructor(private readonly parts: CredentialViewParts) {}

  of(summaries: readonly CredentialSummary[]): CredentialView[] {
    const loaders = new CredentialLoaders(this.parts);
    return summaries.map((summary) => new CredentialView(summary, loaders));
  }

  one(summary: CredentialSummary): CredentialView;
  one(summary: CredentialSummary | null): CredentialView | null;
  one(summary: CredentialSummary | null): CredentialView | null {
    return summary && new CredentialView(summary, new CredentialLoaders(this.parts));
  }
}

class CredentialLoaders {
  private catalogue: Promise<readonly CatalogueEntry[]> | undefined;

  constructor(private readonly parts: CredentialViewParts) {}

  readonly grants = new DataLoader<CredentialId, Grants>(async (ids) => {
    const found = await readManyGrants((query) => this.parts.store.read(query), ids);
    return ids.map((id) => found.get(id)?.grants ?? NO_GRANTS);
  });

  readonly secrets = new DataLoader<CredentialId, readonly SecretSummary[]>(async (ids) => {
    const found = await this.parts.secrets.live(ids);
    return ids.map((id) => found.get(id) ?? []);
  });

  entries(): Promise<readonly CatalogueEntry[]> {
    return (this.catalogue ??= this.parts.attributes.every());
  }

  now(): string {
    return this.parts.clock.now();
  }
}

export class CredentialView implements CredentialSummary {
  declare readonly id: CredentialId;
  declare readonly clientId: string;
  declare readonly name: string;
  declare readonly description: string | null;
  declare readonly ownerContact: string | null;
  declare readonly purpose: string | null;
  declare readonly integrationId: string | null;
  declare readonly separateDirections: boolean;
  declare readonly enabled: boolean;
  declare readonly expiresAt: string | null;
  declare readonly denialMode: CredentialSummary['denialMode'];
  declare readonly version: number;
  declare readonly createdAt: string;
  declare readonly updatedAt: string;
  declare readonly lastUsedAt: string | null;

  constructor(
    summary: CredentialSummary,
    private readonly loaders: CredentialLoaders,
  ) {
    Object.assign(this, summary);
  }

  get status(): CredentialStatus {
    return statusOf(this, statusMoments(this.loaders.now()));
  }

  grants(): Promise<Grants> {
    return this.loaders.grants.load(this.id);
  }

  secrets(): Promise<readonly SecretSummary[]> {
    return this.loaders.secrets.load(this.id);
  }

  /** In the order of the catalogue. */
  async attributes(): Promise<ListedAttribute[]> {
    const [{ attributes }, entries] = await Promise.all([this.grants(), this.loaders.entries()]);
    return entries
      .map((attribute) => ({
        attribute,
        read: has(attributes.read, attribute),
        write: has(attributes.write, attribute),
      }))
      .filter(({ read, write }) => read || write);
  }
}

function has(keys: ReadonlySet<AttributeKey>, { key }: CatalogueEntry): boolean {
  return keys.has(key);
}
