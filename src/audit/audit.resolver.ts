import { Arg, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { ADMIN_ROLES } from '../admins/admin';
import type { Cursors } from '../pagination/cursor';
import { pageSize } from '../pagination/page';
import { For } from '../permissions/guard.decorators';
import type { AuditEvent } from './audit-event';
import type { AuditFilter, AuditLog } from './audit.store';
import { AuditEventConnectionType, AuditFilterInput, type AuditEventType } from './audit.type';

const NEWEST_FIRST = 'audit events, newest first';

type Connection = Omit<AuditEventConnectionType, 'totalCount'> & { readonly filter: AuditFilter };

@Resolver(() => AuditEventConnectionType)
export class AuditResolver {
  constructor(
    private readonly audit: AuditLog,
    private readonly cursors: Cursors,
  ) {}

  @For({ who: 'admin', roles: ADMIN_ROLES })
  @Query(() => AuditEventConnectionType, { description: 'What was changed, shown and refused, the newest first.' })
  async auditEvents(
    @Arg('first', () => Int, { nullable: true, description: 'How many, at most 1,000; 50 when left out.' })
    first: number | null | undefined,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Arg('filter', () => AuditFilterInput, { nullable: true, description: 'Which events; all when left out.' })
    filter: AuditFilterInput | null | undefined,
  ): Promise<Connection> {
    const start = after === null || after === undefined ? undefined : Number(this.cursors.decode(NEWEST_FIRST, after));
    const wanted = stored(filter ?? {});
    const { items, hasMore } = await this.audit.page(wanted, start, pageSize(first));
    const nodes = items.map(shown);
    const edges = nodes.map((node) => ({ cursor: this.cursors.encode(NEWEST_FIRST, node.sequence), node }));
    const [startCursor = null, endCursor = null] = [edges[0]?.cursor, edges.at(-1)?.cursor];
    const pageInfo = { hasNextPage: hasMore, hasPreviousPage: start !== undefined, startCursor, endCursor };
    return { edges, nodes, pageInfo, filter: wanted };
  }

  @FieldResolver()
  totalCount(@Root() { filter }: Connection): Promise<number> {
    return this.audit.count(filter);
  }
}

function shown(event: AuditEvent): AuditEventType {
  return { ...event, id: String(event.sequence) };
}

// The scalar parses moments into dates; the log keeps them as texts.
function stored({ since, until, ...rest }: AuditFilterInput): AuditFilter {
  return { ...rest, since: momentOf(since), until: momentOf(until) };
}

function momentOf(moment: Date | string | null | undefined): string | null {
  return moment ? new Date(moment).toISOString() : null;
}
