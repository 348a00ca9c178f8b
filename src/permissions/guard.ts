import type { AttributeKey } from '../attributes/attribute';
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
  /** Data of another module below a person: readable when the module is, and every attribute that its value comes from. */
  | { readonly kind: 'module'; readonly module: Module; readonly attributes: readonly SystemAttributeKey[] }
  /** Part of a value that was already guarded on the way to it, such as `edges` or the name of a department. */
  | { readonly kind: 'structure' }
  /** A root field, reachable by one audience. */
  | { readonly kind: 'root'; readonly audience: Audience };

export type Audience =
  | {
      readonly who: 'credential';
      readonly module?: { readonly name: Module; readonly action: Action };
      readonly looksAt?: LooksAt;
    }
  | { readonly who: 'admin'; readonly roles: readonly AdminRole[]; readonly section?: Section }
  /** What must work before anybody is known, such as signing in. */
  | { readonly who: 'anyone' };

/** Which attributes are looked at without being named, of those that the caller may read. It denies nothing. */
export type LooksAt = (key: AttributeKey) => boolean;

/** A part of what admins do that can be switched off as a whole. */
export type Section = 'API_CREDENTIALS';

export const GUARD_EXTENSION = 'fieldgate';

/**
 * How an argument or a field of an input type is guarded: what a client uses by naming it, whatever value it gives, null
 * and empty lists among them. One that is refused refuses the whole operation, because a predicate that is dropped or a
 * write that is applied in part would be worse than none.
 */
export type InputGuard =
  /** Uses these attributes: to read when it filters, orders or measures, to write when it sets. */
  | { readonly kind: 'attributes'; readonly action: Action; readonly attributes: readonly SystemAttributeKey[] }
  /** Its value is the key of a custom attribute without the prefix, or a list of such keys. */
  | { readonly kind: 'customKey'; readonly action: Action }
  /** Its value is of an enum, or a list of one; each value of the enum uses the attributes that stand here for it. */
  | {
      readonly kind: 'attributeNames';
      readonly action: Action;
      readonly attributes: Readonly<Record<string, readonly AttributeKey[]>>;
    }
  /** Names no attribute itself: a page size, a connective such as `and`, an operand of a guarded field. */
  | { readonly kind: 'structure'; readonly looksAt?: LooksAt };

export const ARGUMENTS_EXTENSION = 'fieldgateArguments';

/** @returns the guard of an input type's field, or undefined when nobody declared one */
export function inputGuardOf(field: Extended): InputGuard | undefined {
  return field.extensions[GUARD_EXTENSION] as InputGuard | undefined;
}

/** @returns the guard of an argument, or undefined when nobody declared one */
export function argumentGuardOf(field: Extended, argument: string): InputGuard | undefined {
  const guards = (field.extensions[ARGUMENTS_EXTENSION] ?? {}) as Readonly<Record<string, InputGuard>>;
  return Object.hasOwn(guards, argument) ? guards[argument] : undefined;
}

interface Extended {
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** @returns the guard, or undefined when nobody declared one */
export function guardOf(field: Extended): Guard | undefined {
  return field.extensions[GUARD_EXTENSION] as Guard | undefined;
}
