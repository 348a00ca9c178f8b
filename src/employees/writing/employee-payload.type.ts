import { Field, Int, ObjectType } from 'type-graphql';
import type { UserError } from '../../operations/user-error';
import { UserErrorType } from '../../operations/user-error.type';
import { Attribute, Structure } from '../../permissions/guard.decorators';
import type { RowStatus } from '../../writing/write-outcome';
import { RowStatusEnum } from '../../writing/write-outcome.type';
import { EmployeeType } from '../employee.type';

@ObjectType('EmployeePayload', { description: 'What became of a write.' })
export class EmployeePayload {
  @Attribute('id')
  @Field(() => EmployeeType, {
    nullable: true,
    description: 'The person, as far as the credential may read them; null when nothing was written.',
  })
  employee!: EmployeeType | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Everything that is wrong with the input; empty when it was written.' })
  userErrors!: readonly UserError[];
}

@ObjectType('UpsertEmployeeRow', { description: 'What became of one row.' })
export class UpsertEmployeeRow {
  @Structure()
  @Field(() => Int, { description: 'Its place in the input, from 0.' })
  index!: number;

  @Structure()
  @Field(() => RowStatusEnum, { description: 'What became of it.' })
  status!: RowStatus;

  @Attribute('id')
  @Field(() => EmployeeType, {
    nullable: true,
    description: 'The person, as far as the credential may read them; null when the row was not written.',
  })
  employee!: EmployeeType | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Everything that is wrong with the row.' })
  userErrors!: readonly UserError[];
}

@ObjectType('UpsertEmployeesPayload', { description: 'What became of a batch.' })
export class UpsertEmployeesPayload {
  @Structure()
  @Field(() => Boolean, { description: 'Whether anything was written.' })
  applied!: boolean;

  @Structure()
  @Field(() => [UpsertEmployeeRow], { description: 'The rows in the order of the input.' })
  rows!: readonly UpsertEmployeeRow[];
}
