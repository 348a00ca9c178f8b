import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { listGuards } from '../permissions/guard-list';
import { addAssets, builtFolder } from './built-pages';

export interface PlaygroundParts {
  readonly schema: GraphQLSchema;
  /** Whether it is served at all. */
  readonly playground: boolean;
}

/**
 * Adds the playground at `/playground`, unless it is switched off: then nobody serves any of its addresses. What it needs
 * beside GraphQL is what each field is guarded by, so that a denial is told while an operation is typed.
 */
export async function addPlayground(server: FastifyInstance, { schema, playground }: PlaygroundParts): Promise<void> {
  if (!playground) return;
  const folder = builtFolder('playground');
  if (folder === undefined) {
    server.get('/playground', (_request, reply) => reply.code(404).type('text/plain; charset=utf-8').send(NOT_BUILT));
    return;
  }
  const page = readFileSync(path.join(folder, 'playground.html'), 'utf8');
  const guards = JSON.stringify(listGuards(schema));
  const headers = { 'content-security-policy': POLICY, 'referrer-policy': 'no-referrer' };
  server.get('/playground', (_request, reply) => reply.headers(headers).type('text/html; charset=utf-8').send(page));
  server.get('/playground/guards.json', (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(guards),
  );
  await addAssets(server, folder, '/playground/assets/');
}

const NOT_BUILT = 'The playground is not built. Run: npm run build:playground\n';

// The editor makes styles and workers at run time, so this page alone allows styles without a nonce. It holds a token in
// memory, so scripts come as files of the gateway only, and nothing may be sent elsewhere.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
