import type { Answer } from './client';

interface Parsed {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** Of a list that was exported, the data are its lines. */
export function parsed(answer: Answer): Parsed {
  const { text } = answer;
  if (isExported(answer))
    return {
      data: text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as unknown),
    };
  return JSON.parse(text) as Parsed;
}

export function isExported({ headers }: Answer): boolean {
  return headers.some((value) => value.startsWith('application/jsonl'));
}

export function isBroken({ status, text }: Answer): boolean {
  return status >= 500 || text.includes('"code":"INTERNAL"');
}

export function holdsValue(data: unknown): boolean {
  if (Array.isArray(data)) return data.some(holdsValue);
  if (typeof data === 'object' && data !== null) {
    return Object.entries(data).some(([name, value]) => name !== 'kind' && holdsValue(value));
  }
  return data !== null && data !== undefined;
}

/** Cursors look like nothing else in an answer: base64url of at least 17 bytes. */
export function cursorsIn(text: string): string[] {
  return [...text.matchAll(/"([\w-]{23,60})"/g)]
    .map(([, cursor]) => cursor ?? '')
    .filter((one) => /\d|[A-Z]/.test(one))
    .slice(0, 12);
}
