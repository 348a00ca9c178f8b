import { Field, Float, ID, InputType, Int, type ClassType } from 'type-graphql';
import type { Attribute } from '../../attributes/attribute';
import { AttributeValueScalar, DateScalar, type AttributeValue } from '../../attributes/scalars';
import { SYSTEM_ATTRIBUTES, type SystemAttributeKey } from '../../attributes/system-attributes';
import { Structure, UsesAttribute, UsesCustomKey } from '../../permissions/guard.decorators';
import { InputField } from '../../permissions/input-field.decorators';
import { ATTRIBUTE_ENUMS } from '../employee-enums.type';

@InputType('MoneyInput', { description: 'An amount in a currency.' })
class MoneyInput {
  @InputField(() => Float, {
    description: 'Not negative, in units of the currency.',
    guard: Structure(),
    required: true,
  })
  amount!: number;

  @InputField(() => String, { description: 'ISO 4217, such as EUR.', guard: Structure(), required: true })
  currency!: string;
}

@InputType('CostCenterShareInput', { description: 'The share of a person’s cost that one cost center bears.' })
class CostCenterShareInput {
  @InputField(() => String, {
    description: 'The cost center; a new name makes one.',
    guard: Structure(),
    required: true,
  })
  name!: string;

  @InputField(() => Float, { description: '0 to 100.', guard: Structure(), required: true })
  percentage!: number;
}

@InputType('AbsenceEntitlementInput', { description: 'How many days a year a person may be away for one reason.' })
class AbsenceEntitlementInput {
  @InputField(() => String, { description: 'The kind of absence.', guard: Structure(), required: true })
  type!: string;

  @InputField(() => Float, { description: 'Days a year, 0 to 366.', guard: Structure(), required: true })
  days!: number;
}

@InputType('CustomAttributeInput', { description: 'A custom attribute and its value.' })
export class CustomAttributeInput {
  @UsesCustomKey('write')
  @Field(() => String, { description: 'Without the `custom.` prefix.' })
  key!: string;

  @Structure()
  @Field(() => AttributeValueScalar, { nullable: true, description: 'In the shape of its type; null empties it.' })
  value!: AttributeValue | null;
}

type InputTypeOf = Parameters<typeof InputField>[0];

function inputTypeOf({ key, type }: Attribute & { readonly key: SystemAttributeKey }): InputTypeOf {
  switch (type) {
    case 'LIST':
      return () => ATTRIBUTE_ENUMS[key]?.values ?? String;
    case 'DECIMAL':
    case 'INTEGER':
      return () => Float;
    case 'DATE':
      return () => DateScalar;
    case 'EMPLOYEE':
      return () => ID;
    case 'MONEY':
      return () => MoneyInput;
    case 'COST_CENTERS':
      return () => [CostCenterShareInput];
    case 'ABSENCE_ENTITLEMENT':
      return () => [AbsenceEntitlementInput];
    case 'BOOLEAN':
      return () => Boolean;
    case 'TAGS':
      return () => [String];
    case 'TEXT':
    case 'MULTILINE':
    case 'LINK':
    case 'ORGANIZATION_UNIT':
    case 'ID':
    case 'DATE_TIME':
      return () => String;
  }
}

const HINTS: Readonly<Partial<Record<Attribute['type'], string>>> = {
  EMPLOYEE: ' Their id.',
  ORGANIZATION_UNIT: ' By name; a new name makes a new one.',
};

/** Gives an input type a field for each of these attributes, so that none is forgotten and each is guarded by its own key. */
function addAttributes(target: ClassType, wanted: (key: SystemAttributeKey) => boolean): void {
  for (const attribute of SYSTEM_ATTRIBUTES.filter(({ key, readOnly }) => !readOnly && wanted(key))) {
    const { key, type, label, sensitivity } = attribute;
    InputField(inputTypeOf(attribute), {
      description: `${label.en}.${HINTS[type] ?? ''} Null empties it. Sensitivity: ${sensitivity.toLowerCase()}.`,
      guard: UsesAttribute('write', key),
    })(target.prototype, key);
  }
}

@InputType('EmployeeInput', {
  description:
    'Attributes of a person. What is left out stays as it is. Naming one that the credential may not write refuses the whole operation.',
})
export class EmployeeInput {
  @Structure()
  @Field(() => [CustomAttributeInput], { nullable: true, description: 'Custom attributes by key.' })
  customAttributes?: CustomAttributeInput[] | null;
}
addAttributes(EmployeeInput, () => true);

const OF_TERMINATIONS: ReadonlySet<SystemAttributeKey> = new Set([
  'terminationDate',
  'terminationType',
  'terminationReason',
  'lastWorkingDay',
  'contractEndDate',
  'status',
]);

@InputType('TerminationInput', {
  description: 'How an employment ends. What is left out stays as it is; the status changes only when it is given.',
})
export class TerminationInput {
  /** Without it, nothing ends. The other fields are made of the catalogue as well. */
  terminationDate?: string | null;
}
addAttributes(TerminationInput, (key) => OF_TERMINATIONS.has(key));

@InputType('UpsertEmployeeInput', {
  description: 'One person to be written: either by `id`, or by `personnelNumber`, which makes a new one if need be.',
})
export class UpsertEmployeeInput {
  @Structure()
  @Field(() => ID, { nullable: true, description: 'Somebody who is there.' })
  id?: string | null;

  @Structure()
  @Field(() => String, { nullable: true, description: 'What the source of the data calls the person.' })
  personnelNumber?: string | null;

  @UsesAttribute('read', 'lastModifiedAt')
  @Field(() => Int, { nullable: true, description: 'Refuses the row when the person has changed since this version.' })
  version?: number | null;

  @Structure()
  @Field(() => EmployeeInput, { description: 'What to write.' })
  values!: EmployeeInput;
}
