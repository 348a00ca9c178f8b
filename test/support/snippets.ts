import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

/** A fenced block of a page. */
export interface Snippet {
  /** Such as `docs/errors.md`. */
  readonly page: string;
  /** Empty for a block that names none. */
  readonly language: string;
  /** Of its first fence, from 1. */
  readonly line: number;
  readonly text: string;
}

/** The README and everything in docs/. */
export const PAGES: readonly string[] = [
  'README.md',
  ...readdirSync(path.join(ROOT, 'docs')).flatMap((file) => (file.endsWith('.md') ? [`docs/${file}`] : [])),
];

export const SNIPPETS: readonly Snippet[] = PAGES.flatMap(snippetsOf);

function snippetsOf(page: string): readonly Snippet[] {
  const text = readFileSync(path.join(ROOT, page), 'utf8');
  return [...text.matchAll(/^( *)```([a-z]*)\n(.*?)^\1```$/gms)].map(({ index, 2: language = '', 3: block = '' }) => ({
    page,
    language,
    line: text.slice(0, index).split('\n').length,
    text: block,
  }));
}
