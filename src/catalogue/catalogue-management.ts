import { customKey, type Attribute, type AttributeKey } from '../attributes/attribute';
import { lockCustomAttribute, type CatalogueEntry } from '../attributes/attribute.store';
import type { AuditAction, AuditJson, AuditParty } from '../audit/audit-event';
import type { AuditLog } from '../audit/audit.store';
import type { Clock } from '../clock';
import { managedTransaction } from '../credentials/managed-change';
import { done, refused, userError, type Outcome } from '../operations/user-error';
import type { AdminCaller } from '../permissions/caller';
import { isUniqueViolation, runIn } from '../store/statement';
import type { Store, Transaction } from '../store/store';
import { attributeCreated, attributeParty, told } from './attribute-event';
import { insertAttribute, retireAttribute, updateAttribute } from './catalogue-editor.store';
import {
  checkAttribute,
  checkNewAttribute,
  type CustomAttributeInput,
  type NewCustomAttributeInput,
} from './check-custom-attribute';

export interface CatalogueManagementParts {
  readonly store: Store;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

const UNKNOWN = userError(['key'], 'UNKNOWN', 'There is no custom attribute with this key.');
const RETIRED = userError(['key'], 'NOT_ALLOWED', 'This attribute was taken out of use, and stays so.');
const TAKEN = userError(
  ['name'],
  'TAKEN',
  'An attribute has or had this name. A name is never used again, because lists and files may hold it.',
);

type Work = (manager: Transaction, actor: AuditParty) => Promise<Outcome<CatalogueEntry>>;

/** What owners do with custom attributes. A new one is granted to nobody; a retired one is denied everywhere at once. */
export class CatalogueManagement {
  constructor(private readonly parts: CatalogueManagementParts) {}

  async create(caller: AdminCaller, input: NewCustomAttributeInput): Promise<Outcome<CatalogueEntry>> {
    const entry = newEntry(input);
    try {
      return await this.transaction(caller, async (manager, actor) => {
        const taken = (await this.locked(manager, entry.key)) ? [TAKEN] : [];
        const problems = [...checkNewAttribute(input), ...taken];
        if (problems.length > 0) return refused(problems);
        await insertAttribute(runIn(manager, this.parts.store.dialect), entry);
        await this.parts.audit.append(manager, attributeCreated(entry, actor));
        return done(entry);
      });
    } catch (error) {
      if (isUniqueViolation(error)) return refused([TAKEN]);
      throw error;
    }
  }

  /** The key stays: lists, files and integrations hold it. */
  change(caller: AdminCaller, key: AttributeKey, input: CustomAttributeInput): Promise<Outcome<CatalogueEntry>> {
    return this.transaction(caller, async (manager, actor) => {
      const before = await this.locked(manager, key);
      if (!before) return refused([UNKNOWN]);
      if (before.retiredAt !== null) return refused([RETIRED]);
      const problems = checkAttribute(input, before.type);
      if (problems.length > 0) return refused(problems);
      const after = changed(before, input);
      await updateAttribute(runIn(manager, this.parts.store.dialect), after);
      await this.note(manager, 'ATTRIBUTE_UPDATED', actor, after, { before: told(before), after: told(after) });
      return done(after);
    });
  }

  retire(caller: AdminCaller, key: AttributeKey): Promise<Outcome<CatalogueEntry>> {
    return this.transaction(caller, async (manager, actor) => {
      const { store, clock } = this.parts;
      const before = await this.locked(manager, key);
      if (!before) return refused([UNKNOWN]);
      if (before.retiredAt !== null) return done(before);
      const after: CatalogueEntry = { ...before, retiredAt: clock.now() };
      const takenFrom = await retireAttribute(runIn(manager, store.dialect), store.dialect, key, clock.now());
      await this.note(manager, 'ATTRIBUTE_RETIRED', actor, after, { before: told(before), after: { takenFrom } });
      return done(after);
    });
  }

  private transaction(caller: AdminCaller, work: Work): Promise<Outcome<CatalogueEntry>> {
    return managedTransaction(this.parts.store, caller, work);
  }

  private locked(manager: Transaction, key: AttributeKey): Promise<CatalogueEntry | null> {
    const { dialect } = this.parts.store;
    return lockCustomAttribute(runIn(manager, dialect), dialect, key);
  }

  private note(
    manager: Transaction,
    action: AuditAction,
    actor: AuditParty,
    attribute: Attribute,
    sides: { readonly before?: AuditJson; readonly after?: AuditJson },
  ): Promise<void> {
    return this.parts.audit.append(manager, { action, actor, subject: attributeParty(attribute), ...sides });
  }
}

function newEntry({ name, labelEn, labelDe, type, sensitivity, options }: NewCustomAttributeInput): CatalogueEntry {
  return {
    key: customKey(name),
    label: { en: labelEn.trim(), de: labelDe.trim() },
    type,
    category: 'CUSTOM',
    sensitivity,
    options: (options ?? []).map((option) => option.trim()),
    readOnly: false,
    retiredAt: null,
  };
}

function changed(
  before: CatalogueEntry,
  { labelEn, labelDe, sensitivity, options }: CustomAttributeInput,
): CatalogueEntry {
  return {
    ...before,
    label: { en: labelEn?.trim() ?? before.label.en, de: labelDe?.trim() ?? before.label.de },
    sensitivity: sensitivity ?? before.sensitivity,
    options: options?.map((option) => option.trim()) ?? before.options,
  };
}
