import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../attributes/scalars';
import { UserErrorType } from '../operations/user-error.type';
import type { UserError } from '../operations/user-error';
import { PageInfoType } from '../pagination/page-info.type';
import { Structure } from '../permissions/guard.decorators';
import type { FeedbackInput } from './feedback';

@ObjectType('Feedback', { description: 'What an admin thinks of the gateway.' })
export class FeedbackType {
  @Structure()
  @Field(() => ID, { description: 'Its id.' })
  id!: string | number;

  @Structure()
  @Field(() => DateTimeScalar, { description: 'When it was given.' })
  at!: string;

  @Structure()
  @Field(() => String, { description: 'The name that the admin had then.' })
  admin!: string;

  @Structure()
  @Field(() => Int, { nullable: true, description: '1 to 5, 5 being best; null when none was given.' })
  rating!: number | null;

  @Structure()
  @Field(() => String, { description: 'The admin’s words.' })
  message!: string;
}

@ObjectType('FeedbackEdge', { description: 'Feedback in a list, and its place there.' })
export class FeedbackEdgeType {
  @Structure()
  @Field(() => String, { description: 'Pass it as `after` to go on behind it.' })
  cursor!: string;

  @Structure()
  @Field(() => FeedbackType, { description: 'The feedback.' })
  node!: FeedbackType;
}

@ObjectType('FeedbackConnection', {
  description: 'A page of feedback. See the GraphQL Cursor Connections Specification.',
})
export class FeedbackConnectionType {
  @Structure()
  @Field(() => [FeedbackEdgeType], { description: 'The feedback with its cursors.' })
  edges!: FeedbackEdgeType[];

  @Structure()
  @Field(() => [FeedbackType], { description: 'The feedback without its cursors.' })
  nodes!: readonly FeedbackType[];

  @Structure()
  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  pageInfo!: PageInfoType;

  @Structure()
  @Field(() => Int, { description: 'How much feedback there is in all.' })
  totalCount!: number;
}

@InputType('SubmitFeedbackInput', { description: 'What an admin wants to say.' })
export class SubmitFeedbackInput implements FeedbackInput {
  @Field(() => Int, { nullable: true, description: '1 to 5, 5 being best.' })
  rating?: number | null;

  @Field(() => String, { description: 'Up to 4,000 characters.' })
  message!: string;
}

@ObjectType('FeedbackPayload', { description: 'What became of feedback.' })
export class FeedbackPayload {
  @Structure()
  @Field(() => FeedbackType, { nullable: true, description: 'As it was kept; null when it was refused.' })
  feedback!: FeedbackType | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Every problem with the input; empty when it was kept.' })
  userErrors!: readonly UserError[];
}
