import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver } from 'type-graphql';
import { ADMIN_ROLES } from '../admins/admin';
import type { OperationContext } from '../operations/context';
import type { AdminCaller } from '../permissions/caller';
import { userError, type UserError } from '../operations/user-error';
import { For } from '../permissions/guard.decorators';
import type { FeatureSwitch } from './feature-switch';
import type { FeatureSwitchStore } from './feature-switch.store';
import { FeatureSwitchType, SetFeatureInput, SettingsPayload, SettingsType } from './settings.type';

// Not of the section that the switch closes: whoever switched it off must be able to see that, and to switch it on.
const SEES = { who: 'admin', roles: ADMIN_ROLES } as const;
const SWITCHES = { who: 'admin', roles: ['OWNER'] } as const;

/** The mode in which secrets are shown once. */
export interface ShowOnceMode {
  isOn(): Promise<boolean>;
  set(caller: AdminCaller, wanted: boolean): Promise<void>;
}

@Resolver(() => SettingsType)
export class SettingsResolver {
  constructor(
    private readonly features: FeatureSwitchStore,
    private readonly showOnceMode: ShowOnceMode,
  ) {}

  @For(SEES)
  @Query(() => SettingsType, { description: 'What holds for the whole company.' })
  settings(): Partial<SettingsType> {
    return {};
  }

  @FieldResolver()
  async feature(): Promise<FeatureSwitchType> {
    return shown(this.features, await this.features.read());
  }

  @FieldResolver()
  showOnce(): Promise<boolean> {
    return this.showOnceMode.isOn();
  }

  @For({ ...SWITCHES, section: 'API_CREDENTIALS' })
  @Mutation(() => SettingsPayload, {
    description:
      'Chooses whether secrets are shown once. Switching it on deletes, for good, what they could be shown again from.',
  })
  async setShowOnce(
    @Ctx() { admin }: OperationContext,
    @Arg('showOnce', () => Boolean, { description: 'The mode as it shall be.' }) showOnce: boolean,
  ): Promise<SettingsPayload> {
    await this.showOnceMode.set(admin, showOnce);
    return { settings: this.settings() as SettingsType, userErrors: [] };
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
