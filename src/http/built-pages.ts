import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const ONE_YEAR = '365d';

/**
 * @param name a folder that the build leaves in `dist`
 * @returns where it is: beside this file when all is built, in `dist` when the gateway runs from its sources
 */
export function builtFolder(name: string): string | undefined {
  const places = ['../..', '../../dist'].map((place) => path.resolve(__dirname, place, name));
  return places.find((place) => existsSync(path.join(place, '.vite', 'manifest.json')));
}

/**
 * Serves the assets of a built page. Their names hold a hash of what is in them, so they are kept for ever. They belong to
 * nobody and are the same for everybody.
 */
export async function addAssets(server: FastifyInstance, folder: string, prefix: string): Promise<void> {
  await server.register(async (scope) => {
    scope.addHook('onRequest', (_request, reply, done) => {
      void reply.removeHeader('cache-control').removeHeader('vary');
      done();
    });
    await scope.register(fastifyStatic, {
      root: path.join(folder, 'assets'),
      prefix,
      index: false,
      maxAge: ONE_YEAR,
      immutable: true,
      preCompressed: true,
    });
  });
}
