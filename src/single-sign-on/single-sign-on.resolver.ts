import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { ADMIN_ROLES } from '../admins/admin';
import type { OperationContext } from '../operations/context';
import { For } from '../permissions/guard.decorators';
import type { IdentityManagement } from './identity-management';
import {
  BeginSingleSignOnInput,
  BeginSingleSignOnPayload,
  SingleSignOnType,
  UnlinkIdentityPayload,
} from './single-sign-on.type';

/** Signing in with an identity provider. */
@Resolver()
export class SingleSignOnResolver {
  constructor(private readonly management: IdentityManagement) {}

  @For({ who: 'anyone' })
  @Query(() => SingleSignOnType, {
    nullable: true,
    description: 'The identity provider with which admins may sign in; null when there is none.',
  })
  singleSignOn(): SingleSignOnType | null {
    return this.management.provider;
  }

  @For({ who: 'anyone' })
  @Mutation(() => BeginSingleSignOnPayload, {
    description: 'Answers where to send the browser, and gives it a cookie with which it may come back once.',
  })
  async beginSingleSignOn(
    @Ctx() { caller, exchange }: OperationContext,
    @Arg('input', () => BeginSingleSignOnInput, { description: 'Who, and what for.' }) input: BeginSingleSignOnInput,
  ): Promise<BeginSingleSignOnPayload> {
    const { value, userErrors } = await this.management.begin(caller, input, exchange);
    return { url: value, userErrors };
  }

  @For({ who: 'admin', roles: ADMIN_ROLES })
  @Mutation(() => UnlinkIdentityPayload, {
    description:
      'Ends the link of an admin to the identity provider, and the admin’s other sessions. Owners may end anybody’s, others their own. Needs a fresh password.',
  })
  async unlinkIdentity(
    @Ctx() { admin }: OperationContext,
    @Arg('adminId', () => ID, { description: 'Of the admin.' }) adminId: string,
  ): Promise<UnlinkIdentityPayload> {
    const { value, userErrors } = await this.management.unlink(admin, adminId);
    return { done: value === true, userErrors };
  }
}
