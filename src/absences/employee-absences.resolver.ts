import { Arg, Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Clock } from '../clock';
import type { EmployeeRecord } from '../employees/employee-record';
import { EmployeeType } from '../employees/employee.type';
import { GatewayError } from '../errors';
import type { OperationContext } from '../operations/context';
import { ConnectionArguments, CONNECTION_GUARDS } from '../pagination/connection-arguments.type';
import type { Cursors } from '../pagination/cursor';
import { RecordConnection } from '../pagination/record-connection';
import { windowOf } from '../pagination/window';
import { Arguments, OfModule } from '../permissions/guard.decorators';
import {
  balancesOf,
  FIRST_BALANCE_YEAR,
  LAST_BALANCE_YEAR,
  type AbsenceBalance,
  type Entitlement,
} from './absence-balance';
import { AbsenceFilter } from './absence-input.type';
import { absenceQuery, toAbsence, type AbsenceRecord } from './absence.store';
import { AbsenceBalanceType, AbsenceConnectionType } from './absence.type';

@Resolver(() => EmployeeType)
export class EmployeeAbsencesResolver {
  constructor(
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  @OfModule('ABSENCES')
  @Arguments(CONNECTION_GUARDS)
  @FieldResolver(() => AbsenceConnectionType, {
    nullable: true,
    description: 'When the person is away. Needs ABSENCES read as well.',
  })
  async absences(
    @Root() { id }: EmployeeRecord,
    @Ctx() { records }: OperationContext,
    @Args() window: ConnectionArguments,
    @Arg('filter', () => AbsenceFilter, { nullable: true, description: 'Which are meant; left out: all.' })
    filter: AbsenceFilter | null = null,
  ): Promise<RecordConnection<AbsenceRecord>> {
    const query = absenceQuery(filter, records.dialect);
    const stretch = windowOf(window, (cursor) => Number(this.cursors.decode(query.name, cursor)));
    const page = await records.pageOf(id, query, stretch);
    const count = () => records.countOf(id, query);
    return new RecordConnection({
      name: query.name,
      cursors: this.cursors,
      window: stretch,
      page,
      toItem: toAbsence,
      count,
    });
  }

  @OfModule('ABSENCES', ['absenceEntitlement'])
  @Arguments({ year: 'structure' })
  @FieldResolver(() => [AbsenceBalanceType], {
    nullable: true,
    description: 'What is left of each entitlement. Needs ABSENCES read and absenceEntitlement.',
  })
  async absenceBalances(
    @Root() employee: EmployeeRecord,
    @Ctx() { records }: OperationContext,
    @Arg('year', () => Int, { nullable: true, description: 'The calendar year; this one when left out.' })
    wanted: number | null = null,
  ): Promise<readonly AbsenceBalance[]> {
    const year = wanted ?? Number(this.clock.now().slice(0, 4));
    if (year < FIRST_BALANCE_YEAR || year > LAST_BALANCE_YEAR)
      throw new GatewayError('BAD_USER_INPUT', '"year" takes 1900 to 2200.', { argument: 'year' });
    const query = absenceQuery({ from: `${year}-01-01`, to: `${year}-12-31` }, records.dialect);
    const page = await records.pageOf(employee.id, query, WHOLE_YEAR);
    return balancesOf((employee['absenceEntitlement'] ?? []) as Entitlement[], page.items.map(toAbsence), year);
  }
}

/** More absences than a year has halves of days to put them in. */
const WHOLE_YEAR = { size: 10_000, isFromEnd: false, after: undefined, before: undefined } as const;
