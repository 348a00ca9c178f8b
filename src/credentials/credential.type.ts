import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../attributes/attribute.type';
import { CatalogueAttributeType } from '../attributes/catalogue.type';
import { DateTimeScalar } from '../attributes/scalars';
import { PageInfoType } from '../pagination/page-info.type';
import { Structure } from '../permissions/guard.decorators';
import type { DenialMode } from '../permissions/grants';
import { CREDENTIAL_STATUSES, type CredentialStatus } from './credential-status';
import { DenialModeEnum, ModulePermissionType } from './viewer.type';

export const CredentialStatusEnum = enumOf(CREDENTIAL_STATUSES);
registerEnumType(CredentialStatusEnum, {
  name: 'CredentialStatus',
  description: 'What is most worth knowing about a credential: the first of these that applies.',
  valuesConfig: {
    DISABLED: { description: 'Switched off.' },
    EXPIRED: { description: 'Its time is over.' },
    EXPIRES_SOON: { description: 'It works, and expires within 14 days.' },
    NEVER_USED: { description: 'It works, and nobody has used it so far.' },
    UNUSED: { description: 'It works, and nobody has used it for 90 days.' },
    ACTIVE: { description: 'It works and is used.' },
  },
});

@ObjectType('AttributePermission', { description: 'An attribute on a credential’s list.' })
export class AttributePermissionType {
  @Structure()
  @Field(() => CatalogueAttributeType, { description: 'The attribute.' })
  attribute!: CatalogueAttributeType;

  @Structure()
  @Field(() => Boolean, { description: 'Whether it may be read.' })
  read!: boolean;

  @Structure()
  @Field(() => Boolean, { description: 'Whether it may be written.' })
  write!: boolean;
}

@ObjectType('CredentialSecret', { description: 'A live secret of a credential, without the secret itself.' })
export class CredentialSecretType {
  @Structure()
  @Field(() => ID, { description: 'Names the secret. Random, and never used again.' })
  id!: string;

  @Structure()
  @Field(() => DateTimeScalar, { description: 'When it was issued.' })
  createdAt!: string;

  @Structure()
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it ends because a newer one takes over; null for the current one.',
  })
  expiresAt!: string | null;

  @Structure()
  @Field(() => Boolean, { description: 'Whether revealCredentialSecret can show it again.' })
  revealable!: boolean;
}

@ObjectType('Credential', { description: 'One integration’s access: its permissions, and how it shows who it is.' })
export class CredentialType {
  @Structure()
  @Field(() => ID, { description: 'Identifies the credential. Random, and never used again.' })
  id!: string;

  @Structure()
  @Field(() => String, { description: 'What the integration signs in with, beside the secret. Public.' })
  clientId!: string;

  @Structure()
  @Field(() => String, { description: 'Unique without regard to upper and lower case and outer blanks.' })
  name!: string;

  @Structure()
  @Field(() => String, { nullable: true, description: 'What it is.' })
  description!: string | null;

  @Structure()
  @Field(() => String, { nullable: true, description: 'Whom to ask about it.' })
  ownerContact!: string | null;

  @Structure()
  @Field(() => String, { nullable: true, description: 'Why the data is needed.' })
  purpose!: string | null;

  @Structure()
  @Field(() => Boolean, { description: 'Whether it may come in at all.' })
  enabled!: boolean;

  @Structure()
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it expires; null for never.' })
  expiresAt!: string | null;

  @Structure()
  @Field(() => DenialModeEnum, { description: 'How a denied attribute in a selection is answered.' })
  denialMode!: DenialMode;

  @Structure()
  @Field(() => Int, { description: 'Grows with every change. An editor sends it along with an update.' })
  version!: number;

  @Structure()
  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: string;

  @Structure()
  @Field(() => DateTimeScalar, { description: 'When an admin last changed it.' })
  updatedAt!: string;

  @Structure()
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last used; null for never.' })
  lastUsedAt!: string | null;

  @Structure()
  @Field(() => CredentialStatusEnum, { description: 'What is most worth knowing about it.' })
  status!: CredentialStatus;

  @Structure()
  @Field(() => Boolean, { description: 'Whether what may be read and what may be written are told apart.' })
  separateDirections!: boolean;

  @Structure()
  @Field(() => [ModulePermissionType], { description: 'Every module with its boxes.' })
  modules!: ModulePermissionType[];

  @Structure()
  @Field(() => [AttributePermissionType], { description: 'The attributes on its list, in the catalogue’s order.' })
  attributes!: AttributePermissionType[];

  @Structure()
  @Field(() => [CredentialSecretType], { description: 'The live secrets, at most two, the current one first.' })
  secrets!: CredentialSecretType[];
}

@ObjectType('CredentialEdge', { description: 'A credential in a list, and its place there.' })
export class CredentialEdgeType {
  @Structure()
  @Field(() => String, { description: 'Pass it as `after` to go on behind it, or as `before` to stop in front of it.' })
  cursor!: string;

  @Structure()
  @Field(() => CredentialType, { description: 'The credential.' })
  node!: CredentialType;
}

@ObjectType('CredentialConnection', {
  description: 'A page of credentials. See the GraphQL Cursor Connections Specification.',
})
export class CredentialConnectionType {
  @Structure()
  @Field(() => [CredentialEdgeType], { description: 'The credentials with their cursors.' })
  edges!: CredentialEdgeType[];

  @Structure()
  @Field(() => [CredentialType], { description: 'The credentials without their cursors.' })
  nodes!: CredentialType[];

  @Structure()
  @Field(() => PageInfoType, { description: 'Where this page stands.' })
  pageInfo!: PageInfoType;

  @Structure()
  @Field(() => Int, { description: 'How many there are in all; counted only when asked for.' })
  totalCount!: number;
}
