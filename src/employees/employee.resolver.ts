import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { customKey } from '../attributes/attribute';
import { DateTimeScalar } from '../attributes/scalars';
import type { OrganizationUnitKind } from '../organization/organization-unit.entity';
import type { OperationContext } from '../operations/context';
import { ConnectionArguments, CONNECTION_GUARDS } from '../pagination/connection-arguments.type';
import type { Cursors } from '../pagination/cursor';
import { windowOf, type WindowArguments } from '../pagination/window';
import { decide } from '../permissions/decide';
import { Arguments, For, looksAt, usesAttribute } from '../permissions/guard.decorators';
import { EmployeeConnection } from './employee-connection';
import { MOST_KEYS } from './custom-value';
import type { EmployeeRecord } from './employee-record';
import type { CostCenterShareRecord, CustomValueRecord, EmployeeReader, UnitRecord } from './employee.store';
import { CustomAttributeType, EmployeeConnectionType, EmployeeType } from './employee.type';
import { EmployeeFilterType } from './find/employee-filter.type';
import { EmployeeOrderType } from './find/employee-order.type';
import { employeeQuery, type FindArguments } from './find/employee-query.store';
import { isSearched } from './find/employee-search.store';
import { GatewayError } from '../errors';
import { readRowId } from '../store/row-id';

const READS_EMPLOYEES = { who: 'credential', module: { name: 'EMPLOYEES', action: 'read' } } as const;

@Resolver(() => EmployeeType)
export class EmployeeResolver {
  constructor(private readonly cursors: Cursors) {}

  @For(READS_EMPLOYEES)
  @Arguments({
    ...CONNECTION_GUARDS,
    search: looksAt(isSearched),
    updatedSince: looksAt(() => true),
    orderBy: 'structure',
  })
  @Query(() => EmployeeConnectionType, {
    nullable: true,
    description: 'The company’s people, in the order of their ids when no other is asked for. Needs EMPLOYEES read.',
  })
  employees(
    @Ctx() context: OperationContext,
    @Arg('filter', () => EmployeeFilterType, { nullable: true, description: 'Who is meant; left out: everybody.' })
    filter: EmployeeFilterType | null,
    @Arg('search', () => String, {
      nullable: true,
      description:
        'At most eight words; each must occur in some text attribute that the credential may read. Case and umlauts are ignored.',
    })
    search: string | null,
    @Arg('updatedSince', () => DateTimeScalar, {
      nullable: true,
      description:
        'Only who appeared or changed at this moment or later. Changes count of attributes that the credential may read, and of no other.',
    })
    updatedSince: Date | null,
    @Arg('orderBy', () => [EmployeeOrderType], {
      nullable: true,
      description: 'At most five keys, the most important first; the id decides between equals.',
    })
    orderBy: EmployeeOrderType[] | null,
    @Args() window: ConnectionArguments,
  ): Promise<EmployeeConnection> {
    return this.connection(context, { filter, search, updatedSince, orderBy }, window);
  }

  private async connection(
    { employees, credential }: OperationContext,
    find: FindArguments,
    window: WindowArguments,
  ): Promise<EmployeeConnection> {
    const query = employeeQuery(find, credential.grants.attributes.read, employees.dialect);
    const stretch = windowOf(window, (cursor) => Number(this.cursors.decode(query.name, cursor)));
    return new EmployeeConnection(employees, query, stretch, await employees.page(query, stretch), this.cursors);
  }

  @For(READS_EMPLOYEES)
  @Arguments({ id: usesAttribute('read', 'id') })
  @Query(() => EmployeeType, { nullable: true, description: 'One person; null when nobody has this id.' })
  employee(
    @Ctx() { employees }: OperationContext,
    @Arg('id', () => ID, { description: 'The person’s id.' }) id: string,
  ): Promise<EmployeeRecord | null> {
    const parsed = readRowId(id);
    return parsed === undefined ? Promise.resolve(null) : employees.employee(parsed);
  }

  @FieldResolver()
  supervisor(@Root() employee: EmployeeRecord, @Ctx() { employees }: OperationContext): Promise<EmployeeRecord | null> {
    return related(employee['supervisor'], (id) => employees.employee(id));
  }

  @FieldResolver()
  subcompany(@Root() employee: EmployeeRecord, @Ctx() { employees }: OperationContext): Promise<UnitRecord | null> {
    return unitOf(employees, 'subcompany', employee);
  }

  @FieldResolver()
  office(@Root() employee: EmployeeRecord, @Ctx() { employees }: OperationContext): Promise<UnitRecord | null> {
    return unitOf(employees, 'office', employee);
  }

  @FieldResolver()
  department(@Root() employee: EmployeeRecord, @Ctx() { employees }: OperationContext): Promise<UnitRecord | null> {
    return unitOf(employees, 'department', employee);
  }

  @FieldResolver()
  team(@Root() employee: EmployeeRecord, @Ctx() { employees }: OperationContext): Promise<UnitRecord | null> {
    return unitOf(employees, 'team', employee);
  }

  @FieldResolver()
  costCenters(
    @Root() employee: EmployeeRecord,
    @Ctx() { employees }: OperationContext,
  ): Promise<readonly CostCenterShareRecord[]> {
    return employees.costCenters(employee.id);
  }

  // A key that is denied answers null, as a denied field does: it selects, and filters nothing.
  @Arguments({ keys: 'structure' })
  @FieldResolver()
  async customAttributes(
    @Root() employee: EmployeeRecord,
    @Ctx() context: OperationContext,
    @Arg('keys', () => [String], {
      nullable: true,
      description: 'Without the `custom.` prefix, at most 500; left out: all that the credential may read.',
    })
    keys: readonly string[] | null,
  ): Promise<CustomAttributeType[]> {
    if (keys && keys.length > MOST_KEYS) {
      throw new GatewayError('BAD_USER_INPUT', `"keys" takes at most ${MOST_KEYS} keys.`, { argument: 'keys' });
    }
    const values = await context.employees.customValues(employee.id);
    const { grants } = context.credential;
    return (keys ?? [...values.keys()]).map((key) =>
      customAttribute(key, decide(grants, customKey(key), 'read').allowed ? values.get(key) : undefined),
    );
  }
}

@Resolver(() => EmployeeConnectionType)
export class EmployeeConnectionResolver {
  @FieldResolver()
  totalCount(@Root() connection: EmployeeConnection): Promise<number> {
    return connection.count();
  }
}

function related<Item>(id: unknown, load: (id: number) => Promise<Item | null>): Promise<Item | null> {
  return typeof id === 'number' ? load(id) : Promise.resolve(null);
}

function unitOf(
  employees: EmployeeReader,
  kind: OrganizationUnitKind,
  employee: EmployeeRecord,
): Promise<UnitRecord | null> {
  return related(employee[kind], (id) => employees.unit(kind, id));
}

// A key that is denied and a key that does not exist leave the same way.
function customAttribute(key: string, found: CustomValueRecord | undefined): CustomAttributeType {
  return { key, type: found?.type ?? null, value: found?.value ?? null };
}
