import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { ModulePermissionInputType } from '../credentials/credential-input.type';
import { ModulePermissionType } from '../credentials/viewer.type';
import { UserErrorType } from '../operations/user-error.type';
import type { UserError } from '../operations/user-error';
import { Structure } from '../permissions/guard.decorators';
import type { IntegrationInput } from './check-integration';

@ObjectType('Integration', {
  description: 'An entry of the directory. Choosing one for a credential is informative: it grants and starts nothing.',
})
export class IntegrationType {
  @Structure()
  @Field(() => ID, { description: 'A built-in one keeps its id for good, such as `datev`.' })
  id!: string;

  @Structure()
  @Field(() => String, { description: 'What it calls itself.' })
  name!: string;

  @Structure()
  @Field(() => String, { description: 'Its group in the picker.' })
  category!: string;

  @Structure()
  @Field(() => String, { nullable: true, description: 'Where its maker tells more.' })
  website!: string | null;

  @Structure()
  @Field(() => [ModulePermissionType], { description: 'Every module with the boxes that such an integration needs.' })
  recommendedModules!: ModulePermissionType[];

  @Structure()
  @Field(() => [String], { description: 'The catalogue keys that such an integration needs.' })
  recommendedAttributes!: readonly string[];

  @Structure()
  @Field(() => Boolean, { description: 'Whether it ships with Fieldgate, so that nobody changes it.' })
  builtIn!: boolean;
}

@InputType('IntegrationInput', { description: 'An own entry of the directory, as a whole.' })
export class IntegrationInputType implements IntegrationInput {
  @Field(() => String, { description: 'Up to 100 characters, unlike every other integration’s.' })
  name!: string;

  @Field(() => String, { description: 'Its group in the picker, up to 50 characters.' })
  category!: string;

  @Field(() => String, { nullable: true, description: 'An address with https:// or http://.' })
  website?: string | null;

  @Field(() => [ModulePermissionInputType], { nullable: true, description: 'The boxes that it needs.' })
  recommendedModules?: ModulePermissionInputType[] | null;

  @Field(() => [String], { nullable: true, description: 'The catalogue keys that it needs.' })
  recommendedAttributes?: string[] | null;
}

@ObjectType('IntegrationPayload', { description: 'What became of a change of the directory.' })
export class IntegrationPayload {
  @Structure()
  @Field(() => IntegrationType, { nullable: true, description: 'As it is now; null when it was refused.' })
  integration!: IntegrationType | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Every problem with the input; empty when it was done.' })
  userErrors!: readonly UserError[];
}

@ObjectType('DeleteIntegrationPayload', { description: 'What became of a deletion.' })
export class DeleteIntegrationPayload {
  @Structure()
  @Field(() => ID, { nullable: true, description: 'The id that is gone; null when it was refused.' })
  deletedIntegrationId!: string | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Every problem; empty when it was done.' })
  userErrors!: readonly UserError[];
}
