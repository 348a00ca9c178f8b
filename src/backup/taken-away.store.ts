import { isDeepStrictEqual } from 'node:util';
import sql from 'sql-template-tag';
import { ADMIN_ROLES, adminParty, type AdminRole } from '../admins/admin';
import { isCustomKey } from '../attributes/attribute';
import { lockCustomAttribute } from '../attributes/attribute.store';
import { COMMAND_LINE, GATEWAY, type AuditDraft } from '../audit/audit-event';
import type { AuditLog } from '../audit/audit.store';
import { retireAttribute } from '../catalogue/catalogue-editor.store';
import type { Clock } from '../clock';
import { deleteSealed, isShowOnce, writeShowOnce } from '../credentials/sealed-secret.store';
import { erasePerson } from '../protection/erasure.store';
import { narrower } from '../settings/feature-switch';
import { readSwitch } from '../settings/feature-switch.store';
import { writeSetting } from '../settings/setting.store';
import { runIn, type Run } from '../store/statement';
import type { Dialect, Row, Store, Transaction } from '../store/store';
import type { TakenAway } from './taken-away';

/** What a backup had brought back, and what was taken away again. */
export interface TakenAgain {
  /** The keys of attributes that are out of use again. */
  readonly attributes: readonly string[];
  /** The ids of people who were erased again. */
  readonly people: readonly number[];
  /** The emails of admins whose account at the identity provider was unlinked. */
  readonly unlinked: readonly string[];
  /** The emails of admins who are less again than they were. */
  readonly demoted: readonly string[];
  /** Whether secrets are shown once again, and none of those before can be shown. */
  readonly seals: boolean;
  /** Whether the API-credentials section is closed again, or opens later or closes earlier than the backup had it. */
  readonly feature: boolean;
}

export interface TakingParts {
  readonly store: Store;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

const RESTORED = { because: 'restored' } as const;

/**
 * Takes away from a restored store what was taken away after its backup. Nothing is ever given: whoever can write the export
 * could else give themselves a role.
 */
export class TakingAgain {
  private readonly run: Run;
  private readonly dialect: Dialect;

  constructor(
    private readonly parts: TakingParts,
    private readonly manager: Transaction,
  ) {
    this.dialect = parts.store.dialect;
    this.run = runIn(manager, this.dialect);
  }

  async take(taken: TakenAway): Promise<TakenAgain> {
    return {
      attributes: await filtered(taken.attributes, (key) => this.retire(key)),
      people: await filtered(taken.people, (id) => this.erase(id)),
      unlinked: await mapped(taken.identities, (id) => this.unlink(id)),
      demoted: await mapped(taken.roles, ([id, role]) => this.demote(id, role)),
      seals: taken.seals && (await this.deleteSeals()),
      feature: await this.narrowFeature(taken.feature),
    };
  }

  private async retire(key: string): Promise<boolean> {
    const now = this.parts.clock.now();
    const attribute = isCustomKey(key) ? await lockCustomAttribute(this.run, this.dialect, key) : null;
    if (attribute?.retiredAt !== null) return false;
    const takenFrom = await retireAttribute(this.run, this.dialect, key, now);
    const subject = { kind: 'ATTRIBUTE', id: key, name: attribute.label.en } as const;
    await this.tell({ action: 'ATTRIBUTE_RETIRED', subject, after: { takenFrom, ...RESTORED } });
    return true;
  }

  private async erase(id: number): Promise<boolean> {
    const counts = await erasePerson(this.run, this.dialect, id, this.parts.clock.now());
    if (!counts) return false;
    const subject = { kind: 'EMPLOYEE', id: String(id), name: null } as const;
    await this.tell({ action: 'EMPLOYEE_ERASED', subject, after: { ...counts, ...RESTORED } });
    return true;
  }

  private async unlink(id: string): Promise<string | undefined> {
    const [admin] = await this.run(
      sql`SELECT a.id, a.email FROM admin a JOIN admin_identity i ON i.admin_id = a.id WHERE a.id = ${id}`,
    );
    if (!admin) return undefined;
    await this.run(sql`DELETE FROM admin_identity WHERE admin_id = ${id}`);
    await this.tell({ action: 'IDENTITY_UNLINKED', subject: partyOf(admin), after: RESTORED });
    return admin['email'] as string;
  }

  private async demote(id: string, role: AdminRole): Promise<string | undefined> {
    const [admin] = await this.run(sql`SELECT id, email, role FROM admin WHERE id = ${id}`);
    if (!admin) return undefined;
    const before = admin['role'] as AdminRole;
    if (ADMIN_ROLES.indexOf(role) <= ADMIN_ROLES.indexOf(before)) return undefined;
    await this.run(sql`UPDATE admin SET role = ${role} WHERE id = ${id}`);
    const sides = { before: { role: before }, after: { role, ...RESTORED } };
    await this.tell({ action: 'ADMIN_UPDATED', subject: partyOf(admin), ...sides });
    return admin['email'] as string;
  }

  private async deleteSeals(): Promise<boolean> {
    const before = await isShowOnce(this.run);
    await writeShowOnce(this.run, true);
    await deleteSealed(this.run, this.dialect);
    const sides = { before: { showOnce: before }, after: { showOnce: true, ...RESTORED } };
    await this.tell({ action: 'SHOW_ONCE_CHANGED', subject: GATEWAY, ...sides });
    return true;
  }

  // An end that still lies ahead was set all the same.
  private async narrowFeature(feature: TakenAway['feature']): Promise<boolean> {
    if (!feature) return false;
    const before = await readSwitch(this.run);
    const after = narrower(before, feature);
    if (isDeepStrictEqual(after, before)) return false;
    await writeSetting(this.run, 'feature', JSON.stringify(after));
    const subject = { kind: 'FEATURE', id: null, name: 'API credentials' } as const;
    await this.tell({ action: 'FEATURE_CHANGED', subject, before: { ...before }, after: { ...after, ...RESTORED } });
    return true;
  }

  private tell(draft: Omit<AuditDraft, 'actor'>): Promise<void> {
    return this.parts.audit.append(this.manager, { ...draft, actor: COMMAND_LINE });
  }
}

function partyOf(admin: Row): ReturnType<typeof adminParty> {
  return adminParty({ id: admin['id'] as string, email: admin['email'] as string });
}

async function filtered<T>(all: Iterable<T>, isWanted: (one: T) => Promise<boolean>): Promise<T[]> {
  return mapped(all, async (one) => ((await isWanted(one)) ? one : undefined));
}

/** One after the other: they share a connection. */
async function mapped<T, U>(all: Iterable<T>, map: (one: T) => Promise<U | undefined>): Promise<U[]> {
  const results: U[] = [];
  for (const one of all) {
    const result = await map(one);
    if (result !== undefined) results.push(result);
  }
  return results;
}
