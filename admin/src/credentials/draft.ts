import type { VariablesOf } from '../graphql/graphql';
import type { Credential, CreateCredential, IntegrationChoice, UpdateCredential } from './credential.operations';

export const MODULES = ['EMPLOYEES', 'ABSENCES', 'ATTENDANCES'] as const;
export type Module = (typeof MODULES)[number];
export type Direction = 'read' | 'write';
export type Boxes = Readonly<Record<Direction, boolean>>;
export type AttributeKeys = ReadonlySet<string>;

/** What the drawer's form holds. */
export interface Draft {
  readonly name: string;
  readonly description: string;
  readonly ownerContact: string;
  readonly purpose: string;
  readonly integrationId: string | null;
  readonly expiresAt: string | null;
  readonly denialMode: Credential['denialMode'];
  readonly modules: Readonly<Record<Module, Boxes>>;
  /** Whether the lists differ by direction; while they don't, both are the same list. */
  readonly isApart: boolean;
  readonly read: AttributeKeys;
  readonly write: AttributeKeys;
}

type CreateInput = VariablesOf<typeof CreateCredential>['input'];
type UpdateInput = VariablesOf<typeof UpdateCredential>['input'];
export type GrantsInput = CreateInput['grants'];

const NO_BOXES: Boxes = { read: false, write: false };
const NO_KEYS: AttributeKeys = new Set();
/** What the gateway keeps itself: read at most, and refused on a list of what may be written. */
const KEPT_BY_THE_GATEWAY: AttributeKeys = new Set(['id', 'createdAt', 'lastModifiedAt']);

export const EMPTY_DRAFT: Draft = {
  name: '',
  description: '',
  ownerContact: '',
  purpose: '',
  integrationId: null,
  expiresAt: null,
  denialMode: 'NULL_AND_ERROR',
  modules: { EMPLOYEES: NO_BOXES, ABSENCES: NO_BOXES, ATTENDANCES: NO_BOXES },
  isApart: false,
  read: NO_KEYS,
  write: NO_KEYS,
};

export function draftOf(credential: Credential): Draft {
  const { name, description, ownerContact, purpose, integration, expiresAt, denialMode, attributes } = credential;
  const keys = (wanted: (entry: (typeof attributes)[number]) => boolean) =>
    new Set(attributes.filter(wanted).map(({ attribute }) => attribute.key));
  const isApart = credential.separateDirections;
  const either = keys(({ read, write }) => read || write);
  return {
    name,
    description: description ?? '',
    ownerContact: ownerContact ?? '',
    purpose: purpose ?? '',
    integrationId: integration?.id ?? null,
    expiresAt,
    denialMode,
    modules: boxesOf(credential.modules),
    isApart,
    read: isApart ? keys(({ read }) => read) : either,
    write: isApart ? keys(({ write }) => write) : either,
  };
}

export function boxesOf(modules: Credential['modules']): Draft['modules'] {
  const boxes = Object.fromEntries(modules.map(({ module, read, write }) => [module, { read, write }]));
  return { ...EMPTY_DRAFT.modules, ...boxes };
}

/** Whether any attribute can be used at all: without a box of the EMPLOYEES module the list means nothing. */
export function usesAttributes({ modules }: Draft): boolean {
  return modules.EMPLOYEES.read || modules.EMPLOYEES.write;
}

export function isWritable(key: string): boolean {
  return !KEPT_BY_THE_GATEWAY.has(key);
}

/** What the credential could use in this direction. */
export function effective(draft: Draft, direction: Direction): AttributeKeys {
  return draft.modules.EMPLOYEES[direction] ? listed(draft, direction) : NO_KEYS;
}

/** Every attribute on a list, whatever the direction. */
export function chosen(draft: Draft): AttributeKeys {
  return draft.isApart ? new Set([...draft.read, ...listed(draft, 'write')]) : draft.read;
}

function listed(draft: Draft, direction: Direction): AttributeKeys {
  return direction === 'read' ? draft.read : new Set([...draft.write].filter(isWritable));
}

export function withKeys(draft: Draft, keys: Iterable<string>, on: boolean, direction?: Direction): Draft {
  const changed = (before: AttributeKeys): AttributeKeys => {
    const after = new Set(before);
    for (const key of keys) {
      if (on) after.add(key);
      else after.delete(key);
    }
    return after;
  };
  if (direction) return { ...draft, [direction]: changed(draft[direction]) };
  const list = changed(draft.read);
  return { ...draft, read: list, write: draft.isApart ? changed(draft.write) : list };
}

export function toldApart(draft: Draft, isApart: boolean): Draft {
  if (isApart) return { ...draft, isApart };
  const list = chosen(draft);
  return { ...draft, isApart, read: list, write: list };
}

/** The integration's own preset in place of what was chosen. */
export function withRecommendation(draft: Draft, integration: IntegrationChoice, known: AttributeKeys): Draft {
  const list = new Set(integration.recommendedAttributes.filter((key) => known.has(key)));
  return {
    ...draft,
    modules: boxesOf(integration.recommendedModules),
    isApart: false,
    read: list,
    write: list,
  };
}

export function grantsInput(draft: Draft): GrantsInput {
  const modules = MODULES.map((module) => ({ module, ...draft.modules[module] }));
  if (draft.isApart) return { modules, read: [...effective(draft, 'read')], write: [...effective(draft, 'write')] };
  return { modules, attributes: usesAttributes(draft) ? [...draft.read] : [] };
}

export function createInput(draft: Draft, enabled: boolean): CreateInput {
  return {
    name: draft.name.trim(),
    description: draft.description.trim() || null,
    ownerContact: draft.ownerContact.trim() || null,
    purpose: draft.purpose.trim() || null,
    integrationId: draft.integrationId,
    expiresAt: draft.expiresAt,
    denialMode: draft.denialMode,
    enabled,
    grants: grantsInput(draft),
  };
}

/** Only what differs: what another admin changed elsewhere is not written over with an old value. */
export function updateInput(version: number, before: Draft, after: Draft): UpdateInput {
  const whole = createInput(after, true);
  const changed = changedFields(before, after);
  const isChanged = (field: DraftField): boolean => changed.includes(field);
  return {
    version,
    ...(isChanged('name') ? { name: whole.name } : {}),
    ...(isChanged('description') ? { description: whole.description ?? null } : {}),
    ...(isChanged('ownerContact') ? { ownerContact: whole.ownerContact ?? null } : {}),
    ...(isChanged('purpose') ? { purpose: whole.purpose ?? null } : {}),
    ...(isChanged('integrationId') ? { integrationId: whole.integrationId ?? null } : {}),
    ...(isChanged('expiresAt') ? { expiresAt: whole.expiresAt ?? null } : {}),
    ...(isChanged('denialMode') ? { denialMode: after.denialMode } : {}),
    ...(isChanged('grants') ? { grants: whole.grants } : {}),
  };
}

export const DRAFT_FIELDS = [
  'name',
  'description',
  'ownerContact',
  'purpose',
  'integrationId',
  'expiresAt',
  'denialMode',
  'grants',
] as const;
export type DraftField = (typeof DRAFT_FIELDS)[number];

export function changedFields(before: Draft, after: Draft): readonly DraftField[] {
  return DRAFT_FIELDS.filter((field) =>
    field === 'grants' ? !sameGrants(before, after) : before[field] !== after[field],
  );
}

export function isSame(one: Draft, other: Draft): boolean {
  return changedFields(one, other).length === 0;
}

export function sameGrants(one: Draft, other: Draft): boolean {
  return grantsText(one) === grantsText(other);
}

function grantsText(draft: Draft): string {
  const { modules, attributes, read, write } = grantsInput(draft);
  return JSON.stringify([modules, ...[attributes, read, write].map((keys) => keys && [...keys].sort())]);
}
