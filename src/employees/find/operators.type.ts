import { Float, ID, InputType } from 'type-graphql';
import { AttributeValueScalar, DateScalar, DateTimeScalar } from '../../attributes/scalars';
import { Structure } from '../../permissions/guard.decorators';
import { InputField } from '../../permissions/input-field.decorators';

type OperandType = ReturnType<Parameters<typeof InputField>[0]>;

const OPERATORS = {
  eq: 'Is exactly this.',
  neq: 'Is anything but exactly this, or nothing at all.',
  in: 'Is exactly one of these, at most 1,000; nobody for an empty list.',
  notIn: 'Is none of these, or nothing at all; at most 1,000, everybody for an empty list.',
  contains: 'Holds this text; case and umlauts are ignored.',
  startsWith: 'Starts with this text; case and umlauts are ignored.',
  endsWith: 'Ends with this text; case and umlauts are ignored.',
  gt: 'Is larger or later.',
  gte: 'Is this, larger or later.',
  lt: 'Is smaller or earlier.',
  lte: 'Is this, smaller or earlier.',
  hasTag: 'A TAGS attribute holds exactly this tag.',
  isNull: 'True for those without a value, false for those with one.',
} as const;
type Operator = keyof typeof OPERATORS;

const EXACT = ['eq', 'neq', 'in', 'notIn'] as const;
const RANGE = ['gt', 'gte', 'lt', 'lte'] as const;
const TEXT = ['contains', 'startsWith', 'endsWith'] as const;

/** Makes an input type of operators that take operands of one type. */
function operators(name: string, description: string, operand: OperandType, names: readonly Operator[]) {
  const type = namedClass(name);
  for (const operator of names) {
    InputField(() => operandOf(operator, operand), { description: OPERATORS[operator], guard: Structure() })(
      type.prototype as object,
      operator,
    );
  }
  InputType(name, { description })(type);
  return type;
}

export function namedClass(name: string): NewableFunction & { readonly prototype: unknown } {
  // type-graphql and stack traces call a type by its class's name.
  // eslint-disable-next-line @typescript-eslint/no-extraneous-class -- type-graphql fills it
  return { [name]: class {} }[name] as NewableFunction & { readonly prototype: unknown };
}

function operandOf(operator: Operator, operand: OperandType): OperandType {
  if (operator === 'isNull') return Boolean as OperandType;
  if (operator === 'hasTag') return String as OperandType;
  return operator === 'in' || operator === 'notIn' ? [operand] : operand;
}

const ALL = 'Everything that is said must hold.';

export const TextFilterType = operators('TextFilter', `A condition on a text. ${ALL}`, String, [
  ...EXACT,
  ...TEXT,
  'isNull',
]);

export const NumberFilterType = operators('NumberFilter', `A condition on a number. ${ALL}`, Float, [
  ...EXACT,
  ...RANGE,
  'isNull',
]);

export const DateFilterType = operators('DateFilter', `A condition on a calendar day. ${ALL}`, DateScalar, [
  ...EXACT,
  ...RANGE,
  'isNull',
]);

export const DateTimeFilterType = operators('DateTimeFilter', `A condition on a moment. ${ALL}`, DateTimeScalar, [
  ...EXACT,
  ...RANGE,
  'isNull',
]);

export const IdFilterType = operators('IdFilter', `A condition on an id. ${ALL}`, ID, [...EXACT]);

/** @param values the enum, as type-graphql knows it */
export function enumFilterType(enumName: string, values: object): NewableFunction {
  return operators(`${enumName}Filter`, `A condition on one of ${enumName}’s values. ${ALL}`, values as OperandType, [
    ...EXACT,
    'isNull',
  ]);
}

/** The operators of `CustomAttributeFilter`, whose `key` is declared with them. */
export const CUSTOM_OPERATORS = [...EXACT, ...TEXT, ...RANGE, 'hasTag', 'isNull'] as const;

export function customOperators(type: NewableFunction): void {
  for (const operator of CUSTOM_OPERATORS) {
    InputField(() => operandOf(operator, isText(operator) ? String : AttributeValueScalar), {
      description: OPERATORS[operator],
      guard: Structure(),
    })(type.prototype as object, operator);
  }
}

function isText(operator: Operator): boolean {
  return (TEXT as readonly string[]).includes(operator);
}
