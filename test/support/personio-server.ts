import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly authorization: string | undefined;
  readonly body: string;
}

type Reaction = (arrived: Arrived, response: ServerResponse) => boolean;

/** A server on loopback that speaks the shape of Personio's published API, version 1. */
export interface PersonioServer {
  readonly url: string;
  readonly arrived: Arrived[];
  /** What it tells. */
  readonly lists: Record<string, unknown[]>;
  /** Answers instead of the server when it returns true. */
  react: Reaction;
  /** Whether tokens are good for one request, and the answer brings the next. */
  rotatesTokens: boolean;
  /** Makes the current token a stale one. */
  expireToken(): void;
  close(): Promise<void>;
}

export const CLIENT_ID = 'papi-client';
export const SECRET = 'papi-secret-5f1d2c';

export async function startPersonio(): Promise<PersonioServer> {
  let token = 0;
  const server = createServer((request, response) => void answer(request, response));
  const site: PersonioServer = {
    url: '',
    arrived: [],
    lists: { employees: [], 'time-offs': [], attendances: [] },
    react: () => false,
    rotatesTokens: false,
    expireToken: () => (token += 1),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://x');
    const arrived = {
      method: request.method ?? '',
      path: url.pathname.replace(/^\/v1/, ''),
      query: Object.fromEntries(url.searchParams),
      authorization: request.headers.authorization,
      body: await bodyOf(request),
    };
    site.arrived.push(arrived);
    if (site.react(arrived, response)) return;
    if (arrived.path === '/auth') signIn(arrived, response);
    else if (arrived.authorization !== `Bearer token-${token}`) refuse(response, 403);
    else tell(response, arrived);
  }

  function signIn({ body }: Arrived, response: ServerResponse): void {
    const { client_id: id, client_secret: secret } = JSON.parse(body) as Record<string, string>;
    if (id !== CLIENT_ID || secret !== SECRET) return refuse(response, 403);
    json(response, 200, { success: true, data: { token: `token-${token}`, expires_in: 86_400 } });
  }

  function tell(response: ServerResponse, { path, query }: Arrived): void {
    if (site.rotatesTokens) response.setHeader('authorization', `Bearer token-${(token += 1)}`);
    const name = path.replace('/company/', '');
    const all = site.lists[name];
    if (!all) return refuse(response, 404);
    const limit = Math.min(Number(query['limit'] ?? 50), 100);
    const given = Number(query['offset'] ?? 0);
    const isPaged = name === 'time-offs';
    const from = isPaged ? (given - 1) * limit : given;
    const pages = Math.ceil(all.length / limit);
    const metadata = {
      total_elements: all.length,
      current_page: isPaged ? given : Math.floor(from / limit),
      total_pages: pages,
    };
    json(response, 200, { success: true, metadata, offset: given, limit, data: all.slice(from, from + limit) });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(site, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` });
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export function refuse(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  json(
    response,
    status,
    { success: false, error: { code: status, message: 'The other side quotes 4711 EUR.' } },
    headers,
  );
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request) body += String(piece);
  return body;
}

/** A person in the published shape. */
export function personioEmployee(id: number, attributes: Record<string, unknown> = {}): object {
  const wrapped = Object.entries<unknown>({ first_name: `First ${id}`, ...attributes }).map(([key, value]) => [
    key,
    typeof value === 'object' && value !== null && 'label' in value
      ? value
      : { label: key, value, type: 'standard', universal_id: key },
  ]);
  return {
    type: 'Employee',
    attributes: { id: { label: 'ID', value: id, type: 'integer', universal_id: 'id' }, ...Object.fromEntries(wrapped) },
  };
}

export function attribute(label: string, value: unknown, type = 'standard', rest: object = {}): object {
  return { label, value, type, universal_id: null, ...rest };
}
