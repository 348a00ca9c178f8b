import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { ADMIN_ROLES } from '../admins/admin';
import type { OperationContext } from '../operations/context';
import type { Outcome } from '../operations/user-error';
import { MODULES } from '../permissions/grants';
import { For } from '../permissions/guard.decorators';
import type { Integration } from './integration';
import type { IntegrationStore } from './integration.store';
import {
  DeleteIntegrationPayload,
  IntegrationInputType,
  IntegrationPayload,
  IntegrationType,
} from './integration.type';

const SEES = { who: 'admin', roles: ADMIN_ROLES, section: 'API_CREDENTIALS' } as const;
const CHANGES = { who: 'admin', roles: ['OWNER', 'MANAGER'], section: 'API_CREDENTIALS' } as const;

@Resolver(() => IntegrationType)
export class IntegrationResolver {
  constructor(private readonly directory: IntegrationStore) {}

  @For(SEES)
  @Query(() => [IntegrationType], { description: 'The directory, by name: what ships, and what the company added.' })
  async integrations(
    @Arg('search', () => String, {
      nullable: true,
      description: 'A part of the name or category, in upper or lower case.',
    })
    search: string | null,
  ): Promise<IntegrationType[]> {
    return (await this.directory.list(search ?? '')).map(shown);
  }

  @For(CHANGES)
  @Mutation(() => IntegrationPayload, { description: 'Adds an own entry to the directory.' })
  async createIntegration(
    @Ctx() { admin }: OperationContext,
    @Arg('input', () => IntegrationInputType, { description: 'The entry.' }) input: IntegrationInputType,
  ): Promise<IntegrationPayload> {
    return payload(await this.directory.create(admin, input));
  }

  @For(CHANGES)
  @Mutation(() => IntegrationPayload, { description: 'Replaces an own entry; what is left out of the input is empty.' })
  async updateIntegration(
    @Ctx() { admin }: OperationContext,
    @Arg('id', () => ID, { description: 'Of an own entry.' }) id: string,
    @Arg('input', () => IntegrationInputType, { description: 'The entry as it shall be.' })
    input: IntegrationInputType,
  ): Promise<IntegrationPayload> {
    return payload(await this.directory.update(admin, id, input));
  }

  @For(CHANGES)
  @Mutation(() => DeleteIntegrationPayload, {
    description: 'Removes an own entry. Refused while a credential names it.',
  })
  async deleteIntegration(
    @Ctx() { admin }: OperationContext,
    @Arg('id', () => ID, { description: 'Of an own entry.' }) id: string,
  ): Promise<DeleteIntegrationPayload> {
    const { value, userErrors } = await this.directory.delete(admin, id);
    return { deletedIntegrationId: value, userErrors };
  }
}

function payload({ value, userErrors }: Outcome<Integration>): IntegrationPayload {
  return { integration: value && shown(value), userErrors };
}

export function shown(integration: Integration): IntegrationType {
  const { recommendedModules } = integration;
  return {
    ...integration,
    recommendedModules: MODULES.map((module) => ({
      module,
      ...(recommendedModules.get(module) ?? { read: false, write: false }),
    })),
  };
}
