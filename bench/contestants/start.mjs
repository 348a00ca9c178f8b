import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../measuring/process.mjs';

const SERVE = fileURLToPath(new URL('serve.mjs', import.meta.url));

/** What a caller must show the others: they know it by heart, and look nothing up. */
export const PEER_TOKEN = 'a-fixed-token-that-everybody-may-know';
export const PEER_HEADERS = { authorization: `Bearer ${PEER_TOKEN}` };

/** Starts a contestant that has a `serve` function. */
export function startPeer(name, place, execArgv = []) {
  const env = { BENCH_PLACE: JSON.stringify(place), GRAPHILE_ENV: 'production' };
  const logFile = path.join(place.folder, `${name}.log`);
  return startServer(SERVE, [name], { env, logFile, execArgv, cwd: place.folder });
}

/** Listens on a free port of the loopback. @returns the port */
export function listen(server) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });
}
