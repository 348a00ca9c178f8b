import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { addAssets, builtFolder } from './built-pages';

/** Where the admin UI has pages of its own. Any other address that nobody serves stays unknown. */
const PAGES = [
  '/',
  '/sign-in',
  '/setup',
  '/signed-in',
  '/settings',
  '/settings/*',
  '/usage',
  '/record',
  '/person',
  '/audit-log',
  '/feedback',
  '/account',
];

/** What the build leaves in the page for a nonce, which is another one with every answer. */
const NONCE_PLACEHOLDER = /__CSP_NONCE__/g;

/** Where the page says whether there is a playground that it may lead to. */
const PLAYGROUND_PLACEHOLDER = '__PLAYGROUND__';

export interface AdminUiParts {
  /** Whether the playground is served. */
  readonly playground: boolean;
}

/**
 * Adds the admin UI at `/`, as far as it is built: its page for every address of its own, and its assets. Their names hold a
 * hash of what is in them, so they are kept for ever, while the page that names them is fetched anew each time.
 */
export async function addAdminUi(server: FastifyInstance, { playground }: AdminUiParts): Promise<void> {
  const folder = builtFolder('admin');
  if (folder === undefined) {
    server.get('/', (_request, reply) => reply.code(404).type('text/plain; charset=utf-8').send(NOT_BUILT));
    return;
  }
  const built = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const page = built.replace(PLAYGROUND_PLACEHOLDER, playground ? 'on' : 'off');
  for (const url of PAGES) server.get(url, (_request, reply) => sendPage(reply, page));
  const icon = readFileSync(path.join(folder, 'favicon.svg'));
  server.get('/favicon.svg', (_request, reply) => reply.type('image/svg+xml').send(icon));
  await addAssets(server, folder, '/assets/');
}

const NOT_BUILT = 'The admin UI is not built. Run: npm run build:admin\n';

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  return reply
    .headers({ 'content-security-policy': policy(nonce), 'referrer-policy': 'no-referrer' })
    .type('text/html; charset=utf-8')
    .send(page.replace(NONCE_PLACEHOLDER, nonce));
}

// The nonce is for the style elements that the component kit makes; scripts come as files only.
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
