import type { Database } from 'sqlite3';
import { QueryFailedError, type DataSource } from 'typeorm';

/**
 * Runs a statement on a SQLite connection and ends it when it takes too long. SQLite can only interrupt a connection as a
 * whole; a statement that was ended on account of another one is run again, within its own time.
 *
 * @param milliseconds waiting for the connection included; undefined for any time
 */
export async function withinTime<Result>(
  connection: Database,
  milliseconds: number | undefined,
  run: () => Promise<Result>,
): Promise<Result> {
  if (milliseconds === undefined) return run();
  const limit = { isOver: false };
  const timer = setTimeout(() => {
    limit.isOver = true;
    connection.interrupt();
  }, milliseconds);
  try {
    return await repeatedly(run, limit);
  } finally {
    clearTimeout(timer);
  }
}

async function repeatedly<Result>(run: () => Promise<Result>, limit: { readonly isOver: boolean }): Promise<Result> {
  for (;;) {
    try {
      return await run();
    } catch (error) {
      if (limit.isOver || !isInterruption(error)) throw error;
    }
  }
}

function isInterruption(error: unknown): boolean {
  const { code } = (error instanceof QueryFailedError ? error.driverError : error) as { code?: string };
  return code === 'SQLITE_INTERRUPT';
}

export function databaseOf({ driver }: DataSource): Database {
  return (driver as unknown as { readonly databaseConnection: Database }).databaseConnection;
}
