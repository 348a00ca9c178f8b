import { connect } from 'node:net';
import type { HttpText } from './http-text';

/** Milliseconds without a byte after which nothing more is expected: some requests never end. */
const PATIENCE = 100;
/** The same once an answer has begun, and when the client goes away. */
const SHORT = 5;
/** Milliseconds within which a server has to let go of a client that has gone. */
const MOST = 10_000;

export interface Exchange {
  readonly reply: string;
  /** Whether the server kept the connection although the client had ended it. */
  readonly isHeld: boolean;
}

/** Sends bytes over a connection of their own, and reads what comes. */
export function exchange(port: number, { bytes, isCutOff }: HttpText): Promise<Exchange> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1' });
    const done = (isHeld: boolean) => {
      clearTimeout(limit);
      socket.destroy();
      resolve({ reply: Buffer.concat(pieces).toString('latin1'), isHeld });
    };
    const limit = setTimeout(() => done(true), MOST);
    socket.on('data', (piece) => {
      pieces.push(piece);
      if (!isCutOff) socket.setTimeout(SHORT);
    });
    // A connection that the server cuts is an answer as well.
    socket.on('error', () => done(false)).once('close', () => done(false));
    socket.setTimeout(isCutOff ? SHORT : PATIENCE, () => {
      if (isCutOff) socket.resetAndDestroy();
      else socket.end();
    });
    socket.write(bytes);
  });
}
