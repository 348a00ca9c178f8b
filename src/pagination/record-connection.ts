import type { Row } from '../store/store';
import type { Cursors } from './cursor';
import type { Page } from './page';
import type { Window } from './window';

interface Stretch<Item> {
  /** What its cursors are bound to. */
  readonly name: string;
  readonly cursors: Cursors;
  readonly window: Window<number>;
  readonly page: Page<Row>;
  readonly toItem: (row: Row) => Item;
  readonly count: () => Promise<number>;
}

/** A stretch of a list of records. How many there are in all is counted when a client selects it, and not before. */
export class RecordConnection<Item extends { readonly id: number }> {
  readonly edges: readonly { readonly cursor: string; readonly node: Item }[];

  constructor(private readonly stretch: Stretch<Item>) {
    const { name, cursors, page, toItem } = stretch;
    this.edges = page.items.map(toItem).map((node) => ({ cursor: cursors.encode(name, node.id), node }));
  }

  get nodes(): readonly Item[] {
    return this.edges.map(({ node }) => node);
  }

  get pageInfo(): object {
    const { window, page } = this.stretch;
    return {
      hasNextPage: window.isFromEnd ? window.before !== undefined : page.hasMore,
      hasPreviousPage: window.isFromEnd ? page.hasMore : window.after !== undefined,
      startCursor: this.edges[0]?.cursor ?? null,
      endCursor: this.edges.at(-1)?.cursor ?? null,
    };
  }

  get totalCount(): Promise<number> {
    return this.stretch.count();
  }
}
