import { Field, InputType, ObjectType } from 'type-graphql';
import { DateScalar } from '../attributes/scalars';
import { UserErrorType } from '../operations/user-error.type';
import type { UserError } from '../operations/user-error';
import { Structure } from '../permissions/guard.decorators';

@ObjectType('FeatureSwitch', { description: 'Whether and when admins have the API-credentials section.' })
export class FeatureSwitchType {
  @Structure()
  @Field(() => Boolean, { description: 'Whether it is switched on at all.' })
  enabled!: boolean;

  @Structure()
  @Field(() => DateScalar, { nullable: true, description: 'Its first day, in UTC; null for no beginning.' })
  startsOn!: string | null;

  @Structure()
  @Field(() => DateScalar, { nullable: true, description: 'Its last day, in UTC; null for no end.' })
  endsOn!: string | null;

  @Structure()
  @Field(() => Boolean, { description: 'Whether the section is open at this moment.' })
  active!: boolean;
}

@ObjectType('Settings', { description: 'What holds for the whole company.' })
export class SettingsType {
  @Structure()
  @Field(() => FeatureSwitchType, { description: 'The switch of the API-credentials section.' })
  feature!: FeatureSwitchType;

  @Structure()
  @Field(() => Boolean, {
    description: 'Whether a secret is shown when it is issued and never again. Then nothing is kept to show it from.',
  })
  showOnce!: boolean;
}

@InputType('SetFeatureInput', { description: 'The switch of the API-credentials section, as a whole.' })
export class SetFeatureInput {
  @Field(() => Boolean, { description: 'Off closes the section whatever the days say.' })
  enabled!: boolean;

  @Field(() => DateScalar, { nullable: true, description: 'Its first day, in UTC; null for no beginning.' })
  startsOn?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Its last day, in UTC; null for no end.' })
  endsOn?: string | null;
}

@ObjectType('SettingsPayload', { description: 'What became of a change of the settings.' })
export class SettingsPayload {
  @Structure()
  @Field(() => SettingsType, { nullable: true, description: 'As they are now; null when it was refused.' })
  settings!: SettingsType | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Every problem with the input; empty when it was done.' })
  userErrors!: readonly UserError[];
}
