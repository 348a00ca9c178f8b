import type { AttributeKey } from '../attributes/attribute';

export const MODULES = ['EMPLOYEES', 'ABSENCES', 'ATTENDANCES'] as const;
export type Module = (typeof MODULES)[number];

export const ACTIONS = ['read', 'write'] as const;
export type Action = (typeof ACTIONS)[number];

/** NULL_AND_ERROR answers a denied selection with null and one error; STRICT refuses the whole operation. */
export const DENIAL_MODES = ['NULL_AND_ERROR', 'STRICT'] as const;
export type DenialMode = (typeof DENIAL_MODES)[number];

/** What one credential may do: boxes per module, and the attributes on its list, per direction. */
export interface Grants {
  readonly modules: Readonly<Record<Module, Readonly<Record<Action, boolean>>>>;
  readonly attributes: Readonly<Record<Action, ReadonlySet<AttributeKey>>>;
}

export const NO_GRANTS: Grants = {
  modules: {
    EMPLOYEES: { read: false, write: false },
    ABSENCES: { read: false, write: false },
    ATTENDANCES: { read: false, write: false },
  },
  attributes: { read: new Set(), write: new Set() },
};
