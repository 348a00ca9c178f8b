import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../attributes/attribute.type';
import { DateScalar, DateTimeScalar } from '../attributes/scalars';
import { EmployeeType } from '../employees/employee.type';
import type { UserError } from '../operations/user-error';
import { UserErrorType } from '../operations/user-error.type';
import { Weighs } from '../operations/weight';
import { PageInfoType } from '../pagination/page-info.type';
import { Attribute, OfModule, Structure } from '../permissions/guard.decorators';
import { ABSENCE_STATUSES, ABSENCE_UNITS, type AbsenceStatus, type AbsenceUnit } from './absence';

export const AbsenceStatusEnum = enumOf(ABSENCE_STATUSES);
registerEnumType(AbsenceStatusEnum, {
  name: 'AbsenceStatus',
  description: 'What has been decided about an absence.',
  valuesConfig: {
    REQUESTED: { description: 'Nobody has decided yet. It takes up its time.' },
    APPROVED: { description: 'It takes place.' },
    REJECTED: { description: 'It does not take place. Final.' },
    CANCELLED: { description: 'It was taken back. Final.' },
  },
});

export const AbsenceUnitEnum = enumOf(ABSENCE_UNITS);
registerEnumType(AbsenceUnitEnum, {
  name: 'AbsenceUnit',
  description: 'What a type of absence is counted in.',
  valuesConfig: {
    DAYS: { description: 'Days from Monday to Friday, and halves of them.' },
    HOURS: { description: 'Hours that are told with each absence.' },
  },
});

@ObjectType('AbsenceType', { description: 'A reason to be away.' })
export class AbsenceTypeType {
  @Structure()
  @Field(() => ID, { description: 'Identifies the type.' })
  id!: number;

  @Structure()
  @Field(() => String, { description: 'The name, unique.' })
  name!: string;

  @Structure()
  @Field(() => AbsenceUnitEnum, { description: 'What it is counted in.' })
  unit!: AbsenceUnit;

  @Structure()
  @Field(() => Boolean, { description: 'Whether the person is paid meanwhile.' })
  paid!: boolean;
}

@ObjectType('Absence', { description: 'A period in which a person is away, or would be.' })
export class AbsenceType {
  @Structure()
  @Field(() => ID, { description: 'Identifies the absence.' })
  id!: number;

  @Attribute('id')
  @Field(() => EmployeeType, { nullable: true, description: 'Who is away. Needs EMPLOYEES read.' })
  employee!: EmployeeType | null;

  @Structure()
  @Field(() => AbsenceTypeType, { description: 'Why.' })
  type!: AbsenceTypeType;

  @Structure()
  @Field(() => DateScalar, { description: 'The first day.' })
  startDate!: string;

  @Structure()
  @Field(() => DateScalar, { description: 'The last day, included.' })
  endDate!: string;

  @Structure()
  @Field(() => Boolean, { description: 'Whether the morning of the first day is worked.' })
  startsAtNoon!: boolean;

  @Structure()
  @Field(() => Boolean, { description: 'Whether the afternoon of the last day is worked.' })
  endsAtNoon!: boolean;

  @Structure()
  @Field(() => Float, { nullable: true, description: 'Hours, for a type that is counted in them; null otherwise.' })
  hours!: number | null;

  @Structure()
  @Field(() => Float, { nullable: true, description: 'Days from Monday to Friday; null for a type counted in hours.' })
  days!: number | null;

  @Structure()
  @Field(() => AbsenceStatusEnum, { description: 'What has been decided.' })
  status!: AbsenceStatus;

  @Structure()
  @Field(() => String, { nullable: true, description: 'What somebody wrote about it.' })
  comment!: string | null;

  @Structure()
  @Field(() => Int, { description: 'Grows with every change.' })
  version!: number;

  @Structure()
  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: string;

  @Structure()
  @Field(() => DateTimeScalar, { description: 'When it was changed last.' })
  lastModifiedAt!: string;
}

@ObjectType('AbsenceEdge', { description: 'An absence in a list, and its place there.' })
export class AbsenceEdgeType {
  @Structure()
  @Field(() => String, { description: 'Pass it as `after` to go on behind this one.' })
  cursor!: string;

  @Structure()
  @Field(() => AbsenceType, { description: 'The absence.' })
  node!: AbsenceType;
}

@ObjectType('AbsenceConnection', {
  description: 'A page of absences in the order of their ids. See the GraphQL Cursor Connections Specification.',
})
export class AbsenceConnectionType {
  @Structure()
  @Field(() => [AbsenceEdgeType], { description: 'The absences with their cursors.' })
  edges!: AbsenceEdgeType[];

  @Structure()
  @Field(() => [AbsenceType], { description: 'The absences without their cursors.' })
  nodes!: AbsenceType[];

  @Structure()
  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  pageInfo!: PageInfoType;

  @Structure()
  @Weighs(100)
  @Field(() => Int, { description: 'How many there are in all; counted only when asked for.' })
  totalCount!: number;
}

@ObjectType('AbsenceBalance', { description: 'What a person has left of an entitlement in a year. Computed.' })
export class AbsenceBalanceType {
  @Structure()
  @Field(() => String, { description: 'The name of the type, as the entitlement has it.' })
  type!: string;

  @Structure()
  @Field(() => Int, { description: 'The calendar year.' })
  year!: number;

  @Structure()
  @Field(() => Float, { description: 'Days a year.' })
  entitled!: number;

  @Structure()
  @Field(() => Float, { description: 'Days of approved absences; eight hours are a day.' })
  taken!: number;

  @Structure()
  @Field(() => Float, { description: 'Days of absences that nobody has decided about.' })
  requested!: number;

  @Structure()
  @Field(() => Float, { description: 'Entitled less taken; below zero when more was taken.' })
  remaining!: number;
}

@ObjectType('AbsencePayload', { description: 'What became of a write.' })
export class AbsencePayload {
  @OfModule('ABSENCES', [])
  @Field(() => AbsenceType, {
    nullable: true,
    description: 'The absence; null when it was not written. Needs ABSENCES read.',
  })
  absence!: AbsenceType | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Everything that is wrong with the input; empty when it was written.' })
  userErrors!: readonly UserError[];
}

@ObjectType('AbsenceTypePayload', { description: 'What became of a write.' })
export class AbsenceTypePayload {
  @OfModule('ABSENCES', [])
  @Field(() => AbsenceTypeType, {
    nullable: true,
    description: 'The type; null when it was not made. Needs ABSENCES read.',
  })
  absenceType!: AbsenceTypeType | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Everything that is wrong with the input; empty when it was made.' })
  userErrors!: readonly UserError[];
}
