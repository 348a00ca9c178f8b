import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { ImportError } from './problem';

/** Bytes that decide about charset, format and delimiter. */
const HEAD_BYTES = 65_536;

/** Told after each piece: how many bytes of the file it had. */
export type OnBytes = (bytes: number) => void;

/** A file of UTF-8 text, read piece by piece and as often as needed, without ever being in memory as a whole. */
export interface TextFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** The first part of the text, without a byte order mark. */
  readonly head: string;
  /**
   * The text from its beginning.
   *
   * @throws ImportError when it is not UTF-8
   */
  chunks(onBytes: OnBytes): AsyncGenerator<string>;
  /** @throws ImportError when somebody has written to the file since it was opened */
  assertUnchanged(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a file for reading. Close it afterwards.
 *
 * @throws ImportError when it cannot be read, is not a regular file, is empty, or is evidently not UTF-8 text
 */
export async function openTextFile(file: string): Promise<TextFile> {
  const name = path.basename(file);
  const handle = await openForReading(file);
  try {
    const { size, mtimeMs } = await regularFile(handle, file);
    const head = await readHead(handle, name);
    if (head.trim() === '' && size <= HEAD_BYTES) throw new ImportError(`${name} is empty.`);
    return {
      name,
      size,
      head,
      chunks: (onBytes) => decoded(handle, name, onBytes),
      assertUnchanged: async () => {
        const now = await handle.stat();
        if (now.size !== size || now.mtimeMs !== mtimeMs) throw new ImportError(`${name} changed while it was read.`);
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

const OPEN_FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
  EISDIR: 'is a folder, not a file',
  ENOTDIR: 'does not exist: part of its path is not a folder',
};

async function openForReading(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new ImportError(`${file} ${OPEN_FAILURES[code] ?? `cannot be opened (${code})`}.`);
  }
}

// Everything is read twice, first to check it and then to take it, which a pipe would not survive.
async function regularFile(handle: FileHandle, file: string): Promise<{ size: number; mtimeMs: number }> {
  const stat = await handle.stat();
  if (stat.isDirectory()) throw new ImportError(`${file} is a folder, not a file.`);
  if (!stat.isFile()) throw new ImportError(`${file} is not a regular file. Save the data to a file first.`);
  return stat;
}

async function readHead(handle: FileHandle, name: string): Promise<string> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  const bytes = buffer.subarray(0, bytesRead);
  refuseOtherKinds(bytes, name);
  // The last character may be cut in two; what is wrong with the text is found when it is read.
  return new TextDecoder('utf-8').decode(bytes);
}

function refuseOtherKinds(bytes: Buffer, name: string): void {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16 || first === 0 || second === 0) {
    throw new ImportError(`${name} is UTF-16 text or binary data. Save it as UTF-8 text.`);
  }
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) {
    throw new ImportError(`${name} is a spreadsheet or a zip archive. Save the table as CSV (UTF-8).`);
  }
}

async function* decoded(handle: FileHandle, name: string, onBytes: OnBytes): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for await (const piece of handle.createReadStream({ start: 0, autoClose: false })) {
    const bytes = piece as Buffer;
    const text = decodeOrRefuse(() => decoder.decode(bytes, { stream: true }), bytes, name, line);
    line += newlines(text);
    onBytes(bytes.length);
    yield text;
  }
  decodeOrRefuse(() => decoder.decode(), Buffer.alloc(0), name, line);
}

function decodeOrRefuse(decode: () => string, bytes: Buffer, name: string, line: number): string {
  try {
    return decode();
  } catch {
    const [before = ''] = bytes.toString('utf8').split('\ufffd', 1);
    const near = line + newlines(before);
    throw new ImportError(
      `${name} is not UTF-8 text: near line ${near} there are bytes of another charset, such as Latin-1 (Windows-1252). Save it as UTF-8.`,
    );
  }
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
