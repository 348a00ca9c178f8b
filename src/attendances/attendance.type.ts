import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../attributes/scalars';
import { EmployeeType } from '../employees/employee.type';
import type { UserError } from '../operations/user-error';
import { UserErrorType } from '../operations/user-error.type';
import { Weighs } from '../operations/weight';
import { PageInfoType } from '../pagination/page-info.type';
import { Attribute, OfModule, Structure } from '../permissions/guard.decorators';
import type { RowStatus } from '../writing/write-outcome';
import { RowStatusEnum } from '../writing/write-outcome.type';

@ObjectType('Attendance', { description: 'A stretch of time that a person worked.' })
export class AttendanceType {
  @Structure()
  @Field(() => ID, { description: 'Identifies the attendance.' })
  id!: number;

  @Attribute('id')
  @Field(() => EmployeeType, { nullable: true, description: 'Who worked. Needs EMPLOYEES read.' })
  employee!: EmployeeType | null;

  @Structure()
  @Field(() => DateTimeScalar, { description: 'When it began.' })
  start!: string;

  @Structure()
  @Field(() => DateTimeScalar, { description: 'When it ended.' })
  end!: string;

  @Structure()
  @Field(() => Int, { description: 'Minutes in between that were no work.' })
  breakMinutes!: number;

  @Structure()
  @Field(() => Int, { description: 'Minutes from start to end, less the break.' })
  workedMinutes!: number;

  @Structure()
  @Field(() => String, { nullable: true, description: 'What the work was for.' })
  project!: string | null;

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

@ObjectType('AttendanceEdge', { description: 'An attendance in a list, and its place there.' })
export class AttendanceEdgeType {
  @Structure()
  @Field(() => String, { description: 'Pass it as `after` to go on behind this one.' })
  cursor!: string;

  @Structure()
  @Field(() => AttendanceType, { description: 'The attendance.' })
  node!: AttendanceType;
}

@ObjectType('AttendanceConnection', {
  description: 'A page of attendances in the order of their ids. See the GraphQL Cursor Connections Specification.',
})
export class AttendanceConnectionType {
  @Structure()
  @Field(() => [AttendanceEdgeType], { description: 'The attendances with their cursors.' })
  edges!: AttendanceEdgeType[];

  @Structure()
  @Field(() => [AttendanceType], { description: 'The attendances without their cursors.' })
  nodes!: AttendanceType[];

  @Structure()
  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  pageInfo!: PageInfoType;

  @Structure()
  @Weighs(100)
  @Field(() => Int, { description: 'How many there are in all; counted only when asked for.' })
  totalCount!: number;
}

const ATTENDANCE = 'The attendance; null when it was not written. Needs ATTENDANCES read.';

@ObjectType('AttendancePayload', { description: 'What became of a write.' })
export class AttendancePayload {
  @OfModule('ATTENDANCES', [])
  @Field(() => AttendanceType, { nullable: true, description: ATTENDANCE })
  attendance!: AttendanceType | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Everything that is wrong with the input; empty when it was written.' })
  userErrors!: readonly UserError[];
}

@ObjectType('AttendanceRow', { description: 'What became of one row.' })
export class AttendanceRow {
  @Structure()
  @Field(() => Int, { description: 'Its place in the input, from 0.' })
  index!: number;

  @Structure()
  @Field(() => RowStatusEnum, { description: 'What became of it.' })
  status!: RowStatus;

  @OfModule('ATTENDANCES', [])
  @Field(() => AttendanceType, { nullable: true, description: ATTENDANCE })
  attendance!: AttendanceType | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Everything that is wrong with the row.' })
  userErrors!: readonly UserError[];
}

@ObjectType('CreateAttendancesPayload', { description: 'What became of a batch.' })
export class CreateAttendancesPayload {
  @Structure()
  @Field(() => Boolean, { description: 'Whether anything was written.' })
  applied!: boolean;

  @Structure()
  @Field(() => [AttendanceRow], { description: 'The rows in the order of the input.' })
  rows!: readonly AttendanceRow[];
}

@ObjectType('DeleteAttendancePayload', { description: 'What became of it.' })
export class DeleteAttendancePayload {
  @Structure()
  @Field(() => Boolean, { description: 'True: it is gone.' })
  deleted!: boolean;
}
