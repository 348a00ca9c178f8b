import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { OperationContext } from '../operations/context';
import type { Outcome } from '../operations/user-error';
import { For } from '../permissions/guard.decorators';
import { ADMIN_ROLES, type Admin } from './admin';
import type { AdminManagement } from './admin-management';
import type { AdminStore } from './admin.store';
import { AdminPayload, AdminType, CreateAdminInput, UpdateAdminInput } from './admin.type';

const EVERY_ADMIN = { who: 'admin', roles: ADMIN_ROLES } as const;
const OWNERS = { who: 'admin', roles: ['OWNER'] } as const;

/** What owners do about admins. */
@Resolver()
export class AdminResolver {
  constructor(
    private readonly management: AdminManagement,
    private readonly store: AdminStore,
    private readonly address: { readonly url: string },
  ) {}

  @For(EVERY_ADMIN)
  @Query(() => [AdminType], { description: 'Every admin, the oldest first.' })
  async admins(): Promise<AdminType[]> {
    return [...(await this.store.list())];
  }

  @For(OWNERS)
  @Mutation(() => AdminPayload, { description: 'Adds an admin, who chooses a password with a link.' })
  async createAdmin(
    @Ctx() { admin }: OperationContext,
    @Arg('input', () => CreateAdminInput, { description: 'The new admin.' }) input: CreateAdminInput,
  ): Promise<AdminPayload> {
    const { value, userErrors } = await this.management.invite(admin, input);
    // Behind the #, so that it reaches no server and no log.
    const setupUrl = value && `${this.address.url}/setup#invite=${value.invitation}`;
    return { admin: value?.admin ?? null, setupUrl, userErrors };
  }

  @For(OWNERS)
  @Mutation(() => AdminPayload, {
    description: 'Changes an admin’s name or role. A new role ends the admin’s sessions. The last owner stays one.',
  })
  async updateAdmin(
    @Ctx() { admin }: OperationContext,
    @Arg('id', () => ID, { description: 'Of the admin.' }) id: string,
    @Arg('input', () => UpdateAdminInput, { description: 'What changes.' }) { name, role }: UpdateAdminInput,
  ): Promise<AdminPayload> {
    const change = { ...(typeof name === 'string' ? { name: name.trim() } : {}), ...(role ? { role } : {}) };
    return payload(await this.management.change(admin, id, change));
  }

  @For(OWNERS)
  @Mutation(() => AdminPayload, {
    description: 'Keeps an admin from signing in, and ends the admin’s sessions at once. The last owner stays enabled.',
  })
  async disableAdmin(
    @Ctx() { admin }: OperationContext,
    @Arg('id', () => ID, { description: 'Of the admin.' }) id: string,
  ): Promise<AdminPayload> {
    return payload(await this.management.change(admin, id, { enabled: false }));
  }

  @For(OWNERS)
  @Mutation(() => AdminPayload, { description: 'Lets an admin sign in again.' })
  async enableAdmin(
    @Ctx() { admin }: OperationContext,
    @Arg('id', () => ID, { description: 'Of the admin.' }) id: string,
  ): Promise<AdminPayload> {
    return payload(await this.management.change(admin, id, { enabled: true }));
  }
}

function payload({ value, userErrors }: Outcome<Admin>): AdminPayload {
  return { admin: value, setupUrl: null, userErrors };
}
