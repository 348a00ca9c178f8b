import { UsageError } from '../../errors';
import type { StoreLocation } from '../data-source';
import { openStore } from '../store';
import type { CopySide } from './copy-side';
import { openSource, openTarget, type SourceOptions } from './open-side';
import { deferSelfReferences } from './self-references';
import { TableDigest } from './table-digest';
import type { TableShape } from './table-shape';

/** What was copied of a table, as both stores have it. */
export interface CopiedTable {
  readonly table: string;
  readonly rows: number;
  readonly digest: string;
}

export interface CopyReport {
  readonly rows: number;
  readonly tables: readonly CopiedTable[];
}

/** Rows that a fresh store has: the counter of changes. They are replaced. */
const FRESH = new Set(['employee_change_counter']);

/**
 * Copies a store into an empty one, of the same kind or the other one, and compares both: all in one transaction of the target,
 * which keeps everything or nothing.
 *
 * @param onProgress told the share of the work that is done, 0 to 1
 * @throws UsageError when the target holds anything, or the source is in use, or both differ in the end
 */
export async function copyStore(
  from: StoreLocation,
  to: StoreLocation,
  options: SourceOptions & { readonly onProgress?: (share: number) => void },
): Promise<CopyReport> {
  const source = await openSource(from, options);
  try {
    await (await openStore(to)).close();
    const target = await openTarget(to);
    try {
      await assertEmpty(target.side, target.tables);
      const copying = new Copying(source.side, target.side, options.onProgress ?? (() => undefined));
      const report = await copying.run(source.tables);
      await target.commit();
      return report;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function assertEmpty(side: CopySide, tables: readonly TableShape[]): Promise<void> {
  for (const table of tables) {
    if (FRESH.has(table.name)) continue;
    if ((await side.count(table)) > 0) {
      throw new UsageError(`The store that is to be filled is not empty: its table ${table.name} holds rows.`);
    }
  }
}

class Copying {
  private done = 0;
  private all = 1;

  constructor(
    private readonly source: CopySide,
    private readonly target: CopySide,
    private readonly onProgress: (share: number) => void,
  ) {}

  async run(tables: readonly TableShape[]): Promise<CopyReport> {
    let rows = 0;
    for (const table of tables) rows += await this.source.count(table);
    // Every row is read twice: from the source, and from the target to compare.
    this.all = Math.max(1, rows * 2);
    const settle = await deferSelfReferences(this.target);
    const written = new Map<string, TableDigest>();
    for (const table of tables) written.set(table.name, await this.copy(table));
    await settle();
    const copied: CopiedTable[] = [];
    for (const table of tables) copied.push(await this.compared(table, written.get(table.name)));
    return { rows, tables: copied };
  }

  private async copy(table: TableShape): Promise<TableDigest> {
    if (FRESH.has(table.name)) await this.target.clear(table);
    const digest = new TableDigest(table);
    for await (const rows of this.source.batches(table)) {
      await this.target.insert(table, rows);
      for (const row of rows) digest.add(row);
      this.advance(rows.length);
    }
    if (table.counted !== undefined) await this.target.setLastId(table, await this.source.lastId(table));
    return digest;
  }

  private async compared(table: TableShape, written: TableDigest | undefined): Promise<CopiedTable> {
    const found = new TableDigest(table);
    for await (const rows of this.target.batches(table)) {
      for (const row of rows) found.add(row);
      this.advance(rows.length);
    }
    if (found.count !== written?.count || found.digest !== written.digest) {
      throw new UsageError(`The table ${table.name} is not the same in both stores. Nothing was kept.`);
    }
    return { table: table.name, rows: found.count, digest: found.digest };
  }

  private advance(rows: number): void {
    this.done += rows;
    this.onProgress(this.done / this.all);
  }
}
