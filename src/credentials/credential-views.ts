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

/** A credential as a client may ask about it. A plain object: type-graphql hands resolvers a copy without a prototype. */
export interface CredentialView extends CredentialSummary {
  readonly status: CredentialStatus;
  readonly loadGrants: () => Promise<Grants>;
  readonly loadSecrets: () => Promise<readonly SecretSummary[]>;
  readonly loadAttributes: () => Promise<readonly ListedAttribute[]>;
}

/** Credentials as a client may ask about them. What costs a statement is read once for all of a list, when it is selected. */
export class CredentialViews {
  constructor(private readonly parts: CredentialViewParts) {}

  of(summaries: readonly CredentialSummary[]): CredentialView[] {
    const loaders = new CredentialLoaders(this.parts);
    return summaries.map((summary) => viewOf(summary, loaders));
  }

  one(summary: CredentialSummary): CredentialView;
  one(summary: CredentialSummary | null): CredentialView | null;
  one(summary: CredentialSummary | null): CredentialView | null {
    return summary && viewOf(summary, new CredentialLoaders(this.parts));
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

function viewOf(summary: CredentialSummary, loaders: CredentialLoaders): CredentialView {
  const loadGrants = () => loaders.grants.load(summary.id);
  return {
    ...summary,
    status: statusOf(summary, statusMoments(loaders.now())),
    loadGrants,
    loadSecrets: () => loaders.secrets.load(summary.id),
    loadAttributes: async () => listed(...(await Promise.all([loadGrants(), loaders.entries()]))),
  };
}

// In the order of the catalogue.
function listed({ attributes }: Grants, entries: readonly CatalogueEntry[]): ListedAttribute[] {
  return entries
    .map((attribute) => ({ attribute, read: has(attributes.read, attribute), write: has(attributes.write, attribute) }))
    .filter(({ read, write }) => read || write);
}

function has(keys: ReadonlySet<AttributeKey>, { key }: CatalogueEntry): boolean {
  return keys.has(key);
}
