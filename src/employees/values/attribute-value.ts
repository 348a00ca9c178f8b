import type { Attribute } from '../../attributes/attribute';
import { EMPTY, bad, type Reading } from './attribute-input';
import { readAbsenceEntitlement, readCostCenters, readMoney } from './composite-values';
import type { DateFormat } from './scalar-values';
import {
  readBoolean,
  readDate,
  readEmail,
  readInteger,
  readLink,
  readMultiline,
  readNumber,
  readOption,
  readTags,
  readText,
} from './scalar-values';

/** How a file writes values. Without it they are written as the catalogue has them. */
export interface Notation {
  /** What stands in the file → what it means. */
  readonly values?: Readonly<Record<string, string>> | undefined;
  readonly format?: DateFormat | undefined;
  /** The decimal separator of numbers. */
  readonly decimal?: '.' | ',' | undefined;
  /** Of amounts that tell none. */
  readonly currency?: string | undefined;
}

/**
 * Reads a cell as the value of an attribute. Outer blanks are no part of a value, and an empty text is null.
 *
 * @param options how the map says that the column is written
 * @param currency of an amount, where a column of its own tells it
 */
export function readValue(attribute: Attribute, options: Notation, cell: unknown, currency?: unknown): Reading {
  const given = translated(typeof cell === 'string' ? cell.trim() : (cell ?? ''), options.values);
  return given === '' ? EMPTY : readTyped(attribute, options, given, currency ?? options.currency);
}

function translated(cell: unknown, values: Notation['values']): unknown {
  if (!values) return cell;
  const name = nameOf(cell);
  if (name !== undefined && Object.hasOwn(values, name)) return values[name] ?? '';
  return cell !== '' && Object.hasOwn(values, '*') ? (values['*'] ?? '') : cell;
}

/** What a map calls a cell: JSON also has numbers and booleans. */
function nameOf(cell: unknown): string | undefined {
  if (typeof cell === 'string') return cell;
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : undefined;
}

function readTyped(attribute: Attribute, { format, decimal }: Notation, cell: unknown, currency: unknown): Reading {
  switch (attribute.type) {
    case 'TEXT':
      return attribute.key === 'email' ? readEmail(cell) : readText(cell);
    case 'ORGANIZATION_UNIT':
      return readText(cell);
    case 'EMPLOYEE':
      return readPersonReference(cell);
    case 'MULTILINE':
      return readMultiline(cell);
    case 'LINK':
      return readLink(cell);
    case 'INTEGER':
      return readInteger(cell);
    case 'DECIMAL':
      return readNumber(cell, decimal);
    case 'DATE':
      return readDate(cell, format);
    case 'BOOLEAN':
      return readBoolean(cell);
    case 'LIST':
      return readOption(cell, attribute.options);
    case 'TAGS':
      return readTags(cell);
    case 'MONEY':
      return readMoney(cell, currency, decimal);
    case 'COST_CENTERS':
      return readCostCenters(cell);
    case 'ABSENCE_ENTITLEMENT':
      return readAbsenceEntitlement(cell);
    case 'ID':
    case 'DATE_TIME':
      return bad('belongs to an attribute that the gateway keeps itself');
  }
}

/** Characters. */
const LONGEST_PERSONNEL_NUMBER = 100;

/** Reads a personnel number: a text, or in JSON also a whole number. */
export function readPersonnelNumber(cell: unknown): Reading {
  const given = Number.isSafeInteger(cell) ? String(cell) : (cell ?? '');
  const text = typeof given === 'string' ? given.trim() : given;
  return text === '' ? EMPTY : readText(text, LONGEST_PERSONNEL_NUMBER);
}

function readPersonReference(cell: unknown): Reading {
  return readText(Number.isSafeInteger(cell) ? String(cell) : cell);
}
