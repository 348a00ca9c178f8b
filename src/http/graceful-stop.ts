import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Readiness } from '../health/readiness';
import type { SilentConnections } from './silent-connections';

/** How often connections are looked at while the server closes, in milliseconds. */
const LOOK_AGAIN = 250;

export interface StoppingParts {
  readonly readiness: Readiness;
  readonly server: Pick<Server, 'closeAllConnections'>;
  readonly silent: SilentConnections;
  /** How long to go on serving as "not ready", so that whoever sends requests here notices, in seconds. */
  readonly delaySeconds: number;
  /** How long what has arrived may take after that, in seconds. */
  readonly timeoutSeconds: number;
  /** Takes nothing more, and waits for what has arrived. */
  readonly close: () => Promise<void>;
}

/**
 * Stops so that no request is lost: first it says that it is not ready while it still serves, then it listens no more, and ends
 * when everything that had arrived is answered, or when the time for that is over.
 *
 * @returns false when connections had to be cut
 */
export async function stopGracefully(parts: StoppingParts): Promise<boolean> {
  parts.readiness.drain();
  await sleep(parts.delaySeconds * 1_000);
  let isCut = false;
  const timer = setTimeout(() => {
    isCut = true;
    parts.server.closeAllConnections();
  }, parts.timeoutSeconds * 1_000);
  const closingSilent = setInterval(() => parts.silent.closeOld(), LOOK_AGAIN);
  try {
    await parts.close();
  } finally {
    clearInterval(closingSilent);
    clearTimeout(timer);
  }
  return !isCut;
}
