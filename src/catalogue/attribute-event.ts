import type { Attribute } from '../attributes/attribute';
import type { AuditDraft, AuditJson, AuditParty } from '../audit/audit-event';

/** The event of a new custom attribute, whoever made it. */
export function attributeCreated(attribute: Attribute, actor: AuditParty): AuditDraft {
  return { action: 'ATTRIBUTE_CREATED', actor, subject: attributeParty(attribute), after: told(attribute) };
}

export function attributeParty({ key, label }: Attribute): AuditParty {
  return { kind: 'ATTRIBUTE', id: key, name: label.en };
}

export function told({ label, type, sensitivity, options }: Attribute): AuditJson {
  return { label: { ...label }, type, sensitivity, options };
}
