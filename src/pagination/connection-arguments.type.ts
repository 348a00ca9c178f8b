import { ArgsType, Field, Int } from 'type-graphql';
import type { WindowArguments } from './window';

/** What every connection of records takes. */
@ArgsType()
export class ConnectionArguments implements WindowArguments {
  @Field(() => Int, { nullable: true, description: 'How many from the start, at most 1,000; 50 when left out.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor to go on behind.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many from the end, at most 1,000; instead of `first`.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor to stop before.' })
  before?: string | null;
}

/** None of them names an attribute. */
export const CONNECTION_GUARDS = {
  filter: 'structure',
  first: 'structure',
  after: 'structure',
  last: 'structure',
  before: 'structure',
} as const;
