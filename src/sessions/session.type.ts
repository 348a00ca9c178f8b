import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../attributes/scalars';
import { Structure } from '../permissions/guard.decorators';

@ObjectType('Session', { description: 'A browser in which an admin is signed in.' })
export class SessionType {
  @Structure()
  @Field(() => ID, { description: 'Identifies the session; no secret.' })
  id!: string;

  @Structure()
  @Field(() => DateTimeScalar, { description: 'When the admin signed in.' })
  createdAt!: string;

  @Structure()
  @Field(() => DateTimeScalar, { description: 'The last request, give or take a minute.' })
  lastSeenAt!: string;

  @Structure()
  @Field(() => DateTimeScalar, { description: 'When it ends at the latest.' })
  expiresAt!: string;

  @Structure()
  @Field(() => String, { nullable: true, description: 'What the browser says that it is.' })
  userAgent!: string | null;

  @Structure()
  @Field(() => Boolean, { description: 'Whether it is the one that asks.' })
  current!: boolean;
}
