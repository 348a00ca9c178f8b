import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Structure } from '../permissions/guard.decorators';
import { ATTRIBUTE_TYPES, CATEGORIES, SENSITIVITIES, type Attribute } from './attribute';

/** A GraphQL enum whose internal values are its names. */
export function enumOf<Name extends string>(names: readonly Name[]): { readonly [Key in Name]: Key } {
  return Object.fromEntries(names.map((name) => [name, name])) as { readonly [Key in Name]: Key };
}

export const AttributeTypeEnum = enumOf(ATTRIBUTE_TYPES);
registerEnumType(AttributeTypeEnum, { name: 'AttributeType', description: 'The shape of an attribute’s value.' });

export const CategoryEnum = enumOf(CATEGORIES);
registerEnumType(CategoryEnum, { name: 'AttributeCategory', description: 'Where an attribute stands in the picker.' });

export const SensitivityEnum = enumOf(SENSITIVITIES);
registerEnumType(SensitivityEnum, {
  name: 'Sensitivity',
  description: 'How much harm an unwanted reader could do.',
  valuesConfig: {
    LOW: { description: 'What a staff directory shows.' },
    MEDIUM: { description: 'Private, such as working hours.' },
    HIGH: { description: 'Pay, terminations, and what the law protects specially.' },
  },
});

@ObjectType('AttributeLabel', { description: 'A label in both languages.' })
export class AttributeLabelType {
  @Structure()
  @Field(() => String, { description: 'English.' })
  en!: string;

  @Structure()
  @Field(() => String, { description: 'German.' })
  de!: string;
}

@ObjectType('Attribute', { description: 'An entry of the attribute catalogue.' })
export class AttributeObjectType {
  @Structure()
  @Field(() => String, { description: 'The catalogue key, such as `firstName` or `custom.shirtSize`.' })
  key!: string;

  @Structure()
  @Field(() => AttributeLabelType, { description: 'What people call it.' })
  label!: Attribute['label'];

  @Structure()
  @Field(() => AttributeTypeEnum, { description: 'The shape of its value.' })
  type!: Attribute['type'];

  @Structure()
  @Field(() => CategoryEnum, { description: 'Where it stands in the picker.' })
  category!: Attribute['category'];

  @Structure()
  @Field(() => SensitivityEnum, { description: 'How much harm an unwanted reader could do.' })
  sensitivity!: Attribute['sensitivity'];

  @Structure()
  @Field(() => [String], { description: 'The allowed values of a LIST; empty for every other type.' })
  options!: readonly string[];

  @Structure()
  @Field(() => Boolean, { description: 'Whether the calling credential may read it.' })
  readable!: boolean;

  @Structure()
  @Field(() => Boolean, { description: 'Whether the calling credential may write it.' })
  writable!: boolean;
}
