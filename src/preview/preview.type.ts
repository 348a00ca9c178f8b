import { Field, ObjectType } from 'type-graphql';
import { CatalogueAttributeType } from '../attributes/catalogue.type';
import { Structure } from '../permissions/guard.decorators';

@ObjectType('PreviewValue', { description: 'What a credential gets when it reads one attribute of the person.' })
export class PreviewValueType {
  @Structure()
  @Field(() => Boolean, { description: 'Whether it may read it.' })
  visible!: boolean;

  @Structure()
  @Field(() => String, { nullable: true, description: 'The value as text; null when it is empty or not visible.' })
  value!: string | null;

  @Structure()
  @Field(() => String, {
    nullable: true,
    description: 'Why it is not visible: MODULE_FORBIDDEN or ATTRIBUTE_FORBIDDEN; null when it is.',
  })
  reason!: string | null;
}

@ObjectType('PreviewField', { description: 'One attribute, as the credential sees it today and as it would.' })
export class PreviewFieldType {
  @Structure()
  @Field(() => CatalogueAttributeType, { description: 'The attribute.' })
  attribute!: CatalogueAttributeType;

  @Structure()
  @Field(() => PreviewValueType, { description: 'With the permissions that are kept.' })
  today!: PreviewValueType;

  @Structure()
  @Field(() => PreviewValueType, { description: 'With the proposed permissions.' })
  proposed!: PreviewValueType;
}

@ObjectType('CredentialPreview', { description: 'What a person looks like through a credential’s permissions.' })
export class CredentialPreviewType {
  @Structure()
  @Field(() => String, { description: 'The person’s name, or `Employee` and the id when the name is not visible.' })
  employeeName!: string;

  @Structure()
  @Field(() => [PreviewFieldType], { description: 'Every attribute of the catalogue.' })
  fields!: PreviewFieldType[];
}
