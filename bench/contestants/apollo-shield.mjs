import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { applyMiddleware } from 'graphql-middleware';
import { rule, shield } from 'graphql-shield';
import { openPeople, peerContext, peerRequests, peerResolvers, peerRows, peerSchema } from './peer-people.mjs';
import { startPeer } from './start.mjs';

export const contestant = {
  name: 'apollo-shield',
  title: 'Apollo + graphql-shield',
  database: 'SQLite',
  about: 'a rule per field with the cache that its documentation recommends; Apollo’s cache control plugin is off',
  packages: ['@apollo/server', 'graphql-shield', 'graphql-middleware'],
  start: (place) => startPeer('apollo-shield', place),
  requests: peerRequests,
  rows: peerRows,
};

export async function serve({ file }) {
  const people = openPeople(file);
  const mayRead = (key) => rule({ cache: 'contextual' })((_parent, _arguments, { reads }) => reads.has(key));
  const fields = ['id', ...Object.keys(peerResolvers.Employee)];
  const permissions = shield({ Employee: Object.fromEntries(fields.map((key) => [key, mayRead(key)])) });
  const schema = applyMiddleware(
    makeExecutableSchema({ typeDefs: peerSchema(), resolvers: peerResolvers }),
    permissions,
  );
  const server = new ApolloServer({ schema, plugins: [ApolloServerPluginCacheControlDisabled()] });
  const { url } = await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port: 0 },
    context: async ({ req }) => peerContext(people, req.headers.authorization),
  });
  return Number(new URL(url).port);
}
