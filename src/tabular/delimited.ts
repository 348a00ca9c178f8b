import { Readable, pipeline } from 'node:stream';
import { CsvError, parse, type Info } from 'csv-parse';
import { ImportError } from './problem';
import { LARGEST_RECORD, type TableRow } from './table-row';
import type { OnBytes, TextFile } from './text-file';

const DELIMITERS = [',', ';', '\t', '|'] as const;

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: Info;
}

/**
 * Reads a file of cells separated by a delimiter, with a header (RFC 4180).
 *
 * @throws ImportError when quotes are wrong, a record is larger than 1 MiB, or the header cannot be used
 */
export async function* readDelimited(
  file: TextFile,
  delimiter: string | undefined,
  onBytes: OnBytes,
): AsyncGenerator<TableRow> {
  let header: readonly string[] | undefined;
  try {
    for await (const { record, info } of records(file, delimiter ?? sniffDelimiter(file.head), onBytes)) {
      if (header) yield rowOf(header, record, firstLine(record, info));
      else header = readHeader(record, file.name);
    }
  } catch (error) {
    throw error instanceof CsvError ? structureError(error, file.name) : error;
  }
}

function records(file: TextFile, delimiter: string, onBytes: OnBytes): AsyncIterable<CsvRecord> {
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LARGEST_RECORD,
  });
  // A failure on either side destroys the parser with that error, which reading it then throws.
  pipeline(Readable.from(file.chunks(onBytes)), parser, () => undefined);
  return parser;
}

function sniffDelimiter(head: string): string {
  const [line = ''] = head.split(/[\r\n]/, 1);
  const unquoted = line.replaceAll(/"[^"]*"/g, '');
  const uses = (delimiter: string) => unquoted.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (uses(delimiter) > uses(best) ? delimiter : best));
}

function readHeader(record: readonly string[], name: string): readonly string[] {
  const header = record.map((cell) => cell.trim());
  const blank = header.indexOf('');
  if (blank !== -1) throw new ImportError(`${name}: column ${blank + 1} has no name in the header (line 1).`);
  const twice = header.find((column, at) => header.indexOf(column) !== at);
  if (twice !== undefined) throw new ImportError(`${name}: the header (line 1) has the column "${twice}" twice.`);
  return header;
}

function rowOf(header: readonly string[], record: readonly string[], line: number): TableRow {
  if (record.length !== header.length) {
    return { place: { line }, fault: `has ${record.length} cells where the header has ${header.length} columns` };
  }
  return { place: { line }, cells: new Map(header.map((column, at) => [column, record[at]])) };
}

// The parser tells the line on which a record ends.
function firstLine(record: readonly string[], info: Info): number {
  return record.reduce((line, cell) => (cell.includes('\n') ? line - cell.split('\n').length + 1 : line), info.lines);
}

const STRUCTURE: Readonly<Record<string, string>> = {
  INVALID_OPENING_QUOTE: 'a quote stands inside an unquoted cell; quote the cell and double the quote',
  CSV_INVALID_CLOSING_QUOTE: 'a quoted cell goes on behind its closing quote; double the quotes inside it',
  CSV_QUOTE_NOT_CLOSED: 'a quote that was opened is not closed by the end of the file',
  CSV_MAX_RECORD_SIZE: 'the row is larger than 1 MiB; is a quote not closed, or is this not a CSV file?',
};

// The parser's own messages quote the data, which a log or a screen should not get.
function structureError(error: CsvError, name: string): ImportError {
  const reason = STRUCTURE[error.code] ?? `the row is malformed (${error.code})`;
  const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
  return new ImportError(`${name} is not a well-formed CSV file.`, [{ line, reason }]);
}
