import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../../attributes/scalars';
import { PageInfoType } from '../../pagination/page-info.type';
import { Attribute, Structure } from '../../permissions/guard.decorators';
import { EmployeeType } from '../employee.type';

@ObjectType('Change', { description: 'That an attribute of a person changed. What it was is kept nowhere.' })
export class ChangeType {
  @Structure()
  @Field(() => ID, { description: 'Whose attribute it is.' })
  employeeId!: number;

  @Structure()
  @Field(() => String, {
    description: 'The catalogue key; `id` stands for a person who appeared, or who is gone: then there is no employee.',
  })
  attribute!: string;

  @Structure()
  @Field(() => DateTimeScalar, { description: 'When it changed.' })
  at!: string;

  @Attribute('id')
  @Field(() => EmployeeType, { nullable: true, description: 'The person as they are now; null when they are gone.' })
  employee!: EmployeeType | null;
}

@ObjectType('ChangeEdge', { description: 'A change in the feed, and its place there.' })
export class ChangeEdgeType {
  @Structure()
  @Field(() => String, { description: 'Pass it as `after` to go on behind this change.' })
  cursor!: string;

  @Structure()
  @Field(() => ChangeType, { description: 'The change.' })
  node!: ChangeType;
}

@ObjectType('ChangeConnection', {
  description:
    'A page of the feed, the oldest first. Keep the last cursor: whoever goes on behind it misses nothing, however long they were away.',
})
export class ChangeConnectionType {
  @Structure()
  @Field(() => [ChangeEdgeType], { description: 'The changes with their cursors.' })
  edges!: readonly ChangeEdgeType[];

  @Structure()
  @Field(() => [ChangeType], { description: 'The changes without their cursors.' })
  nodes!: readonly ChangeType[];

  @Structure()
  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  pageInfo!: PageInfoType;
}
