import type { Policy } from './policy';

/** One operation; a text `@cursor:3@` in it stands for the third cursor that the case has met. */
export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly transport?: Transport;
}

/** How it is sent, when not as JSON to `/graphql`: as the list that is exported, or for the media type of GraphQL over HTTP. */
export type Transport = 'export' | 'graphql-response';

export type Step =
  /** Asked by the credential under test, of both databases, and compared. */
  | ({ readonly kind: 'ask' } & Question & Expected)
  /** Asked by a credential that may read everything, of both databases, and not compared. */
  | ({ readonly kind: 'interleave' } & Question)
  /** Asked by a third credential that may do just what the one under test may, of both databases, and compared. */
  | ({ readonly kind: 'peer' } & Question)
  /** The credential loses permissions; what it lost is drawn apart. */
  | { readonly kind: 'narrow'; readonly policy: Policy }
  /** The credential is switched off, asks, gets nothing, and is switched on again. */
  | ({ readonly kind: 'disable' } & Question);

/** What is known of the answer beside that both databases give the same. */
export interface Expected {
  /** The arguments name what the credential may not read, so nothing may be served. */
  readonly refused?: boolean;
  /** A gateway that remembers nothing of the question gives the same answer. */
  readonly bothWays?: boolean;
}

/** Everything that one run of the fuzz does. Plain data, so that it can be kept and played again. */
export interface Case {
  readonly seed: number;
  readonly policy: Policy;
  readonly bearer: boolean;
  /** Whether the gateways without plans are asked. */
  readonly reference?: boolean;
  readonly steps: readonly Step[];
}
