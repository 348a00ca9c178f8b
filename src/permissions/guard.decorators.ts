import { Extensions, Field } from 'type-graphql';
import { requireSystemAttribute, type SystemAttributeKey } from '../attributes/system-attributes';
import type { Action, Module } from './grants';
import {
  ARGUMENTS_EXTENSION,
  GUARD_EXTENSION,
  type Audience,
  type Guard,
  type InputGuard,
  type LooksAt,
} from './guard';

type MemberDecorator = MethodDecorator & PropertyDecorator;
type FieldType = ReturnType<Extract<Parameters<typeof Field>[0], () => unknown>>;

function guarded(guard: Guard | InputGuard): MemberDecorator {
  return Extensions({ [GUARD_EXTENSION]: guard });
}

/**
 * Declares a field of employee data that is readable when all `attributes` are. Always nullable, because a denied one
 * answers null.
 */
export function Attribute(attributes: SystemAttributeKey | readonly SystemAttributeKey[]): MemberDecorator {
  return guarded({ kind: 'attributes', attributes: typeof attributes === 'string' ? [attributes] : attributes });
}

/** Declares the field of one system attribute: nullable, described by the catalogue, guarded by its key. */
export function AttributeField(key: SystemAttributeKey, type: () => FieldType, hint = ''): PropertyDecorator {
  const { label, sensitivity } = requireSystemAttribute(key);
  const description = `${label.en}.${hint && ` ${hint}`} Sensitivity: ${sensitivity.toLowerCase()}.`;
  const field = Field(type, { nullable: true, description });
  const guard = Attribute(key);
  return (target: object, name: string | symbol) => {
    field(target, name);
    guard(target, name);
  };
}

/** Declares a field that is guarded key by key through its `keys` argument. */
export function CustomAttributesGuard(): MemberDecorator {
  return guarded({ kind: 'customAttributes' });
}

/** Declares data of another module below a person: nullable, because without the module's box it answers null. */
export function OfModule(module: Module, attributes: readonly SystemAttributeKey[] = ['id']): MemberDecorator {
  return guarded({ kind: 'module', module, attributes });
}

/** Declares a part of a value that was guarded on the way to it, or a field of an input type that names no attribute. */
export function Structure(): MemberDecorator {
  return guarded({ kind: 'structure' });
}

/** Declares who may call a root field. */
export function For(audience: Audience): MemberDecorator {
  return guarded({ kind: 'root', audience });
}

/** Declares a field of an input type that uses these attributes as soon as a client names it. */
export function UsesAttribute(
  action: Action,
  attributes: SystemAttributeKey | readonly SystemAttributeKey[],
): MemberDecorator {
  return guarded(usesAttribute(action, attributes));
}

/** Declares a field of an input type whose value is the key of a custom attribute, without the prefix. */
export function UsesCustomKey(action: Action): MemberDecorator {
  return guarded({ kind: 'customKey', action });
}

/** Declares a field of an input type whose enum values name attributes. */
export function UsesNamedAttributes(
  action: Action,
  attributes: Readonly<Record<string, readonly SystemAttributeKey[]>>,
): MemberDecorator {
  return guarded({ kind: 'attributeNames', action, attributes });
}

/** Declares what each argument of a field uses. `'structure'` is for one that names no attribute itself. */
export function Arguments(guards: Readonly<Record<string, InputGuard | 'structure'>>): MemberDecorator {
  const entries = Object.entries(guards).map(
    ([name, guard]) => [name, guard === 'structure' ? STRUCTURE : guard] as const,
  );
  return Extensions({ [ARGUMENTS_EXTENSION]: Object.fromEntries<InputGuard>(entries) });
}

const STRUCTURE: InputGuard = { kind: 'structure' };

/** What an argument of `@Arguments` uses when it names nothing and looks at whatever the caller may read of these. */
export function looksAt(keys: LooksAt): InputGuard {
  return { kind: 'structure', looksAt: keys };
}

/** What an argument of `@Arguments` uses when it stands for these attributes. */
export function usesAttribute(
  action: Action,
  attributes: SystemAttributeKey | readonly SystemAttributeKey[],
): InputGuard {
  return { kind: 'attributes', action, attributes: typeof attributes === 'string' ? [attributes] : attributes };
}
