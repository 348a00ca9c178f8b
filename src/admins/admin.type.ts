import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../attributes/attribute.type';
import { DateTimeScalar } from '../attributes/scalars';
import { UserErrorType } from '../operations/user-error.type';
import { Structure } from '../permissions/guard.decorators';
import { ADMIN_ROLES, type AdminRole } from './admin';

export const AdminRoleEnum = enumOf(ADMIN_ROLES);
registerEnumType(AdminRoleEnum, {
  name: 'AdminRole',
  description: 'What an admin may do.',
  valuesConfig: {
    OWNER: { description: 'Everything, admins and settings too.' },
    MANAGER: { description: 'Credentials and integrations.' },
    AUDITOR: { description: 'Sees everything that admins see, and changes nothing.' },
  },
});

@ObjectType('Admin', { description: 'A person who manages credentials.' })
export class AdminType {
  @Structure()
  @Field(() => ID, { description: 'Identifies the admin for good.' })
  id!: string;

  @Structure()
  @Field(() => String, { description: 'What the admin signs in with.' })
  email!: string;

  @Structure()
  @Field(() => String, { description: 'What others call the admin.' })
  name!: string;

  @Structure()
  @Field(() => AdminRoleEnum, { description: 'What the admin may do.' })
  role!: AdminRole;

  @Structure()
  @Field(() => Boolean, { description: 'Whether the admin may sign in.' })
  enabled!: boolean;

  @Structure()
  @Field(() => DateTimeScalar, { description: 'Since when there is this admin.' })
  createdAt!: string;

  @Structure()
  @Field(() => DateTimeScalar, { nullable: true, description: 'The last sign-in; null before the first.' })
  lastSignInAt!: string | null;

  @Structure()
  @Field(() => Boolean, { description: 'Whether the admin has chosen a password.' })
  hasPassword!: boolean;

  @Structure()
  @Field(() => Boolean, { description: 'Whether the admin may sign in with the identity provider.' })
  hasIdentity!: boolean;
}

@ObjectType('SetupState', { description: 'Whether the gateway still waits for its first admin.' })
export class SetupStateType {
  @Structure()
  @Field(() => Boolean, { description: 'True while there is no admin, so that the setup link works.' })
  open!: boolean;
}

@ObjectType('SignInPayload', { description: 'What became of a sign-in.' })
export class SignInPayload {
  @Structure()
  @Field(() => AdminType, { nullable: true, description: 'Who is signed in now; null when it was refused.' })
  me!: AdminType | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: readonly UserErrorType[];
}

@ObjectType('AdminPayload', { description: 'What became of a change of an admin.' })
export class AdminPayload {
  @Structure()
  @Field(() => AdminType, { nullable: true, description: 'The admin as it is now; null when the change was refused.' })
  admin!: AdminType | null;

  @Structure()
  @Field(() => String, {
    nullable: true,
    description: 'The link with which a new admin chooses a password. Shown this once; it works once, for seven days.',
  })
  setupUrl!: string | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Why the change was refused; empty when it was made.' })
  userErrors!: readonly UserErrorType[];
}

@ObjectType('SignOutPayload', { description: 'What became of a sign-out.' })
export class SignOutPayload {
  @Structure()
  @Field(() => Boolean, { description: 'Always true: nobody is signed in with this cookie any more.' })
  done!: boolean;
}

@ObjectType('EndSessionPayload', { description: 'What became of the end of a session.' })
export class EndSessionPayload {
  @Structure()
  @Field(() => ID, { nullable: true, description: 'The session that ended; null when it was refused.' })
  endedSessionId!: string | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: readonly UserErrorType[];
}

@ObjectType('EndOtherSessionsPayload', { description: 'What became of the end of all other sessions.' })
export class EndOtherSessionsPayload {
  @Structure()
  @Field(() => Int, { description: 'How many ended.' })
  count!: number;
}

@InputType('CompleteSetupInput', { description: 'What comes with a setup link or an invitation.' })
export class CompleteSetupInput {
  @Field(() => String, { description: 'From the link.' })
  token!: string;

  @Field(() => String, { nullable: true, description: 'Of the first admin. An invited one has a name already.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Of the first admin. An invited one has an email already.' })
  email?: string | null;

  @Field(() => String, { description: '15 to 256 characters that are not easily guessed.' })
  password!: string;
}

@InputType('SignInInput', { description: 'Who signs in.' })
export class SignInInput {
  @Field(() => String, { description: 'In any case.' })
  email!: string;

  @Field(() => String, { description: 'The password.' })
  password!: string;
}

@InputType('ReauthenticateInput', { description: 'The proof that it is still the same person.' })
export class ReauthenticateInput {
  @Field(() => String, { description: 'The own password.' })
  password!: string;
}

@InputType('ChangePasswordInput', { description: 'The old password and the new one.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The password until now.' })
  currentPassword!: string;

  @Field(() => String, { description: '15 to 256 characters that are not easily guessed.' })
  newPassword!: string;
}

@InputType('CreateAdminInput', { description: 'A new admin.' })
export class CreateAdminInput {
  @Field(() => String, { description: 'Must be unique, in any case.' })
  email!: string;

  @Field(() => String, { description: 'What others call the admin.' })
  name!: string;

  @Field(() => AdminRoleEnum, { description: 'What the admin may do.' })
  role!: AdminRole;
}

@InputType('UpdateAdminInput', { description: 'What changes about an admin. What is left out stays.' })
export class UpdateAdminInput {
  @Field(() => String, { nullable: true, description: 'What others call the admin.' })
  name?: string | null;

  @Field(() => AdminRoleEnum, { nullable: true, description: 'What the admin may do.' })
  role?: AdminRole | null;
}
