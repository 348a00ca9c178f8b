import type { FastifyInstance } from 'fastify';
import type { Readiness } from '../health/readiness';

/**
 * Adds `GET /health/live`, which says that the process answers, and `GET /health/ready`, which says whether it should be sent
 * requests. Neither tells anything else: not a version, and no figure (L39).
 */
export function addHealth(server: FastifyInstance, readiness: Readiness): void {
  server.get('/health/live', () => ({ status: 'live' }));
  server.get('/health/ready', async (_request, reply) => {
    const isReady = await readiness.isReady();
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready' });
  });
}
