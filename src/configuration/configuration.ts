import type { AttributeKey } from '../attributes/attribute';
import { systemAttribute } from '../attributes/system-attributes';
import type { Action, DenialMode, Grants } from '../permissions/grants';
import { MODULES } from '../permissions/grants';

/** One list for both directions, as far as the boxes of EMPLOYEES go; or one for each. */
export type AttributeLists =
  | { readonly kind: 'together'; readonly both: readonly AttributeKey[] }
  | { readonly kind: 'apart'; readonly read: readonly AttributeKey[]; readonly write: readonly AttributeKey[] };

/** A credential as a configuration file describes it: everything that an admin decides, and nothing that is secret. */
export interface CredentialConfiguration {
  readonly name: string;
  readonly enabled: boolean;
  /** The id of a built-in integration, or the name of an own one. */
  readonly integration: string | null;
  readonly description: string | null;
  readonly owner: string | null;
  readonly purpose: string | null;
  /** ISO 8601 in UTC with milliseconds. */
  readonly expires: string | null;
  readonly denial: DenialMode;
  readonly modules: Grants['modules'];
  readonly attributes: AttributeLists;
}

/** @returns what the lists grant under these boxes */
export function grantsOf({ modules, attributes }: Pick<CredentialConfiguration, 'modules' | 'attributes'>): Grants {
  const { read, write } = modules.EMPLOYEES;
  if (attributes.kind === 'apart') {
    return { modules, attributes: { read: new Set(attributes.read), write: new Set(attributes.write) } };
  }
  return {
    modules,
    attributes: {
      read: new Set(read ? attributes.both : []),
      write: new Set(write ? attributes.both.filter(isWritable) : []),
    },
  };
}

/**
 * What grants nothing is left out: attributes without a box of EMPLOYEES, and writing what nobody writes.
 *
 * @param apart whether an admin wants the two lists told apart
 * @returns lists that grant just what `grants` does: together where that is possible
 */
export function listsOf(grants: Grants, apart: boolean): AttributeLists {
  const { modules } = grants;
  if (!modules.EMPLOYEES.read && !modules.EMPLOYEES.write) return { kind: 'together', both: [] };
  const read = sorted(grants.attributes.read);
  const write = sorted(grants.attributes.write).filter(isWritable);
  const together: AttributeLists = { kind: 'together', both: sorted(new Set([...read, ...write])) };
  const needed: Grants = { modules, attributes: { read: new Set(read), write: new Set(write) } };
  return !apart && sameGrants(grantsOf({ modules, attributes: together }), needed)
    ? together
    : { kind: 'apart', read, write };
}

/** What is kept of what a file wants: its lists without what grants nothing there. */
export function keptOf(wanted: CredentialConfiguration): CredentialConfiguration {
  return { ...wanted, attributes: listsOf(grantsOf(wanted), wanted.attributes.kind === 'apart') };
}

export function sameGrants(left: Grants, right: Grants): boolean {
  const boxes = ({ modules }: Grants) => MODULES.map((module) => `${modules[module].read} ${modules[module].write}`);
  const same = (action: Action) => String(sorted(left.attributes[action])) === String(sorted(right.attributes[action]));
  return String(boxes(left)) === String(boxes(right)) && same('read') && same('write');
}

export function isWritable(key: AttributeKey): boolean {
  return systemAttribute(key)?.readOnly !== true;
}

/** In an order that depends on nothing but the keys, so that a file changes only where something changed. */
export function sorted(keys: Iterable<AttributeKey>): AttributeKey[] {
  return [...keys].sort();
}
