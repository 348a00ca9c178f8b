import { randomUUID } from 'node:crypto';
import sql, { empty } from 'sql-template-tag';
import { adminParty } from '../admins/admin';
import type { AuditAction, AuditJson } from '../audit/audit-event';
import type { AuditLog } from '../audit/audit.store';
import type { AttributeStore } from '../attributes/attribute.store';
import type { AttributeKey } from '../attributes/attribute';
import { systemAttribute } from '../attributes/system-attributes';
import type { Clock } from '../clock';
import { done, refused, userError, type Outcome, type UserError } from '../operations/user-error';
import type { AdminCaller } from '../permissions/caller';
import type { Module } from '../permissions/grants';
import { requireLiveAdmin } from '../sessions/live-admin.store';
import { isUniqueViolation, runIn, type Run } from '../store/statement';
import type { Row, Store, Transaction } from '../store/store';
import { checkIntegration, type IntegrationInput } from './check-integration';
import { DIRECTORY } from './directory';
import { integrationKey, type Boxes, type Integration, type IntegrationDraft, type IntegrationId } from './integration';

const BUILT_IN_KEYS: ReadonlySet<string> = new Set(
  DIRECTORY.flatMap(({ id, name }) => [integrationKey(id), integrationKey(name)]),
);

const TAKEN = userError(['name'], 'TAKEN', 'Another integration has this name.');
const UNKNOWN = userError(['id'], 'UNKNOWN', 'There is no integration with this id.');
const NAMED = userError(['id'], 'NOT_ALLOWED', 'Credentials name this integration: choose another for them first.');
const BUILT_IN = userError(['id'], 'NOT_ALLOWED', 'This integration ships with Fieldgate and stays as it is.');

/** The directory: what ships, and what the company added. */
export class IntegrationStore {
  constructor(
    private readonly store: Store,
    private readonly attributes: AttributeStore,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
  ) {}

  /** By name. @param search a part of a name or category, without regard to case; empty for all */
  async list(search = ''): Promise<readonly Integration[]> {
    const wanted = integrationKey(search);
    return [...DIRECTORY, ...(await this.own())]
      .filter(({ name, category }) => integrationKey(`${name}\n${category}`).includes(wanted))
      .sort((left, right) => left.name.localeCompare(right.name, 'en'));
  }

  /** @returns null when there is none, or none any more */
  async find(id: IntegrationId): Promise<Integration | null> {
    const builtIn = DIRECTORY.find((integration) => integration.id === id);
    if (builtIn) return builtIn;
    const [row] = await this.store.read(sql`SELECT * FROM integration WHERE id = ${id}`);
    return row ? toIntegration(row) : null;
  }

  /** Keeps an integration where it is until the transaction ends. @returns whether there is one with this id */
  async hold(run: Run, id: IntegrationId): Promise<boolean> {
    return isBuiltIn(id) || (await this.locked(run, id, sql`FOR SHARE`)) !== undefined;
  }

  private async locked(run: Run, id: IntegrationId, lock = sql`FOR UPDATE`): Promise<Row | undefined> {
    const locking = this.store.dialect === 'postgres' ? lock : empty;
    const [row] = await run(sql`SELECT * FROM integration WHERE id = ${id} ${locking}`);
    return row;
  }

  async create(admin: AdminCaller, input: IntegrationInput): Promise<Outcome<Integration>> {
    const checked = await this.checked(input);
    if (checked.value === null) return checked;
    const integration: Integration = { ...checked.value, id: randomUUID(), builtIn: false };
    return this.change(admin, async (run, manager) => {
      const row = rowOf(integration);
      await run(
        sql`INSERT INTO integration
            (id, name, name_key, category, website, recommended_modules, recommended_attributes, created_at)
          VALUES (${integration.id}, ${row.name}, ${row.nameKey}, ${row.category}, ${row.website},
            ${row.modules}, ${row.attributes}, ${this.clock.now()})`,
      );
      await this.record(manager, 'INTEGRATION_CREATED', admin, null, integration);
      return done(integration);
    });
  }

  async update(admin: AdminCaller, id: IntegrationId, input: IntegrationInput): Promise<Outcome<Integration>> {
    if (isBuiltIn(id)) return refused([BUILT_IN]);
    const checked = await this.checked(input);
    if (checked.value === null) return checked;
    const integration: Integration = { ...checked.value, id, builtIn: false };
    return this.change(admin, async (run, manager) => {
      const before = await this.locked(run, id);
      if (!before) return refused([UNKNOWN]);
      const row = rowOf(integration);
      await run(
        sql`UPDATE integration SET name = ${row.name}, name_key = ${row.nameKey},
            category = ${row.category}, website = ${row.website},
            recommended_modules = ${row.modules}, recommended_attributes = ${row.attributes}
          WHERE id = ${id}`,
      );
      await this.record(manager, 'INTEGRATION_UPDATED', admin, toIntegration(before), integration);
      return done(integration);
    });
  }

  async delete(admin: AdminCaller, id: IntegrationId): Promise<Outcome<IntegrationId>> {
    if (isBuiltIn(id)) return refused([BUILT_IN]);
    return this.change(admin, async (run, manager) => {
      const before = await this.locked(run, id);
      if (!before) return refused([UNKNOWN]);
      const [named] = await run(sql`SELECT id FROM credential WHERE integration_id = ${id} LIMIT 1`);
      if (named) return refused([NAMED]);
      await run(sql`DELETE FROM integration WHERE id = ${id}`);
      await this.record(manager, 'INTEGRATION_DELETED', admin, toIntegration(before), null);
      return done(id);
    });
  }

  private async own(): Promise<Integration[]> {
    return (await this.store.read(sql`SELECT * FROM integration`)).map(toIntegration);
  }

  private async checked(input: IntegrationInput): Promise<Outcome<IntegrationDraft>> {
    const custom = new Set((await this.attributes.custom()).map(({ key }) => key));
    const isKnown = (key: AttributeKey) => custom.has(key) || systemAttribute(key) !== undefined;
    const problems: UserError[] = checkIntegration(input, isKnown);
    if (BUILT_IN_KEYS.has(integrationKey(input.name))) problems.push(TAKEN);
    return problems.length > 0 ? refused(problems) : done(draftOf(input));
  }

  // The database decides: of two that come at the same moment with one name, only it can tell who is first.
  private async change<Value>(
    admin: AdminCaller,
    work: (run: Run, manager: Transaction) => Promise<Outcome<Value>>,
  ): Promise<Outcome<Value>> {
    const { dialect } = this.store;
    try {
      return await this.store.write(async (manager) => {
        await requireLiveAdmin(manager, dialect, admin);
        return work(runIn(manager, dialect), manager);
      });
    } catch (error) {
      if (isUniqueViolation(error)) return refused([TAKEN]);
      throw error;
    }
  }

  private record(
    manager: Transaction,
    action: AuditAction,
    admin: AdminCaller,
    before: Integration | null,
    after: Integration | null,
  ): Promise<void> {
    const { id, name } = (after ?? before) as Integration;
    return this.audit.append(manager, {
      action,
      actor: adminParty({ id: admin.adminId, email: admin.email }),
      subject: { kind: 'INTEGRATION', id, name },
      before: before && auditJson(before),
      after: after && auditJson(after),
    });
  }
}

function isBuiltIn(id: IntegrationId): boolean {
  return DIRECTORY.some((integration) => integration.id === id);
}

function draftOf(input: IntegrationInput): IntegrationDraft {
  const modules = (input.recommendedModules ?? []).filter(({ read, write }) => read || write);
  return {
    name: input.name.trim(),
    category: input.category.trim(),
    website: blankAsNull(input.website),
    recommendedModules: new Map(modules.map(({ module, read, write }) => [module, { read, write }])),
    recommendedAttributes: [...new Set(input.recommendedAttributes ?? [])],
  };
}

function blankAsNull(text: string | null | undefined): string | null {
  return text?.trim() ? text.trim() : null;
}

interface IntegrationRow {
  readonly name: string;
  readonly nameKey: string;
  readonly category: string;
  readonly website: string | null;
  readonly modules: string;
  readonly attributes: string;
}

function rowOf(integration: Integration): IntegrationRow {
  const { name, category, website, recommendedModules, recommendedAttributes } = integration;
  return {
    name,
    nameKey: integrationKey(name),
    category,
    website,
    modules: JSON.stringify(Object.fromEntries(recommendedModules)),
    attributes: JSON.stringify(recommendedAttributes),
  };
}

function auditJson({ id: _id, builtIn: _builtIn, recommendedModules, ...rest }: Integration): AuditJson {
  return { ...rest, recommendedModules: Object.fromEntries(recommendedModules) };
}

function toIntegration(row: Row): Integration {
  return {
    id: row['id'] as string,
    name: row['name'] as string,
    category: row['category'] as string,
    website: row['website'] as string | null,
    recommendedModules: new Map(
      Object.entries(JSON.parse(row['recommended_modules'] as string) as Record<Module, Boxes>),
    ) as ReadonlyMap<Module, Boxes>,
    recommendedAttributes: JSON.parse(row['recommended_attributes'] as string) as AttributeKey[],
    builtIn: false,
  };
}
