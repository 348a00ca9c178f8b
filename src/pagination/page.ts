import { GatewayError } from '../errors';

/** How many items a page holds when the client does not say. */
export const DEFAULT_PAGE = 50;
/** The most items that one page may hold. */
export const LARGEST_PAGE = 1000;

/** A stretch of a connection. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Whether the list goes on beyond the end that the page was cut at. */
  readonly hasMore: boolean;
}

/**
 * @returns the number of items to serve
 * @throws GatewayError BAD_USER_INPUT outside 0 to 1,000
 */
export function pageSize(wanted: number | null | undefined, argument: 'first' | 'last' = 'first'): number {
  const size = wanted ?? DEFAULT_PAGE;
  if (size < 0 || size > LARGEST_PAGE) {
    throw new GatewayError('BAD_USER_INPUT', `"${argument}" takes 0 to ${LARGEST_PAGE}.`, { argument });
  }
  return size;
}

/** Cuts a result that was read one item too long, which is how one statement tells whether more follow. */
export function cut<Item>(items: readonly Item[], size: number): Page<Item> {
  return { items: items.slice(0, size), hasMore: items.length > size };
}
