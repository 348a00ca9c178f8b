import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { AttributeKey } from '../attributes/attribute';
import type { Clock } from '../clock';
import { GatewayError } from '../errors';
import type { OrderDirection } from '../pagination/order-direction.type';
import { cut, type Page } from '../pagination/page';
import type { Window } from '../pagination/window';
import type { Module } from '../permissions/grants';
import { contains } from '../store/comparison';
import { binary } from '../store/fold';
import type { Dialect, Store } from '../store/store';
import { nameKey, type CredentialId, type CredentialSummary } from './credential';
import { SUMMARY_COLUMNS, toSummary } from './credential-rows.store';
import { statusMoments, type CredentialStatus } from './credential-status';

export const ORDER_FIELDS = ['NAME', 'CREATED_AT', 'LAST_USED_AT'] as const;
export type OrderField = (typeof ORDER_FIELDS)[number];

export interface CredentialOrder {
  readonly field: OrderField;
  readonly direction: OrderDirection;
}

/** Which credentials are meant; everything that stands here must hold. */
export interface CredentialFilter {
  /** A part of the name, or of the client id. */
  readonly search?: string | null | undefined;
  readonly status?: readonly CredentialStatus[] | null | undefined;
  readonly integrationId?: string | null | undefined;
  /** Those with a box of it. */
  readonly module?: Module | null | undefined;
  /** Those with it on a list. */
  readonly attribute?: AttributeKey | null | undefined;
  readonly enabled?: boolean | null | undefined;
}

/** Lists credentials. */
export class CredentialListStore {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** @throws GatewayError BAD_USER_INPUT when the credential of a cursor is gone: its place is known no more */
  async page(
    filter: CredentialFilter,
    order: CredentialOrder,
    { size, isFromEnd, after, before }: Window<CredentialId>,
  ): Promise<Page<CredentialSummary>> {
    const key = orderKey(order.field, this.store.dialect);
    const towards = isFromEnd ? opposite(order.direction) : order.direction;
    const conditions = [
      ...this.conditions(filter),
      ...(after === undefined ? [] : [await this.beyond(after, key, order.direction)]),
      ...(before === undefined ? [] : [await this.beyond(before, key, opposite(order.direction))]),
    ];
    const rows = await this.store.read(
      sql`SELECT ${SUMMARY_COLUMNS} FROM credential c ${where(conditions)}
        ORDER BY ${key} ${raw(towards)}, c.id ${raw(towards)} LIMIT ${size + 1}`,
    );
    const page = cut(rows.map(toSummary), size);
    return isFromEnd ? { ...page, items: [...page.items].reverse() } : page;
  }

  async count(filter: CredentialFilter): Promise<number> {
    const conditions = this.conditions(filter);
    const [row] = await this.store.read(sql`SELECT count(*) AS total FROM credential c ${where(conditions)}`);
    return Number(row?.['total'] ?? 0);
  }

  /** @returns null when there is none */
  async find(id: CredentialId): Promise<CredentialSummary | null> {
    const [row] = await this.store.read(sql`SELECT ${SUMMARY_COLUMNS} FROM credential c WHERE c.id = ${id}`);
    return row ? toSummary(row) : null;
  }

  // The place of a cursor is looked up, because a cursor holds an id and never a value.
  private async beyond(anchor: CredentialId, key: Sql, direction: OrderDirection): Promise<Sql> {
    const [row] = await this.store.read(sql`SELECT ${key} AS place FROM credential c WHERE c.id = ${anchor}`);
    if (!row) throw new GatewayError('BAD_USER_INPUT', 'The credential that the cursor points to is gone. Start anew.');
    const comparison = raw(direction === 'ASC' ? '>' : '<');
    return sql`(${key}, c.id) ${comparison} (${row['place']}, ${anchor})`;
  }

  private conditions({ search, status, integrationId, module, attribute, enabled }: CredentialFilter): Sql[] {
    const { dialect } = this.store;
    return [
      ...(search?.trim() ? [found(search, dialect)] : []),
      ...(status ? [this.hasStatus(status)] : []),
      ...(typeof integrationId === 'string' ? [sql`c.integration_id = ${integrationId}`] : []),
      ...(module ? [hasModule(module)] : []),
      ...(typeof attribute === 'string' ? [hasAttribute(attribute)] : []),
      ...(typeof enabled === 'boolean' ? [sql`c.enabled = ${enabled}`] : []),
    ];
  }

  // The same question as `statusOf` asks; a test holds the two together.
  private hasStatus(wanted: readonly CredentialStatus[]): Sql {
    if (wanted.length === 0) return sql`1 = 0`;
    const { now, soon, unusedSince } = statusMoments(this.clock.now());
    const expires = binary(sql`c.expires_at`, this.store.dialect);
    return sql`CASE WHEN NOT c.enabled THEN 'DISABLED' WHEN ${expires} <= ${now} THEN 'EXPIRED'
      WHEN ${expires} <= ${soon} THEN 'EXPIRES_SOON' WHEN c.last_used_at IS NULL THEN 'NEVER_USED'
      WHEN c.last_used_at < ${unusedSince} THEN 'UNUSED' ELSE 'ACTIVE' END IN (${join([...wanted])})`;
  }
}

// Who was never used stands before everybody who was.
function orderKey(field: OrderField, dialect: Dialect): Sql {
  switch (field) {
    case 'NAME':
      return sql`${binary(sql`c.name_key`, dialect)}`;
    case 'CREATED_AT':
      return sql`${binary(sql`c.created_at`, dialect)}`;
    case 'LAST_USED_AT':
      return sql`${binary(sql`coalesce(c.last_used_at, '')`, dialect)}`;
  }
}

function opposite(direction: OrderDirection): OrderDirection {
  return direction === 'ASC' ? 'DESC' : 'ASC';
}

function found(search: string, dialect: Dialect): Sql {
  const position = dialect === 'sqlite' ? sql`instr` : sql`strpos`;
  const inName = contains(sql`c.name_key`, nameKey(search), { dialect });
  return sql`(${inName} OR ${position}(c.client_id, ${search.trim()}) > 0)`;
}

function hasModule(module: Module): Sql {
  return sql`EXISTS (SELECT 1 FROM credential_module m
    WHERE m.credential_id = c.id AND m.module = ${module} AND (m.can_read OR m.can_write))`;
}

function hasAttribute(key: AttributeKey): Sql {
  return sql`EXISTS (SELECT 1 FROM credential_attribute a
    WHERE a.credential_id = c.id AND a.attribute_key = ${key} AND (a.can_read OR a.can_write))`;
}

function where(conditions: readonly Sql[]): Sql {
  return conditions.length > 0 ? sql`WHERE ${join([...conditions], ' AND ')}` : empty;
}
