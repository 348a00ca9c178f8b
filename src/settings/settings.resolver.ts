import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver } from 'type-graphql';
import { ADMIN_ROLES } from '../admins/admin';
import type { OperationContext } from '../operations/context';
import { userError, type UserError } from '../operations/user-error';
import { For } from '../permissions/guard.decorators';
import type { FeatureSwitch } from './feature-switch';
import type { FeatureSwitchStore } from './feature-switch.store';
import { FeatureSwitchType, SetFeatureInput, SettingsPayload, SettingsType } from './settings.type';

// Not of the section that the switch closes: whoever switched it off must be able to see that, and to switch it on.
const SEES = { who: 'admin', roles: ADMIN_ROLES } as const;
const SWITCHES = { who: 'admin', roles: ['OWNER'] } as const;

@Resolver(() => SettingsType)
export class SettingsResolver {
  constructor(private readonly features: FeatureSwitchStore) {}

  @For(SEES)
  @Query(() => SettingsType, { description: 'What holds for the whole company.' })
  settings(): Partial<SettingsType> {
    return {};
  }

  @FieldResolver()
  async feature(): Promise<FeatureSwitchType> {
    return shown(this.features, await this.features.read());
  }

  @For(SWITCHES)
  @Mutation(() => SettingsPayload, {
    description: 'Opens or closes the API-credentials section. Integrations go on reading and writing as before.',
  })
  async setFeature(
    @Ctx() { admin }: OperationContext,
    @Arg('input', () => SetFeatureInput, { description: 'The switch as it shall be.' }) input: SetFeatureInput,
  ): Promise<SettingsPayload> {
    const wanted: FeatureSwitch = {
      enabled: input.enabled,
      startsOn: input.startsOn ?? null,
      endsOn: input.endsOn ?? null,
    };
    const userErrors = checkFeature(wanted);
    if (userErrors.length > 0) return { settings: null, userErrors };
    await this.features.set(admin, wanted);
    return { settings: this.settings() as SettingsType, userErrors };
  }
}

function checkFeature({ startsOn, endsOn }: FeatureSwitch): UserError[] {
  const isBackwards = startsOn !== null && endsOn !== null && endsOn < startsOn;
  return isBackwards ? [userError(['endsOn'], 'INVALID', 'The last day comes before the first.')] : [];
}

function shown(features: FeatureSwitchStore, feature: FeatureSwitch): FeatureSwitchType {
  return { ...feature, active: features.isActive(feature) };
}
