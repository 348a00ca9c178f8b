import { GatewayError } from '../../errors';
import { isWholeText, NOT_WHOLE } from '../../operations/whole-texts';

/** Characters of one text that a condition compares with. */
const LONGEST_TEXT = 1_000;
const LARGEST_ID = 2_147_483_647;
/** A condition on an id that nobody can have is still a condition: it names nobody. */
const NOBODY = 0;

/** @throws GatewayError BAD_USER_INPUT for texts that no database keeps, or that are longer than any attribute */
export function textOperand(value: unknown): string {
  if (typeof value !== 'string') throw unusable('A text is needed here.');
  if (value.length > LONGEST_TEXT) throw unusable('A text to compare with has at most 1,000 characters.');
  if (!isWholeText(value)) throw unusable(NOT_WHOLE);
  return value;
}

/** @throws GatewayError BAD_USER_INPUT for infinities, which a literal such as 1e999 stands for */
export function numberOperand(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw unusable('A finite number is needed here.');
  return value;
}

/** Ids are opaque texts to a client; one of another shape is nobody's. */
export function idOperand(value: unknown): number {
  const id = /^(?:0|[1-9]\d{0,9})$/.test(String(value)) ? Number(value) : NOBODY;
  return id <= LARGEST_ID ? id : NOBODY;
}

/** @throws GatewayError BAD_USER_INPUT outside the years 0 to 9999, which compare as the store keeps them */
export function momentOperand(value: unknown): string {
  const date = value instanceof Date ? value : new Date(String(value));
  const text = Number.isNaN(date.getTime()) ? '' : date.toISOString();
  if (!/^\d{4}-/.test(text)) throw unusable('A moment of the years 0 to 9999 in UTC is needed here.');
  return text;
}

export function unusable(message: string): GatewayError {
  return new GatewayError('BAD_USER_INPUT', message);
}
