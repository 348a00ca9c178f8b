import { changedFields, type AttributeKeys, type Draft, type DraftField } from './draft';

/** Which of two changes of the same field is kept. */
export type Choice = 'MINE' | 'THEIRS';

export interface Change {
  readonly field: DraftField;
  readonly isMine: boolean;
  readonly isTheirs: boolean;
}

/** What two admins did to the same credential since `base`. A field that both changed, and not to the same, needs a choice. */
export function changesOf(base: Draft, mine: Draft, theirs: Draft): readonly Change[] {
  const changedByMe = new Set(changedFields(base, mine));
  const changedByThem = new Set(changedFields(base, theirs));
  const apart = new Set(changedFields(mine, theirs));
  const fields = new Set([...changedByMe, ...changedByThem]);
  return [...fields].map((field) => ({
    field,
    isMine: changedByMe.has(field) && apart.has(field),
    isTheirs: changedByThem.has(field),
  }));
}

/** Joins both: what only one changed is kept, what both changed goes by the choice. */
export function merged(base: Draft, mine: Draft, theirs: Draft, choices: ReadonlyMap<DraftField, Choice>): Draft {
  return changesOf(base, mine, theirs).reduce((draft, { field, isMine, isTheirs }) => {
    const keepsMine = isMine && (!isTheirs || choices.get(field) !== 'THEIRS');
    return withField(draft, keepsMine ? mine : theirs, field);
  }, base);
}

function withField(draft: Draft, source: Draft, field: DraftField): Draft {
  if (field !== 'grants') return { ...draft, [field]: source[field] };
  const { modules, isApart, read, write } = source;
  return { ...draft, modules, isApart, read, write };
}

export interface PermissionChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export function keysChanged(before: AttributeKeys, after: AttributeKeys): PermissionChange {
  return {
    added: [...after].filter((key) => !before.has(key)),
    removed: [...before].filter((key) => !after.has(key)),
  };
}
