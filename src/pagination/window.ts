import { GatewayError } from '../errors';
import { pageSize } from './page';

/** The arguments of a connection, as the GraphQL Cursor Connections Specification names them. */
export interface WindowArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** Which stretch of a list is wanted. */
export interface Window<Anchor> {
  readonly size: number;
  /** Whether the stretch is counted from the end. */
  readonly isFromEnd: boolean;
  readonly after: Anchor | undefined;
  readonly before: Anchor | undefined;
}

/**
 * @param anchorOf reads a cursor
 * @throws GatewayError BAD_USER_INPUT when `first` and `last` are both there, or one is outside 0 to 1,000
 */
export function windowOf<Anchor>(
  { first, after, last, before }: WindowArguments,
  anchorOf: (cursor: string) => Anchor,
): Window<Anchor> {
  if (typeof first === 'number' && typeof last === 'number') {
    throw new GatewayError('BAD_USER_INPUT', 'Ask for the first or the last items, not for both.', {
      argument: 'last',
    });
  }
  const isFromEnd = typeof last === 'number';
  return {
    size: isFromEnd ? pageSize(last, 'last') : pageSize(first),
    isFromEnd,
    after: typeof after === 'string' ? anchorOf(after) : undefined,
    before: typeof before === 'string' ? anchorOf(before) : undefined,
  };
}
