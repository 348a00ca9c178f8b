import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** How long a connection may be open before nothing more is expected on it, in milliseconds. */
const PATIENCE = 1_000;

/**
 * Knows on which connections nothing has arrived yet. Browsers open some in advance, and a closing server waits for them as
 * if a request were on its way.
 */
export class SilentConnections {
  private readonly open = new Map<Socket, number>();

  constructor(server: Pick<Server, 'on'>) {
    server.on('connection', (socket: Socket) => {
      this.open.set(socket, performance.now());
      socket.once('close', () => this.open.delete(socket));
    });
  }

  closeOld(): void {
    const now = performance.now();
    for (const [socket, since] of this.open) {
      if (socket.bytesRead === 0 && now - since >= PATIENCE) socket.destroy();
    }
  }
}
