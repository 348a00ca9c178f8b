import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { SYSTEM_ATTRIBUTES } from '../attributes/system-attributes';
import type { Attribute } from '../attributes/attribute';
import type { AttributeStore } from '../attributes/attribute.store';
import { AttributeObjectType } from '../attributes/attribute.type';
import type { OperationContext } from '../operations/context';
import type { CredentialCaller } from '../permissions/caller';
import { decide } from '../permissions/decide';
import { MODULES, type Grants } from '../permissions/grants';
import { For } from '../permissions/guard.decorators';
import { ViewerType, type ModulePermissionType } from './viewer.type';

@Resolver(() => ViewerType)
export class ViewerResolver {
  constructor(private readonly catalogue: AttributeStore) {}

  @For({ who: 'credential' })
  @Query(() => ViewerType, { description: 'Which credential am I, and what may I do?' })
  viewer(@Ctx() context: OperationContext): CredentialCaller {
    return context.credential;
  }

  @For({ who: 'credential' })
  @Query(() => [AttributeObjectType], {
    description:
      'Every system attribute, and the custom ones that the credential may use, with what it may do with each.',
  })
  async attributes(@Ctx() { credential }: OperationContext): Promise<AttributeObjectType[]> {
    // The names of custom attributes can be telling, so only those on the credential's own list are shown.
    const custom = usable(await this.catalogue.custom(), credential.grants);
    return [...SYSTEM_ATTRIBUTES.map((attribute) => permitted(attribute, credential.grants)), ...custom];
  }
}

@Resolver(() => ViewerType)
export class ViewerFieldsResolver {
  constructor(private readonly catalogue: AttributeStore) {}

  @FieldResolver()
  modules(@Root() { grants }: CredentialCaller): ModulePermissionType[] {
    return MODULES.map((module) => ({ module, ...grants.modules[module] }));
  }

  @FieldResolver()
  async attributes(@Root() { grants }: CredentialCaller): Promise<AttributeObjectType[]> {
    return usable([...SYSTEM_ATTRIBUTES, ...(await this.catalogue.custom())], grants);
  }
}

function usable(attributes: readonly Attribute[], grants: Grants): AttributeObjectType[] {
  return attributes
    .map((attribute) => permitted(attribute, grants))
    .filter(({ readable, writable }) => readable || writable);
}

function permitted(attribute: Attribute, grants: Grants): AttributeObjectType {
  return {
    ...attribute,
    readable: decide(grants, attribute.key, 'read').allowed,
    writable: decide(grants, attribute.key, 'write').allowed,
  };
}
