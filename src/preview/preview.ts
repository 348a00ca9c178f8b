import type { AttributeKey } from '../attributes/attribute';
import type { CatalogueEntry } from '../attributes/attribute.store';
import { decide, type DenialReason } from '../permissions/decide';
import type { Grants } from '../permissions/grants';

/** What a credential gets when it reads one attribute of one person. */
export type PreviewValue =
  | { readonly visible: true; readonly value: string | null; readonly reason: null }
  | { readonly visible: false; readonly value: null; readonly reason: DenialReason };

export interface PreviewField {
  readonly attribute: CatalogueEntry;
  readonly today: PreviewValue;
  readonly proposed: PreviewValue;
}

/** The permissions that are compared. */
export interface Sides {
  readonly today: Grants;
  readonly proposed: Grants;
}

/** @returns the attributes that one of the sides may read: the only ones that a preview needs the values of */
export function visibleKeys(catalogue: readonly CatalogueEntry[], { today, proposed }: Sides): AttributeKey[] {
  return catalogue
    .map(({ key }) => key)
    .filter((key) => [today, proposed].some((grants) => decide(grants, key, 'read').allowed));
}

/** Compares attribute by attribute, with the very decision that answers the credential's requests. */
export function previewFields(
  catalogue: readonly CatalogueEntry[],
  { today, proposed }: Sides,
  valueOf: (attribute: CatalogueEntry) => string | null,
): PreviewField[] {
  return catalogue.map((attribute) => ({
    attribute,
    today: previewValue(today, attribute, valueOf),
    proposed: previewValue(proposed, attribute, valueOf),
  }));
}

function previewValue(
  grants: Grants,
  attribute: CatalogueEntry,
  valueOf: (attribute: CatalogueEntry) => string | null,
): PreviewValue {
  const decision = decide(grants, attribute.key, 'read');
  return decision.allowed
    ? { visible: true, value: valueOf(attribute), reason: null }
    : { visible: false, value: null, reason: decision.reason };
}
