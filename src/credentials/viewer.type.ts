import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { AttributeObjectType, enumOf } from '../attributes/attribute.type';
import { DateTimeScalar } from '../attributes/scalars';
import { DENIAL_MODES, MODULES, type DenialMode, type Module } from '../permissions/grants';
import { Structure } from '../permissions/guard.decorators';

export const ModuleEnum = enumOf(MODULES);
registerEnumType(ModuleEnum, {
  name: 'Module',
  description: 'A part of the HR data with its own read and write boxes.',
});

export const DenialModeEnum = enumOf(DENIAL_MODES);
registerEnumType(DenialModeEnum, {
  name: 'DenialMode',
  description: 'How a denied attribute in a selection is answered.',
  valuesConfig: {
    NULL_AND_ERROR: { description: 'Null in its place and one error; the rest is served.' },
    STRICT: { description: 'The whole operation is refused, with an error for each denied coordinate.' },
  },
});

@ObjectType('ModulePermission', { description: 'The boxes of one module.' })
export class ModulePermissionType {
  @Structure()
  @Field(() => ModuleEnum, { description: 'The module.' })
  module!: Module;

  @Structure()
  @Field(() => Boolean, { description: 'Whether it may be read.' })
  read!: boolean;

  @Structure()
  @Field(() => Boolean, { description: 'Whether it may be written.' })
  write!: boolean;
}

@ObjectType('Viewer', { description: 'The credential that asks.' })
export class ViewerType {
  @Structure()
  @Field(() => String, { description: 'The name that an admin gave the credential.' })
  name!: string;

  @Structure()
  @Field(() => String, { description: 'The public client id.' })
  clientId!: string;

  @Structure()
  @Field(() => DenialModeEnum, { description: 'How a denied attribute in a selection is answered.' })
  denialMode!: DenialMode;

  @Structure()
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the credential expires; null for never.' })
  expiresAt!: string | null;

  @Structure()
  @Field(() => [ModulePermissionType], { description: 'Every module with its boxes.' })
  modules!: ModulePermissionType[];

  @Structure()
  @Field(() => [AttributeObjectType], { description: 'The attributes that the credential may read or write.' })
  attributes!: AttributeObjectType[];
}
