import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver } from 'type-graphql';
import { ADMIN_ROLES } from '../admins/admin';
import type { OperationContext } from '../operations/context';
import type { Cursors } from '../pagination/cursor';
import { pageSize } from '../pagination/page';
import { For } from '../permissions/guard.decorators';
import type { FeedbackStore } from './feedback.store';
import { FeedbackConnectionType, FeedbackPayload, SubmitFeedbackInput } from './feedback.type';

const EVERY_ADMIN = { who: 'admin', roles: ADMIN_ROLES } as const;
const NEWEST_FIRST = 'feedback, newest first';

@Resolver(() => FeedbackConnectionType)
export class FeedbackResolver {
  constructor(
    private readonly store: FeedbackStore,
    private readonly cursors: Cursors,
  ) {}

  @For(EVERY_ADMIN)
  @Query(() => FeedbackConnectionType, { description: 'What admins think of the gateway, newest first.' })
  async feedback(
    @Arg('first', () => Int, { nullable: true, description: 'How much, at most 1,000; 50 when left out.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
  ): Promise<Omit<FeedbackConnectionType, 'totalCount'>> {
    const size = pageSize(first);
    const start = after === null || after === undefined ? undefined : Number(this.cursors.decode(NEWEST_FIRST, after));
    const { items, hasMore } = await this.store.page(start, size);
    const edges = items.map((node) => ({ cursor: this.cursors.encode(NEWEST_FIRST, node.id), node }));
    const [startCursor = null, endCursor = null] = [edges[0]?.cursor, edges.at(-1)?.cursor];
    const pageInfo = { hasNextPage: hasMore, hasPreviousPage: start !== undefined, startCursor, endCursor };
    return { edges, nodes: items, pageInfo };
  }

  @FieldResolver()
  totalCount(): Promise<number> {
    return this.store.count();
  }

  @For(EVERY_ADMIN)
  @Mutation(() => FeedbackPayload, { description: 'Tells what an admin thinks of the gateway, as often as wanted.' })
  async submitFeedback(
    @Ctx() { admin }: OperationContext,
    @Arg('input', () => SubmitFeedbackInput, { description: 'What to say.' }) input: SubmitFeedbackInput,
  ): Promise<FeedbackPayload> {
    const { value, userErrors } = await this.store.submit(admin, input);
    return { feedback: value, userErrors };
  }
}
