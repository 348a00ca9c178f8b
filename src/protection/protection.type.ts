import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Sensitivity } from '../attributes/attribute';
import { AttributeLabelType, SensitivityEnum } from '../attributes/attribute.type';
import { DateScalar, DateTimeScalar } from '../attributes/scalars';
import { ModulePermissionType } from '../credentials/viewer.type';
import { UserErrorType } from '../operations/user-error.type';
import type { UserError } from '../operations/user-error';
import { Structure } from '../permissions/guard.decorators';

@ObjectType('ProcessedAttribute', { description: 'An attribute that a credential may use, or has read.' })
export class ProcessedAttributeType {
  @Structure()
  @Field(() => String, { description: 'The catalogue key.' })
  key!: string;

  @Structure()
  @Field(() => AttributeLabelType, { nullable: true, description: 'What people call it; null when it is no more.' })
  label!: AttributeLabelType | null;

  @Structure()
  @Field(() => SensitivityEnum, { nullable: true, description: 'How much harm an unwanted reader could do.' })
  sensitivity!: Sensitivity | null;

  @Structure()
  @Field(() => Boolean, { description: 'Whether it may be read now.' })
  read!: boolean;

  @Structure()
  @Field(() => Boolean, { description: 'Whether it may be written now.' })
  write!: boolean;

  @Structure()
  @Field(() => DateScalar, { nullable: true, description: 'The last day on which it was read, of the last 400.' })
  lastReadOn!: string | null;
}

@ObjectType('ProcessingEntry', { description: 'What a record of processing activities says of one credential.' })
export class ProcessingEntryType {
  @Structure()
  @Field(() => ID, { description: 'Of the credential.' })
  credentialId!: string;

  @Structure()
  @Field(() => String, { description: 'Of the credential.' })
  name!: string;

  @Structure()
  @Field(() => String, { description: 'What the integration signs in with.' })
  clientId!: string;

  @Structure()
  @Field(() => Boolean, { description: 'Whether it may come in at all.' })
  enabled!: boolean;

  @Structure()
  @Field(() => String, { nullable: true, description: 'Why the data is needed.' })
  purpose!: string | null;

  @Structure()
  @Field(() => String, { nullable: true, description: 'Whom to ask about it.' })
  owner!: string | null;

  @Structure()
  @Field(() => String, { nullable: true, description: 'The integration that receives the data.' })
  integration!: string | null;

  @Structure()
  @Field(() => [ModulePermissionType], { description: 'Every module with its boxes.' })
  modules!: ModulePermissionType[];

  @Structure()
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last used; null for never.' })
  lastUsedAt!: string | null;

  @Structure()
  @Field(() => [ProcessedAttributeType], { description: 'What it may use, and what it has read, by key.' })
  attributes!: readonly ProcessedAttributeType[];
}

@ObjectType('ProcessingRecord', { description: 'A page of the record of processing activities, by name.' })
export class ProcessingRecordType {
  @Structure()
  @Field(() => [ProcessingEntryType], { description: 'One for each credential.' })
  entries!: readonly ProcessingEntryType[];

  @Structure()
  @Field(() => String, { nullable: true, description: 'Pass it as `after` for the next page; null on the last one.' })
  endCursor!: string | null;
}

@ObjectType('PossibleAccess', { description: 'That a credential read an attribute of people on these days.' })
export class PossibleAccessType {
  @Structure()
  @Field(() => ID, { description: 'Of the credential.' })
  credentialId!: string;

  @Structure()
  @Field(() => String, { nullable: true, description: 'Null for a credential that was deleted since.' })
  credentialName!: string | null;

  @Structure()
  @Field(() => String, { description: 'The catalogue key.' })
  attribute!: string;

  @Structure()
  @Field(() => [DateScalar], { description: 'The days, ascending.' })
  days!: readonly string[];
}

@ObjectType('PersonAccess', { description: 'What can be said about who read a person’s attributes.' })
export class PersonAccessType {
  @Structure()
  @Field(() => String, { description: 'What this answer tells, and what it cannot tell.' })
  note!: string;

  @Structure()
  @Field(() => DateScalar, { description: 'The first day: that on which the person came, or the oldest that is kept.' })
  from!: string;

  @Structure()
  @Field(() => DateScalar, { description: 'The last day: today.' })
  to!: string;

  @Structure()
  @Field(() => [PossibleAccessType], { description: 'By credential and attribute.' })
  accesses!: readonly PossibleAccessType[];

  @Structure()
  @Field(() => Boolean, { description: 'Whether there is more than is told at once.' })
  isCut!: boolean;
}

@ObjectType('ErasePersonPayload', { description: 'What became of an erasure.' })
export class ErasePersonPayload {
  @Structure()
  @Field(() => ID, { nullable: true, description: 'Of the person who is gone; null when nothing was erased.' })
  erasedEmployeeId!: string | null;

  @Structure()
  @Field(() => Int, { description: 'Absences that went with the person.' })
  absences!: number;

  @Structure()
  @Field(() => Int, { description: 'Attendances that went with the person.' })
  attendances!: number;

  @Structure()
  @Field(() => Int, { description: 'People who have no supervisor now.' })
  supervised!: number;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Why nothing was erased; empty when it was.' })
  userErrors!: readonly UserError[];
}
