import type { AttributeKey } from '../attributes/attribute';
import type { Action, Grants, Module } from './grants';

export type DenialReason = 'MODULE_FORBIDDEN' | 'ATTRIBUTE_FORBIDDEN';

export type Decision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: 'ATTRIBUTE_FORBIDDEN' }
  | { readonly allowed: false; readonly reason: 'MODULE_FORBIDDEN'; readonly module: Module; readonly action: Action };

const ALLOW: Decision = { allowed: true };
const DENY_ATTRIBUTE: Decision = { allowed: false, reason: 'ATTRIBUTE_FORBIDDEN' };

/** Decides whether `grants` hold the box for `action` on `module`. Pure; never throws. */
export function decideModule(grants: Grants, module: Module, action: Action): Decision {
  return grants.modules[module][action] ? ALLOW : { allowed: false, reason: 'MODULE_FORBIDDEN', module, action };
}

/**
 * Decides whether `grants` allow `action` on an employee attribute. Pure; never throws.
 *
 * @param attribute a catalogue key, e.g. `fixSalary`; a key that no catalogue knows is denied like any other
 * @returns `{ allowed: true }`, or `{ allowed: false, reason }` with the first reason that applies
 * @see docs/decisions.md "Deny by default"
 */
export function decide(grants: Grants, attribute: AttributeKey, action: Action): Decision {
  const box = decideModule(grants, 'EMPLOYEES', action);
  if (!box.allowed) return box;
  // Whoever may read employees at all must be able to tell them apart; nobody may write an id.
  if (attribute === 'id') return action === 'read' ? ALLOW : DENY_ATTRIBUTE;
  return grants.attributes[action].has(attribute) ? ALLOW : DENY_ATTRIBUTE;
}
