import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { GatewayError } from '../errors';

// SQLite by name. PostgreSQL by SQLSTATE: connections (08), a server that only reads (25006), two that waited for each other
// (40P01), resources (53), locks (55P03), interventions of an operator (57), the system around it (58). The operating system by
// its own names (ECONNREFUSED).
const OUTAGES =
  /^(SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|NOMEM)|08\w{3}|25006|40P01|53\w{3}|55P03|57\w{3}|58\w{3}|E[A-Z]{3,})$/;
/** What the driver of PostgreSQL says of a connection that is gone, for which it has no code. */
const GONE =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/**
 * Runs a transaction. Nothing is kept of one that fails, but for one whose connection breaks at its very end: then nobody
 * can tell.
 *
 * @throws GatewayError UNAVAILABLE when the database cannot work at the moment
 */
export async function unavailableOnOutage<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (!isOutage(cause)) throw cause;
    throw new GatewayError('UNAVAILABLE', 'The store cannot be written at the moment. Try again.', {}, { cause });
  }
}

/** Whether the database cannot work at the moment, whatever it was asked: a full disk, a lock, a lost connection. */
function isOutage(error: unknown): boolean {
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  // Not `instanceof Error`: what a native driver throws can come from another realm.
  const { code, message } = (typeof cause === 'object' && cause !== null ? cause : {}) as Problem;
  return (typeof code === 'string' && OUTAGES.test(code)) || (typeof message === 'string' && GONE.test(message));
}

interface Problem {
  readonly code?: unknown;
  readonly message?: unknown;
}
