import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Kind, OperationTypeNode, parse, type OperationDefinitionNode } from 'graphql';

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

/** A query of the documentation that is for integrations. */
export interface DocumentedQuery {
  readonly place: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** All of them, each with the variables that stand below it. */
export const DOCUMENTED_QUERIES: readonly DocumentedQuery[] = SNIPPETS.filter(isQuery).map((snippet) => {
  const { page, line, text } = snippet;
  const next = SNIPPETS.find((other) => other.page === page && other.line > line);
  const variables = next?.language === 'json' ? (JSON.parse(next.text) as DocumentedQuery['variables']) : {};
  return { place: `${page}:${line}`, text, variables };
});

function isQuery({ language, page, text }: Snippet): boolean {
  if (language !== 'graphql' || page === 'docs/integrations.md') return false;
  const operation = parse(text).definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  return operation?.operation === OperationTypeNode.QUERY;
}
