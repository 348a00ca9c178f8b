import type { LiveProof } from '../permissions/caller';

/** What a statement that was written before is run with: who asks, when, and for what. */
export interface Occasion {
  readonly proof: LiveProof;
  /** ISO 8601 in UTC with milliseconds. */
  readonly now: string;
  /** A value of the request itself, for statements that are written before it is known. */
  readonly wanted?: unknown;
}

/** Stands among a statement's values for one that is known only when the statement runs. */
export class LiveSlot {
  constructor(readonly fill: (occasion: Occasion) => unknown) {}
}
