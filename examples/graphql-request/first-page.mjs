import { gql, GraphQLClient } from 'graphql-request';
import { fetchWithToken } from './token.mjs';

const { GATEWAY: gateway = 'http://127.0.0.1:4000', CLIENT_ID: clientId, CLIENT_SECRET: secret } = process.env;

const client = new GraphQLClient(`${gateway}/graphql`, {
  fetch: fetchWithToken({ gateway, clientId, secret }),
  // A denied attribute answers null and one error. With "all", the client hands over both instead of throwing.
  errorPolicy: 'all',
});

const FIRST_PAGE = gql`
  query FirstPage {
    employees(first: 10) {
      nodes {
        id
        firstName
        lastName
      }
    }
  }
`;

const { data, errors } = await client.rawRequest(FIRST_PAGE);
for (const { message, extensions } of errors ?? []) console.error(extensions.code, extensions.coordinate, message);
for (const { id, firstName, lastName } of data.employees.nodes) console.log(id, firstName, lastName);
