import { Mutex } from 'async-mutex';
import type { Database } from 'sqlite3';
import type { DataSource } from 'typeorm';

/** Between two interruptions of one statement. */
const AGAIN_MILLISECONDS = 5;

/**
 * A SQLite connection for which statements wait in a row, and which ends those that take too long. SQLite can only interrupt a
 * connection as a whole and forgets it for what has not begun, so it is handed one statement at a time: an interruption meets the
 * one whose time is over, and whoever runs out of time while waiting is never run.
 */
export class LimitedConnection {
  private readonly turns = new Mutex();

  /** @param milliseconds waiting for the connection included; undefined for any time */
  constructor(
    readonly database: Database,
    private readonly milliseconds: number | undefined,
  ) {}

  async withinTime<Result>(run: () => Promise<Result>): Promise<Result> {
    if (this.milliseconds === undefined) return run();
    const limit = { isOver: false, isRunning: false };
    const end = (): void => {
      limit.isOver = true;
      if (!limit.isRunning) return;
      this.database.interrupt();
      // And again, until it ends: while it waits for a thread, SQLite forgets this too.
      timer = setTimeout(end, AGAIN_MILLISECONDS);
    };
    let timer = setTimeout(end, this.milliseconds);
    try {
      return await this.turns.runExclusive(() => {
        // Whoever came earlier runs out of time earlier, so this turn comes no later than the end of the time.
        if (limit.isOver) throw new Error('The time of a statement was over before its turn came.');
        limit.isRunning = true;
        return run();
      });
    } finally {
      clearTimeout(timer);
    }
  }
}

export function databaseOf({ driver }: DataSource): Database {
  return (driver as unknown as { readonly databaseConnection: Database }).databaseConnection;
}
