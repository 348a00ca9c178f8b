import { Field, Int, ObjectType } from 'type-graphql';
import { DateScalar } from '../attributes/scalars';
import { Structure } from '../permissions/guard.decorators';

@ObjectType('UsageDay', { description: 'How much was asked on one day, in UTC.' })
export class UsageDayType {
  @Structure()
  @Field(() => DateScalar, { description: 'The day.' })
  date!: string;

  @Structure()
  @Field(() => Int, { description: 'Operations that were answered or refused.' })
  requests!: number;

  @Structure()
  @Field(() => Int, { description: 'Those among them in which at least one thing was denied.' })
  denials!: number;
}

@ObjectType('AttributeUsage', { description: 'How much one attribute was asked for.' })
export class AttributeUsageType {
  @Structure()
  @Field(() => String, { description: 'The catalogue key.' })
  key!: string;

  @Structure()
  @Field(() => Boolean, {
    description:
      'Whether it is on the credential’s list for reading now. One that is, with no reads, may not be needed.',
  })
  granted!: boolean;

  @Structure()
  @Field(() => Int, { description: 'Operations that read it, or filtered, ordered or measured by it.' })
  reads!: number;

  @Structure()
  @Field(() => Int, { description: 'Operations in which it was denied.' })
  denials!: number;

  @Structure()
  @Field(() => DateScalar, {
    nullable: true,
    description: 'The last day on which it was read, within the days asked for.',
  })
  lastReadOn!: string | null;
}

@ObjectType('CredentialUsage', { description: 'What a credential asks for.' })
export class CredentialUsageType {
  @Structure()
  @Field(() => [UsageDayType], { description: 'Every day, oldest first, today last.' })
  days!: readonly UsageDayType[];

  @Structure()
  @Field(() => [AttributeUsageType], {
    description: 'Every attribute that the credential may read, has read or was denied, by key.',
  })
  attributes!: readonly AttributeUsageType[];
}

@ObjectType('UsageOverview', { description: 'What all credentials ask for.' })
export class UsageOverviewType {
  @Structure()
  @Field(() => [UsageDayType], { description: 'Every day, oldest first, today last.' })
  days!: readonly UsageDayType[];
}
