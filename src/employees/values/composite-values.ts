import { z } from 'zod';
import { bad, EMPTY, type CostCenterShare, type Money, type Reading } from './attribute-input';
import { readNumber, readText } from './scalar-values';

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/**
 * @param cell an amount, `"1200.50 EUR"`, or `{ "amount": 1200.5, "currency": "EUR" }`
 * @param currency from the map or from a column of its own; an amount alone needs it
 */
export function readMoney(cell: unknown, currency: unknown, decimal?: '.' | ','): Reading {
  const [amount, code] = moneyParts(cell, currency);
  const number = readNumber(amount, decimal);
  if ('reason' in number) return bad(`is not an amount: it ${number.reason}`);
  if (Number(number.value) < 0) return bad('is a negative amount');
  const known = typeof code === 'string' ? code.trim().toUpperCase() : '';
  if (known === '') return bad('has no currency');
  if (!CURRENCIES.has(known)) return bad('has no currency of ISO 4217');
  return { value: { amount: Number(number.value), currency: known } satisfies Money };
}

function moneyParts(cell: unknown, currency: unknown): readonly [amount: unknown, currency: unknown] {
  if (typeof cell === 'object' && cell !== null && 'amount' in cell && 'currency' in cell) {
    return [cell.amount, cell.currency];
  }
  const withCode = typeof cell === 'string' ? /^(\S+) ([A-Za-z]{3})$/.exec(cell) : null;
  return withCode ? [withCode[1], withCode[2]] : [cell, currency];
}

const jsonShares = z.array(z.strictObject({ name: z.string(), percentage: z.union([z.number(), z.string()]) }));

/** @param cell `"Sales:60;Research:40"`, or JSON: `[{ "name": "Sales", "percentage": 60 }]` */
export function readCostCenters(cell: unknown): Reading {
  const parsed = jsonShares.safeParse(sharesIn(cell));
  if (!parsed.success) return bad('is neither Name:60;Other:40 nor a JSON list of name and percentage');
  const shares: CostCenterShare[] = [];
  for (const { name, percentage } of parsed.data) {
    const reading = readShare(name.trim(), percentage);
    if ('reason' in reading) return reading;
    shares.push(reading);
  }
  if (new Set(shares.map(({ name }) => name)).size < shares.length) return bad('names a cost center twice');
  return shares.length > 0 ? { value: shares } : EMPTY;
}

function sharesIn(cell: unknown): unknown {
  const parsed = parseJson(cell);
  if (typeof parsed !== 'string') return parsed;
  const parts = parsed.split(';').filter((part) => part.trim() !== '');
  return parts.map((part) => {
    const colon = part.lastIndexOf(':');
    return colon === -1 ? null : { name: part.slice(0, colon), percentage: part.slice(colon + 1).trim() };
  });
}

function readShare(name: string, percentage: number | string): CostCenterShare | { readonly reason: string } {
  const text = readText(name);
  if ('reason' in text) return text;
  if (name === '') return { reason: 'has a cost center without a name' };
  const number = readNumber(percentage);
  if ('reason' in number || Number(number.value) < 0 || Number(number.value) > 100) {
    return { reason: 'has a percentage that is not between 0 and 100' };
  }
  return { name, percentage: Number(number.value) };
}

const entitlements = z.array(z.strictObject({ type: z.string().min(1).max(100), days: z.number().min(0).max(366) }));

/** @param cell `[{ "type": "Vacation", "days": 30 }]`, as JSON or as its text */
export function readAbsenceEntitlement(cell: unknown): Reading {
  const parsed = entitlements.safeParse(parseJson(cell));
  if (!parsed.success) return bad('is not a JSON list of type and days (0 to 366)');
  const text = readText(JSON.stringify(parsed.data.map(({ type, days }) => ({ type, days }))), 10_000);
  if ('reason' in text) return text;
  return parsed.data.length > 0 ? text : EMPTY;
}

/** @returns what the text means, the cell itself when it is no JSON text */
function parseJson(cell: unknown): unknown {
  if (typeof cell !== 'string' || !/^\s*\[/.test(cell)) return cell;
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return undefined;
  }
}
