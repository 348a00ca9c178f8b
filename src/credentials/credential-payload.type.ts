import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../attributes/attribute.type';
import type { UserError } from '../operations/user-error';
import { UserErrorType } from '../operations/user-error.type';
import { Structure } from '../permissions/guard.decorators';
import { CredentialType } from './credential.type';
import type { CredentialView } from './credential-views';
import { OVERLAPS } from './secret.store';

export const SecretOverlapEnum = enumOf(OVERLAPS);
registerEnumType(SecretOverlapEnum, {
  name: 'SecretOverlap',
  description: 'How long the old secret goes on working beside the new one.',
  valuesConfig: {
    NONE: { description: 'Not at all. Every other secret and the tokens that were got with it end at once.' },
    ONE_HOUR: { description: 'An hour.' },
    ONE_DAY: { description: 'A day, which is what most need.' },
    SEVEN_DAYS: { description: 'Seven days.' },
    COMPROMISED: { description: 'Somebody else may know it: every other secret and every token ends at once.' },
  },
});

@ObjectType('CredentialPayload', { description: 'What became of a change of a credential.' })
export class CredentialPayload {
  @Structure()
  @Field(() => CredentialType, {
    nullable: true,
    description: 'As it is now, also when the change came too late (STALE); null when there is none.',
  })
  credential!: CredentialType | CredentialView | null;

  @Structure()
  @Field(() => String, { nullable: true, description: 'What else should be known about a change that was made.' })
  notice?: string | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Every problem; empty when the change was made.' })
  userErrors!: readonly UserError[];
}

@ObjectType('CreateCredentialPayload', { description: 'What became of a new credential, or of a new secret of one.' })
export class CreateCredentialPayload {
  @Structure()
  @Field(() => CredentialType, { nullable: true, description: 'The credential; null when there is none.' })
  credential!: CredentialType | CredentialView | null;

  @Structure()
  @Field(() => String, { nullable: true, description: 'The secret that was issued; null when none was.' })
  clientSecret!: string | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Every problem; empty when it was done.' })
  userErrors!: readonly UserError[];
}

@ObjectType('DisableCredentialsPayload', { description: 'What became of a bulk change: all of it was made, or none.' })
export class DisableCredentialsPayload {
  @Structure()
  @Field(() => [CredentialType], { description: 'The credentials as they are now; empty when it was refused.' })
  credentials!: (CredentialType | CredentialView)[];

  @Structure()
  @Field(() => [UserErrorType], { description: 'Every problem; empty when it was done.' })
  userErrors!: readonly UserError[];
}

@ObjectType('DeleteCredentialPayload', { description: 'What became of a deletion.' })
export class DeleteCredentialPayload {
  @Structure()
  @Field(() => ID, { nullable: true, description: 'Of the credential that is gone; null when there was none.' })
  deletedCredentialId!: string | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Every problem; empty when it was done.' })
  userErrors!: readonly UserError[];
}

@ObjectType('RevealSecretPayload', { description: 'A secret that was asked for again.' })
export class RevealSecretPayload {
  @Structure()
  @Field(() => String, { nullable: true, description: 'The secret; null when it cannot be shown.' })
  clientSecret!: string | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Why it cannot be shown; empty when it is.' })
  userErrors!: readonly UserError[];
}
