import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { enumOf } from '../attributes/attribute.type';
import { Structure } from '../permissions/guard.decorators';
import { DateTimeScalar } from '../attributes/scalars';
import { OrderDirectionEnum, type OrderDirection } from '../pagination/order-direction.type';
import type { DenialMode, Module } from '../permissions/grants';
import type { CredentialInput } from './check-credential';
import type { GrantsInput } from './check-grants';
import { ORDER_FIELDS, type CredentialFilter, type CredentialOrder, type OrderField } from './credential-list.store';
import type { NewCredentialInput } from './credential-management';
import type { CredentialStatus } from './credential-status';
import { CredentialStatusEnum } from './credential.type';
import { DenialModeEnum, ModuleEnum } from './viewer.type';

const OrderFieldEnum = enumOf(ORDER_FIELDS);
registerEnumType(OrderFieldEnum, {
  name: 'CredentialOrderField',
  description: 'What credentials are ordered by; the id decides between equals.',
  valuesConfig: {
    NAME: { description: 'The name, without regard to upper and lower case.' },
    CREATED_AT: { description: 'When it was made.' },
    LAST_USED_AT: { description: 'When it was last used; what was never used stands before everything else.' },
  },
});

@InputType('CredentialFilter', { description: 'Which credentials are meant. All that is given must hold.' })
export class CredentialFilterType implements CredentialFilter {
  @Field(() => [CredentialStatusEnum], { nullable: true, description: 'Those with one of these statuses.' })
  status?: CredentialStatus[] | null;

  @Field(() => ID, { nullable: true, description: 'Those of this integration.' })
  integrationId?: string | null;

  @Field(() => ModuleEnum, { nullable: true, description: 'Those that may read or write this module.' })
  module?: Module | null;

  @Field(() => String, { nullable: true, description: 'Those with this attribute on their list, by its key.' })
  attribute?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Those that are switched on, or off.' })
  enabled?: boolean | null;
}

@InputType('CredentialOrder', { description: 'The order of a list of credentials.' })
export class CredentialOrderType implements CredentialOrder {
  @Field(() => OrderFieldEnum, { description: 'By what.' })
  field!: OrderField;

  @Field(() => OrderDirectionEnum, { description: 'Which end comes first.' })
  direction!: OrderDirection;
}

@InputType('ModulePermissionInput', { description: 'The boxes of one module. A module that is not named has none.' })
export class ModulePermissionInputType {
  @Structure()
  @Field(() => ModuleEnum, { description: 'The module.' })
  module!: Module;

  @Structure()
  @Field(() => Boolean, { description: 'Whether it may be read.' })
  read!: boolean;

  @Structure()
  @Field(() => Boolean, { description: 'Whether it may be written.' })
  write!: boolean;
}

@InputType('GrantsInput', {
  description:
    'Permissions as a whole: what does not stand here is not granted. Either `attributes` for both directions, or `read` and `write`.',
})
export class GrantsInputType implements GrantsInput {
  @Field(() => [ModulePermissionInputType], { description: 'The boxes.' })
  modules!: ModulePermissionInputType[];

  @Field(() => [String], {
    nullable: true,
    description: 'Keys of attributes, for each direction that EMPLOYEES is ticked for.',
  })
  attributes?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Keys of attributes that may be read.' })
  read?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Keys of attributes that may be written.' })
  write?: string[] | null;
}

@InputType({ description: 'What a credential is made with and changed alike.' })
abstract class CredentialTexts {
  @Field(() => String, { nullable: true, description: 'What it is; at most 2,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Whom to ask about it; at most 200 characters.' })
  ownerContact?: string | null;

  @Field(() => String, { nullable: true, description: 'Why the data is needed; at most 500 characters.' })
  purpose?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'An integration of the directory. Informative: it starts nothing and grants nothing.',
  })
  integrationId?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it expires; null for never.' })
  expiresAt?: Date | string | null;

  @Field(() => DenialModeEnum, {
    nullable: true,
    description: 'How a denied attribute in a selection is answered; NULL_AND_ERROR at first.',
  })
  denialMode?: DenialMode | null;
}

@InputType('CreateCredentialInput', { description: 'A new credential.' })
export class CreateCredentialInput extends CredentialTexts implements NewCredentialInput {
  @Field(() => String, {
    description: 'At most 100 characters; unique without regard to upper and lower case and outer blanks.',
  })
  name!: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether it may come in at once; true when left out.' })
  enabled?: boolean | null;

  @Field(() => GrantsInputType, { description: 'What it may do.' })
  grants!: GrantsInputType;
}

@InputType('UpdateCredentialInput', {
  description: 'A change of a credential. What is left out stays, what is null is cleared.',
})
export class UpdateCredentialInput extends CredentialTexts implements CredentialInput {
  @Field(() => Int, {
    description:
      'The version that the editor saw. When there is a newer one, nothing is changed, and the answer is STALE.',
  })
  version!: number;

  @Field(() => String, {
    nullable: true,
    description: 'At most 100 characters; unique without regard to upper and lower case and outer blanks.',
  })
  name?: string | null;

  @Field(() => GrantsInputType, { nullable: true, description: 'What it may do, as a whole.' })
  grants?: GrantsInputType | null;
}
