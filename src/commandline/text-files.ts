import { readFileSync, writeFileSync } from 'node:fs';
import { UsageError } from '../errors';

/** @throws UsageError when there is no such file, or this user may not read it */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`${file} cannot be read.`, {}, { cause });
  }
}

/** @throws UsageError when there is no such folder, or this user may not write there */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new UsageError(`${file} cannot be written.`, {}, { cause });
  }
}
