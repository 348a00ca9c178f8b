import { Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { AttributeType } from '../../attributes/attribute';
import { enumOf } from '../../attributes/attribute.type';
import { SYSTEM_ATTRIBUTES, type SystemAttributeKey } from '../../attributes/system-attributes';
import { Structure, UsesCustomKey, UsesNamedAttributes } from '../../permissions/guard.decorators';
import { InputField } from '../../permissions/input-field.decorators';
import { enumName } from '../find/employee-order.type';

const GROUPED: ReadonlySet<AttributeType> = new Set(['TEXT', 'LIST', 'DATE', 'ORGANIZATION_UNIT', 'EMPLOYEE', 'MONEY']);
const MEASURED: ReadonlySet<AttributeType> = new Set(['INTEGER', 'DECIMAL', 'MONEY']);

function attributeEnum(types: ReadonlySet<AttributeType>, name: string, description: string) {
  const attributes = SYSTEM_ATTRIBUTES.filter(({ type }) => types.has(type));
  const keys: Readonly<Record<string, SystemAttributeKey>> = Object.fromEntries(
    attributes.map(({ key }) => [enumName(key), key]),
  );
  const values = Object.fromEntries(Object.keys(keys).map((value) => [value, value]));
  registerEnumType(values, {
    name,
    description,
    valuesConfig: Object.fromEntries(
      attributes.map(({ key, label }) => [enumName(key), { description: `${label.en}. Needs \`${key}\`.` }]),
    ),
  });
  const uses = Object.fromEntries(Object.entries(keys).map(([value, key]) => [value, [key]]));
  return { keys, values, uses };
}

export const GROUPINGS = attributeEnum(
  GROUPED,
  'EmployeeGrouping',
  'What people can be grouped by. Money is grouped by its currency, a supervisor by id.',
);
export const MEASURABLES = attributeEnum(MEASURED, 'EmployeeMeasurable', 'What can be measured.');

export const MEASURE_FUNCTIONS = ['AVG', 'MIN', 'MAX', 'SUM'] as const;
export type MeasureFunction = (typeof MEASURE_FUNCTIONS)[number];
const MeasureFunctionEnum = enumOf(MEASURE_FUNCTIONS);
registerEnumType(MeasureFunctionEnum, {
  name: 'MeasureFunction',
  description: 'How the values of a group become one.',
  valuesConfig: {
    AVG: { description: 'Their mean.' },
    MIN: { description: 'The smallest.' },
    MAX: { description: 'The largest.' },
    SUM: { description: 'All of them added up.' },
  },
});

export const DATE_PARTS = ['YEAR', 'MONTH', 'DAY'] as const;
export type DatePart = (typeof DATE_PARTS)[number];
const DatePartEnum = enumOf(DATE_PARTS);
registerEnumType(DatePartEnum, {
  name: 'DatePart',
  description: 'How finely dates are told apart.',
  valuesConfig: {
    YEAR: { description: 'Such as 2026.' },
    MONTH: { description: 'Such as 2026-09.' },
    DAY: { description: 'Such as 2026-09-01.' },
  },
});

@InputType('EmployeeGroupBy', { description: 'One key of a grouping: an attribute with `by`, or a custom one.' })
export class EmployeeGroupByType {
  @InputField(() => GROUPINGS.values as never, {
    description: 'A system attribute.',
    guard: UsesNamedAttributes('read', GROUPINGS.uses),
  })
  by!: string | null | undefined;

  @InputField(() => String, {
    description: 'The key of a custom attribute, without the `custom.` prefix.',
    guard: UsesCustomKey('read'),
  })
  custom!: string | null | undefined;

  @InputField(() => DatePartEnum, {
    description: 'For dates only.',
    guard: Structure(),
    required: true,
    defaultValue: 'YEAR',
  })
  part!: DatePart;
}

@InputType('EmployeeMeasureInput', { description: 'What to work out for each group.' })
export class EmployeeMeasureInputType {
  @InputField(() => MEASURABLES.values as never, {
    description: 'The attribute whose values are taken; money by its amount.',
    guard: UsesNamedAttributes('read', MEASURABLES.uses),
    required: true,
  })
  of!: string;

  @InputField(() => MeasureFunctionEnum, {
    description: 'What becomes of them.',
    guard: Structure(),
    required: true,
  })
  function!: MeasureFunction;
}

@ObjectType('EmployeeMeasure', { description: 'What was worked out for one group.' })
export class EmployeeMeasureType {
  @Structure()
  @Field(() => MEASURABLES.values as never, { description: 'The attribute, as asked for.' })
  of!: string;

  @Structure()
  @Field(() => MeasureFunctionEnum, { description: 'The function, as asked for.' })
  function!: MeasureFunction;

  @Structure()
  @Field(() => Float, {
    nullable: true,
    description: 'Rounded to six decimals. Null when withheld, when nobody has a value, or when currencies are mixed.',
  })
  value!: number | null;

  @Structure()
  @Field(() => String, { nullable: true, description: 'The currency of money; null with a null value.' })
  currency!: string | null;

  @Structure()
  @Field(() => Boolean, { description: 'Whether too few people have a value for it to be told.' })
  withheld!: boolean;
}

@ObjectType('EmployeeGroup', { description: 'People who are alike in what was grouped by.' })
export class EmployeeGroupType {
  @Structure()
  @Field(() => [String], {
    nullable: 'items',
    description:
      'The values that they share, in the order of `groupBy`; null for those without one. A part of the company by its name.',
  })
  keys!: (string | null)[];

  @Structure()
  @Field(() => Int, { description: 'How many people.' })
  count!: number;

  @Structure()
  @Field(() => [EmployeeMeasureType], { description: 'The measures, in the order asked for.' })
  measures!: EmployeeMeasureType[];
}

@ObjectType('EmployeeStatistics', { description: 'Numbers about groups of people.' })
export class EmployeeStatisticsType {
  @Structure()
  @Field(() => [EmployeeGroupType], { description: 'The groups that are large enough, the largest first.' })
  groups!: EmployeeGroupType[];

  @Structure()
  @Field(() => Int, {
    description: 'How many groups are not shown, because they are too small or would give away one that is.',
  })
  withheldGroups!: number;

  @Structure()
  @Field(() => Int, { description: 'How many people a group needs to be shown.' })
  smallestGroup!: number;
}
