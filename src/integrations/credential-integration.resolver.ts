import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CredentialSummary } from '../credentials/credential';
import { CredentialType } from '../credentials/credential.type';
import type { OperationContext } from '../operations/context';
import { Structure } from '../permissions/guard.decorators';
import type { Integration, IntegrationId } from './integration';
import { shown } from './integration.resolver';
import type { IntegrationStore } from './integration.store';
import { IntegrationType } from './integration.type';

@Resolver(() => CredentialType)
export class CredentialIntegrationResolver {
  // A page of credentials looks into one directory.
  private readonly directories = new WeakMap<OperationContext, Promise<ReadonlyMap<IntegrationId, Integration>>>();

  constructor(private readonly store: IntegrationStore) {}

  @Structure()
  @FieldResolver(() => IntegrationType, {
    nullable: true,
    description: 'The integration that it is for, as an admin says; null for none. It grants nothing.',
  })
  async integration(
    @Root() { integrationId }: CredentialSummary,
    @Ctx() context: OperationContext,
  ): Promise<IntegrationType | null> {
    if (integrationId === null) return null;
    const found = (await this.directory(context)).get(integrationId);
    return found ? shown(found) : null;
  }

  private directory(context: OperationContext): Promise<ReadonlyMap<IntegrationId, Integration>> {
    const known = this.directories.get(context);
    if (known) return known;
    const read = this.store.list().then((all) => new Map(all.map((integration) => [integration.id, integration])));
    this.directories.set(context, read);
    return read;
  }
}
