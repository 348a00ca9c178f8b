import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../attributes/attribute.type';
import { DateTimeScalar } from '../attributes/scalars';
import { ModulePermissionInputType } from '../credentials/credential-input.type';
import type { CredentialView } from '../credentials/credential-views';
import { CredentialType } from '../credentials/credential.type';
import { ModulePermissionType } from '../credentials/viewer.type';
import type { UserError } from '../operations/user-error';
import { UserErrorType } from '../operations/user-error.type';
import { Structure } from '../permissions/guard.decorators';
import { InputField } from '../permissions/input-field.decorators';
import { ACCESS_REQUEST_STATES, type AccessRequestInput, type AccessRequestState } from './access-request';

const StateEnum = enumOf(ACCESS_REQUEST_STATES);
registerEnumType(StateEnum, {
  name: 'AccessRequestState',
  description: 'What became of a request.',
  valuesConfig: {
    OPEN: { description: 'No admin has decided yet.' },
    APPROVED: { description: 'The credential was given what it asked for.' },
    REFUSED: { description: 'It was not; the note says why.' },
  },
});

@ObjectType('AccessRequest', { description: 'A credential that asks for what it lacks.' })
export class AccessRequestType {
  @Structure()
  @Field(() => ID, { description: 'Names the request. Random.' })
  id!: string;

  @Structure()
  @Field(() => DateTimeScalar, { description: 'When it was sent.' })
  createdAt!: string;

  @Structure()
  @Field(() => String, { description: 'Why, in the words of whoever asked.' })
  reason!: string;

  @Structure()
  @Field(() => [ModulePermissionType], { description: 'The boxes that were missing then.' })
  modules!: readonly ModulePermissionType[];

  @Structure()
  @Field(() => [String], { description: 'Keys of attributes that could not be read then.' })
  read!: readonly string[];

  @Structure()
  @Field(() => [String], { description: 'Keys of attributes that could not be written then.' })
  write!: readonly string[];

  @Structure()
  @Field(() => StateEnum, { description: 'What became of it.' })
  state!: AccessRequestState;

  @Structure()
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was decided; null while it is open.' })
  decidedAt!: string | null;

  @Structure()
  @Field(() => String, { nullable: true, description: 'What the admin has to say about it.' })
  note!: string | null;
}

const guard = Structure();

@InputType('AccessRequestInput', {
  description: 'What is missing, and why it is needed. What the credential may do already is left out by itself.',
})
export class AccessRequestInputType implements AccessRequestInput {
  @InputField(() => [ModulePermissionInputType], { description: 'Boxes of modules.', guard })
  modules?: ModulePermissionInputType[] | null;

  @InputField(() => [String], {
    description: 'Keys of attributes to read, such as `fixSalary` or `custom.shirtSize`; at most 500.',
    guard,
  })
  read?: string[] | null;

  @InputField(() => [String], { description: 'Keys of attributes to write; at most 500.', guard })
  write?: string[] | null;

  @InputField(() => String, { description: 'What for; 1 to 500 characters.', guard, required: true })
  reason!: string;
}

@ObjectType('AccessRequestPayload', { description: 'What became of asking for access.' })
export class AccessRequestPayload {
  @Structure()
  @Field(() => AccessRequestType, {
    nullable: true,
    description: 'The request; one that waits already for the same; null when none was kept.',
  })
  request!: AccessRequestType | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Everything that is wrong with the input; empty when it was kept.' })
  userErrors!: readonly UserError[];
}

@ObjectType('WaitingAccessRequest', { description: 'A request that no admin has decided yet.' })
export class WaitingAccessRequestType {
  @Structure()
  @Field(() => ID, { description: 'Of the credential that asks.' })
  credentialId!: string;

  @Structure()
  @Field(() => String, { description: 'Its name.' })
  credentialName!: string;

  @Structure()
  @Field(() => AccessRequestType, { description: 'What it asks for.' })
  request!: AccessRequestType;
}

@ObjectType('AccessDecisionPayload', { description: 'What became of a decision about a request.' })
export class AccessDecisionPayload {
  @Structure()
  @Field(() => AccessRequestType, { nullable: true, description: 'As it is now; null when there is none.' })
  request!: AccessRequestType | null;

  @Structure()
  @Field(() => CredentialType, {
    nullable: true,
    description: 'As it is now, also when the decision came too late (STALE); null when there is none.',
  })
  credential!: CredentialType | CredentialView | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Every problem; empty when it was decided.' })
  userErrors!: readonly UserError[];
}
