import { InputType } from 'type-graphql';
import type { Attribute } from '../../attributes/attribute';
import { SYSTEM_ATTRIBUTES, type SystemAttributeKey } from '../../attributes/system-attributes';
import { Structure, UsesAttribute, UsesCustomKey } from '../../permissions/guard.decorators';
import { InputField } from '../../permissions/input-field.decorators';
import { ATTRIBUTE_ENUMS } from '../employee-enums.type';
import {
  customOperators,
  DateFilterType,
  DateTimeFilterType,
  enumFilterType,
  IdFilterType,
  NumberFilterType,
  TextFilterType,
} from './operators.type';

@InputType('MoneyFilter', { description: 'A condition on an amount of money. Everything that is said must hold.' })
class MoneyFilterType {
  @InputField(() => NumberFilterType, { description: 'The amount, whatever its currency.', guard: Structure() })
  amount!: unknown;

  @InputField(() => TextFilterType, { description: 'The currency, as ISO 4217 names it.', guard: Structure() })
  currency!: unknown;

  @InputField(() => Boolean, { description: 'True for those without a value.', guard: Structure() })
  isNull!: unknown;
}

@InputType('UnitFilter', { description: 'A condition on a part of the company. Everything that is said must hold.' })
class UnitFilterType {
  @InputField(() => IdFilterType, { description: 'Its id.', guard: Structure() })
  id!: unknown;

  @InputField(() => TextFilterType, { description: 'Its name.', guard: Structure() })
  name!: unknown;

  @InputField(() => Boolean, { description: 'True for those who belong to none.', guard: Structure() })
  isNull!: unknown;
}

@InputType('CostCenterFilter', { description: 'A condition on one share. Everything that is said must hold for it.' })
class CostCenterFilterType {
  @InputField(() => IdFilterType, { description: 'The cost center’s id.', guard: Structure() })
  id!: unknown;

  @InputField(() => TextFilterType, { description: 'The cost center’s name.', guard: Structure() })
  name!: unknown;

  @InputField(() => NumberFilterType, { description: 'The share in percent.', guard: Structure() })
  percentage!: unknown;
}

@InputType('CostCentersFilter', { description: 'A condition on a list of shares. Everything that is said must hold.' })
class CostCentersFilterType {
  @InputField(() => CostCenterFilterType, { description: 'At least one share is like this.', guard: Structure() })
  some!: unknown;

  @InputField(() => CostCenterFilterType, { description: 'No share is like this.', guard: Structure() })
  none!: unknown;
}

@InputType('AbsenceEntitlementFilter', {
  description: 'A condition on one entitlement. Everything that is said must hold for it.',
})
class AbsenceEntitlementFilterType {
  @InputField(() => TextFilterType, { description: 'The kind of absence.', guard: Structure() })
  type!: unknown;

  @InputField(() => NumberFilterType, { description: 'Days a year.', guard: Structure() })
  days!: unknown;
}

@InputType('AbsenceEntitlementsFilter', {
  description: 'A condition on a list of entitlements. Everything that is said must hold.',
})
class AbsenceEntitlementsFilterType {
  @InputField(() => AbsenceEntitlementFilterType, {
    description: 'At least one entitlement is like this.',
    guard: Structure(),
  })
  some!: unknown;

  @InputField(() => AbsenceEntitlementFilterType, { description: 'No entitlement is like this.', guard: Structure() })
  none!: unknown;
}

@InputType('CustomAttributeFilter', {
  description:
    'A condition on one custom attribute. Everything that is said must hold. An operand of another type than the attribute’s is fulfilled by nobody. A key that is not granted and a key that does not exist are refused alike.',
})
class CustomAttributeFilterType {
  @InputField(() => String, {
    description: 'Without the `custom.` prefix.',
    guard: UsesCustomKey('read'),
    required: true,
  })
  key!: string;
}
customOperators(CustomAttributeFilterType);

@InputType('EmployeeFilter', {
  description:
    'Which people are meant: everything that is said must hold. Naming an attribute that the credential may not read refuses the whole operation.',
})
export class EmployeeFilterType {
  @InputField(() => [EmployeeFilterType], { description: 'All of these hold.', guard: Structure() })
  and!: unknown;

  @InputField(() => [EmployeeFilterType], {
    description: 'At least one of these holds; nobody for an empty list.',
    guard: Structure(),
  })
  or!: unknown;

  @InputField(() => EmployeeFilterType, { description: 'This does not hold.', guard: Structure() })
  not!: unknown;

  @InputField(() => [CustomAttributeFilterType], {
    description: 'All of these conditions on custom attributes hold.',
    guard: Structure(),
  })
  custom!: unknown;
}

/** The condition that an attribute takes: one shape per type of the catalogue, so a new attribute can be filtered at once. */
function conditionType({ key, type }: Attribute): NewableFunction {
  switch (type) {
    case 'TEXT':
    case 'MULTILINE':
    case 'LINK':
    case 'TAGS':
      return TextFilterType;
    case 'INTEGER':
    case 'DECIMAL':
    case 'BOOLEAN':
      return NumberFilterType;
    case 'DATE':
      return DateFilterType;
    case 'DATE_TIME':
      return DateTimeFilterType;
    case 'ID':
      return IdFilterType;
    case 'MONEY':
      return MoneyFilterType;
    case 'EMPLOYEE':
      return EmployeeFilterType;
    case 'ORGANIZATION_UNIT':
      return UnitFilterType;
    case 'COST_CENTERS':
      return CostCentersFilterType;
    case 'ABSENCE_ENTITLEMENT':
      return AbsenceEntitlementsFilterType;
    case 'LIST':
      return listConditionType(key as SystemAttributeKey);
  }
}

function listConditionType(key: SystemAttributeKey): NewableFunction {
  const found = ATTRIBUTE_ENUMS[key];
  if (!found) throw new Error(`No enum is declared for ${key}.`);
  return enumFilterType(found.name, found.values);
}

for (const attribute of SYSTEM_ATTRIBUTES) {
  const type = conditionType(attribute);
  const hint = type === EmployeeFilterType ? ' Whoever has none fulfils nothing; `{}` means: has one.' : '';
  InputField(() => type as never, {
    description: `${attribute.label.en}.${hint}`,
    guard: UsesAttribute('read', attribute.key),
  })(EmployeeFilterType.prototype, attribute.key);
}
