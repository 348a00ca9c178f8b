import { Field, InputType, ObjectType } from 'type-graphql';
import type { AttributeType, Sensitivity } from '../attributes/attribute';
import { AttributeTypeEnum, SensitivityEnum } from '../attributes/attribute.type';
import { CatalogueAttributeType } from '../attributes/catalogue.type';
import type { UserError } from '../operations/user-error';
import { UserErrorType } from '../operations/user-error.type';
import { Structure } from '../permissions/guard.decorators';
import type { CustomAttributeInput, NewCustomAttributeInput } from './check-custom-attribute';

@InputType('CreateCustomAttributeInput', { description: 'A new custom attribute.' })
export class CreateCustomAttributeInput implements NewCustomAttributeInput {
  @Field(() => String, {
    description:
      'The key without the `custom.` prefix: a letter, then letters, digits and underscores. Stays for good.',
  })
  name!: string;

  @Field(() => String, { description: 'What people call it, in English; at most 100 characters.' })
  labelEn!: string;

  @Field(() => String, { description: 'What people call it, in German; at most 100 characters.' })
  labelDe!: string;

  @Field(() => AttributeTypeEnum, {
    description: 'The shape of its value, one of those of custom attributes. Stays for good.',
  })
  type!: AttributeType;

  @Field(() => SensitivityEnum, { description: 'How much harm an unwanted reader could do.' })
  sensitivity!: Sensitivity;

  @Field(() => [String], { nullable: true, description: 'The values to choose from, for a LIST and for nothing else.' })
  options?: string[] | null;
}

@InputType('UpdateCustomAttributeInput', { description: 'A change of a custom attribute. What is left out stays.' })
export class UpdateCustomAttributeInput implements CustomAttributeInput {
  @Field(() => String, { nullable: true, description: 'What people call it, in English.' })
  labelEn?: string | null;

  @Field(() => String, { nullable: true, description: 'What people call it, in German.' })
  labelDe?: string | null;

  @Field(() => SensitivityEnum, { nullable: true, description: 'How much harm an unwanted reader could do.' })
  sensitivity?: Sensitivity | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The values to choose from, as a whole. Values that people have already stay as they are.',
  })
  options?: string[] | null;
}

@ObjectType('CatalogueAttributePayload', { description: 'What became of a change of the catalogue.' })
export class CatalogueAttributePayload {
  @Structure()
  @Field(() => CatalogueAttributeType, { nullable: true, description: 'As it is now; null when it was refused.' })
  attribute!: CatalogueAttributeType | null;

  @Structure()
  @Field(() => [UserErrorType], { description: 'Every problem with the input; empty when it was done.' })
  userErrors!: readonly UserError[];
}
