import Fastify from 'fastify';
import mercurius from 'mercurius';
import mercuriusAuth from 'mercurius-auth';
import { openPeople, peerContext, peerRequests, peerResolvers, peerRows, peerSchema } from './peer-people.mjs';
import { startPeer } from './start.mjs';

export const contestant = {
  name: 'mercurius',
  title: 'Mercurius + mercurius-auth + jit',
  database: 'SQLite',
  about: 'a directive on every field; operations are compiled the first time',
  packages: ['mercurius', 'mercurius-auth', 'fastify'],
  start: (place) => startPeer('mercurius', place),
  requests: peerRequests,
  rows: peerRows,
};

export async function serve({ file }) {
  const people = openPeople(file);
  const app = Fastify();
  await app.register(mercurius, {
    schema: `directive @reads(attribute: String!) on FIELD_DEFINITION
      ${peerSchema((key, type) => `${key}: ${type} @reads(attribute: "${key.split('(')[0]}")`)}`,
    resolvers: peerResolvers,
    jit: 1,
    context: (request) => peerContext(people, request.headers.authorization),
  });
  await app.register(mercuriusAuth, {
    authContext: ({ reads }) => ({ reads }),
    applyPolicy: async (directive, _parent, _arguments, { auth }) => auth.reads.has(directive.arguments[0].value.value),
    authDirective: 'reads',
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return Number(new URL(address).port);
}
