import type { GraphQLField } from 'graphql';
import { customName, isCustomKey, type AttributeKey } from '../attributes/attribute';
import type { AdminCaller, CredentialCaller } from './caller';
import { decide, decideModule } from './decide';
import { ACTIONS, MODULES, type Action, type Grants } from './grants';
import { argumentGuardOf, guardOf, inputGuardOf, type Guard, type InputGuard } from './guard';

type Field = GraphQLField<unknown, unknown>;

/** Part of the schema that somebody sees, by its guards alone: whether its type is worth anything is another question. */
export interface Visibility {
  /** The same for everybody who sees the same. */
  readonly key: string;
  field(field: Field): boolean;
  argument(field: Field, argument: string): boolean;
  inputField(field: Parameters<typeof inputGuardOf>[0]): boolean;
  /** @param guards of the places that take the enum, as far as they map its values to attributes */
  enumValue(guards: readonly NamingGuard[], value: string): boolean;
  /** Which keys may stand where a guard takes keys of custom attributes, without the prefix. */
  customNames(action: Action): readonly string[];
}

export type NamingGuard = Extract<InputGuard, { kind: 'attributeNames' }>;

/** @returns what a credential or an admin sees */
export function visibilityOf(caller: CredentialCaller | AdminCaller): Visibility {
  return caller.kind === 'credential' ? new CredentialVisibility(caller.grants) : new AdminVisibility(caller.role);
}

/** What grants let a credential use. What nobody guarded is not seen. */
export class CredentialVisibility implements Visibility {
  readonly key: string;

  constructor(private readonly grants: Grants) {
    const boxes = MODULES.flatMap((module) => ACTIONS.map((action) => (grants.modules[module][action] ? 1 : 0)));
    this.key = [boxes.join(''), ...ACTIONS.map((action) => [...grants.attributes[action]].sort().join(' '))].join('|');
  }

  field(field: Field): boolean {
    const guard = guardOf(field);
    return guard !== undefined && this.permits(guard);
  }

  argument(field: Field, argument: string): boolean {
    return this.uses(argumentGuardOf(field, argument));
  }

  inputField(field: Parameters<typeof inputGuardOf>[0]): boolean {
    return this.uses(inputGuardOf(field));
  }

  enumValue(guards: readonly NamingGuard[], value: string): boolean {
    return (
      guards.length === 0 || guards.some(({ action, attributes }) => this.allows(attributes[value] ?? [value], action))
    );
  }

  customNames(action: Action): readonly string[] {
    return [...this.grants.attributes[action]]
      .filter((key) => isCustomKey(key) && decide(this.grants, key, action).allowed)
      .map(customName)
      .sort();
  }

  private permits(guard: Guard): boolean {
    switch (guard.kind) {
      case 'root': {
        const { audience } = guard;
        if (audience.who !== 'credential') return false;
        const { module } = audience;
        return module === undefined || decideModule(this.grants, module.name, module.action).allowed;
      }
      case 'attributes':
        return this.allows(guard.attributes, 'read');
      case 'module':
        return decideModule(this.grants, guard.module, 'read').allowed && this.allows(guard.attributes, 'read');
      case 'customAttributes':
        return this.customNames('read').length > 0;
      case 'structure':
        return true;
    }
  }

  private uses(guard: InputGuard | undefined): boolean {
    switch (guard?.kind) {
      case undefined:
        return false;
      case 'attributes':
        return this.allows(guard.attributes, guard.action);
      case 'customKey':
        return this.customNames(guard.action).length > 0;
      // Its values are what is seen or not, and a field of an enum without any is not.
      case 'attributeNames':
      case 'structure':
        return true;
    }
  }

  private allows(attributes: readonly AttributeKey[], action: Action): boolean {
    return attributes.every((attribute) => decide(this.grants, attribute, action).allowed);
  }
}

/** What an admin of one role manages. Data of employees is not among it, so its arguments need no guard. */
class AdminVisibility implements Visibility {
  constructor(private readonly role: AdminCaller['role']) {}

  get key(): string {
    return this.role;
  }

  field(field: Field): boolean {
    const guard = guardOf(field);
    if (guard?.kind !== 'root') return guard?.kind === 'structure';
    const { audience } = guard;
    return audience.who === 'anyone' || (audience.who === 'admin' && audience.roles.includes(this.role));
  }

  argument(): boolean {
    return true;
  }

  inputField(): boolean {
    return true;
  }

  enumValue(): boolean {
    return true;
  }

  customNames(): readonly string[] {
    return [];
  }
}
