import { hash } from 'node:crypto';
import type { Place } from '../tabular/problem';

/** What is kept of a record while a file is judged: little, however long its comment is. */
export interface RecordFacts {
  /** Texts that sort by time. */
  readonly first: string;
  readonly last: string;
  /** What a record must share with another, besides the person and its beginning, to be the same one. */
  readonly group: string;
  /** Whether no other of the person may overlap it. */
  readonly takesTime: boolean;
}

/** A row of the file. */
export interface RowFacts extends RecordFacts {
  /** Counted from 0. */
  readonly index: number;
  readonly place: Place;
  /** How the row names the person. */
  readonly person: string;
  /** The optional fields that the row gives, joined. What it does not give stays as it is. */
  readonly given: string;
  /** Of these fields. */
  readonly fingerprint: string;
}

/** A record in the store. */
export interface StoredFacts extends RecordFacts {
  readonly id: number;
}

/** What becomes of a row. */
export interface Decision<Row extends RowFacts, Stored extends StoredFacts> {
  readonly row: Row;
  /** The record that the row is about; absent when it is a new one. */
  readonly stored: Stored | undefined;
  /** The row tells nothing that is not stored. */
  readonly isSame: boolean;
}

/** @param values in an order that is always the same */
export function fingerprintOf(values: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(values), 'base64');
}

export function joinGiven(fields: readonly string[]): string {
  return fields.join(' ');
}

export function isGiven(given: string, field: string): boolean {
  return given.split(' ').includes(field);
}
