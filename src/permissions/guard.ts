import type { SystemAttributeKey } from '../attributes/system-attributes';
import type { AdminRole } from '../admins/admin';
import type { Action, Module } from './grants';

/**
 * How a field of the schema is guarded. Kept in the field's `extensions`, so that it belongs to the concrete type and
 * field whatever a client calls it. A field without one stops the start.
 */
export type Guard =
  /** Readable when every attribute that its value comes from is readable. */
  | { readonly kind: 'attributes'; readonly attributes: readonly SystemAttributeKey[] }
  /** Guarded key by key through its `keys` argument; without that argument, it shows the granted keys. */
  | { readonly kind: 'customAttributes' }
  /** Part of a value that was already guarded on the way to it, such as `edges` or the name of a department. */
  | { readonly kind: 'structure' }
  /** A root field, reachable by one audience. */
  | { readonly kind: 'root'; readonly audience: Audience };

export type Audience =
  | { readonly who: 'credential'; readonly module?: { readonly name: Module; readonly action: Action } }
  | { readonly who: 'admin'; readonly roles: readonly AdminRole[] }
  /** What must work before anybody is known, such as signing in. */
  | { readonly who: 'anyone' };

export const GUARD_EXTENSION = 'fieldgate';

/** @returns the guard, or undefined when nobody declared one */
export function guardOf(field: { readonly extensions: Readonly<Record<string, unknown>> }): Guard | undefined {
  return field.extensions[GUARD_EXTENSION] as Guard | undefined;
}
