import path from 'node:path';
import { readDelimited } from './delimited';
import { readJsonArray } from './json-array';
import { readJsonLines } from './json-lines';
import type { TableRow } from './table-row';
import { openTextFile, type OnBytes, type TextFile } from './text-file';

/** A file of rows, in whichever format: read from its beginning as often as needed. */
export interface Table {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** @throws ImportError when the file's structure is broken, so that nobody can tell what its rows are */
  rows(onBytes: OnBytes): AsyncIterable<TableRow>;
  /** @throws ImportError when somebody has written to the file since it was opened */
  assertUnchanged(): Promise<void>;
  close(): Promise<void>;
}

export interface TableOptions {
  /** What separates the cells of a delimited file; absent means the one that its first line uses most. */
  readonly delimiter?: string;
}

/**
 * Opens a CSV, JSON or NDJSON file. Close it afterwards.
 *
 * @throws ImportError when it cannot be read or is not UTF-8 text
 */
export async function openTable(file: string, options: TableOptions = {}): Promise<Table> {
  const text = await openTextFile(file);
  const read = readerOf(text, options);
  return {
    name: text.name,
    size: text.size,
    rows: read,
    assertUnchanged: () => text.assertUnchanged(),
    close: () => text.close(),
  };
}

const DELIMITED = new Set(['.csv', '.tsv']);

// The content decides, because `.json` names both JSON formats and `.txt` none.
function readerOf(file: TextFile, options: TableOptions): (onBytes: OnBytes) => AsyncIterable<TableRow> {
  const start = DELIMITED.has(path.extname(file.name).toLowerCase()) ? '' : file.head.trimStart().charAt(0);
  if (start === '[') return (onBytes) => readJsonArray(file, onBytes);
  if (start === '{') return (onBytes) => readJsonLines(file, onBytes);
  return (onBytes) => readDelimited(file, options.delimiter, onBytes);
}
