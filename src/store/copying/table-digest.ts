import { createHash } from 'node:crypto';
import type { Row } from '../store';
import type { ColumnKind, TableShape } from './table-shape';

/** A value as it is compared: the same text on every database. */
type Plain = string | boolean | null;

const MODULUS = 1n << 256n;

/**
 * A digest of a table's rows that does not depend on their order, because databases sort texts differently: the sum of the
 * hashes of the rows. A row that is missing, doubled or changed in any value changes it.
 */
export class TableDigest {
  private sum = 0n;
  private rows = 0;

  constructor(private readonly table: TableShape) {}

  add(row: Row): void {
    const plain = this.table.columns.map(({ name, kind }) => plainOf(row[name], kind));
    const hash = createHash('sha256').update(JSON.stringify(plain)).digest('hex');
    this.sum = (this.sum + BigInt(`0x${hash}`)) % MODULUS;
    this.rows += 1;
  }

  get count(): number {
    return this.rows;
  }

  get digest(): string {
    return this.sum.toString(16).padStart(64, '0');
  }
}

function plainOf(value: unknown, kind: ColumnKind): Plain {
  if (value === null || value === undefined) return null;
  if (kind === 'boolean') return Boolean(value);
  // Drivers give large integers as texts, and numbers with as many digits as it takes to tell them apart.
  return kind === 'text' ? (value as string) : String(Number(value));
}
