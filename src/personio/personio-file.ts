import { readFile, stat } from 'node:fs/promises';
import { ImportError } from '../tabular/problem';
import { readPage } from './personio-answer';

/** Bytes. A file of Personio's is one JSON value, so it is read as a whole. */
const LARGEST_FILE = 256 * 1_048_576;

/**
 * The items of an answer that was saved to a file.
 *
 * @throws ImportError when the file cannot be read or has not the published shape
 */
export async function readPersonioFile(file: string): Promise<readonly unknown[]> {
  const page = readPage(parsed(await readBounded(file), file));
  if (!page) throw new ImportError(`${file} is no answer of Personio’s: {"success": true, "data": […]}.`);
  return page.data;
}

async function readBounded(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > LARGEST_FILE) throw new ImportError(`${file} is larger than 256 MiB. Fetch it from the API instead.`);
    return (await readFile(file, 'utf8')).replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw new ImportError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  }
}

// The parser's own message would quote the data.
function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ImportError(`${file} is not valid JSON.`);
  }
}
