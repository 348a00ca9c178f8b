import {
  CUSTOM_NAME_PATTERN,
  CUSTOM_TYPES,
  type AttributeType,
  type CustomAttributeType,
  type Sensitivity,
} from '../attributes/attribute';
import { userError, type UserError } from '../operations/user-error';

/** What an owner says about a custom attribute. Absent means unchanged. */
export interface CustomAttributeInput {
  readonly labelEn?: string | null | undefined;
  readonly labelDe?: string | null | undefined;
  readonly sensitivity?: Sensitivity | null | undefined;
  readonly options?: readonly string[] | null | undefined;
}

export interface NewCustomAttributeInput extends CustomAttributeInput {
  readonly name: string;
  readonly labelEn: string;
  readonly labelDe: string;
  readonly type: AttributeType;
  readonly sensitivity: Sensitivity;
}

const LONGEST_LABEL = 100;
const LONGEST_OPTION = 100;
const MOST_OPTIONS = 500;

/** @returns every problem with a new attribute, as far as it can be told without looking at others */
export function checkNewAttribute(input: NewCustomAttributeInput): UserError[] {
  return [
    ...(CUSTOM_NAME_PATTERN.test(input.name) ? [] : [userError(['name'], 'INVALID', WRONG_NAME)]),
    ...(isCustomType(input.type) ? [] : [userError(['type'], 'INVALID', 'Only system attributes have this type.')]),
    ...checkAttribute(input, input.type),
    ...(input.type === 'LIST' && !input.options ? [NO_OPTIONS] : []),
  ];
}

const WRONG_NAME = 'Start with a letter, and go on with letters, digits and underscores: at most 63 of A-Z.';
const NO_OPTIONS = userError(['options'], 'REQUIRED', 'A list needs the values to choose from.');

export function checkAttribute(input: CustomAttributeInput, type: AttributeType): UserError[] {
  return [
    ...checkLabel('labelEn', input.labelEn),
    ...checkLabel('labelDe', input.labelDe),
    ...(input.sensitivity === null ? [userError(['sensitivity'], 'REQUIRED', 'Choose one.')] : []),
    ...(input.options ? checkOptions(input.options, type) : []),
  ];
}

export function isCustomType(type: AttributeType): type is CustomAttributeType {
  return CUSTOM_TYPES.some((known) => known === type);
}

function checkLabel(field: 'labelEn' | 'labelDe', label: string | null | undefined): UserError[] {
  if (label === undefined) return [];
  const length = (label ?? '').trim().length;
  if (length === 0) return [userError([field], 'REQUIRED', 'Give it a label.')];
  return length > LONGEST_LABEL ? [userError([field], 'TOO_LONG', `It may have ${LONGEST_LABEL} characters.`)] : [];
}

function checkOptions(options: readonly string[], type: AttributeType): UserError[] {
  if (type !== 'LIST') {
    return options.length > 0 ? [userError(['options'], 'NOT_ALLOWED', 'Only a list has values to choose from.')] : [];
  }
  if (options.length === 0) return [NO_OPTIONS];
  if (options.length > MOST_OPTIONS) {
    return [userError(['options'], 'LIMIT', `A list has at most ${MOST_OPTIONS} values.`)];
  }
  return options.flatMap((option, index) => checkOption(option, index, options));
}

function checkOption(option: string, index: number, options: readonly string[]): UserError[] {
  const at = ['options', String(index)];
  const text = option.trim();
  if (!text) return [userError(at, 'REQUIRED', 'Give it a value.')];
  if (text.length > LONGEST_OPTION) return [userError(at, 'TOO_LONG', `It may have ${LONGEST_OPTION} characters.`)];
  const isFirst = options.findIndex((other) => other.trim() === text) === index;
  return isFirst ? [] : [userError(at, 'TAKEN', 'This value stands here twice.')];
}
