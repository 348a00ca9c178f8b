import { Arg, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { ADMIN_ROLES } from '../admins/admin';
import type { Cursors } from '../pagination/cursor';
import type { Page } from '../pagination/page';
import { windowOf, type Window } from '../pagination/window';
import { MODULES } from '../permissions/grants';
import { For } from '../permissions/guard.decorators';
import type { CredentialId, CredentialSummary } from './credential';
import { CredentialFilterType, CredentialOrderType } from './credential-input.type';
import type { CredentialFilter, CredentialListStore } from './credential-list.store';
import type { CredentialView, CredentialViews } from './credential-views';
import {
  CredentialConnectionType,
  CredentialType,
  type AttributePermissionType,
  type CredentialSecretType,
} from './credential.type';
import type { ModulePermissionType } from './viewer.type';

/** Of the admins' fields about credentials. */
export const SEES_CREDENTIALS = { who: 'admin', roles: ADMIN_ROLES, section: 'API_CREDENTIALS' } as const;
export const CHANGES_CREDENTIALS = { who: 'admin', roles: ['OWNER', 'MANAGER'], section: 'API_CREDENTIALS' } as const;

const BY_NAME: CredentialOrderType = { field: 'NAME', direction: 'ASC' };

/** A page of credentials, and which ones they are among. */
interface Connection extends Omit<CredentialConnectionType, 'totalCount' | 'nodes' | 'edges'> {
  readonly nodes: readonly CredentialView[];
  readonly edges: readonly { readonly cursor: string; readonly node: CredentialView }[];
  readonly filter: CredentialFilter;
}

@Resolver(() => CredentialConnectionType)
export class CredentialResolver {
  constructor(
    private readonly list: CredentialListStore,
    private readonly views: CredentialViews,
    private readonly cursors: Cursors,
  ) {}

  @For(SEES_CREDENTIALS)
  @Query(() => CredentialConnectionType, { description: 'The credentials, by name when no other order is asked for.' })
  async credentials(
    @Arg('first', () => Int, {
      nullable: true,
      description: 'How many from the start, at most 1,000; 50 when left out.',
    })
    first: number | null | undefined,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Arg('last', () => Int, { nullable: true, description: 'How many from the end, instead of `first`.' })
    last: number | null | undefined,
    @Arg('before', () => String, { nullable: true, description: 'The cursor to stop in front of.' })
    before: string | null | undefined,
    @Arg('search', () => String, {
      nullable: true,
      description: 'A part of the name, without regard to case and umlauts, or of the client id.',
    })
    search: string | null | undefined,
    @Arg('filter', () => CredentialFilterType, { nullable: true, description: 'Which ones; left out: all.' })
    filter: CredentialFilterType | null | undefined,
    @Arg('orderBy', () => CredentialOrderType, {
      nullable: true,
      description: 'The order; the id decides between equals.',
    })
    orderBy: CredentialOrderType | null | undefined,
  ): Promise<Connection> {
    const order = orderBy ?? BY_NAME;
    const name = `credentials by ${order.field} ${order.direction}`;
    const window = windowOf({ first, after, last, before }, (cursor) => this.cursors.decode(name, cursor));
    const wanted: CredentialFilter = { ...(filter as CredentialFilter | undefined), search };
    const page = await this.list.page(wanted, order, window);
    const nodes = this.views.of(page.items);
    const edges = nodes.map((node) => ({ cursor: this.cursors.encode(name, node.id), node }));
    const [startCursor = null, endCursor = null] = [edges[0]?.cursor, edges.at(-1)?.cursor];
    return { edges, nodes, filter: wanted, pageInfo: { ...beyondPage(window, page), startCursor, endCursor } };
  }

  @FieldResolver()
  totalCount(@Root() { filter }: Connection): Promise<number> {
    return this.list.count(filter);
  }

  @For(SEES_CREDENTIALS)
  @Query(() => CredentialType, { nullable: true, description: 'One credential; null when there is none.' })
  async credential(
    @Arg('id', () => ID, { description: 'Of the credential.' }) id: string,
  ): Promise<CredentialView | null> {
    return this.views.one(await this.list.find(id));
  }
}

// The cursor's own credential stands beyond the page.
function beyondPage(
  { isFromEnd, after, before }: Window<CredentialId>,
  { hasMore }: Page<CredentialSummary>,
): { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean } {
  return {
    hasNextPage: isFromEnd ? before !== undefined : hasMore || before !== undefined,
    hasPreviousPage: isFromEnd ? hasMore || after !== undefined : after !== undefined,
  };
}

@Resolver(() => CredentialType)
export class CredentialFieldsResolver {
  @FieldResolver()
  async modules(@Root() credential: CredentialView): Promise<ModulePermissionType[]> {
    const { modules } = await credential.loadGrants();
    return MODULES.map((module) => ({ module, ...modules[module] }));
  }

  @FieldResolver()
  async attributes(@Root() credential: CredentialView): Promise<AttributePermissionType[]> {
    const listed = await credential.loadAttributes();
    return listed.map((entry) => ({
      ...entry,
      attribute: { ...entry.attribute, custom: entry.attribute.category === 'CUSTOM' },
    }));
  }

  @FieldResolver()
  async secrets(@Root() credential: CredentialView): Promise<CredentialSecretType[]> {
    return [...(await credential.loadSecrets())];
  }
}
