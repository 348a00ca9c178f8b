import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { addAssets, builtFolder } from './built-pages';

/**
 * Adds the documentation at `/docs`, as the build rendered it: one page for each file of `docs/`. The pages are the same for
 * everybody and hold nothing of the store.
 */
export async function addDocs(server: FastifyInstance): Promise<void> {
  const folder = builtFolder('docs');
  if (folder === undefined) {
    server.get('/docs', (_request, reply) => reply.code(404).type('text/plain; charset=utf-8').send(NOT_BUILT));
    return;
  }
  const pages = path.join(folder, 'pages');
  for (const file of readdirSync(pages)) {
    const content = readFileSync(path.join(pages, file));
    server.get(addressOf(file), (_request, reply) => reply.headers(HEADERS).type(typeOf(file)).send(content));
  }
  await addAssets(server, folder, '/docs/assets/');
}

const NOT_BUILT = 'The documentation is not built. Run: npm run build:docs\n';

const HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cache-control': 'no-cache',
};

function addressOf(file: string): string {
  if (file === 'index.html') return '/docs';
  return `/docs/${file.replace(/\.html$/, '')}`;
}

function typeOf(file: string): string {
  return file.endsWith('.svg') ? 'image/svg+xml' : 'text/html; charset=utf-8';
}
