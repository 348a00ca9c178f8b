import type { AttributeKey } from '../attributes/attribute';
import { nameKey } from '../credentials/credential';
import { ACTIONS, MODULES, type Grants } from '../permissions/grants';
import {
  grantsOf,
  isWritable,
  keptOf,
  sorted,
  type AttributeLists,
  type CredentialConfiguration,
} from './configuration';
import type { ConfigurationDocument, Path } from './configuration-document';
import { ConfigurationError, type ConfigurationProblem } from './configuration-problem';

/** One line of a difference. Neither side holds anything secret. */
export interface FieldChange {
  readonly field: string;
  readonly before: string | boolean | null;
  readonly after: string | boolean | null;
}

export type CredentialChange =
  | { readonly action: 'create'; readonly name: string; readonly wanted: CredentialConfiguration }
  | {
      readonly action: 'change';
      readonly name: string;
      readonly wanted: CredentialConfiguration;
      readonly fields: readonly FieldChange[];
    }
  | { readonly action: 'delete'; readonly name: string };

export interface ConfigurationPlan {
  readonly changes: readonly CredentialChange[];
  readonly unchanged: number;
}

/** What the store knows that a file may name. */
export interface KnownNames {
  readonly attributes: ReadonlySet<AttributeKey>;
  /** Ids of built-in integrations and names of own ones. */
  readonly integrations: ReadonlySet<string>;
}

/**
 * Compares what there is with what a file wants. Pure.
 *
 * @param prune whether what the file does not list is deleted
 * @throws ConfigurationError naming every attribute and integration that does not exist, and every impossible grant
 */
export function planConfiguration(
  current: readonly CredentialConfiguration[],
  document: ConfigurationDocument,
  known: KnownNames,
  prune: boolean,
): ConfigurationPlan {
  const before = new Map(current.map((credential) => [nameKey(credential.name), credential]));
  const problems = document.credentials.flatMap((wanted, index) =>
    problemsOf(wanted, before.get(nameKey(wanted.name)), known).map(({ path, message }) =>
      document.problem(['credentials', index, ...path], message),
    ),
  );
  if (problems.length > 0) throw new ConfigurationError(problems);
  const listed = new Set(document.credentials.map(({ name }) => nameKey(name)));
  const changes = [
    ...document.credentials.map(keptOf).flatMap((wanted) => changeOf(before.get(nameKey(wanted.name)), wanted)),
    ...(prune ? current.filter(({ name }) => !listed.has(nameKey(name))) : []).map(
      ({ name }) => ({ action: 'delete', name }) as const,
    ),
  ];
  const touched = changes.filter(({ action }) => action !== 'create').length;
  return { changes, unchanged: current.length - touched };
}

function changeOf(before: CredentialConfiguration | undefined, wanted: CredentialConfiguration): CredentialChange[] {
  if (!before) return [{ action: 'create', name: wanted.name, wanted }];
  const fields = differences(before, wanted);
  return fields.length > 0 ? [{ action: 'change', name: before.name, wanted, fields }] : [];
}

const PLAIN = ['name', 'enabled', 'integration', 'description', 'owner', 'purpose', 'expires', 'denial'] as const;

/** @returns every field in which two credentials differ, one attribute at a time */
export function differences(before: CredentialConfiguration, after: CredentialConfiguration): FieldChange[] {
  const plain = PLAIN.map((field) => ({ field, before: before[field], after: after[field] }));
  const lists = { field: 'lists', before: kindOf(before.attributes), after: kindOf(after.attributes) };
  const [old, fresh] = [grantsOf(before), grantsOf(after)];
  const boxes = MODULES.map((module) => ({
    field: `modules.${module.toLowerCase()}`,
    before: boxText(old, module),
    after: boxText(fresh, module),
  }));
  const keys = sorted(new Set([...listed(before.attributes), ...listed(after.attributes)]));
  const attributes = keys.map((key) => ({
    field: `attributes.${key}`,
    before: directions(before.attributes, key),
    after: directions(after.attributes, key),
  }));
  return [...plain, lists, ...boxes, ...attributes].filter((change) => change.before !== change.after);
}

function kindOf({ kind }: AttributeLists): string {
  return kind === 'apart' ? 'read and write told apart' : 'one for read and write';
}

function boxText({ modules }: Grants, module: (typeof MODULES)[number]): string | null {
  return ACTIONS.filter((action) => modules[module][action]).join(', ') || null;
}

/** Every key that stands on the lists. */
export function listed(lists: AttributeLists): readonly AttributeKey[] {
  return lists.kind === 'together' ? lists.both : [...lists.read, ...lists.write];
}

function directions(lists: AttributeLists, key: AttributeKey): string | null {
  if (lists.kind === 'together') return lists.both.includes(key) ? 'listed' : null;
  return ACTIONS.filter((action) => lists[action].includes(key)).join(', ') || null;
}

type Finding = Pick<ConfigurationProblem, 'message'> & { readonly path: Path };

function problemsOf(
  wanted: CredentialConfiguration,
  before: CredentialConfiguration | undefined,
  known: KnownNames,
): Finding[] {
  const { attributes, integration, modules } = wanted;
  // One that is on the list already may have been taken out of use since: it may stay there, where it grants nothing.
  const isKnown = (key: AttributeKey) =>
    known.attributes.has(key) || (before && listed(before.attributes).includes(key));
  const findings: Finding[] = placedKeys(attributes)
    .filter(({ key }) => !isKnown(key))
    .map(({ path, key }) => ({ path, message: `there is no attribute ${JSON.stringify(key)}` }));
  if (integration !== null && !known.integrations.has(integration)) {
    findings.push({ path: ['integration'], message: `there is no integration ${JSON.stringify(integration)}` });
  }
  const { read, write } = modules.EMPLOYEES;
  if (listed(attributes).length > 0 && !read && !write) {
    findings.push({ path: ['attributes'], message: 'are of employees: add read or write to modules.employees' });
  }
  if (attributes.kind === 'apart') {
    for (const [index, key] of attributes.write.entries()) {
      if (!isWritable(key)) findings.push({ path: ['attributes', 'write', index], message: `nobody writes ${key}` });
    }
  }
  return findings;
}

function placedKeys(lists: AttributeLists): { path: Path; key: AttributeKey }[] {
  const placed = (path: Path, keys: readonly AttributeKey[]) =>
    keys.map((key, index) => ({ path: [...path, index], key }));
  if (lists.kind === 'together') return placed(['attributes'], lists.both);
  return [...placed(['attributes', 'read'], lists.read), ...placed(['attributes', 'write'], lists.write)];
}
