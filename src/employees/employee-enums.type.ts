import { registerEnumType } from 'type-graphql';
import { enumOf } from '../attributes/attribute.type';
import { requireSystemAttribute, type SystemAttributeKey } from '../attributes/system-attributes';

/** A GraphQL enum made of an attribute's options. */
export interface AttributeEnum {
  readonly name: string;
  readonly values: object;
}

function optionsEnum(key: SystemAttributeKey, name: string, description: string): AttributeEnum {
  const values = enumOf(requireSystemAttribute(key).options);
  registerEnumType(values, { name, description });
  return { name, values };
}

export const ATTRIBUTE_ENUMS = {
  gender: optionsEnum('gender', 'Gender', 'How a person is recorded.'),
  status: optionsEnum('status', 'EmployeeStatus', 'Where a person stands between hiring and leaving.'),
  employmentType: optionsEnum('employmentType', 'EmploymentType', 'The kind of employment.'),
  terminationType: optionsEnum('terminationType', 'TerminationType', 'Who ended the employment, or what.'),
  fixSalaryInterval: optionsEnum('fixSalaryInterval', 'SalaryInterval', 'What a fixed salary is paid for.'),
} as const satisfies Partial<Record<SystemAttributeKey, AttributeEnum>> as Partial<
  Record<SystemAttributeKey, AttributeEnum>
> &
  Readonly<Record<'gender' | 'status' | 'employmentType' | 'terminationType' | 'fixSalaryInterval', AttributeEnum>>;
