import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../attributes/attribute.type';
import { Structure } from '../permissions/guard.decorators';
import { ROW_STATUSES, USER_ERROR_CODES, WRITE_MODES, type UserErrorCode } from './user-error';

const UserErrorCodeEnum = enumOf(USER_ERROR_CODES);
registerEnumType(UserErrorCodeEnum, {
  name: 'UserErrorCode',
  description: 'What is wrong with an input.',
  valuesConfig: {
    INVALID: { description: 'The value does not fit the type of the field, or contradicts another.' },
    REQUIRED: { description: 'Something is missing.' },
    NOT_FOUND: { description: 'Nothing has this id.' },
    CIRCLE: { description: 'The person would be their own superior.' },
    DUPLICATE: { description: 'Two rows of the input are about the same.' },
    CONFLICT: { description: 'It clashes with what is stored; with what, is not told.' },
    OVERLAP: { description: 'The person has something else at that time.' },
    NOT_ALLOWED: { description: 'It cannot be done in the state that this is in.' },
  },
});

export const WriteModeEnum = enumOf(WRITE_MODES);
registerEnumType(WriteModeEnum, {
  name: 'WriteMode',
  description: 'What happens to the good rows of an input that has bad ones.',
  valuesConfig: {
    ALL_OR_NOTHING: { description: 'One bad row, and nothing is written.' },
    PER_ROW: { description: 'Good rows are written, bad ones are told.' },
  },
});

export const RowStatusEnum = enumOf(ROW_STATUSES);
registerEnumType(RowStatusEnum, {
  name: 'RowStatus',
  description: 'What became of a row.',
  valuesConfig: {
    CREATED: { description: 'It is new.' },
    UPDATED: { description: 'It was written.' },
    UNCHANGED: { description: 'It says what is stored already; nothing was written.' },
    REFUSED: { description: 'Something is wrong with it: see its errors.' },
    NOT_APPLIED: { description: 'Nothing is wrong with it, but with another row.' },
  },
});

@ObjectType('UserError', { description: 'What is wrong with an input. It never tells what is stored.' })
export class UserErrorType {
  @Structure()
  @Field(() => String, { nullable: true, description: 'The field of the input; null when it is about the whole.' })
  field!: string | null;

  @Structure()
  @Field(() => UserErrorCodeEnum, { description: 'What is wrong, for programs.' })
  code!: UserErrorCode;

  @Structure()
  @Field(() => String, { description: 'What is wrong, for people.' })
  message!: string;
}
