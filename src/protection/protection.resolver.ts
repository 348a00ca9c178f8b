import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { ADMIN_ROLES } from '../admins/admin';
import { GatewayError } from '../errors';
import type { OperationContext } from '../operations/context';
import { userError } from '../operations/user-error';
import { Weighs } from '../operations/weight';
import type { Cursors } from '../pagination/cursor';
import { pageSize } from '../pagination/page';
import { For } from '../permissions/guard.decorators';
import { MODULES } from '../permissions/grants';
import { readRowId } from '../store/row-id';
import type { Erasure } from './erasure';
import { ACCESS_NOTE, type PersonAccessStore } from './person-access.store';
import type { ProcessingEntry } from './processing-record';
import type { ProcessingRecord } from './processing-record.store';
import {
  ErasePersonPayload,
  PersonAccessType,
  ProcessingRecordType,
  type ProcessingEntryType,
} from './protection.type';

// Not of the section that the feature switch closes: what data protection asks for does not depend on it.
const SEES = { who: 'admin', roles: ADMIN_ROLES } as const;
const ERASES = { who: 'admin', roles: ['OWNER'] } as const;
const ORDER = 'processing record by name';
/** It reads a page of everything that is known of credentials. */
const RECORD = 100;

const NOBODY = userError(['employeeId'], 'UNKNOWN', 'Nobody has this id.');

@Resolver()
export class ProtectionResolver {
  constructor(
    private readonly record: ProcessingRecord,
    private readonly access: PersonAccessStore,
    private readonly erasure: Erasure,
    private readonly cursors: Cursors,
  ) {}

  @For(SEES)
  @Weighs(RECORD)
  @Query(() => ProcessingRecordType, {
    description:
      'For a record of processing activities: each credential with its purpose, owner and integration, what it may use, and when it last did.',
  })
  async processingRecord(
    @Arg('first', () => Int, { nullable: true, description: 'How many, at most 1,000; 50 when left out.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null,
  ): Promise<ProcessingRecordType> {
    const behind = after ? this.cursors.decode(ORDER, after) : undefined;
    const { items, hasMore } = await this.record.page(behind, pageSize(first));
    const last = items.at(-1);
    return {
      entries: items.map(shown),
      endCursor: hasMore && last ? this.cursors.encode(ORDER, last.credentialId) : null,
    };
  }

  @For(SEES)
  @Weighs(RECORD)
  @Query(() => PersonAccessType, {
    description:
      'Which credentials read attributes of people while this person was in the store, and when. Whether the person was among them is not recorded.',
  })
  async personAccess(
    @Arg('employeeId', () => ID, { description: 'Of the person.' }) employeeId: string,
  ): Promise<PersonAccessType> {
    const access = await this.access.accessTo(readRowId(employeeId) ?? 0);
    if (!access) throw new GatewayError('NOT_FOUND', 'Nobody has this id.');
    return { note: ACCESS_NOTE, ...access };
  }

  @For(ERASES)
  @Mutation(() => ErasePersonPayload, {
    description:
      'Deletes a person for good, with everything that is about them. Needs a password that was shown within five minutes. The audit log and the change feed keep the id.',
  })
  async erasePerson(
    @Ctx() { admin }: OperationContext,
    @Arg('employeeId', () => ID, { description: 'Of the person.' }) employeeId: string,
  ): Promise<ErasePersonPayload> {
    const erased = await this.erasure.byAdmin(admin, readRowId(employeeId) ?? 0);
    if (!erased) return { erasedEmployeeId: null, absences: 0, attendances: 0, supervised: 0, userErrors: [NOBODY] };
    const { employeeId: id, ...counts } = erased;
    return { erasedEmployeeId: String(id), ...counts, userErrors: [] };
  }
}

function shown({ modules, ...entry }: ProcessingEntry): ProcessingEntryType {
  return { ...entry, modules: MODULES.map((module) => ({ module, ...modules[module] })) };
}
