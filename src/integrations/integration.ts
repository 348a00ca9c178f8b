import type { AttributeKey } from '../attributes/attribute';
import type { Action, Module } from '../permissions/grants';

/** Built-in ones have a readable id that never changes, such as `datev`; own ones a random one. */
export type IntegrationId = string;

export type Boxes = Readonly<Record<Action, boolean>>;

/** An entry of the directory. Choosing one for a credential is informative: it grants nothing and starts nothing. */
export interface Integration {
  readonly id: IntegrationId;
  readonly name: string;
  readonly category: string;
  readonly website: string | null;
  /** What such an integration usually needs, as an offer to whoever fills in its permissions. */
  readonly recommendedModules: ReadonlyMap<Module, Boxes>;
  readonly recommendedAttributes: readonly AttributeKey[];
  readonly builtIn: boolean;
}

export type IntegrationDraft = Omit<Integration, 'id' | 'builtIn'>;

/** What must be unique among integrations: the name without regard to case and outer blanks. */
export function integrationKey(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase();
}
