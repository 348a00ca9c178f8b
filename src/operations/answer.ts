import type { ExecutionResult } from 'graphql';

/** Data that a database wrote as JSON: it goes to the client as it is, and nobody parses it. */
export class ReadyData {
  constructor(readonly json: string) {}
}

/** What an operation answers with: as graphql-js gives it, or with data that is ready. */
export interface Answer extends Pick<ExecutionResult, 'errors' | 'extensions'> {
  readonly data?: ExecutionResult['data'] | ReadyData;
}
