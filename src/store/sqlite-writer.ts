import { Mutex } from 'async-mutex';
import type { DataSource } from 'typeorm';

/**
 * The one connection that writes to a file, for whom transactions wait in a row.
 *
 * A COMMIT that the disk refuses can end the transaction for SQLite and not for TypeORM, which opens the next one inside it then:
 * it would be acknowledged and never committed. So a connection that still counts itself in a transaction after one is let go,
 * which takes all of it back, and the next write opens another.
 */
export class SqliteWriter {
  private readonly mutex = new Mutex();

  constructor(
    private connection: DataSource | undefined,
    private readonly reopen: () => Promise<DataSource>,
  ) {}

  /** Runs `work` when nobody else writes. */
  alone<T>(work: (connection: DataSource) => Promise<T>): Promise<T> {
    return this.mutex.runExclusive(async () => {
      const connection = (this.connection ??= await this.reopen());
      try {
        return await work(connection);
      } finally {
        // On SQLite every runner is the same one.
        if (connection.createQueryRunner().isTransactionActive) await this.letGo(connection);
      }
    });
  }

  async close(): Promise<void> {
    await this.mutex.runExclusive(() => this.connection?.destroy());
  }

  private async letGo(connection: DataSource): Promise<void> {
    this.connection = undefined;
    // What closing says of the failed disk was said to whoever wrote.
    await connection.destroy().catch(() => undefined);
  }
}
