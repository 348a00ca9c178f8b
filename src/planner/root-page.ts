import type { Window } from '../pagination/window';
import type { Row as Found } from '../store/store';
import { BETWEEN_ITEMS } from './json';

/** A page as its statement gave it, one item longer than it is served when there are more. */
export class RootPage {
  private readonly count: number;

  /** @param cursorOf makes the cursor of an id in this list and order */
  constructor(
    private readonly found: Found,
    private readonly window: Window<number>,
    readonly cursorOf: (id: string) => string,
  ) {
    this.count = Number(found['items']);
  }

  get size(): number {
    return Math.min(this.count, this.window.size);
  }

  get total(): string {
    return String(this.found['total']);
  }

  get hasNextPage(): boolean {
    const { isFromEnd, before } = this.window;
    return (!isFromEnd && this.hasMore) || (before !== undefined && this.found['onwards'] === 1);
  }

  get hasPreviousPage(): boolean {
    const { isFromEnd, after } = this.window;
    return (isFromEnd && this.hasMore) || (after !== undefined && this.found['backwards'] === 1);
  }

  /** The items of a column, without the one that stands beyond the page, in the order of the answer. */
  items(column: string): string[] {
    const found = this.found[column];
    const text = Buffer.isBuffer(found) ? found.toString() : found;
    const items = typeof text === 'string' ? text.split(BETWEEN_ITEMS).slice(0, this.window.size) : [];
    return this.window.isFromEnd ? items.reverse() : items;
  }

  /** The same in one piece. Most pages stay in the order in which they were read, so only their end is cut off. */
  joinedItems(column: string): string | Buffer {
    const found = this.found[column];
    if (this.window.isFromEnd) return this.items(column).join(BETWEEN_ITEMS);
    if (Buffer.isBuffer(found)) return this.hasMore ? found.subarray(0, endOf(found)) : found;
    if (typeof found !== 'string') return '';
    return this.hasMore ? found.slice(0, endOf(found)) : found;
  }

  private get hasMore(): boolean {
    return this.count > this.window.size;
  }
}

/** Where the last item but one ends. */
function endOf(items: string | Buffer): number {
  return Math.max(0, items.lastIndexOf(BETWEEN_ITEMS));
}
