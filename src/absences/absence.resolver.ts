import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { EmployeeRecord } from '../employees/employee-record';
import { GatewayError } from '../errors';
import { readText } from '../employees/values/scalar-values';
import type { OperationContext } from '../operations/context';
import { userError, type UserError } from '../operations/user-error';
import { ConnectionArguments, CONNECTION_GUARDS } from '../pagination/connection-arguments.type';
import type { Cursors } from '../pagination/cursor';
import { RecordConnection } from '../pagination/record-connection';
import { windowOf } from '../pagination/window';
import { Arguments, For } from '../permissions/guard.decorators';
import { readRowId } from '../store/row-id';
import { CONFLICT, IDEMPOTENCY_TEXT, type WriteOutcome } from '../writing/write-outcome';
import type { AbsenceUnit } from './absence';
import { AbsenceChangeInput, AbsenceFilter, AbsenceInput } from './absence-input.type';
import { createAbsence, createAbsenceType, updateAbsence } from './absence-writing.store';
import {
  absenceById,
  absenceQuery,
  absenceTypes,
  toAbsence,
  type AbsenceRecord,
  type AbsenceTypeRecord,
} from './absence.store';
import {
  AbsenceConnectionType,
  AbsencePayload,
  AbsenceType,
  AbsenceTypePayload,
  AbsenceTypeType,
  AbsenceUnitEnum,
} from './absence.type';

const READS = { who: 'credential', module: { name: 'ABSENCES', action: 'read' } } as const;
const WRITES = { who: 'credential', module: { name: 'ABSENCES', action: 'write' } } as const;

interface Payload {
  readonly id: number | null;
  readonly userErrors: readonly UserError[];
}

@Resolver(() => AbsenceType)
export class AbsenceResolver {
  constructor(private readonly cursors: Cursors) {}

  @For(READS)
  @Arguments(CONNECTION_GUARDS)
  @Query(() => AbsenceConnectionType, {
    nullable: true,
    description: 'Everybody’s absences in the order of their ids. Needs ABSENCES read.',
  })
  async absences(
    @Ctx() { records }: OperationContext,
    @Args() window: ConnectionArguments,
    @Arg('filter', () => AbsenceFilter, { nullable: true, description: 'Which are meant; left out: all.' })
    filter: AbsenceFilter | null = null,
  ): Promise<RecordConnection<AbsenceRecord>> {
    const query = absenceQuery(filter, records.dialect);
    const stretch = windowOf(window, (cursor) => Number(this.cursors.decode(query.name, cursor)));
    const page = await records.page(query, stretch);
    const count = () => records.count(query);
    return new RecordConnection({
      name: query.name,
      cursors: this.cursors,
      window: stretch,
      page,
      toItem: toAbsence,
      count,
    });
  }

  @For(READS)
  @Query(() => [AbsenceTypeType], { nullable: true, description: 'The reasons to be away. Needs ABSENCES read.' })
  absenceTypes(@Ctx() { records }: OperationContext): Promise<readonly AbsenceTypeRecord[]> {
    return absenceTypes(records);
  }

  @For(WRITES)
  @Arguments({ input: 'structure', idempotencyKey: 'structure' })
  @Mutation(() => AbsencePayload, {
    nullable: true,
    description: 'Adds an absence. One that overlaps another of the same person is refused. Needs ABSENCES write.',
  })
  createAbsence(
    @Ctx() context: OperationContext,
    @Arg('input', () => AbsenceInput, { description: 'The absence.' }) input: AbsenceInput,
    @Arg('idempotencyKey', () => String, { nullable: true, description: IDEMPOTENCY_TEXT }) key: string | null = null,
  ): Promise<Payload> {
    return done(
      context.write({ operation: 'createAbsence', input, key }, (transaction) => createAbsence(transaction, input)),
    );
  }

  @For(WRITES)
  @Arguments({ id: 'structure', version: 'structure', input: 'structure', idempotencyKey: 'structure' })
  @Mutation(() => AbsencePayload, {
    nullable: true,
    description: 'Changes an absence, or decides about it. Needs ABSENCES write.',
  })
  updateAbsence(
    @Ctx() context: OperationContext,
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Arg('input', () => AbsenceChangeInput, { description: 'What changes.' }) input: AbsenceChangeInput,
    @Arg('version', () => Int, { nullable: true, description: 'Refuses the write when it has changed since.' })
    version: number | null = null,
    @Arg('idempotencyKey', () => String, { nullable: true, description: IDEMPOTENCY_TEXT }) key: string | null = null,
  ): Promise<Payload> {
    return done(
      context.write({ operation: 'updateAbsence', input: [id, version, input], key }, async (transaction) => {
        const outcome = await updateAbsence(transaction, readRowId(id) ?? 0, version, input);
        if (!outcome) throw new GatewayError('NOT_FOUND', 'No absence has this id.');
        return outcome;
      }),
    );
  }

  @For(WRITES)
  @Arguments({ name: 'structure', unit: 'structure', paid: 'structure', idempotencyKey: 'structure' })
  @Mutation(() => AbsenceTypePayload, {
    nullable: true,
    description: 'Adds a reason to be away. Needs ABSENCES write.',
  })
  async createAbsenceType(
    @Ctx() context: OperationContext,
    @Arg('name', () => String, { description: 'Unique; 1 to 100 characters.' }) given: string,
    @Arg('unit', () => AbsenceUnitEnum, { description: 'What it is counted in.' }) unit: AbsenceUnit,
    @Arg('paid', () => Boolean, { description: 'Whether the person is paid meanwhile.' }) paid: boolean,
    @Arg('idempotencyKey', () => String, { nullable: true, description: IDEMPOTENCY_TEXT }) key: string | null = null,
  ): Promise<Payload> {
    const name = given.trim();
    if (name === '' || 'reason' in readText(name, 100)) {
      return { id: null, userErrors: [userError(['name'], 'INVALID', 'A name has 1 to 100 characters.')] };
    }
    return done(
      context.write({ operation: 'createAbsenceType', input: [name, unit, paid], key }, async (transaction) => {
        const outcome = await createAbsenceType(transaction, { name, unit, paid });
        if (!outcome) throw new GatewayError('CONFLICT', CONFLICT.message);
        return outcome;
      }),
    );
  }

  @FieldResolver()
  employee(
    @Root() { employeeId }: AbsenceRecord,
    @Ctx() { employees }: OperationContext,
  ): Promise<EmployeeRecord | null> {
    return employees.employee(employeeId);
  }
}

@Resolver(() => AbsencePayload)
export class AbsencePayloadResolver {
  @FieldResolver()
  absence(@Root() { id }: Payload, @Ctx() { records }: OperationContext): Promise<AbsenceRecord | null> {
    return id === null ? Promise.resolve(null) : absenceById(records, id);
  }
}

@Resolver(() => AbsenceTypePayload)
export class AbsenceTypePayloadResolver {
  @FieldResolver()
  async absenceType(@Root() { id }: Payload, @Ctx() { records }: OperationContext): Promise<AbsenceTypeRecord | null> {
    const types = await absenceTypes(records);
    return types.find((type) => type.id === id) ?? null;
  }
}

async function done(outcome: Promise<WriteOutcome>): Promise<Payload> {
  const { id = null, errors = [] } = (await outcome).rows[0] ?? {};
  if (errors.some(({ code }) => code === 'CONFLICT')) throw new GatewayError('CONFLICT', CONFLICT.message);
  return { id, userErrors: errors };
}
