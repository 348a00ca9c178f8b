import { Arg, Int, Query, Resolver } from 'type-graphql';
import { ADMIN_ROLES } from '../admins/admin';
import type { Clock } from '../clock';
import { GatewayError } from '../errors';
import { For } from '../permissions/guard.decorators';
import { DAYS_KEPT, dayOf, daysUntil, type Day } from './usage';
import type { UsageStore } from './usage.store';
import { UsageOverviewType } from './usage.type';

const DEFAULT_DAYS = 30;

@Resolver(() => UsageOverviewType)
export class UsageResolver {
  constructor(
    private readonly store: UsageStore,
    private readonly clock: Clock,
  ) {}

  @For({ who: 'admin', roles: ADMIN_ROLES, section: 'API_CREDENTIALS' })
  @Query(() => UsageOverviewType, {
    description: 'How much all credentials together ask for. Counts are some seconds behind.',
  })
  async usage(
    @Arg('days', () => Int, {
      nullable: true,
      description: 'How many, today among them, at most 400; 30 when left out.',
    })
    days: number | null,
  ): Promise<UsageOverviewType> {
    return { days: await this.store.days(lastDays(this.clock, days)) };
  }
}

/** @throws GatewayError BAD_USER_INPUT outside 1 to 400 */
export function lastDays(clock: Clock, days: number | null | undefined): Day[] {
  const count = days ?? DEFAULT_DAYS;
  if (count < 1 || count > DAYS_KEPT) {
    throw new GatewayError('BAD_USER_INPUT', `"days" takes 1 to ${DAYS_KEPT}.`, { argument: 'days' });
  }
  return daysUntil(dayOf(clock.now()), count);
}
