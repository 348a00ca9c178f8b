import { setTimeout } from 'node:timers/promises';
import { QueryFailedError } from 'typeorm';

const START_ATTEMPTS = 100;
/** Milliseconds. */
const START_PAUSE = 100;

/** Two processes may start on one file at the same moment. Whoever loses a race waits until the winner is done. */
export async function retried<T>(
  attempt: () => Promise<T>,
  isLost: (error: unknown) => boolean,
  attempts = START_ATTEMPTS,
): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isLost(error) || count === attempts) throw error;
      await setTimeout(START_PAUSE);
    }
  }
}

/** SQLSTATE of PostgreSQL for one of two that waited for each other, which it ended. */
const DEADLOCK = '40P01';
export const DEADLOCK_ATTEMPTS = 5;

/** A migration that changes two tables and a statement that reads both can wait for each other. Both can simply be done again. */
export function isDeadlock(error: unknown): boolean {
  const origin: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return origin instanceof Error && 'code' in origin && origin.code === DEADLOCK;
}

export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
}
