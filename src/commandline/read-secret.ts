import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { readVariable } from '../config';
import { UsageError } from '../errors';

/** Ways to give a secret that leave it out of the command's own words, which every process on the machine can read. */
export interface SecretOptions {
  readonly secretFile?: string;
  readonly secretEnv?: string;
  readonly secretStdin?: boolean;
}

const LONGEST_SECRET = 4_096;

/** @throws UsageError when there is not exactly one secret. It is never shown. */
export async function readSecret({ secretFile, secretEnv, secretStdin }: SecretOptions): Promise<string> {
  const ways = [secretFile, secretEnv, secretStdin].filter((way) => way !== undefined);
  if (ways.length !== 1) throw new UsageError('Give one of --secret-file, --secret-env and --secret-stdin.');
  const secret = (await read(secretFile, secretEnv)).trim();
  if (secret === '' || secret.length > LONGEST_SECRET) throw new UsageError('The secret is empty, or no secret.');
  return secret;
}

async function read(file: string | undefined, variable: string | undefined): Promise<string> {
  if (variable !== undefined) return readVariable(variable) ?? '';
  if (file === undefined) return firstLine();
  try {
    return (await readFile(file, 'utf8')).split('\n', 1)[0] ?? '';
  } catch (cause) {
    throw new UsageError('The file of the secret cannot be read.', {}, { cause });
  }
}

async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  return '';
}
