import type { AuditJson, AuditParty } from '../audit/audit-event';
import { ACTIONS, MODULES, type Action, type Grants } from '../permissions/grants';
import type { Credential, CredentialChange } from './credential';

const PLAIN_FIELDS = [
  'name',
  'description',
  'ownerContact',
  'purpose',
  'integrationId',
  'enabled',
  'expiresAt',
  'denialMode',
] as const;

/** What an editor can change, by the names of the mutation's input. */
export type CredentialField = (typeof PLAIN_FIELDS)[number] | 'grants';

/** Decides what a data statement may return: whoever was judged for other values must be judged anew. */
const DECIDING: ReadonlySet<CredentialField> = new Set(['enabled', 'expiresAt', 'denialMode', 'grants']);

/** @returns the fields in which `change` differs from what is kept */
export function changedFields(before: Credential, change: CredentialChange): readonly CredentialField[] {
  const plain: CredentialField[] = PLAIN_FIELDS.filter(
    (field) => change[field] !== undefined && change[field] !== before[field],
  );
  const { grants = before.grants, separateDirections = before.separateDirections } = change;
  const isSame = sameGrants(before.grants, grants) && before.separateDirections === separateDirections;
  return isSame ? plain : [...plain, 'grants'];
}

export function changesAccess(fields: readonly CredentialField[]): boolean {
  return fields.some((field) => DECIDING.has(field));
}

export function sameGrants(left: Grants, right: Grants): boolean {
  const sameBoxes = MODULES.every((module) =>
    ACTIONS.every((action) => left.modules[module][action] === right.modules[module][action]),
  );
  return sameBoxes && ACTIONS.every((action) => sameKeys(left.attributes[action], right.attributes[action]));
}

function sameKeys(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && [...left].every((key) => right.has(key));
}

/** What the audit log tells of a credential's fields: settings and permissions, no secret. */
export function auditedFields(credential: Credential, fields: readonly CredentialField[] = ALL_FIELDS): AuditJson {
  return Object.fromEntries(
    fields.flatMap((field): [string, AuditJson][] =>
      field === 'grants' ? Object.entries(auditedGrants(credential)) : [[field, credential[field]]],
    ),
  );
}

const ALL_FIELDS: readonly CredentialField[] = [...PLAIN_FIELDS, 'grants'];

function auditedGrants({ grants, separateDirections }: Credential): { readonly [key: string]: AuditJson } {
  const boxes = (action: Action) => MODULES.filter((module) => grants.modules[module][action]);
  const keys = (action: Action) => [...grants.attributes[action]].sort();
  return {
    modules: { read: boxes('read'), write: boxes('write') },
    attributes: { read: keys('read'), write: keys('write') },
    separateDirections,
  };
}

export function credentialParty({ id, name }: Pick<Credential, 'id' | 'name'>): AuditParty {
  return { kind: 'CREDENTIAL', id, name };
}
