import { InputType, registerEnumType } from 'type-graphql';
import type { AttributeType } from '../../attributes/attribute';
import { SYSTEM_ATTRIBUTES, type SystemAttributeKey } from '../../attributes/system-attributes';
import {
  NullsPlacementEnum,
  OrderDirectionEnum,
  type NullsPlacement,
  type OrderDirection,
} from '../../pagination/order-direction.type';
import { Structure, UsesCustomKey, UsesNamedAttributes } from '../../permissions/guard.decorators';
import { InputField } from '../../permissions/input-field.decorators';

/** Attributes with several values for one person have no place in an order. */
const UNORDERED: ReadonlySet<AttributeType> = new Set(['EMPLOYEE', 'COST_CENTERS', 'ABSENCE_ENTITLEMENT', 'TAGS']);

const ORDERED = SYSTEM_ATTRIBUTES.filter(({ type }) => !UNORDERED.has(type));

/** `lastName` → `LAST_NAME` */
export function enumName(key: SystemAttributeKey): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** The attribute that each value of `EmployeeOrderField` names. */
export const ORDER_FIELDS: Readonly<Record<string, SystemAttributeKey>> = Object.fromEntries(
  ORDERED.map(({ key }) => [enumName(key), key]),
);

const EmployeeOrderField = Object.fromEntries(Object.keys(ORDER_FIELDS).map((name) => [name, name]));
registerEnumType(EmployeeOrderField, {
  name: 'EmployeeOrderField',
  description:
    'What people can be ordered by. Texts ignore case and umlauts, money is ordered by its amount, and a part of the company by its name.',
  valuesConfig: Object.fromEntries(
    ORDERED.map(({ key, label }) => [enumName(key), { description: `${label.en}. Needs \`${key}\`.` }]),
  ),
});

@InputType('EmployeeOrder', {
  description:
    'One key of an order: an attribute with `by`, or a custom one with `custom`. The id decides between equals.',
})
export class EmployeeOrderType {
  @InputField(() => EmployeeOrderField as never, {
    description: 'A system attribute.',
    guard: UsesNamedAttributes(
      'read',
      Object.fromEntries(Object.entries(ORDER_FIELDS).map(([name, key]) => [name, [key]])),
    ),
  })
  by!: string | null | undefined;

  @InputField(() => String, {
    description: 'The key of a custom attribute, without the `custom.` prefix. TAGS have no order.',
    guard: UsesCustomKey('read'),
  })
  custom!: string | null | undefined;

  @InputField(() => OrderDirectionEnum, {
    description: 'Which end comes first.',
    guard: Structure(),
    required: true,
    defaultValue: 'ASC',
  })
  direction!: OrderDirection;

  @InputField(() => NullsPlacementEnum, {
    description: 'Where those stand who have no value.',
    guard: Structure(),
    required: true,
    defaultValue: 'LAST',
  })
  nulls!: NullsPlacement;
}
