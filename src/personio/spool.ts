import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openTable, type Table } from '../tabular/table';
import type { TableRow } from '../tabular/table-row';

/** The column in which a row says what its source calls it. */
const RECORD = '$record';

/**
 * Rows that wait for an import, in a file that nobody else can read: an import reads its rows twice, and any number of
 * them needs no memory. The file has no name any more while it is read, so it cannot outlive the process then.
 */
export class Spool {
  private readonly ids = new Set<string>();
  private lines: string[] = [];

  private constructor(
    private readonly folder: string,
    private readonly file: FileHandle,
  ) {}

  static async open(): Promise<Spool> {
    const folder = await mkdtemp(path.join(tmpdir(), `fieldgate-import-${process.pid}-`));
    return new Spool(folder, await open(path.join(folder, 'rows.ndjson'), 'wx', 0o600));
  }

  get count(): number {
    return this.ids.size;
  }

  /**
   * @param record what the source calls the row
   * @returns false when it has come before: pages can shift while they are read
   */
  async add(record: string, cells: Record<string, unknown>): Promise<boolean> {
    if (this.ids.has(record)) return false;
    this.ids.add(record);
    this.lines.push(`${JSON.stringify({ ...cells, [RECORD]: record })}\n`);
    if (this.lines.length >= 100) await this.flush();
    return true;
  }

  /** The rows, to be closed afterwards. Nothing can be added any more. */
  async table(name: string): Promise<Table> {
    await this.flush();
    const table = await openTable(path.join(this.folder, 'rows.ndjson'));
    // Where an open file cannot be removed, closing the spool does it.
    await this.remove().catch(() => undefined);
    return { ...table, name, rows: (onBytes) => named(table.rows(onBytes)) };
  }

  async close(): Promise<void> {
    await this.file.close();
    await this.remove();
  }

  private remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  private async flush(): Promise<void> {
    const { lines } = this;
    this.lines = [];
    if (lines.length > 0) await this.file.write(lines.join(''));
  }
}

async function* named(rows: AsyncIterable<TableRow>): AsyncGenerator<TableRow> {
  for await (const row of rows) {
    if ('fault' in row) yield row;
    else {
      const cells = new Map(row.cells);
      const record = String(cells.get(RECORD));
      cells.delete(RECORD);
      yield { place: { ...row.place, record }, cells };
    }
  }
}
