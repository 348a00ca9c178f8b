import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { OperationContext } from '../operations/context';
import { For } from '../permissions/guard.decorators';
import { CreateCredentialInput, UpdateCredentialInput } from './credential-input.type';
import type { CredentialManagement } from './credential-management';
import {
  CreateCredentialPayload,
  CredentialPayload,
  DeleteCredentialPayload,
  DisableCredentialsPayload,
} from './credential-payload.type';
import type { CredentialViews } from './credential-views';
import { CHANGES_CREDENTIALS } from './credential.resolver';
import type { Changed } from './managed-change';

@Resolver()
export class CredentialManagementResolver {
  constructor(
    private readonly management: CredentialManagement,
    private readonly views: CredentialViews,
  ) {}

  @For(CHANGES_CREDENTIALS)
  @Mutation(() => CreateCredentialPayload, { description: 'Makes a credential with a client id and a secret.' })
  async createCredential(
    @Ctx() { admin }: OperationContext,
    @Arg('input', () => CreateCredentialInput, { description: 'The new credential.' }) input: CreateCredentialInput,
  ): Promise<CreateCredentialPayload> {
    return this.issued(await this.management.create(admin, input));
  }

  @For(CHANGES_CREDENTIALS)
  @Mutation(() => CredentialPayload, {
    description: 'Changes a credential. Narrowed permissions hold from the next statement on, in every process.',
  })
  async updateCredential(
    @Ctx() { admin }: OperationContext,
    @Arg('id', () => ID, { description: 'Of the credential.' }) id: string,
    @Arg('input', () => UpdateCredentialInput, { description: 'What changes.' }) input: UpdateCredentialInput,
  ): Promise<CredentialPayload> {
    return this.changed(await this.management.update(admin, id, input.version, input));
  }

  @For(CHANGES_CREDENTIALS)
  @Mutation(() => CredentialPayload, { description: 'Lets a credential read and write again.' })
  async enableCredential(
    @Ctx() { admin }: OperationContext,
    @Arg('id', () => ID, { description: 'Of the credential.' }) id: string,
  ): Promise<CredentialPayload> {
    return this.changed(await this.management.setEnabled(admin, id, true));
  }

  @For(CHANGES_CREDENTIALS)
  @Mutation(() => CredentialPayload, {
    description: 'Stops a credential from reading and writing anything, from the next statement on, in every process.',
  })
  async disableCredential(
    @Ctx() { admin }: OperationContext,
    @Arg('id', () => ID, { description: 'Of the credential.' }) id: string,
  ): Promise<CredentialPayload> {
    return this.changed(await this.management.setEnabled(admin, id, false));
  }

  @For(CHANGES_CREDENTIALS)
  @Mutation(() => DisableCredentialsPayload, { description: 'Stops several credentials: all of them, or none.' })
  async disableCredentials(
    @Ctx() { admin }: OperationContext,
    @Arg('ids', () => [ID], { description: 'Of the credentials, at most 1,000.' }) ids: string[],
  ): Promise<DisableCredentialsPayload> {
    const { credentials, userErrors } = await this.management.disableAll(admin, ids);
    return { credentials: this.views.of(credentials), userErrors };
  }

  @For(CHANGES_CREDENTIALS)
  @Mutation(() => DeleteCredentialPayload, {
    description: 'Deletes a credential with its secrets and tokens. Its ids are never used again.',
  })
  async deleteCredential(
    @Ctx() { admin }: OperationContext,
    @Arg('id', () => ID, { description: 'Of the credential.' }) id: string,
  ): Promise<DeleteCredentialPayload> {
    const { credential, userErrors } = await this.management.delete(admin, id);
    return { deletedCredentialId: credential?.id ?? null, userErrors };
  }

  @For(CHANGES_CREDENTIALS)
  @Mutation(() => CreateCredentialPayload, {
    description: 'Makes a credential with the same permissions and a secret of its own. It is disabled at first.',
  })
  async duplicateCredential(
    @Ctx() { admin }: OperationContext,
    @Arg('id', () => ID, { description: 'Of the credential to copy.' }) id: string,
    @Arg('name', () => String, { description: 'Of the new credential.' }) name: string,
  ): Promise<CreateCredentialPayload> {
    return this.issued(await this.management.duplicate(admin, id, name));
  }

  private changed({ credential, userErrors }: Changed): CredentialPayload {
    return { credential: this.views.one(credential), userErrors };
  }

  private issued({ credential, secret, userErrors }: Changed): CreateCredentialPayload {
    return { credential: this.views.one(credential), clientSecret: secret ?? null, userErrors };
  }
}
