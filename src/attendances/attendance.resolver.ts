import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { EmployeeRecord } from '../employees/employee-record';
import { EmployeeType } from '../employees/employee.type';
import { GatewayError } from '../errors';
import type { OperationContext, Transaction } from '../operations/context';
import type { UserError } from '../operations/user-error';
import { ConnectionArguments, CONNECTION_GUARDS } from '../pagination/connection-arguments.type';
import type { Cursors } from '../pagination/cursor';
import { RecordConnection } from '../pagination/record-connection';
import { windowOf } from '../pagination/window';
import { Arguments, For, OfModule } from '../permissions/guard.decorators';
import { readRowId } from '../store/row-id';
import { CONFLICT, IDEMPOTENCY_TEXT, MOST_ROWS, type WriteMode, type WriteOutcome } from '../writing/write-outcome';
import { WriteModeEnum } from '../writing/write-outcome.type';
import { AttendanceChangeInput, AttendanceFilter, AttendanceInput } from './attendance-input.type';
import { createAttendances, deleteAttendance, updateAttendance } from './attendance-writing.store';
import { attendanceQuery, attendancesById, toAttendance, type AttendanceRecord } from './attendance.store';
import {
  AttendanceConnectionType,
  AttendancePayload,
  AttendanceRow,
  AttendanceType,
  CreateAttendancesPayload,
  DeleteAttendancePayload,
} from './attendance.type';

const READS = { who: 'credential', module: { name: 'ATTENDANCES', action: 'read' } } as const;
const WRITES = { who: 'credential', module: { name: 'ATTENDANCES', action: 'write' } } as const;

interface Payload {
  readonly id: number | null;
  readonly userErrors: readonly UserError[];
}

@Resolver(() => AttendanceType)
export class AttendanceResolver {
  constructor(private readonly cursors: Cursors) {}

  @For(READS)
  @Arguments(CONNECTION_GUARDS)
  @Query(() => AttendanceConnectionType, {
    nullable: true,
    description: 'Everybody’s attendances in the order of their ids. Needs ATTENDANCES read.',
  })
  async attendances(
    @Ctx() { records }: OperationContext,
    @Args() window: ConnectionArguments,
    @Arg('filter', () => AttendanceFilter, { nullable: true, description: 'Which are meant; left out: all.' })
    filter: AttendanceFilter | null = null,
  ): Promise<RecordConnection<AttendanceRecord>> {
    const query = attendanceQuery(filter, records.dialect);
    const stretch = windowOf(window, (cursor) => Number(this.cursors.decode(query.name, cursor)));
    const page = await records.page(query, stretch);
    const count = () => records.count(query);
    return new RecordConnection({
      name: query.name,
      cursors: this.cursors,
      window: stretch,
      page,
      toItem: toAttendance,
      count,
    });
  }

  @For(WRITES)
  @Arguments({ rows: 'structure', mode: 'structure', idempotencyKey: 'structure' })
  @Mutation(() => CreateAttendancesPayload, {
    nullable: true,
    description:
      'Adds up to 1,000 attendances in one transaction. One that overlaps another of the same person is refused. Needs ATTENDANCES write.',
  })
  async createAttendances(
    @Ctx() context: OperationContext,
    @Arg('rows', () => [AttendanceInput], { description: 'The attendances, at most 1,000.' }) rows: AttendanceInput[],
    @Arg('mode', () => WriteModeEnum, { defaultValue: 'ALL_OR_NOTHING', description: 'What bad rows do to good ones.' })
    mode: WriteMode,
    @Arg('idempotencyKey', () => String, { nullable: true, description: IDEMPOTENCY_TEXT }) key: string | null = null,
  ): Promise<object> {
    if (rows.length > MOST_ROWS) {
      throw new GatewayError('BAD_USER_INPUT', `"rows" takes at most ${MOST_ROWS} rows.`, { argument: 'rows' });
    }
    const request = { operation: 'createAttendances', input: [rows, mode], key };
    const outcome = await context.write(request, (transaction) => createAttendances(transaction, rows, mode));
    return {
      applied: outcome.isKept,
      rows: outcome.rows.map(({ status, id, errors }, index) => ({ index, status, id, userErrors: errors })),
    };
  }

  @For(WRITES)
  @Arguments({ id: 'structure', version: 'structure', input: 'structure', idempotencyKey: 'structure' })
  @Mutation(() => AttendancePayload, { nullable: true, description: 'Changes an attendance. Needs ATTENDANCES write.' })
  async updateAttendance(
    @Ctx() context: OperationContext,
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Arg('input', () => AttendanceChangeInput, { description: 'What changes.' }) input: AttendanceChangeInput,
    @Arg('version', () => Int, { nullable: true, description: 'Refuses the write when it has changed since.' })
    version: number | null = null,
    @Arg('idempotencyKey', () => String, { nullable: true, description: IDEMPOTENCY_TEXT }) key: string | null = null,
  ): Promise<Payload> {
    const request = { operation: 'updateAttendance', input: [id, version, input], key };
    const outcome = await context.write(
      request,
      found((transaction) => updateAttendance(transaction, readRowId(id) ?? 0, version, input)),
    );
    return payloadOf(outcome);
  }

  @For(WRITES)
  @Arguments({ id: 'structure', version: 'structure', idempotencyKey: 'structure' })
  @Mutation(() => DeleteAttendancePayload, {
    nullable: true,
    description: 'Removes an attendance. Needs ATTENDANCES write.',
  })
  async deleteAttendance(
    @Ctx() context: OperationContext,
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Arg('version', () => Int, { nullable: true, description: 'Refuses the write when it has changed since.' })
    version: number | null = null,
    @Arg('idempotencyKey', () => String, { nullable: true, description: IDEMPOTENCY_TEXT }) key: string | null = null,
  ): Promise<DeleteAttendancePayload> {
    const request = { operation: 'deleteAttendance', input: [id, version], key };
    const outcome = await context.write(
      request,
      found((transaction) => deleteAttendance(transaction, readRowId(id) ?? 0, version)),
    );
    payloadOf(outcome);
    return { deleted: true };
  }

  @FieldResolver()
  employee(
    @Root() { employeeId }: AttendanceRecord,
    @Ctx() { employees }: OperationContext,
  ): Promise<EmployeeRecord | null> {
    return employees.employee(employeeId);
  }
}

@Resolver(() => EmployeeType)
export class EmployeeAttendancesResolver {
  constructor(private readonly cursors: Cursors) {}

  @OfModule('ATTENDANCES')
  @Arguments(CONNECTION_GUARDS)
  @FieldResolver(() => AttendanceConnectionType, {
    nullable: true,
    description: 'When the person worked. Needs ATTENDANCES read as well.',
  })
  async attendances(
    @Root() { id }: EmployeeRecord,
    @Ctx() { records }: OperationContext,
    @Args() window: ConnectionArguments,
    @Arg('filter', () => AttendanceFilter, { nullable: true, description: 'Which are meant; left out: all.' })
    filter: AttendanceFilter | null = null,
  ): Promise<RecordConnection<AttendanceRecord>> {
    const query = attendanceQuery(filter, records.dialect);
    const stretch = windowOf(window, (cursor) => Number(this.cursors.decode(query.name, cursor)));
    const page = await records.pageOf(id, query, stretch);
    const count = () => records.countOf(id, query);
    return new RecordConnection({
      name: query.name,
      cursors: this.cursors,
      window: stretch,
      page,
      toItem: toAttendance,
      count,
    });
  }
}

@Resolver(() => AttendancePayload)
export class AttendancePayloadResolver {
  @FieldResolver()
  attendance(@Root() { id }: Payload, @Ctx() { records }: OperationContext): Promise<AttendanceRecord | null> {
    return attendanceById(records, id);
  }
}

@Resolver(() => AttendanceRow)
export class AttendanceRowResolver {
  @FieldResolver()
  attendance(@Root() { id }: Payload, @Ctx() { records }: OperationContext): Promise<AttendanceRecord | null> {
    return attendanceById(records, id);
  }
}

async function attendanceById(
  records: OperationContext['records'],
  id: number | null,
): Promise<AttendanceRecord | null> {
  return id === null ? null : records.record('attendances', id, (ids) => attendancesById(records, ids));
}

function found(
  work: (transaction: Transaction) => Promise<WriteOutcome | undefined>,
): (transaction: Transaction) => Promise<WriteOutcome> {
  return async (transaction) => {
    const outcome = await work(transaction);
    if (!outcome) throw new GatewayError('NOT_FOUND', 'No attendance has this id.');
    return outcome;
  };
}

function payloadOf({ rows }: WriteOutcome): Payload {
  const { id = null, errors = [] } = rows[0] ?? {};
  if (errors.some(({ code }) => code === 'CONFLICT')) throw new GatewayError('CONFLICT', CONFLICT.message);
  return { id, userErrors: errors };
}
