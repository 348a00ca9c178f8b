import { createServer } from 'node:http';
import { useOperationFieldPermissions } from '@envelop/operation-field-permissions';
import { createSchema, createYoga } from 'graphql-yoga';
import { openPeople, peerContext, peerRequests, peerResolvers, peerRows, peerSchema } from './peer-people.mjs';
import { listen, startPeer } from './start.mjs';

export const contestant = {
  name: 'yoga',
  title: 'Yoga + operation-field-permissions',
  database: 'SQLite',
  about: 'the operation is checked once, before it runs',
  packages: ['graphql-yoga', '@envelop/operation-field-permissions'],
  start: (place) => startPeer('yoga', place),
  requests: (workload) =>
    workload === 'denied'
      ? { cannot: 'it refuses the whole operation', refused: peerRequests(workload) }
      : peerRequests(workload),
  rows: peerRows,
};

export async function serve({ file }) {
  const people = openPeople(file);
  const yoga = createYoga({
    schema: createSchema({ typeDefs: peerSchema(), resolvers: peerResolvers }),
    context: ({ request }) => peerContext(people, request.headers.get('authorization')),
    plugins: [
      useOperationFieldPermissions({
        getPermissions: ({ reads }) =>
          new Set(['Query.*', 'CustomAttribute.*', ...[...reads].map((key) => `Employee.${key}`)]),
      }),
    ],
    logging: false,
    graphiql: false,
    landingPage: false,
  });
  return listen(createServer(yoga));
}
