import type { ExecutionResult } from 'graphql';

/** Data that a database wrote as JSON, in pieces: it goes to the client as it is, and nobody parses it. */
export class ReadyData {
  constructor(private readonly pieces: readonly (string | Buffer)[]) {}

  /** The JSON with something before and after it; as a text when it came as one. */
  within(before: string, after: string): string | Buffer {
    const parts: (string | Buffer)[] = [];
    let text = before;
    for (const piece of this.pieces) {
      if (typeof piece === 'string') text += piece;
      else {
        parts.push(Buffer.from(text), piece);
        text = '';
      }
    }
    text += after;
    if (parts.length === 0) return text;
    const whole = Buffer.concat([...(parts as Buffer[]), Buffer.from(text)]);
    return whole.length > SMALL ? whole : whole.toString();
  }
}

/** Bytes of an answer that leaves sooner as a text: Node.js sends that in one piece with the headers. */
const SMALL = 16 * 1024;

/** What an operation answers with: as graphql-js gives it, or with data that is ready. */
export interface Answer extends Pick<ExecutionResult, 'errors' | 'extensions'> {
  readonly data?: ExecutionResult['data'] | ReadyData;
}
