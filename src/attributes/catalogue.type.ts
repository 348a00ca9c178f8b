import { Field, ObjectType } from 'type-graphql';
import { Structure } from '../permissions/guard.decorators';
import type { Attribute } from './attribute';
import { AttributeLabelType, AttributeTypeEnum, CategoryEnum, SensitivityEnum } from './attribute.type';
import { DateTimeScalar } from './scalars';

@ObjectType('CatalogueAttribute', { description: 'An entry of the attribute catalogue, as admins see it.' })
export class CatalogueAttributeType {
  @Structure()
  @Field(() => String, {
    description: 'The catalogue key, such as `firstName` or `custom.shirtSize`. Never changes and is never used again.',
  })
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
  @Field(() => Boolean, { description: 'Whether the gateway keeps it itself, so that nobody writes it.' })
  readOnly!: boolean;

  @Structure()
  @Field(() => Boolean, { description: 'Whether the company made it itself.' })
  custom!: boolean;

  @Structure()
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was taken out of use, which denies it everywhere; null while it can be granted.',
  })
  retiredAt!: string | null;
}
