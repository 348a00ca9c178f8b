import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Where the admin UI has pages of its own. Any other address that nobody serves stays unknown. */
const PAGES = [
  '/',
  '/sign-in',
  '/setup',
  '/signed-in',
  '/settings',
  '/settings/*',
  '/usage',
  '/audit-log',
  '/feedback',
  '/account',
];

/** What the build leaves in the page for a nonce, which is another one with every answer. */
const NONCE_PLACEHOLDER = /__CSP_NONCE__/g;

const ONE_YEAR = '365d';

/**
 * Adds the admin UI at `/`, as far as it is built: its page for every address of its own, and its assets. Their names hold a
 * hash of what is in them, so they are kept for ever, while the page that names them is fetched anew each time.
 */
export async function addAdminUi(server: FastifyInstance, folder: string | undefined = builtFolder()): Promise<void> {
  if (folder === undefined) {
    server.get('/', (_request, reply) => reply.code(404).type('text/plain; charset=utf-8').send(NOT_BUILT));
    return;
  }
  const page = readFileSync(path.join(folder, 'index.html'), 'utf8');
  for (const url of PAGES) server.get(url, (_request, reply) => sendPage(reply, page));
  await server.register(async (scope) => {
    // Assets belong to nobody and are the same for everybody.
    scope.addHook('onRequest', (_request, reply, done) => {
      void reply.removeHeader('cache-control').removeHeader('vary');
      done();
    });
    await scope.register(fastifyStatic, {
      root: path.join(folder, 'assets'),
      prefix: '/assets/',
      index: false,
      maxAge: ONE_YEAR,
      immutable: true,
      preCompressed: true,
    });
    scope.get('/favicon.svg', (_request, reply) =>
      reply.sendFile('favicon.svg', folder, { maxAge: 0, immutable: false }),
    );
  });
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

/** Beside this file when all is built, in `dist` when the gateway runs from its sources. */
function builtFolder(): string | undefined {
  const places = ['../../admin', '../../dist/admin'].map((place) => path.resolve(__dirname, place));
  return places.find((place) => existsSync(path.join(place, '.vite', 'manifest.json')));
}
