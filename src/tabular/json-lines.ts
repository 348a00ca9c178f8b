import { objectRow } from './json-object';
import { ImportError } from './problem';
import { LARGEST_RECORD, type TableRow } from './table-row';
import type { OnBytes, TextFile } from './text-file';

/**
 * Reads one JSON object per line (NDJSON).
 *
 * @throws ImportError when a line is longer than 1 MiB
 */
export async function* readJsonLines(file: TextFile, onBytes: OnBytes): AsyncGenerator<TableRow> {
  let line = 0;
  for await (const text of linesOf(file, onBytes)) {
    line += 1;
    if (text.trim() !== '') yield objectRow({ line }, parsed(text));
  }
}

async function* linesOf(file: TextFile, onBytes: OnBytes): AsyncGenerator<string> {
  let rest = '';
  let complete = 0;
  for await (const chunk of file.chunks(onBytes)) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    complete += lines.length;
    if (rest.length > LARGEST_RECORD) {
      throw new ImportError(`${file.name} cannot be read.`, [
        { line: complete + 1, reason: 'the line is longer than 1 MiB' },
      ]);
    }
  }
  yield rest;
}

// The parser's own message would quote the data.
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
