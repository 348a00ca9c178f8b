import { Extensions, Field } from 'type-graphql';
import { requireSystemAttribute, type SystemAttributeKey } from '../attributes/system-attributes';
import { GUARD_EXTENSION, type Audience, type Guard } from './guard';

type MemberDecorator = MethodDecorator & PropertyDecorator;
type FieldType = ReturnType<Extract<Parameters<typeof Field>[0], () => unknown>>;

function guarded(guard: Guard): MemberDecorator {
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

/** Declares a part of a value that was guarded on the way to it. */
export function Structure(): MemberDecorator {
  return guarded({ kind: 'structure' });
}

/** Declares who may call a root field. */
export function For(audience: Audience): MemberDecorator {
  return guarded({ kind: 'root', audience });
}
