import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Case } from './case';

const FOLDER = path.join(__dirname, 'corpus');

/** A case that once failed, and why. It is played again before anything new is drawn. */
export interface KeptCase {
  readonly name: string;
  readonly why: string;
  readonly case: Case;
}

export function keptCases(): KeptCase[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      name: path.basename(file, '.json'),
      ...(JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Omit<KeptCase, 'name'>),
    }));
}

/** @returns the file */
export function keep(why: string, one: Case): string {
  mkdirSync(FOLDER, { recursive: true });
  const text = `${JSON.stringify({ why, case: one }, null, 2)}\n`;
  const file = path.join(FOLDER, `${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`);
  writeFileSync(file, text);
  return file;
}
