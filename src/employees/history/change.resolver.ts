import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { OperationContext } from '../../operations/context';
import type { Cursors } from '../../pagination/cursor';
import { pageSize } from '../../pagination/page';
import { Arguments, For } from '../../permissions/guard.decorators';
import type { EmployeeRecord } from '../employee-record';
import { FEED, readChanges, type ChangeRecord } from './change-feed.store';
import { ChangeConnectionType, ChangeType } from './change.type';

const READS_EMPLOYEES = { who: 'credential', module: { name: 'EMPLOYEES', action: 'read' } } as const;

@Resolver(() => ChangeType)
export class ChangeResolver {
  constructor(private readonly cursors: Cursors) {}

  @For({ ...READS_EMPLOYEES, looksAt: () => true })
  @Arguments({ first: 'structure', after: 'structure' })
  @Query(() => ChangeConnectionType, {
    nullable: true,
    description:
      'Which attributes of whom changed, each change at least once and in order; only attributes that the credential may read. Needs EMPLOYEES read.',
  })
  async changes(
    @Ctx() { records, credential }: OperationContext,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor to go on behind; left out: from the start.',
    })
    after: string | null = null,
    @Arg('first', () => Int, { nullable: true, description: 'How many, at most 1,000; 50 when left out.' })
    first: number | null = null,
  ): Promise<object> {
    const start = after === null ? 0 : this.cursors.unseal(FEED, after);
    const page = await readChanges(records, credential.grants.attributes.read, start, pageSize(first));
    const edges = page.items.map((node) => ({ cursor: this.cursors.seal(FEED, node.sequence), node }));
    return {
      edges,
      nodes: page.items,
      pageInfo: {
        hasNextPage: page.hasMore,
        hasPreviousPage: after !== null,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
    };
  }

  @FieldResolver()
  employee(
    @Root() { employeeId }: ChangeRecord,
    @Ctx() { employees }: OperationContext,
  ): Promise<EmployeeRecord | null> {
    return employees.employee(employeeId);
  }
}
