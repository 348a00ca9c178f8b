import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { ADMIN_ROLES } from '../admins/admin';
import type { AttributeStore, CatalogueEntry } from '../attributes/attribute.store';
import { CatalogueAttributeType } from '../attributes/catalogue.type';
import type { OperationContext } from '../operations/context';
import type { Outcome } from '../operations/user-error';
import { For } from '../permissions/guard.decorators';
import type { CatalogueManagement } from './catalogue-management';
import { CatalogueAttributePayload, CreateCustomAttributeInput, UpdateCustomAttributeInput } from './catalogue.type';

const SEES = { who: 'admin', roles: ADMIN_ROLES, section: 'API_CREDENTIALS' } as const;
const CHANGES = { who: 'admin', roles: ['OWNER'], section: 'API_CREDENTIALS' } as const;

@Resolver()
export class CatalogueResolver {
  constructor(
    private readonly attributes: AttributeStore,
    private readonly management: CatalogueManagement,
  ) {}

  @For(SEES)
  @Query(() => [CatalogueAttributeType], {
    description: 'Every attribute that can be granted: those of the system, then the company’s own by key.',
  })
  async catalogue(
    @Arg('includeRetired', () => Boolean, {
      nullable: true,
      description: 'Whether custom attributes that were taken out of use are shown as well.',
    })
    includeRetired: boolean | null | undefined,
  ): Promise<CatalogueAttributeType[]> {
    const entries = await this.attributes.every();
    return entries.filter(({ retiredAt }) => includeRetired === true || retiredAt === null).map(shownEntry);
  }

  @For(CHANGES)
  @Mutation(() => CatalogueAttributePayload, { description: 'Makes a custom attribute. Nobody may read it at first.' })
  async createCustomAttribute(
    @Ctx() { admin }: OperationContext,
    @Arg('input', () => CreateCustomAttributeInput, { description: 'The attribute.' })
    input: CreateCustomAttributeInput,
  ): Promise<CatalogueAttributePayload> {
    return payload(await this.management.create(admin, input));
  }

  @For(CHANGES)
  @Mutation(() => CatalogueAttributePayload, {
    description: 'Changes what a custom attribute is called, how sensitive it is, and what can be chosen.',
  })
  async updateCustomAttribute(
    @Ctx() { admin }: OperationContext,
    @Arg('key', () => String, { description: 'Its catalogue key, with the `custom.` prefix.' }) key: string,
    @Arg('input', () => UpdateCustomAttributeInput, { description: 'What changes.' })
    input: UpdateCustomAttributeInput,
  ): Promise<CatalogueAttributePayload> {
    return payload(await this.management.change(admin, key, input));
  }

  @For(CHANGES)
  @Mutation(() => CatalogueAttributePayload, {
    description:
      'Takes a custom attribute out of use: off every list, and denied everywhere from the next statement on. For good.',
  })
  async retireCustomAttribute(
    @Ctx() { admin }: OperationContext,
    @Arg('key', () => String, { description: 'Its catalogue key, with the `custom.` prefix.' }) key: string,
  ): Promise<CatalogueAttributePayload> {
    return payload(await this.management.retire(admin, key));
  }
}

export function shownEntry(entry: CatalogueEntry): CatalogueAttributeType {
  return { ...entry, custom: entry.category === 'CUSTOM' };
}

function payload({ value, userErrors }: Outcome<CatalogueEntry>): CatalogueAttributePayload {
  return { attribute: value && shownEntry(value), userErrors };
}
