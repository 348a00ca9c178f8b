import type { Cursors } from '../pagination/cursor';
import type { Page } from '../pagination/page';
import type { Window } from '../pagination/window';
import type { EmployeeRecord } from './employee-record';
import type { EmployeeReader } from './employee.store';
import type { EmployeeQuery } from './find/employee-query.store';

/** A stretch of a list of people. What costs a statement of its own is found out when a client selects it, and not before. */
export class EmployeeConnection {
  readonly edges: readonly { readonly cursor: string; readonly node: EmployeeRecord }[];
  readonly pageInfo: EmployeePageInfo;

  constructor(
    private readonly reader: EmployeeReader,
    private readonly query: EmployeeQuery,
    readonly window: Window<number>,
    readonly page: Page<EmployeeRecord>,
    cursors: Cursors,
  ) {
    this.edges = page.items.map((node) => ({ cursor: cursors.encode(query.name, node.id), node }));
    this.pageInfo = new EmployeePageInfo(this);
  }

  get nodes(): readonly EmployeeRecord[] {
    return this.page.items;
  }

  count(): Promise<number> {
    return this.reader.count(this.query);
  }

  existsFrom(anchor: number, direction: 'onwards' | 'backwards'): Promise<boolean> {
    return this.reader.existsFrom(this.query, anchor, direction);
  }
}

class EmployeePageInfo {
  constructor(private readonly connection: EmployeeConnection) {}

  get hasNextPage(): boolean | Promise<boolean> {
    const { window, page } = this.connection;
    if (!window.isFromEnd && page.hasMore) return true;
    return window.before === undefined ? false : this.connection.existsFrom(window.before, 'onwards');
  }

  get hasPreviousPage(): boolean | Promise<boolean> {
    const { window, page } = this.connection;
    if (window.isFromEnd && page.hasMore) return true;
    return window.after === undefined ? false : this.connection.existsFrom(window.after, 'backwards');
  }

  get startCursor(): string | null {
    return this.connection.edges[0]?.cursor ?? null;
  }

  get endCursor(): string | null {
    return this.connection.edges.at(-1)?.cursor ?? null;
  }
}
