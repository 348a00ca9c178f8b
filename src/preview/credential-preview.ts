import type { AttributeKey } from '../attributes/attribute';
import type { AttributeStore, CatalogueEntry } from '../attributes/attribute.store';
import type { AuditLog } from '../audit/audit.store';
import { checkGrants, type GrantsInput } from '../credentials/check-grants';
import type { CredentialId } from '../credentials/credential';
import { readGrants } from '../credentials/grants.store';
import { managedTransaction } from '../credentials/managed-change';
import { GatewayError } from '../errors';
import type { AdminCaller } from '../permissions/caller';
import { NO_GRANTS, type Grants } from '../permissions/grants';
import { readRowId } from '../store/row-id';
import { runIn } from '../store/statement';
import type { Store } from '../store/store';
import { INVENTED_NAME, inventedValue } from './invented-person';
import { readPerson, type PreviewedPerson } from './person.store';
import { previewFields, visibleKeys, type PreviewField, type Sides } from './preview';

export interface CredentialPreviewParts {
  readonly store: Store;
  readonly attributes: AttributeStore;
  readonly audit: AuditLog;
}

/** What is previewed, and of whom. */
export interface PreviewRequest {
  /** Null for a credential that is not made yet: it sees nothing today. */
  readonly id: CredentialId | null;
  /** Null for no proposal: then both sides are today's. */
  readonly grants: GrantsInput | null;
  /** Null for the invented person. */
  readonly employeeId: string | null;
}

export interface CredentialPreview {
  readonly employeeName: string;
  readonly fields: readonly PreviewField[];
}

/** An id that nobody has. */
const NOBODY = 0;

/** Shows what a credential sees of one person, today and with proposed permissions. Stores nothing but the audit line. */
export class CredentialPreviewer {
  constructor(private readonly parts: CredentialPreviewParts) {}

  /** @throws GatewayError NOT_FOUND, BAD_USER_INPUT for grants that cannot be, FORBIDDEN for an auditor and a real person */
  async preview(caller: AdminCaller, { id, grants, employeeId }: PreviewRequest): Promise<CredentialPreview> {
    const catalogue = (await this.parts.attributes.every()).filter(({ retiredAt }) => retiredAt === null);
    const today = id === null ? NO_GRANTS : await this.grantsOf(id);
    const sides = { today, proposed: grants ? proposedGrants(grants, catalogue) : today };
    if (employeeId === null) {
      return { employeeName: INVENTED_NAME, fields: previewFields(catalogue, sides, inventedValue) };
    }
    const { name, values } = await this.person(caller, id, employeeId, visibleKeys(catalogue, sides));
    return {
      employeeName: name,
      fields: previewFields(catalogue, sides, ({ key }) => values.get(key) ?? null),
    };
  }

  private async grantsOf(id: CredentialId): Promise<Grants> {
    const found = await readGrants(this.parts.store, id);
    if (!found) throw new GatewayError('NOT_FOUND', 'No credential has this id.');
    return found.grants;
  }

  // Whoever may make a credential could read the same values through one; an auditor could not. What was looked at is on
  // record before it leaves.
  private person(
    caller: AdminCaller,
    credentialId: CredentialId | null,
    employeeId: string,
    keys: readonly AttributeKey[],
  ): Promise<PreviewedPerson> {
    if (caller.role === 'AUDITOR') {
      throw new GatewayError('FORBIDDEN', 'Auditors see the invented person: a real one is for owners and managers.');
    }
    const { store, audit } = this.parts;
    return managedTransaction(store, caller, async (manager, actor) => {
      const id = readRowId(employeeId) ?? NOBODY;
      const person = await readPerson(runIn(manager, store.dialect), id, keys);
      if (!person) throw new GatewayError('NOT_FOUND', 'Nobody has this id.');
      await audit.append(manager, {
        action: 'EMPLOYEE_PREVIEWED',
        actor,
        subject: { kind: 'EMPLOYEE', id: String(id), name: null },
        after: { credentialId, attributes: keys },
      });
      return person;
    });
  }
}

function proposedGrants(input: GrantsInput, catalogue: readonly CatalogueEntry[]): Sides['proposed'] {
  const { grants, userErrors } = checkGrants(input, new Map(catalogue.map((entry) => [entry.key, entry])), ['grants']);
  if (userErrors.length === 0) return grants;
  throw new GatewayError('BAD_USER_INPUT', 'The proposed permissions cannot be granted.', { userErrors });
}
