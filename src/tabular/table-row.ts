import type { Place } from './problem';

/** A row of a file, or why it cannot be one. */
export type TableRow = GoodRow | FaultyRow;

export interface GoodRow {
  readonly place: Place;
  /** By column: text from a delimited file, any JSON value from a JSON file. */
  readonly cells: ReadonlyMap<string, unknown>;
}

export interface FaultyRow {
  readonly place: Place;
  /** What is wrong with the row as a whole. */
  readonly fault: string;
}

/** Bytes of one row. Also what an unclosed quote, or a line without end, may take before it is refused. */
export const LARGEST_RECORD = 1_048_576;
