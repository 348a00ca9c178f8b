import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MetricsAddress } from '../config';

/** What is read there. */
export interface MetricsText {
  readonly contentType: string;
  text(): Promise<string>;
}

/** A running listener for `GET /metrics`. */
export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves `GET /metrics` and nothing else, on an address apart from the gateway's own: who may read data may not read how the
 * gateway is doing, and the other way round.
 *
 * @throws the operating system's error when the port cannot be listened on
 */
export async function serveMetrics(
  { host, port, token }: MetricsAddress,
  metrics: MetricsText,
): Promise<MetricsServer> {
  const server = createServer((request, response) => void answer(request, response, token, metrics));
  server.listen(port, host);
  await once(server, 'listening');
  const { port: actual } = server.address() as AddressInfo;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}/metrics`, close: () => close(server) };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  token: string | undefined,
  metrics: MetricsText,
): Promise<void> {
  const say = (status: number, text: string, headers: Readonly<Record<string, string>> = {}) =>
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(text);
  if (request.url !== '/metrics') return void say(404, 'There is nothing at this address.\n');
  if (request.method !== 'GET') return void say(405, 'This address takes GET only.\n', { allow: 'GET' });
  if (token !== undefined && !isBearer(request.headers.authorization, token)) {
    return void say(401, 'Show the token of METRICS_TOKEN.\n', { 'www-authenticate': 'Bearer' });
  }
  try {
    say(200, await metrics.text(), { 'content-type': metrics.contentType, 'cache-control': 'no-store' });
  } catch {
    say(500, 'The figures cannot be told at the moment.\n');
  }
}

function isBearer(authorization: string | undefined, token: string): boolean {
  const shown = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  return shown !== undefined && timingSafeEqual(digest(shown), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  if (server.listening) await once(server, 'close');
}
