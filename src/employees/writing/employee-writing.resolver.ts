import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import { GatewayError } from '../../errors';
import type { OperationContext } from '../../operations/context';
import { userError, type UserError } from '../../operations/user-error';
import { Arguments, For, usesAttribute } from '../../permissions/guard.decorators';
import {
  IDEMPOTENCY_TEXT,
  MOST_ROWS,
  type RowOutcome,
  type WriteMode,
  type WriteOutcome,
} from '../../writing/write-outcome';
import { WriteModeEnum } from '../../writing/write-outcome.type';
import type { EmployeeRecord } from '../employee-record';
import { EmployeeInput, TerminationInput, UpsertEmployeeInput } from './employee-input.type';
import { EmployeePayload, UpsertEmployeeRow, UpsertEmployeesPayload } from './employee-payload.type';
import type { EmployeeWrite, Target } from './employee-write';
import { writeEmployees } from './write-employees';

const WRITES_EMPLOYEES = { who: 'credential', module: { name: 'EMPLOYEES', action: 'write' } } as const;
/** A version tells that something changed, as `lastModifiedAt` does. */
const VERSION = usesAttribute('read', 'lastModifiedAt');
const VERSION_TEXT = 'Refuses the write when the person has changed since this version. Needs lastModifiedAt.';

interface Payload {
  readonly employeeId: number | null;
  readonly userErrors: readonly UserError[];
}

@Resolver()
export class EmployeeWritingResolver {
  @For(WRITES_EMPLOYEES)
  @Arguments({ personnelNumber: 'structure', values: 'structure', idempotencyKey: 'structure' })
  @Mutation(() => EmployeePayload, { nullable: true, description: 'Adds a person. Needs EMPLOYEES write.' })
  createEmployee(
    @Ctx() context: OperationContext,
    @Arg('values', () => EmployeeInput, { description: 'What is known of the person.' }) values: EmployeeInput,
    @Arg('personnelNumber', () => String, {
      nullable: true,
      description: 'What the source of the data calls the person.',
    })
    personnelNumber: string | null = null,
    @Arg('idempotencyKey', () => String, { nullable: true, description: IDEMPOTENCY_TEXT }) key: string | null = null,
  ): Promise<Payload> {
    return writeOne(context, 'createEmployee', key, writeOf({ kind: 'new', personnelNumber }, null, values));
  }

  @For(WRITES_EMPLOYEES)
  @Arguments({ id: 'structure', version: VERSION, values: 'structure', idempotencyKey: 'structure' })
  @Mutation(() => EmployeePayload, { nullable: true, description: 'Changes a person. Needs EMPLOYEES write.' })
  updateEmployee(
    @Ctx() context: OperationContext,
    @Arg('id', () => ID, { description: 'The person’s id.' }) id: string,
    @Arg('values', () => EmployeeInput, { description: 'What changes; what is left out stays.' }) values: EmployeeInput,
    @Arg('version', () => Int, { nullable: true, description: VERSION_TEXT }) version: number | null = null,
    @Arg('idempotencyKey', () => String, { nullable: true, description: IDEMPOTENCY_TEXT }) key: string | null = null,
  ): Promise<Payload> {
    return writeOne(context, 'updateEmployee', key, writeOf({ kind: 'id', id }, version, values));
  }

  @For(WRITES_EMPLOYEES)
  @Arguments({
    id: 'structure',
    version: VERSION,
    // Without its date, nothing ends.
    termination: usesAttribute('write', 'terminationDate'),
    idempotencyKey: 'structure',
  })
  @Mutation(() => EmployeePayload, {
    nullable: true,
    description: 'Writes down how an employment ends. Needs EMPLOYEES write.',
  })
  async terminateEmployee(
    @Ctx() context: OperationContext,
    @Arg('id', () => ID, { description: 'The person’s id.' }) id: string,
    @Arg('termination', () => TerminationInput, { description: 'At least `terminationDate`.' })
    termination: TerminationInput,
    @Arg('version', () => Int, { nullable: true, description: VERSION_TEXT }) version: number | null = null,
    @Arg('idempotencyKey', () => String, { nullable: true, description: IDEMPOTENCY_TEXT }) key: string | null = null,
  ): Promise<Payload> {
    const write = writeOf({ kind: 'id', id }, version, termination);
    const isDated = (write.fields['terminationDate'] ?? null) !== null;
    if (isDated) return writeOne(context, 'terminateEmployee', key, write);
    const missing = userError(['terminationDate'], 'REQUIRED', 'A termination has a date.');
    return Promise.resolve({ employeeId: null, userErrors: [missing] });
  }

  @For(WRITES_EMPLOYEES)
  @Arguments({ rows: 'structure', mode: 'structure', idempotencyKey: 'structure' })
  @Mutation(() => UpsertEmployeesPayload, {
    nullable: true,
    description: 'Adds and changes up to 1,000 people in one transaction. Needs EMPLOYEES write.',
  })
  async upsertEmployees(
    @Ctx() context: OperationContext,
    @Arg('rows', () => [UpsertEmployeeInput], { description: 'The people, at most 1,000.' })
    rows: UpsertEmployeeInput[],
    @Arg('mode', () => WriteModeEnum, { defaultValue: 'ALL_OR_NOTHING', description: 'What bad rows do to good ones.' })
    mode: WriteMode,
    @Arg('idempotencyKey', () => String, { nullable: true, description: IDEMPOTENCY_TEXT }) key: string | null = null,
  ): Promise<object> {
    assertNotTooMany(rows);
    const writes = rows.map((row) => writeOf(targetOf(row), row.version ?? null, row.values));
    const outcome = await write(context, 'upsertEmployees', key, writes, mode);
    return { applied: outcome.isKept, rows: outcome.rows.map(rowOf) };
  }
}

@Resolver(() => EmployeePayload)
export class EmployeePayloadResolver {
  @FieldResolver()
  employee(@Root() { employeeId }: Payload, @Ctx() { employees }: OperationContext): Promise<EmployeeRecord | null> {
    return employeeId === null ? Promise.resolve(null) : employees.employee(employeeId);
  }
}

@Resolver(() => UpsertEmployeeRow)
export class UpsertEmployeeRowResolver {
  @FieldResolver()
  employee(@Root() { employeeId }: Payload, @Ctx() { employees }: OperationContext): Promise<EmployeeRecord | null> {
    return employeeId === null ? Promise.resolve(null) : employees.employee(employeeId);
  }
}

function writeOf(target: Target, version: number | null, values: EmployeeInput | TerminationInput): EmployeeWrite {
  const { customAttributes, ...fields } = values as EmployeeInput;
  return {
    target,
    version,
    fields,
    customAttributes: (customAttributes ?? []).map(({ key, value }) => ({ key, value })),
  };
}

function targetOf({ id = null, personnelNumber = null }: UpsertEmployeeInput): Target {
  if (id !== null && personnelNumber === null) return { kind: 'id', id };
  return id === null && personnelNumber !== null ? { kind: 'personnelNumber', personnelNumber } : { kind: 'unclear' };
}

function assertNotTooMany(rows: readonly unknown[]): void {
  if (rows.length <= MOST_ROWS) return;
  throw new GatewayError('BAD_USER_INPUT', `"rows" takes at most ${MOST_ROWS} rows.`, { argument: 'rows' });
}

function write(
  context: OperationContext,
  operation: string,
  key: string | null,
  writes: readonly EmployeeWrite[],
  mode: WriteMode,
): Promise<WriteOutcome> {
  return context.write({ operation, input: [writes, mode], key }, (transaction) =>
    writeEmployees(transaction, writes, mode),
  );
}

async function writeOne(
  context: OperationContext,
  operation: string,
  key: string | null,
  row: EmployeeWrite,
): Promise<Payload> {
  const { rows } = await write(context, operation, key, [row], 'ALL_OR_NOTHING');
  const { id: employeeId = null, errors = [] } = rows[0] ?? {};
  throwIfWhole(errors);
  return { employeeId, userErrors: errors };
}

/** What is about the person and not about a field is an error of its own, so that nobody overlooks it. */
function throwIfWhole(errors: readonly UserError[]): void {
  for (const { code, field, message } of errors) {
    if (code === 'CONFLICT') throw new GatewayError('CONFLICT', message);
    if (code === 'UNKNOWN' && field?.[0] === 'id') throw new GatewayError('NOT_FOUND', message);
  }
}

function rowOf({ status, id, errors }: RowOutcome, index: number): object {
  return { index, status, employeeId: id, userErrors: errors };
}
