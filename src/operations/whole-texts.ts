import { visit, type DocumentNode } from 'graphql';
import { GatewayError } from '../errors';

/** PostgreSQL refuses NUL, and half a character would be stored as another one. */
const BROKEN = /\0|\p{Surrogate}/u;

/** What whoever sent another text is told. */
export const NOT_WHOLE = 'A text holds whole characters, and no NUL.';

export function isWholeText(text: string): boolean {
  return !BROKEN.test(text);
}

/**
 * Looks at every text of an operation, in the document and in its variables.
 *
 * @throws GatewayError BAD_USER_INPUT for one that no database keeps as it is
 */
export function assertWholeTexts(document: DocumentNode, variables: Readonly<Record<string, unknown>>): void {
  visit(document, { StringValue: ({ value }) => assertWhole(value) });
  assertWhole(variables);
}

function assertWhole(value: unknown): void {
  if (typeof value === 'string' && !isWholeText(value)) {
    throw new GatewayError('BAD_USER_INPUT', NOT_WHOLE);
  }
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) assertWhole(part);
}
