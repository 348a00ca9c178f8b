import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../attributes/attribute.type';
import { UserErrorType } from '../operations/user-error.type';
import { Structure } from '../permissions/guard.decorators';
import { ATTEMPT_PURPOSES, type AttemptPurpose } from './attempt';

export const SignOnPurposeEnum = enumOf(ATTEMPT_PURPOSES);
registerEnumType(SignOnPurposeEnum, {
  name: 'SingleSignOnPurpose',
  description: 'What somebody is sent to the identity provider for.',
  valuesConfig: {
    SIGN_IN: { description: 'To open a session.' },
    SIGN_IN_AGAIN: { description: 'The same in a window of its own, while a page waits for it.' },
    ACCEPT_INVITATION: { description: 'To sign in with it from now on, by a link that an owner made.' },
    LINK: { description: 'To sign in with it from now on. Needs a password that was shown within five minutes.' },
    REAUTHENTICATE: { description: 'To show again who it is, in a window of its own.' },
  },
});

@ObjectType('SingleSignOn', { description: 'An identity provider with which admins may sign in.' })
export class SingleSignOnType {
  @Structure()
  @Field(() => String, { description: 'What people call it.' })
  name!: string;
}

@InputType('BeginSingleSignOnInput', { description: 'Who is sent to the identity provider, and what for.' })
export class BeginSingleSignOnInput {
  @Field(() => SignOnPurposeEnum, { description: 'What for.' })
  purpose!: AttemptPurpose;

  @Field(() => String, { nullable: true, description: 'The token of the invitation that is accepted.' })
  invitation?: string | null;
}

@ObjectType('BeginSingleSignOnPayload', { description: 'Where to go on.' })
export class BeginSingleSignOnPayload {
  @Structure()
  @Field(() => String, {
    nullable: true,
    description: 'The address at the identity provider; null when it was refused.',
  })
  url!: string | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: readonly UserErrorType[];
}

@ObjectType('UnlinkIdentityPayload', { description: 'What became of the end of a link to an identity provider.' })
export class UnlinkIdentityPayload {
  @Structure()
  @Field(() => Boolean, { description: 'Whether it was ended.' })
  done!: boolean;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: readonly UserErrorType[];
}
