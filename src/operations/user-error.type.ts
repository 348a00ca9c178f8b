import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../attributes/attribute.type';
import { Structure } from '../permissions/guard.decorators';
import { USER_ERROR_CODES, type UserErrorCode } from './user-error';

export const UserErrorCodeEnum = enumOf(USER_ERROR_CODES);
registerEnumType(UserErrorCodeEnum, {
  name: 'UserErrorCode',
  description: 'Why a value cannot be taken.',
  valuesConfig: {
    REQUIRED: { description: 'It is missing or blank.' },
    INVALID: { description: 'It has another form than it must have.' },
    TOO_SHORT: { description: 'It has too few characters.' },
    TOO_LONG: { description: 'It has too many characters.' },
    TAKEN: { description: 'Something else has it already.' },
    UNKNOWN: { description: 'There is no such thing.' },
    STALE: { description: 'Somebody else has changed it since it was read.' },
    WRONG: { description: 'It is not the right one.' },
    NOT_ALLOWED: { description: 'This may not be done, or not in this state.' },
    IN_THE_PAST: { description: 'It lies in the past.' },
    LIMIT: { description: 'There are too many.' },
    CIRCLE: { description: 'The person would be their own superior.' },
    DUPLICATE: { description: 'Two parts of the input are about the same.' },
    CONFLICT: { description: 'It clashes with what is stored; with what, is not told.' },
    OVERLAP: { description: 'The person has something else at that time.' },
  },
});

@ObjectType('UserError', { description: 'A problem with an input that whoever sent it can mend.' })
export class UserErrorType {
  @Structure()
  @Field(() => [String], {
    nullable: true,
    description: 'Where in the input, such as `["grants","attributes","3"]`; null when it is about the whole.',
  })
  field!: readonly string[] | null;

  @Structure()
  @Field(() => UserErrorCodeEnum, { description: 'What is wrong, for programs.' })
  code!: UserErrorCode;

  @Structure()
  @Field(() => String, { description: 'What is wrong, for people.' })
  message!: string;
}
