import { isWholeText } from '../../operations/whole-texts';
import { bad, EMPTY, type Reading } from './attribute-input';

/** How the text of a day is written. */
export const DATE_FORMATS = ['YYYY-MM-DD', 'DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY', 'YYYYMMDD'] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

/** Characters. */
const LONGEST_TEXT = 1_000;
const LONGEST_MULTILINE = 10_000;
const LONGEST_EMAIL = 254;
/** What a double keeps of any decimal number. */
const MOST_DIGITS = 15;
/** Of either sign. PostgreSQL squares numbers to find their mean and fails when it cannot, for whoever asks. */
const LARGEST_NUMBER = 1e15;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2200;

export function readText(cell: unknown, longest = LONGEST_TEXT): Reading<string> {
  if (typeof cell !== 'string') return bad('is not a text');
  if (cell.length > longest) return bad(`is longer than ${longest.toLocaleString('en')} characters`);
  if (isWholeText(cell)) return { value: cell };
  return bad(cell.includes('\0') ? 'contains a NUL character' : 'contains half a character (a lone surrogate)');
}

export function readMultiline(cell: unknown): Reading {
  return readText(cell, LONGEST_MULTILINE);
}

export function readEmail(cell: unknown): Reading {
  const text = readText(cell, LONGEST_EMAIL);
  if ('reason' in text) return text;
  return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text.value) ? text : bad('is no email address');
}

export function readLink(cell: unknown): Reading {
  const text = readText(cell);
  if ('reason' in text) return text;
  return isWebAddress(text.value) ? text : bad('is no http or https address');
}

function isWebAddress(text: string): boolean {
  return !/\s/.test(text) && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** @param decimal the decimal separator of texts; thousands are never separated */
export function readNumber(cell: unknown, decimal: '.' | ',' = '.'): Reading {
  const number = toNumber(cell, decimal);
  if (number === undefined || !Number.isFinite(number)) return bad('is not a number');
  if (Math.abs(number) > LARGEST_NUMBER) return bad('is not between -1e15 and 1e15');
  if (significantDigits(cell) > MOST_DIGITS) return bad('has more than 15 significant digits');
  return { value: number === 0 ? 0 : number };
}

export function readInteger(cell: unknown): Reading {
  const reading = readNumber(cell);
  if ('reason' in reading) return reading;
  return Number.isSafeInteger(reading.value) ? reading : bad('is not a whole number');
}

function toNumber(cell: unknown, decimal: '.' | ','): number | undefined {
  if (typeof cell === 'number') return cell;
  if (typeof cell !== 'string') return undefined;
  const text = decimal === ',' ? commaToPoint(cell) : cell;
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

// In a file with decimal commas a point could separate thousands: 1.234 must not become 1.234.
function commaToPoint(text: string): string {
  return text.includes('.') ? '' : text.replace(',', '.');
}

function significantDigits(cell: unknown): number {
  const [mantissa = ''] = String(cell).toLowerCase().split('e');
  return mantissa
    .replaceAll(/[^0-9]/g, '')
    .replace(/^0+/, '')
    .replace(/0+$/, '').length;
}

const FORMAT_PATTERNS: Readonly<Record<DateFormat, RegExp>> = {
  'YYYY-MM-DD': /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/,
  'DD.MM.YYYY': /^(?<day>\d{2})\.(?<month>\d{2})\.(?<year>\d{4})$/,
  'DD/MM/YYYY': /^(?<day>\d{2})\/(?<month>\d{2})\/(?<year>\d{4})$/,
  'MM/DD/YYYY': /^(?<month>\d{2})\/(?<day>\d{2})\/(?<year>\d{4})$/,
  YYYYMMDD: /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
};

/** @returns a real calendar day of the years 1900 to 2200, as `YYYY-MM-DD` */
export function readDate(cell: unknown, format: DateFormat = 'YYYY-MM-DD'): Reading {
  const parts = typeof cell === 'string' ? FORMAT_PATTERNS[format].exec(cell)?.groups : undefined;
  if (!parts) return bad(`is not a day of the form ${format}`);
  const text = `${parts['year']}-${parts['month']}-${parts['day']}`;
  if (!isCalendarDay(text)) return bad('is no day of the calendar');
  const year = Number(parts['year']);
  return year >= FIRST_YEAR && year <= LAST_YEAR
    ? { value: text }
    : bad(`is not between the years ${FIRST_YEAR} and ${LAST_YEAR}`);
}

// `Date` turns 30 February into 2 March, so what comes out must be what went in.
function isCalendarDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

export function readBoolean(cell: unknown): Reading {
  if (typeof cell === 'boolean') return { value: cell };
  const value = typeof cell === 'string' ? BOOLEANS.get(cell.toLowerCase()) : undefined;
  return value === undefined ? bad('is not one of true, false, yes, no, 1, 0') : { value };
}

/** @returns the option as the catalogue writes it, found without regard to case */
export function readOption(cell: unknown, options: readonly string[]): Reading {
  const wanted = typeof cell === 'string' ? cell.toLowerCase() : undefined;
  const value = options.find((option) => option.toLowerCase() === wanted);
  return value === undefined ? bad(`is not one of ${options.join(', ')}`) : { value };
}

export function readTags(cell: unknown): Reading {
  if (typeof cell !== 'string' && !Array.isArray(cell)) return bad('is neither a text nor a list of texts');
  const parts: readonly unknown[] = typeof cell === 'string' ? cell.split(';') : cell;
  const tags: string[] = [];
  for (const part of parts) {
    const reading = readText(typeof part === 'string' ? part.trim() : part);
    if ('reason' in reading) return reading;
    if (reading.value !== '') tags.push(reading.value);
  }
  return tags.length > 0 ? { value: [...new Set(tags)] } : EMPTY;
}
