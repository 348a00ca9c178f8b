import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { OperationContext } from '../../operations/context';
import { Weighs } from '../../operations/weight';
import { Arguments, For } from '../../permissions/guard.decorators';
import { EmployeeFilterType } from '../find/employee-filter.type';
import { employeeQuery } from '../find/employee-query.store';
import { withhold, type Statistics } from './statistics';
import { readGroups } from './statistics.store';
import { EmployeeGroupByType, EmployeeMeasureInputType, EmployeeStatisticsType } from './statistics.type';

@Resolver()
export class EmployeeStatisticsResolver {
  /** @param smallestGroup people that a group needs to be shown */
  constructor(private readonly smallestGroup: number) {}

  @Weighs(500)
  @For({ who: 'credential', module: { name: 'EMPLOYEES', action: 'read' } })
  @Arguments({ groupBy: 'structure', measures: 'structure', filter: 'structure' })
  @Query(() => EmployeeStatisticsType, {
    nullable: true,
    description:
      'Counts and measures of groups of people. Needs EMPLOYEES read and every attribute that is grouped by, measured or filtered.',
  })
  async employeeStatistics(
    @Ctx() { live, credential }: OperationContext,
    @Arg('groupBy', () => [EmployeeGroupByType], {
      defaultValue: [],
      description: 'At most four keys; without any, all people are one group.',
    })
    groupBy: EmployeeGroupByType[],
    @Arg('measures', () => [EmployeeMeasureInputType], {
      defaultValue: [],
      description: 'At most 20, besides the count.',
    })
    measures: EmployeeMeasureInputType[],
    @Arg('filter', () => EmployeeFilterType, { nullable: true, description: 'Who is meant; left out: everybody.' })
    filter: EmployeeFilterType | null,
  ): Promise<Statistics> {
    const { where } = employeeQuery({ filter }, credential.grants.attributes.read, live.dialect);
    return withhold(await readGroups(live, { groupBy, measures, where }), this.smallestGroup);
  }
}
